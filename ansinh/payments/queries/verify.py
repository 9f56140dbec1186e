"""The ledger's promises, proved over whole tables; the first row that breaks one is named."""
import polars as pl
from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Coalesce

from ansinh.office import bulk

from ..models import Channel, Item, Kind, LedgerAccount, Line, Movement, Opening, PayList, Posting
from .verify_recovery import RECOVERY_CHECKS

SETTLED = (PayList.State.RETURNED, PayList.State.CLOSED)
LISTED = (PayList.State.APPROVED, PayList.State.EXPORTED, *SETTLED)


def verify_ledger() -> list[str]:
    """One sentence for each promise that is broken, naming its first row; empty when the ledger is whole."""
    checks = (
        _totals, _numbers, _postings_moved, _items_once, _lines_add_up, _lines_sum, _lists_sum, _results, _line_results, _owed, _claims,
        _provider, *RECOVERY_CHECKS,
    )
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


def _items_once():
    """What a posting pays out is listed, waits or was paid, each đồng once: its items that are not carried on add up to it."""
    paid = Q(kind__in=(Kind.DUE, Kind.ARREARS)) & ~Q(paylist__state=PayList.State.WITHDRAWN)
    listed = Coalesce(Sum("items__amount", filter=Q(items__carried_to=None)), 0)
    wrong = Posting.objects.filter(paid).annotate(listed=listed).exclude(listed=F("amount")).order_by("pk").first()
    return wrong and f"posting {wrong.pk}: {wrong.listed} listed of {wrong.amount}"


def _lines_add_up():
    """A line's total is this month, arrears and carried less the deduction."""
    wrong = Line.objects.exclude(total=F("this_month") + F("arrears") + F("carried") - F("deduction")).select_related("paylist").first()
    return wrong and f"list {wrong.paylist}, line {wrong.position}: the parts do not add up to {wrong.total}"


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


def _line_results():
    """Of each line with a result what was paid, waits, was brought back or kept is what was listed, and its result says so."""
    sides = {name: Coalesce(Sum("items__amount", filter=Q(items__result=name)), 0) for name in ("paid", "unpaid", "returned")}
    lines = Line.objects.exclude(result="").annotate(**{f"{name}_out": told for name, told in sides.items()})
    fits = Q(result="paid", unpaid_out=0, returned_out=0) | Q(result="unpaid", paid_out=0, returned_out=0)
    fits |= Q(result="partly", returned_out=0, paid_out__gt=0) | Q(result="returned", paid_out=0)
    wrong = lines.exclude(fits).select_related("paylist").order_by("pk").first()
    return wrong and f"list {wrong.paylist}, line {wrong.position}: {wrong.result}, but {wrong.paid_out} paid, {wrong.unpaid_out} not paid"


def _owed():
    """What each payable's person is owed is what stands on open lists or waits; so nobody is owed less than nothing."""
    moved = _balance(LedgerAccount.OWED, "owed").group_by("payable_id").agg(pl.col("owed").sum())
    open_items = Item.objects.filter(carried_to=None).exclude(result__in=(Line.Result.PAID, Line.Result.KEPT))
    waiting = bulk.frame(open_items, "posting__payable_id", "amount").group_by(payable_id="posting__payable_id").agg(
        waits=pl.col("amount").sum()
    )
    both = moved.join(waiting, on="payable_id", how="full", coalesce=True).with_columns(pl.col("owed", "waits").fill_null(0))
    wrong = both.filter((pl.col("owed") != pl.col("waits")) | (pl.col("owed") < 0)).sort("payable_id").head(1).to_dicts()
    return f"payable {wrong[0]['payable_id']}: owed {wrong[0]['owed']}, lists hold {wrong[0]['waits']}" if wrong else None


def _claims():
    """Nobody pays back more of a month than was overpaid."""
    sums = _balance(LedgerAccount.CLAIM, "owed")
    wrong = sums.filter(pl.col("owed") > 0).sort("payable_id", "month").head(1).to_dicts()
    return f"payable {wrong[0]['payable_id']}, month {wrong[0]['month']:%m/%Y}: claim {-wrong[0]['owed']}" if wrong else None


def _balance(account, name) -> pl.DataFrame:
    """Credit less debit of one account by payable and month."""
    rows = Movement.objects.filter(Q(debit=account) | Q(credit=account))
    moved = bulk.frame(rows, "payable_id", "month", "credit", "amount")
    sign = pl.when(pl.col("credit") == account.value).then(1).otherwise(-1)
    return moved.group_by("payable_id", "month").agg((pl.col("amount") * sign).sum().alias(name))


def _provider():
    """What each provider holds is what was listed with it and not collected, and its open lists."""
    held = dict.fromkeys(Channel.Kind.values, 0)
    for account, sign in (("debit", 1), ("credit", -1)):
        rows = Movement.objects.filter(**{account: LedgerAccount.PROVIDER}).values_list("channel").annotate(s=Sum("amount"))
        for channel, amount in rows.order_by():
            held[channel] = held.get(channel, 0) + sign * amount
    out = Item.objects.filter(line__paylist__state__in=(PayList.State.EXPORTED, *SETTLED)).exclude(
        result__in=(Line.Result.PAID, Line.Result.KEPT)
    )
    # A carried amount stays where it was until the list that carries it is exported.
    waits = Q(carried_to=None) | Q(carried_to__line__paylist__state=PayList.State.APPROVED)
    told = dict(out.filter(waits).values_list("line__paylist__channel").annotate(s=Sum("amount")).order_by())
    for channel, amount in sorted(held.items()):
        if amount != told.get(channel, 0):
            return f"provider {channel} holds {amount}, lists say {told.get(channel, 0)}"
    return None
