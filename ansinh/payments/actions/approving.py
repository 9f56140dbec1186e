"""Duyệt danh sách: what a list names is posted once, in one transaction, against the latest totals."""
import polars as pl
from django.utils.translation import gettext as _

from ansinh.office import bulk, clock
from ansinh.office.act import action, current_entry
from ansinh.office.actions import raise_task
from ansinh.web.refusal import Refusal

from ..models import Batch, Item, Kind, LedgerAccount, Line, Movement, PayList, Posting, Proposal
from ..queries.carried import carried_items, left_behind
from ..queries.proposed import proposals_of
from ..queries.settled import month_number, numbers_of, settled

# Which accounts a posting of each kind moves between (debit, credit).
ACCOUNTS = {
    Kind.DUE: (LedgerAccount.COST, LedgerAccount.OWED),
    Kind.ARREARS: (LedgerAccount.COST, LedgerAccount.OWED),
    Kind.OVERPAYMENT: (LedgerAccount.CLAIM, LedgerAccount.COST),
    Kind.CANCELLATION: (LedgerAccount.COST, LedgerAccount.CLAIM),
}
# A recovery of a month is cancelled before the rest of it is paid out.
ORDER = {Kind.OVERPAYMENT: 0, Kind.CANCELLATION: 1, Kind.ARREARS: 2, Kind.DUE: 3}


def place_of_many(lists, **_other):
    """The narrowest place that holds all the lists."""
    lists = list(lists)
    if not lists:
        raise Refusal(_("Chưa chọn danh sách nào."))
    path = lists[0].area_path
    while not all(paylist.area_path.startswith(path) for paylist in lists):
        path = path.rstrip(".").rpartition(".")[0] + "."
    return path, lists[0].field


@action("payments.approve", label=_("Duyệt danh sách"), scope=place_of_many, undoable=False)
def approve(lists, *, reason="", by):
    """Duyệt danh sách: post what the lists name, except for held lines; by another person than the one who proposed.

    One act for a commune, a district or the province: all of it or nothing. A list whose proposals were reckoned anew
    since, or whose totals have moved, is named and must be proposed again.
    """
    lists = _take(lists, by)
    batch = _batch_of(lists)
    lines = bulk.frame(Line.objects.filter(paylist__in=lists, held_because=""), "id", "paylist_id", "person_id", "paylist__area_path")
    lines = lines.rename({"id": "line_id"})
    months = _months(batch, lines)
    _refuse_stale(months, lists)
    postings = _post(months)
    _list_items(postings, lines, batch)
    _ask_about_left_behind(batch, lines)
    _without_held(lists)
    return lists


def _take(lists, by):
    keys = [paylist.pk for paylist in lists]
    own = [paylist.number for paylist in lists if paylist.proposed_in.by_id == by.pk]
    if own:
        raise Refusal(_("Người duyệt phải là người khác người lập: %(lists)s.") % {"lists": ", ".join(own[:5])})
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
            % {"month": f"{first.month:%m/%Y}", "lists": ", ".join(stale[:5])}
        )
    return batch


def _months(batch, lines) -> pl.DataFrame:
    """The proposals of the payees on the lists, one row a month, in the order in which they are posted."""
    found = proposals_of(batch).join(lines, on="person_id", how="inner").with_columns(month_number("since"), month_number("until"))
    found = found.with_columns(month=pl.int_ranges("since", pl.col("until") + 1)).explode("month")
    order = pl.col("kind").replace_strict({kind.value: place for kind, place in ORDER.items()}, return_dtype=pl.Int64)
    return found.with_columns(order=order).sort("payable_id", "month", "order")


def _refuse_stale(months, lists):
    """Each proposal must begin at the month's present total, or at what the proposal before it left."""
    posted, _unknown = settled(months["payable_id"].unique().to_list())
    spans = posted.with_columns(month=pl.int_ranges("since", pl.col("until") + 1)).explode("month")
    totals = spans.group_by(payable_id="entitlement", month="month").agg(now=pl.col("amount").sum())
    keys = ("payable_id", "month")
    checked = months.join(totals, on=keys, how="left").with_columns(
        begins=pl.coalesce(pl.col("after").shift(1).over(*keys), pl.col("now"), pl.lit(0))
    )
    stale = checked.filter(pl.col("begins") != pl.col("before"))["paylist_id"].unique().to_list()
    if stale:
        numbers = ", ".join(paylist.number for paylist in lists if paylist.pk in set(stale))
        raise Refusal(_("Số đã ghi của người trong %(lists)s vừa thay đổi; tính lại tháng rồi lập lại.") % {"lists": numbers})


def _post(months) -> pl.DataFrame:
    """Write one posting a row; returns the rows with their keys."""
    ids = pl.Series(list(bulk.next_ids(Posting, len(months))), dtype=pl.Int64)
    taken = numbers_of(months["payable_id"].unique().to_list())
    keys = ("payable_id", "month")
    rows = months.with_columns(posting_id=ids).join(taken, on=keys, how="left", maintain_order="left")
    rows = rows.with_columns(
        number=pl.col("taken").fill_null(0) + pl.int_range(1, pl.len() + 1).over(*keys),
        day=pl.date(pl.col("month") // 12, pl.col("month") % 12 + 1, 1),
    )
    parts = _parts(rows)
    bulk.write(
        rows.select(
            "payable_id", "number", "kind", "paylist_id", "rests_on", id="posting_id", month="day", amount="each", total="after",
            parts=parts, recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64),
        ),
        Posting,
    )
    bulk.write(_movements(rows), Movement)
    return rows


def _parts(rows):
    """The explanation of each proposal goes with its postings."""
    told = bulk.frame(Proposal.objects.filter(pk__in=rows["id"].unique().to_list()) if len(rows) < 500 else Proposal.objects.all(), "id", "parts")
    return rows.select("id").join(told, on="id", how="left", maintain_order="left")["parts"]


def _movements(rows):
    sides = {kind.value: accounts for kind, accounts in ACCOUNTS.items()}
    kind = pl.col("kind")
    return rows.select(
        "payable_id", "posting_id", "line_id", "paylist_id", month="day", amount=pl.col("each").abs(),
        debit=kind.replace_strict({k: a[0].value for k, a in sides.items()}, return_dtype=pl.String),
        credit=kind.replace_strict({k: a[1].value for k, a in sides.items()}, return_dtype=pl.String),
        channel=pl.lit(""), at=pl.lit(clock.now()).dt.convert_time_zone("UTC"),
        recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64),
    )


def _list_items(postings, lines, batch):
    """Put what is paid out on the lines: new postings, and what the lists carry over."""
    paid = postings.filter(pl.col("kind").is_in([Kind.DUE.value, Kind.ARREARS.value]))
    new = paid.select("line_id", "posting_id", amount="each", carried_from_id=pl.lit(None, dtype=pl.Int64))
    old = bulk.frame(carried_items(batch.month, batch.field), "id", "posting_id", "amount", "line__person_id")
    old = old.join(lines, left_on="line__person_id", right_on="person_id").select(
        "line_id", "posting_id", "amount", carried_from_id="id"
    )
    bulk.write(pl.concat([new, old.select(new.columns)]).with_columns(result=pl.lit("")), Item)


def _ask_about_left_behind(batch, lines):
    persons = set(lines["person_id"].to_list())
    waiting = left_behind(batch.month, batch.field).select_related("posting__payable__person", "line")
    for item in waiting:
        if item.line.person_id in persons:
            raise_task(
                "payments.settle_left", key=f"payments.item:{item.pk}", cause="ended", field=batch.field,
                title=_("Khoản chưa nhận của chế độ đã thôi hưởng, không chuyển sang tháng sau"),
                area_path=item.line.paylist.area_path, facts={"amount": item.amount},
            )


def _without_held(lists):
    """The sums of a list are those of the lines that are paid."""
    for paylist in lists:
        held = paylist.lines.exclude(held_because="")
        if held.exists():
            paid = bulk.frame(paylist.lines.filter(held_because=""), "this_month", "arrears", "carried", "deduction", "overpaid", "total")
            sums = {name: int(paid[name].sum()) for name in paid.columns}
            PayList.objects.filter(pk=paylist.pk).update(people=int((paid["total"] > 0).sum()), **sums)
