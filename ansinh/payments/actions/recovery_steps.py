"""One step of a recovery case: taken with the newest steps before one's eyes, and taken back where nothing rests on it."""
from django.db.models import Q
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.office.act import current_entry
from ansinh.web.refusal import Refusal

from ..models import LedgerAccount, Movement, Payable, RecoveryCase, RecoveryStep
from ..queries.recovery import standing_steps
from .keeping_cases import next_number, renew_state

State, Kind = RecoveryCase.State, RecoveryStep.Kind
DONE = (State.CLOSED, State.WITHDRAWN)


def locked(case: RecoveryCase) -> RecoveryCase:
    """The case as it is now, with its payables locked first, as an approval does; a case that is over is refused."""
    lock_payables(case)
    now = RecoveryCase.objects.select_for_update().get(pk=case.pk)
    if now.state in DONE:
        raise Refusal(_("Vụ việc %(case)s %(state)s; không ghi thêm được nữa.") % {"case": now, "state": now.get_state_display()})
    return now


def lock_payables(case: RecoveryCase):
    """Let nobody else move the money of the case's payables meanwhile."""
    payables = Payable.objects.filter(pk__in=case.months.order_by().values("payable"))
    len(payables.select_for_update().order_by("pk").values_list("pk", flat=True))


def add_step(case: RecoveryCase, kind, *, after: int, on, **values) -> RecoveryStep:
    """Add a step to a locked case; refused where somebody took one after ``after``, the last number that was seen."""
    taken = case.steps.order_by("-number").first()
    if taken and taken.number != after:
        told = _("%(case)s vừa có bước mới: %(step)s ngày %(on)s, do %(who)s ghi. Mở lại trang để xem trước khi làm tiếp.")
        raise Refusal(told % {"case": case, "step": taken, "on": f"{taken.on:%d/%m/%Y}", "who": taken.recorded_in.by})
    _refuse_other_days(case, on)
    step = RecoveryStep.objects.create(case=case, kind=kind, number=next_number(case), on=on, recorded_in=current_entry(), **values)
    renew_state(case)
    return step


def _refuse_other_days(case, on):
    if on > clock.today():
        raise Refusal(_("Ngày %(on)s chưa đến; ghi ngày trên giấy tờ.") % {"on": f"{on:%d/%m/%Y}"}, field="on")
    papers = (Kind.NOTICE, Kind.HEARING, Kind.DECISION)
    before = next((step for step in reversed(standing_steps(case)) if step.kind in papers), None)
    if before and on < before.on:
        told = _("Ngày %(on)s trước bước “%(step)s” ngày %(day)s; kiểm tra lại ngày.")
        raise Refusal(told % {"on": f"{on:%d/%m/%Y}", "step": before, "day": f"{before.on:%d/%m/%Y}"}, field="on")


def wanted(value: str, sentence: str, field: str) -> str:
    """A text that must not be empty, trimmed."""
    if not value.strip():
        raise Refusal(sentence, field=field)
    return value.strip()


def take_back_steps(entry):
    """Undo of a step on paper: refused where a later step or money rests on it; then a further step is the way back."""
    for step in RecoveryStep.objects.filter(recorded_in=entry, withdrawn_in=None).exclude(kind=Kind.CLOSING).select_related("case"):
        case = RecoveryCase.objects.select_for_update().get(pk=step.case_id)
        _refuse_built_on(case, step)
        RecoveryStep.objects.filter(pk=step.pk).update(withdrawn_in=current_entry())
        if step.kind == Kind.OPENED:
            case.months.update(is_open=False)
        renew_state(case)


def _refuse_built_on(case, step):
    later = case.steps.filter(withdrawn_in=None, number__gt=step.number).order_by("-number").first()
    if later:
        raise Refusal(_("Đã có bước sau: %(step)s. Hoàn tác bước ấy trước.") % {"step": later})
    kept = LedgerAccount.KEPT
    moved = Movement.objects.filter(Q(debit=kept) | Q(credit=kept), recovery=case, recorded_in__gt=step.recorded_in_id)
    if moved.exists() or (step.kind == Kind.OPENED and case.movements.exists()):
        raise Refusal(_("Tiền của vụ việc %(case)s đã chuyển theo bước này; ghi một quyết định mới thay cho hoàn tác.") % {"case": case})


