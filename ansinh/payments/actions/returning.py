"""Đối chiếu: what the provider reports back, line by line; a file is taken whole or not at all."""
from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from ansinh.office.act import action, current_entry
from ansinh.web.refusal import Refusal

from ..models import Item, LedgerAccount, Line, Payable, PayList
from ..queries.recovery import cases_of_months
from ..queries.settled import claim_of
from .moving import pay_items, write_movements
from .selection import move, named, place_of_many

SHOWN = 5


@dataclass(frozen=True)
class Answer:
    """One line of a return file: list and line number, paid or why not, and the amount and file number it names."""

    list_number: str
    position: int
    paid: bool
    reason: str = ""
    amount: int | None = None
    row: int = 0
    file_number: str = ""


@action("payments.reconcile", label=_("Đối chiếu tệp trả về"), scope=place_of_many, undoable=False)
def reconcile(lists, *, answers):
    """Đối chiếu: every line of the exported lists gets its result; not paid stays with the provider and is carried over."""
    lists = list(lists)
    lines = _lines_of(lists)
    results = _matched(lists, lines, answers)
    move(lists, PayList.State.EXPORTED, PayList.State.RETURNED, returned_in=current_entry())
    _write_results(results)
    return {"paid": sum(a.paid for a in results.values()), "unpaid": sum(not a.paid for a in results.values())}


@action("payments.record_return", label=_("Ghi tiền trả lại"), undoable=False)
def record_return(line, *, reason):
    """Ghi tiền trả lại sau: money reported as paid came back; it is owed again and goes with the next list."""
    if not reason.strip():
        raise Refusal(_("Ghi lý do tiền trả lại."), field="reason")
    changed = Line.objects.filter(pk=line.pk, result=Line.Result.PAID).update(result=Line.Result.BROUGHT_BACK, result_reason=reason[:200])
    if not changed:
        raise Refusal(_("Chỉ ghi trả lại cho dòng đã nhận tiền."))
    items = line.items.filter(result=Line.Result.PAID)
    pay_items(items, LedgerAccount.PROVIDER, LedgerAccount.OWED)
    items.update(result=Line.Result.BROUGHT_BACK)


@action("payments.record_refund", label=_("Thu lại bằng tiền mặt"), undoable=False)
def record_refund(payable, *, month, amount, paper):
    """Thu hồi bằng tiền mặt: the person pays back what is owed for a month."""
    if not paper.strip():
        raise Refusal(_("Ghi số phiếu thu."), field="paper")
    _reduce_claim(payable, month, amount, LedgerAccount.FUND)


@action("payments.waive", label=_("Miễn thu hồi"), undoable=False)
def waive(payable, *, month, amount, reason):
    """Miễn thu hồi: by a decision, what is owed back for a month is given up."""
    if not reason.strip():
        raise Refusal(_("Ghi quyết định và lý do miễn thu hồi."), field="reason")
    _reduce_claim(payable, month, amount, LedgerAccount.WAIVED)


def _reduce_claim(payable, month, amount, debit):
    Payable.objects.select_for_update().get(pk=payable.pk)
    owed = claim_of(payable.pk, month)
    if not 0 < amount <= owed:
        told = _("Tháng %(month)s còn phải thu hồi %(owed)s đồng; số nhập phải từ 1 đến số đó.")
        raise Refusal(told % {"month": f"{month:%m/%Y}", "owed": owed}, field="amount")
    if case := cases_of_months([payable.pk]).get((payable.pk, month)):
        raise Refusal(_("Tháng %(month)s thuộc vụ việc %(case)s; thu hoặc miễn ở trang vụ việc.") % {"month": f"{month:%m/%Y}", "case": case})
    sides = {"debit": str(debit), "credit": str(LedgerAccount.CLAIM), "channel": ""}
    write_movements(pl.DataFrame([{"payable_id": payable.pk, "month": month, "amount": amount, **sides}]))


def _lines_of(lists):
    rows = Line.objects.filter(paylist__in=lists, held_because="", total__gt=0).select_related("paylist")
    return {(line.paylist.number, line.position): line for line in rows}


def _matched(lists, lines, answers):
    """The answer of every line; the whole file is refused where it names other lists, other lines, or leaves one out."""
    foreign = {answer.list_number for answer in answers} - {paylist.number for paylist in lists}
    if foreign:
        told = _("Tệp có danh sách khác: %(lists)s. Cả tệp chưa được ghi; chọn đúng tháng, đúng danh sách.")
        raise Refusal(told % {"lists": named(foreign)})
    found = {}
    for answer in answers:
        key = (answer.list_number, answer.position)
        if fault := _fault(answer, lines.get(key), key in found):
            raise Refusal(_("Dòng %(row)s của tệp: %(fault)s. Cả tệp chưa được ghi.") % {"row": answer.row, "fault": fault})
        found[key] = answer
    if missing := [key for key in lines if key not in found]:
        told = ", ".join(f"{number} số {position}" for number, position in missing[:SHOWN])
        raise Refusal(_("Tệp thiếu %(count)s dòng: %(lines)s. Cả tệp chưa được ghi.") % {"count": len(missing), "lines": told})
    return {lines[key].pk: answer for key, answer in found.items()}


def _fault(answer, line, is_double) -> str | None:
    place = {"list": answer.list_number, "n": answer.position}
    if line is None:
        return _("%(list)s không có số thứ tự %(n)s") % place
    if is_double:
        return _("%(list)s số %(n)s có hai lần; giữ một dòng") % place
    if answer.file_number and answer.file_number != line.file_number:
        return _("số hồ sơ %(got)s không phải của số thứ tự %(n)s (%(own)s); các dòng bị xếp lệch") % {
            "got": answer.file_number, "own": line.file_number or _("không có"), "n": answer.position,
        }
    if answer.amount is not None and answer.amount != line.total:
        return _("số tiền %(got)s khác danh sách (%(total)s)") % {"got": answer.amount, "total": line.total}
    if not answer.paid and not answer.reason.strip():
        return _("chưa nhận thì ghi lý do")
    return None


def _write_results(results):
    by_reason = {}
    for pk, answer in results.items():
        by_reason.setdefault(None if answer.paid else answer.reason.strip()[:200], []).append(pk)
    for part in _slices(by_reason.pop(None, [])):
        Line.objects.filter(pk__in=part).update(result=Line.Result.PAID)
        items = Item.objects.filter(line__in=part, result="")
        pay_items(items, LedgerAccount.OWED, LedgerAccount.PROVIDER)
        items.update(result=Line.Result.PAID)
    for reason, keys in by_reason.items():
        for part in _slices(keys):
            Line.objects.filter(pk__in=part).update(result=Line.Result.UNPAID, result_reason=reason)
            Item.objects.filter(line__in=part, result="").update(result=Line.Result.UNPAID)


def _slices(keys, size=5_000):
    return (keys[start : start + size] for start in range(0, len(keys), size))
