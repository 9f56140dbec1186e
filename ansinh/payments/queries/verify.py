"""The ledger's promises, proved over whole tables; the first row that breaks one is named."""
import polars as pl
from django.db.models import Case, Count, F, IntegerField, Max, Q, Sum, When
from django.db.models.functions import Coalesce

from ansinh.office import bulk

from ..models import Item, LedgerAccount, Line, Movement, Opening, PayList, Posting

SETTLED = (PayList.State.RETURNED, PayList.State.CLOSED)
LISTED = (PayList.State.APPROVED, PayList.State.EXPORTED, *SETTLED)


def verify_ledger() -> list[str]:
    """One sentence for each promise that is broken, naming its first row; empty when the ledger is whole."""
    checks = (_totals, _numbers, _postings_moved, _lines_sum, _lists_sum, _results, _owed, _provider)
    return [broken for check in checks if (broken := check())]


def _totals():
    """Postings of a payable's month, with its opening, add up to the last total."""
    posted = bulk.frame(Posting.objects.all(), "payable_id", "month", "number", "amount", "total")
    sums = posted.group_by("payable_id", "month").agg(
        posted=pl.col("amount").sum(), total=pl.col("total").sort_by("number").last()
    )
    opened = bulk.frame(Opening.objects.filter(withdrawn_in=None).exclude(amount=None), "payable_id", "since", "until", "amount")
    inside = sums.join(opened, on="payable_id").filter(pl.col("month").is_between("since", "until"))
    inside = inside.group_by("payable_id", "month").agg(opened=pl.col("amount").sum())
    sums = sums.join(inside, on=["payable_id", "month"], how="left").with_columns(pl.col("opened").fill_null(0))
    wrong = sums.filter(pl.col("posted") + pl.col("opened") != pl.col("total")).head(1).to_dicts()
    return f"payable {wrong[0]['payable_id']}, month {wrong[0]['month']:%m/%Y}: postings do not add up to the last total" if wrong else None


def _numbers():
    counted = Posting.objects.values("payable", "month").annotate(n=Count("id"), last=Max("number"))
    gap = counted.exclude(n=F("last")).order_by("payable", "month").first()
    return gap and f"payable {gap['payable']}, month {gap['month']:%m/%Y}: posting numbers have a gap"


def _postings_moved():
    """Every posting is one movement of the same size."""
    rows = Posting.objects.annotate(
        moved=Coalesce(Sum("movements__amount", filter=Q(movements__debit=LedgerAccount.COST) | Q(movements__credit=LedgerAccount.COST)), 0)
    )
    wrong = rows.exclude(Q(moved=F("amount")) | Q(moved=-F("amount"))).first()
    return wrong and f"posting {wrong.pk}: amount {wrong.amount}, moved {wrong.moved}"


def _lines_sum():
    """A line on an approved list is the sum of its items."""
    lines = Line.objects.filter(paylist__state__in=LISTED, held_because="").annotate(s=Coalesce(Sum("items__amount"), 0))
    wrong = lines.exclude(s=F("total") + F("deduction")).select_related("paylist").first()
    return wrong and f"list {wrong.paylist}, line {wrong.position}: items {wrong.s}, total {wrong.total}"


def _lists_sum():
    lists = PayList.objects.standing().annotate(s=Coalesce(Sum("lines__total", filter=Q(lines__held_because="")), 0))
    wrong = lists.filter(state__in=LISTED).exclude(s=F("total")).first()
    return wrong and f"list {wrong}: lines sum to {wrong.s}, the list says {wrong.total}"


def _results():
    """A returned list has listed = paid + not paid: no line without a result."""
    wrong = Line.objects.filter(paylist__state__in=SETTLED, held_because="", total__gt=0, result="").select_related("paylist").first()
    return wrong and f"list {wrong.paylist}, line {wrong.position}: no result on a returned list"


def _owed():
    """Nobody is owed less than nothing."""
    rows = Movement.objects.exclude(payable=None).values("payable").annotate(
        owed=Sum(
            Case(
                When(credit=LedgerAccount.OWED, then=F("amount")), When(debit=LedgerAccount.OWED, then=-F("amount")), default=0,
                output_field=IntegerField(),
            )
        )
    )
    wrong = rows.filter(owed__lt=0).order_by("payable").first()
    return wrong and f"payable {wrong['payable']}: owed {wrong['owed']}"


def _provider():
    """What the providers hold is what was listed and not collected, and their open lists."""
    given = Movement.objects.filter(debit=LedgerAccount.PROVIDER).aggregate(s=Coalesce(Sum("amount"), 0))["s"]
    used = Movement.objects.filter(credit=LedgerAccount.PROVIDER).aggregate(s=Coalesce(Sum("amount"), 0))["s"]
    exported = Item.objects.filter(line__paylist__state__in=(PayList.State.EXPORTED, *SETTLED), carried_to=None)
    waiting = exported.exclude(result=Line.Result.PAID).aggregate(s=Coalesce(Sum("amount"), 0))["s"]
    carried = Item.objects.filter(line__paylist__state=PayList.State.APPROVED).exclude(carried_from=None)
    waiting += carried.aggregate(s=Coalesce(Sum("amount"), 0))["s"]
    return None if given - used == waiting else f"providers hold {given - used}, lists say {waiting}"
