"""What becomes of a finding: closed with a reason, opened again, or paid all the same by a recorded decision."""
import polars as pl
from django.utils.translation import gettext as _

from ansinh.office import bulk, clock
from ansinh.office.act import action, current_entry
from ansinh.office.dated import record, withdraw
from ansinh.web.refusal import Refusal

from ..models import Closing, Finding, Line, PayList, SweepDecision
from ..reasons import of_way, reasons
from .selection import named, place_of_many
from .sweeping import record_sweep

EARLIER = 10_000


def _nothing_paid(entry):
    """What was closed and then paid is not opened again: the list has been approved on the strength of it."""
    closed = Finding.objects.filter(closings__withdrawn_in__undoes=entry)
    paid = [finding for finding in closed if _is_paid(finding)]
    if paid:
        raise Refusal(_("Danh sách có mục này đã duyệt; điều biết sau thì giữ hoặc sửa ở danh sách tháng sau."))


@action("payments.close_finding", label=_("Đóng mục soát"), undo=_nothing_paid, private=("note",))
def close_finding(finding, *, reason, note=""):
    """Đóng mục soát: with a kind of reason and words; it opens again by itself when what was found changes."""
    kind = reasons().get(reason)
    if kind is None or kind.by != "officer" or not kind.fits(finding.check_code):
        raise Refusal(_("Loại lý do này không dùng cho phép soát này; chọn một lý do trong danh sách."), field="reason")
    if kind.needs_note and not note.strip():
        raise Refusal(_("Ghi rõ đã xác minh thế nào, với ai, giấy nào."), field="note")
    return _close(_taken(finding), kind.code, note)


@action("payments.reopen_finding", label=_("Mở lại mục soát"))
def reopen_finding(finding):
    """Mở lại mục soát: its closing no longer holds."""
    finding = _locked(finding)
    _refuse_paid(finding)
    closing = finding.closings.current().first()
    if closing is None:
        raise Refusal(_("Mục soát này đang mở; mở lại trang để xem bản mới."))
    if closing.decision_id:
        raise Refusal(_("Mục này được chi theo quyết định %(number)s; hoàn tác quyết định ấy.") % {"number": closing.decision})
    if closing.reason == of_way("hold").code:
        raise Refusal(_("Mục này đóng vì dòng đang giữ; thôi giữ dòng thì mục tự mở lại."))
    withdraw(closing)


@action("payments.decide_open", label=_("Quyết định chi khi còn mục mở"), scope=place_of_many, undo=_nothing_paid)
def decide_open(lists, *, number, reason) -> SweepDecision:
    """Quyết định chi khi còn mục mở: what a sweep finds open now is paid all the same, by number and reason of a decision.

    It covers just these findings with just these facts; what is found later, or changes, is open again.
    """
    if not number.strip():
        raise Refusal(_("Ghi số quyết định (hoặc số tờ trình đã ký) cho chi khi còn mục soát mở."), field="number")
    if not reason.strip():
        raise Refusal(_("Ghi lý do chi khi còn mục soát mở."), field="reason")
    lists = list(PayList.objects.select_for_update().filter(pk__in=[paylist.pk for paylist in lists], state=PayList.State.PROPOSED).order_by("pk"))
    if not lists:
        raise Refusal(_("Danh sách đã duyệt, rút hoặc lập lại; mở lại trang để xem bản mới."))
    record_sweep(lists)
    rows = bulk.frame(Finding.objects.unpaid_risk(lists), "id", "facts", "amount")
    if rows.is_empty():
        raise Refusal(_("Không còn mục soát nào mở; duyệt không cần quyết định."))
    place, field = place_of_many(lists)
    decision = SweepDecision.objects.create(
        field=field, month=lists[0].month, area_path=place, number=number.strip()[:80], reason=reason.strip()[:300],
        count=len(rows), amount=int(rows["amount"].sum()), recorded_in=current_entry(),
    )
    close_many(rows, of_way("decision").code, decision=decision)
    return decision


def refuse_open(lists):
    """Inside the approval: sweep once more, and refuse while anything that would be paid is open and undecided."""
    record_sweep(lists)
    waiting = Finding.objects.unpaid_risk(lists)
    if n := waiting.count():
        lines = Line.objects.filter(paylist__in=lists, person__in=waiting.values("person"))
        shown = named(lines.order_by().values_list("paylist__number", flat=True).distinct())
        raise Refusal(
            _("Còn %(n)s mục soát mở ở %(lists)s; đóng từng mục, giữ dòng, hoặc ghi quyết định chi rồi duyệt.") % {"n": n, "lists": shown},
            field="number",
        )


def close_held(line, note):
    """Inside holding a line: its open findings are closed by that."""
    rows = bulk.frame(_of_line(line).open(), "id", "facts")
    close_many(rows, of_way("hold").code, note=note)


def open_held(line):
    """Inside letting a line go: what was closed by holding it is open again."""
    held = Closing.objects.current().filter(finding__in=_of_line(line), reason=of_way("hold").code)
    held.update(withdrawn_at=clock.now(), withdrawn_in=current_entry())


def close_many(rows: pl.DataFrame, reason: str, *, note="", decision=None):
    """Close findings (``id, facts``) at once; a closing for other facts makes way."""
    if rows.is_empty():
        return
    for part in rows.iter_slices(EARLIER):
        earlier = Closing.objects.current().filter(finding__among=bulk.Values(part["id"]))
        earlier.update(withdrawn_at=clock.now(), withdrawn_in=current_entry())
    bulk.write(
        rows.select(
            "facts", finding_id="id", reason=pl.lit(reason), note=pl.lit(note[:300]), since=pl.lit(clock.today()),
            decision_id=pl.lit(decision and decision.pk, dtype=pl.Int64), source=pl.lit(""),
            recorded_at=pl.lit(clock.now()).dt.convert_time_zone("UTC"), recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64),
        ),
        Closing,
    )


def _close(finding, reason, note):
    if stale := finding.closings.current().first():
        withdraw(stale)
    return record(Closing, since=clock.today(), finding=finding, reason=reason, note=note.strip()[:300], facts=finding.facts)


def _taken(finding) -> Finding:
    """The finding as it stands, held; refused where another officer was quicker, or nothing is there to close."""
    finding = _locked(finding)
    _refuse_paid(finding)
    if finding.gone_in_id:
        raise Refusal(_("Lần soát sau không còn thấy mục này nữa; không phải đóng."))
    closing = finding.closings.current().filter(facts=finding.facts).select_related("recorded_in__by").first()
    if closing:
        words = reasons()[closing.reason].title if closing.reason in reasons() else closing.reason
        raise Refusal(_("%(who)s vừa đóng mục này: %(why)s. Mở lại trang để xem.") % {"who": closing.recorded_in.by, "why": words})
    return finding


def _locked(finding) -> Finding:
    return Finding.objects.select_for_update().get(pk=finding.pk)


def _of_line(line):
    return Finding.objects.filter(month=line.paylist.month, field=line.paylist.field, person=line.person_id)


def _refuse_paid(finding):
    if _is_paid(finding):
        raise Refusal(_("Danh sách có mục này đã duyệt; điều biết sau thì giữ hoặc sửa ở danh sách tháng sau."))


def _is_paid(finding):
    lines = Line.objects.filter(person=finding.person_id, paylist__month=finding.month, paylist__field=finding.field)
    return lines.exclude(paylist__state__in=(PayList.State.PROPOSED, PayList.State.WITHDRAWN)).exists()
