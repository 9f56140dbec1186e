"""Rút danh sách: until it is exported nothing has left the house, so a list can be taken back; its postings are reversed."""
import polars as pl
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ansinh.office import bulk, rights
from ansinh.office.act import action, current_entry
from ansinh.web.refusal import Refusal

from ..models import Item, Kind, LedgerAccount, Movement, Payable, PayList, Posting
from ..queries.settled import open_claims
from .moving import move_back
from .selection import move, named, place_of_many

OF_COST = Q(debit=LedgerAccount.COST) | Q(credit=LedgerAccount.COST)


@action("payments.withdraw", label=_("Rút danh sách"), scope=place_of_many, undoable=False)
def withdraw(lists, *, by):
    """Rút danh sách: proposed or approved, not yet exported; what an approval posted is posted back in the same act.

    Taking back an approved list needs the right to approve it.
    """
    keys = {paylist.pk for paylist in lists}
    standing = list(PayList.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    _refuse_exported(standing)
    approved = [paylist for paylist in standing if paylist.state == PayList.State.APPROVED]
    if not all(rights.may(by, "payments.approve", paylist.area_path, paylist.field) for paylist in approved):
        raise Refusal(_("Danh sách đã duyệt chỉ người duyệt rút được: %(lists)s.") % {"lists": named(p.number for p in approved)})
    if approved:
        _reverse(approved)
    move([p for p in standing if p not in approved], PayList.State.PROPOSED, PayList.State.WITHDRAWN)
    move(approved, PayList.State.APPROVED, PayList.State.WITHDRAWN)


def _refuse_exported(lists):
    gone = [p.number for p in lists if p.state not in (PayList.State.PROPOSED, PayList.State.APPROVED)]
    if gone:
        raise Refusal(_("Đã xuất hoặc đã rút, không rút được nữa: %(lists)s; sửa bằng danh sách tháng sau.") % {"lists": named(gone)})


def _reverse(lists):
    postings = Posting.objects.filter(paylist__in=lists)
    _refuse_built_on(postings)
    payables = Payable.objects.filter(pk__in=postings.order_by().values("payable"))
    len(payables.select_for_update().order_by("pk").values_list("pk", flat=True))
    columns = ("id", "payable_id", "month", "number", "kind", "amount", "total", "paylist_id")
    _give_back_deductions(lists)
    # The latest posting of a month is reversed first, so each reversal leaves the total that stood before it.
    rows = bulk.frame(postings, *columns).sort("payable_id", "month", "number", descending=[False, False, True])
    _refuse_paid_back(rows, payables)
    last = pl.col("number").max().over("payable_id", "month")
    rows = rows.with_columns(
        posting_id=pl.Series(list(bulk.next_ids(Posting, len(rows))), dtype=pl.Int64), reversed=-pl.col("amount"),
        left=pl.col("total") - pl.col("amount"), next=last + pl.int_range(1, pl.len() + 1).over("payable_id", "month"),
    )
    bulk.write(
        rows.select(
            "payable_id", "month", "paylist_id", id="posting_id", number="next", amount="reversed", total="left",
            kind=pl.lit(Kind.REVERSAL.value), parts=pl.lit("[]"), recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64),
        ),
        Posting,
    )
    reversals = rows.select(posting_id="id", reversal_id="posting_id")
    move_back(Movement.objects.filter(OF_COST, posting__paylist__in=lists), postings=reversals)
    # What the lists carried waits again for the next list.
    Item.objects.filter(line__paylist__in=lists).delete()


def _give_back_deductions(lists):
    """What the lists kept for recovery cases is owed to the person and owed back by them as before."""
    kept = Q(debit=LedgerAccount.KEPT) | Q(credit=LedgerAccount.KEPT)
    move_back(Movement.objects.filter(kept, paylist__in=lists))


def _refuse_built_on(postings):
    """A month that was posted again since by another list can no longer be taken back in between."""
    later = Posting.objects.filter(payable=OuterRef("payable"), month=OuterRef("month"), number__gt=OuterRef("number"))
    built_on = postings.filter(Exists(later.exclude(paylist=OuterRef("paylist")))).select_related("paylist")
    if built_on:
        numbers = named({posting.paylist.number for posting in built_on})
        raise Refusal(_("Người trong %(lists)s đã được ghi tiếp ở danh sách khác; rút danh sách sau trước.") % {"lists": numbers})


def _refuse_paid_back(rows, payables):
    """An overpayment that was paid back, waived or set off since cannot be taken back."""
    found = rows.filter(pl.col("kind") == Kind.OVERPAYMENT.value)
    month = pl.col("month").dt.year().cast(pl.Int64) * 12 + pl.col("month").dt.month() - 1
    found = found.group_by("payable_id", month.alias("month")).agg(pl.col("amount").sum())
    claims = open_claims(payables).rename({"entitlement": "payable_id", "amount": "claim"})
    short = found.join(claims, on=["payable_id", "month"], how="left").filter(-pl.col("amount") > pl.col("claim").fill_null(0))
    if len(short):
        raise Refusal(_("Khoản phải thu hồi của danh sách này đã được trả lại hoặc miễn một phần; không rút được nữa."))
