"""Duyệt danh sách: what a list names is posted once, in one transaction, against the latest totals."""
import polars as pl
from django.db.models import Sum
from django.utils.translation import gettext as _

from ansinh.office import bulk
from ansinh.office.act import action, current_entry
from ansinh.office.actions import raise_task
from ansinh.registry.models import Person
from ansinh.web.refusal import Refusal

from ..models import Batch, Item, Kind, Line, Payable, PayList, Posting, Proposal, RecoveryMonth
from ..queries.carried import carried_items, left_behind
from ..queries.proposed import proposals_of
from ..queries.settled import cancellable_claims, month_number, open_claims, present_totals
from .deducting import deduct, deductions_of, split
from .findings import refuse_open
from .left_behind import way_to_settle
from .moving import post_movements
from .recovery_tasks import ask_to_open, close_openings
from .selection import common_place, named, place_of_many

# A recovery of a month is cancelled before the rest of it is paid out.
ORDER = {Kind.OVERPAYMENT: 0, Kind.CANCELLATION: 1, Kind.ARREARS: 2, Kind.DUE: 3}
PAID_OUT = (Kind.DUE.value, Kind.ARREARS.value)
KEYS = ("payable_id", "month")
AT_ONCE = 20_000


@action("payments.approve", label=_("Duyệt danh sách"), scope=place_of_many, undoable=False)
def approve(lists, *, reason="", by):
    """Duyệt danh sách: post what the lists name, except for held lines; by another person than the one who proposed.

    One act for a commune, a district or the province: all of it or nothing. A list whose proposals were reckoned anew
    since, whose totals have moved or whose carried or deducted amounts have changed is named and must be proposed again. The
    sweep runs once more: what it finds open must be closed, held back or decided first.
    """
    lists = _take(lists, by)
    batch = _batch_of(lists)
    refuse_open(lists)
    lines = _lines(lists)
    months = _months(batch, lines)
    payables = _locked(lists)
    present = _present(months, payables)
    _refuse_stale(months, present, cancellable_claims(payables), lists)
    plan = deductions_of(batch, lines, lists)
    postings = _post(months, present, open_claims(payables), Proposal.objects.filter(batch=batch, payable__in=payables))
    items = _list_items(postings, lines, plan, batch, lists)
    deduct(items, postings, plan, lines)
    _without_held(lists)
    _ask_for_cases(postings, batch)
    _forget_cancelled(postings)
    _ask_about_left_behind(batch, common_place(paylist.area_path for paylist in lists))
    return lists


def _take(lists, by):
    keys = {paylist.pk for paylist in lists}
    # In the order in which every act takes lists; an act that makes one of them anew is waited for, and then seen.
    waiting = PayList.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related("proposed_in").order_by("pk")
    if own := [paylist.number for paylist in waiting if paylist.proposed_in.by_id == by.pk]:
        raise Refusal(_("Người duyệt phải là người khác người lập: %(lists)s.") % {"lists": named(own)})
    taken = PayList.objects.filter(pk__in=keys, state=PayList.State.PROPOSED).update(
        state=PayList.State.APPROVED, approved_in=current_entry()
    )
    if taken != len(keys):
        raise Refusal(_("Có danh sách vừa được người khác duyệt hoặc rút; mở lại trang để xem bản mới."))
    return list(PayList.objects.filter(pk__in=keys).order_by("pk"))


def _batch_of(lists) -> Batch:
    first = lists[0]
    if any((paylist.month, paylist.field) != (first.month, first.field) for paylist in lists):
        raise Refusal(_("Chỉ duyệt cùng lúc các danh sách của một tháng và một lĩnh vực."))
    batch = Batch.objects.select_for_update().get(month=first.month, field=first.field)
    stale = [paylist.number for paylist in lists if paylist.batch_digest != batch.content_digest]
    if stale:
        raise Refusal(
            _("Tháng %(month)s đã được tính lại sau khi lập %(lists)s; lập lại danh sách rồi duyệt.")
            % {"month": f"{first.month:%m/%Y}", "lists": named(stale)}
        )
    return batch


def _lines(lists) -> pl.DataFrame:
    rows = Line.objects.filter(paylist__in=lists, held_because="")
    columns = ("id", "paylist_id", "person_id", "paylist__channel", "this_month", "arrears", "total", "deduction")
    return bulk.frame(rows, *columns).rename({"id": "line_id"})


def _locked(lists):
    """The payables of the payees; locked, so that neither another approval nor a refund moves them meanwhile."""
    keys = [paylist.pk for paylist in lists]
    payables = Payable.objects.filter(person__in=Line.objects.filter(paylist__in=keys).order_by().values("person"))
    len(payables.select_for_update().order_by("pk").values_list("pk", flat=True))
    return payables


def _months(batch, lines) -> pl.DataFrame:
    """The proposals of the payees on the lists, one row a month, in the order in which they are posted."""
    payees = lines.select("line_id", "paylist_id", "person_id")
    found = proposals_of(batch).join(payees, on="person_id", how="inner").with_columns(month_number("since"), month_number("until"))
    found = found.with_columns(month=pl.int_ranges("since", pl.col("until") + 1)).explode("month")
    order = pl.col("kind").replace_strict({kind.value: place for kind, place in ORDER.items()}, return_dtype=pl.Int64)
    return found.with_columns(order=order).sort("payable_id", "month", "order")


def _present(months, payables) -> pl.DataFrame:
    if months.is_empty():
        return pl.DataFrame(schema={"payable_id": pl.Int64, "month": pl.Int64, "now": pl.Int64, "taken": pl.Int64})
    return present_totals(payables, since=months["month"].min(), until=months["month"].max())


def _refuse_stale(months, present, claims, lists):
    """Each proposal begins at the month's present total, or at what the proposal before it left, and cancels open claims only."""
    claims = claims.rename({"entitlement": "payable_id", "amount": "claim"})
    checked = months.join(present, on=KEYS, how="left", maintain_order="left").join(claims, on=KEYS, how="left", maintain_order="left")
    checked = checked.with_columns(begins=pl.coalesce(pl.col("after").shift(1).over(*KEYS), pl.col("now"), pl.lit(0)))
    overcancelled = (pl.col("kind") == Kind.CANCELLATION.value) & (pl.col("each") > pl.col("claim").fill_null(0))
    stale = set(checked.filter((pl.col("begins") != pl.col("before")) | overcancelled)["paylist_id"])
    if stale:
        numbers = named(paylist.number for paylist in lists if paylist.pk in stale)
        raise Refusal(_("Số đã ghi của người trong %(lists)s vừa thay đổi; tính lại tháng rồi lập lại.") % {"lists": numbers})


def _post(months, present, claims, proposals) -> pl.DataFrame:
    """Write one posting a row; returns the rows with their keys. What a cancellation has beyond the open claim was waived."""
    ids = pl.Series(list(bulk.next_ids(Posting, len(months))), dtype=pl.Int64)
    rows = months.with_columns(posting_id=ids).join(present, on=KEYS, how="left", maintain_order="left")
    rows = rows.with_columns(
        number=pl.col("taken").fill_null(0) + pl.int_range(1, pl.len() + 1).over(*KEYS),
        day=pl.date(pl.col("month") // 12, pl.col("month") % 12 + 1, 1),
    )
    for part in rows.iter_slices(AT_ONCE):
        _write_postings(part, proposals)
    claims = claims.rename({"entitlement": "payable_id", "amount": "claim"})
    waived = pl.when(pl.col("kind") == Kind.CANCELLATION.value).then((pl.col("each") - pl.col("claim").fill_null(0)).clip(0, None)).otherwise(0)
    moved = rows.join(claims, on=KEYS, how="left", maintain_order="left").with_columns(waived=waived)
    post_movements(moved.select("payable_id", "posting_id", "line_id", "paylist_id", "kind", "waived", month="day", amount="each"))
    return rows


def _write_postings(rows, proposals):
    """With their reasons, which are long: those of a province at once took a gigabyte."""
    reasons = bulk.frame(proposals.filter(pk__among=bulk.Values(rows["id"].unique())), "id", "parts")
    bulk.write(
        rows.join(reasons, on="id", how="left", maintain_order="left").select(
            "payable_id", "number", "kind", "paylist_id", "rests_on", "parts", id="posting_id", month="day", amount="each",
            total="after", recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64),
        ),
        Posting,
    )


def _list_items(postings, lines, plan, batch, lists) -> pl.DataFrame:
    """Put what is paid out on the lines: new postings less what is kept of them, and what the lists carry over."""
    paid = postings.filter(pl.col("kind").is_in(PAID_OUT))
    new = paid.select("line_id", "posting_id", amount="each", carried_from_id=pl.lit(None, dtype=pl.Int64))
    old = bulk.frame(carried_items(batch.month, batch.field), "id", "posting_id", "amount", "line__person_id")
    old = old.join(lines, left_on="line__person_id", right_on="person_id").select(
        "line_id", "posting_id", "amount", carried_from_id="id"
    )
    new = split(new, plan)
    items = pl.concat([new, old.with_columns(result=pl.lit("")).select(new.columns)])
    _refuse_other_sums(items, lines, lists)
    bulk.write(items, Item)
    return items


def _refuse_other_sums(items, lines, lists):
    """A return file that came in after the lists were proposed changes what they carry over."""
    sums = items.group_by("line_id").agg(listed=pl.col("amount").sum())
    both = lines.join(sums, on="line_id", how="left").with_columns(pl.col("listed").fill_null(0))
    other = set(both.filter(pl.col("listed") != pl.col("total") + pl.col("deduction"))["paylist_id"])
    if other:
        numbers = named(paylist.number for paylist in lists if paylist.pk in other)
        raise Refusal(
            _("Khoản chuyển sang của %(lists)s đã khác lúc lập, vì vừa đối chiếu hoặc có tiền trả lại; lập lại danh sách rồi duyệt.")
            % {"lists": numbers}
        )


def _without_held(lists):
    """The sums of a list are those of the lines that are paid."""
    names = ("this_month", "arrears", "carried", "deduction", "overpaid", "total")
    held = Line.objects.filter(paylist__in=lists).exclude(held_because="").order_by()
    for paylist in PayList.objects.filter(pk__in=held.values("paylist")):
        paid = paylist.lines.filter(held_because="")
        sums = {name: value or 0 for name, value in paid.aggregate(**{name: Sum(name) for name in names}).items()}
        PayList.objects.filter(pk=paylist.pk).update(people=paid.filter(total__gt=0).count(), **sums)


def _ask_for_cases(postings, batch):
    """Who was found to be paid too much, in a month that no recovery case has yet, is asked about."""
    found = postings.filter(pl.col("kind") == Kind.OVERPAYMENT.value)
    taken = set(RecoveryMonth.objects.filter(is_open=True).values_list("payable", "month"))
    left = {person for person, payable, day in found.select("person_id", "payable_id", "day").iter_rows() if (payable, day) not in taken}
    ask_to_open(Person.objects.filter(pk__among=bulk.Values(left)), batch.field)


def _forget_cancelled(postings):
    """Who owes nothing any more after this list is no longer asked about."""
    persons = postings.filter(pl.col("kind") == Kind.CANCELLATION.value)["person_id"].unique()
    payables = Payable.objects.filter(person__in=persons.to_list())
    owing = set(open_claims(payables)["entitlement"]) if len(persons) else set()
    close_openings(set(persons) - set(payables.filter(pk__in=owing).values_list("person_id", flat=True)))


def _ask_about_left_behind(batch, place):
    """What was not collected of a right that has ended is not carried over by itself; somebody must say what becomes of it."""
    waiting = left_behind(batch.month, batch.field).filter(posting__payable__person__area_path__startswith=place)
    for item in waiting.select_related("posting__payable__person", "line"):
        raise_task(
            way_to_settle(item), key=f"payments.item:{item.pk}", cause="ended", field=batch.field,
            title=_("%(name)s: khoản tháng %(month)s chưa nhận, chế độ đã thôi")
            % {"name": item.line.name, "month": f"{item.posting.month:%m/%Y}"},
            area_path=item.posting.payable.person.area_path, facts={"amount": item.amount},
        )
