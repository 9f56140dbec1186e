"""What payments puts on the rail and on the page of a person."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansinh.documents.queries import put_ground
from ansinh.office import clock, rights
from ansinh.web import composed, rail

from .letters import scheme_words
from .models import Line, PayList, RecoveryCase, RecoveryStep
from .pages.recovery import case_url, state_chip
from .pages.runs import runs_of_month
from .pages.why import why_of
from .queries.recovery import sums_of_cases
from .queries.slips import lost_lines


def sees_money(account) -> bool:
    return bool(rights.sees(account, "money"))


def list_address(key: str) -> str:
    """The page of a list named in the journal."""
    return reverse("payments.list", args=[int(key)]) if key.isdecimal() else ""


def paid(person, account, known):
    """Timeline: lists that the person was on, with what was to be received."""
    lines = Line.objects.visible_to(account).filter(person=person).exclude(paylist__state=PayList.State.WITHDRAWN)
    for line in lines.select_related("paylist__proposed_in").order_by("-paylist__month")[:24]:
        at = line.paylist.proposed_in.at
        if known is None or at.date() <= known:
            yield composed.Event(
                day=at.date(), words=_("Vào danh sách tháng %(month)s") % {"month": f"{line.paylist.month:%m/%Y}"}, small=_small(line),
                url=reverse("payments.why", args=[line.pk]), amount=line.total, tone="due" if line.arrears else "",
            )


def _small(line):
    if line.held_because:
        return line.held_because
    if line.result == Line.Result.UNPAID:
        return _("chưa nhận: %(why)s") % {"why": line.result_reason}
    if line.result == Line.Result.PARTLY:
        return _("nhận một phần, phần còn lại chờ: %(why)s") % {"why": line.result_reason}
    return _("có truy lĩnh %(months)s") % {"months": line.arrears_months} if line.arrears else line.get_result_display()


def latest_why(person, account, known):
    """The receipt of the newest list that the person is on, as known then."""
    lines = Line.objects.visible_to(account).filter(person=person).exclude(paylist__state=PayList.State.WITHDRAWN)
    if known:
        lines = lines.filter(paylist__known_at__lt=clock.end_of(known))
    line = lines.select_related("paylist__area__parent").order_by("-paylist__month", "-total").first()
    return line and why_of(line)


def case_address(key: str) -> str:
    """The page of a recovery case named in the journal or in a task."""
    return case_url(int(key)) if key.isdecimal() else ""


def opening_address(key: str) -> str:
    """Where a case of a person is opened, from the task that asks for it."""
    return reverse("payments.open_recovery", args=[int(key)]) if key.isdecimal() else ""


def recoveries_of(person, account, known):
    """The person's open recovery cases with what is left of each."""
    cases = list(RecoveryCase.objects.visible_to(account).open().filter(person=person)) if known is None else []
    sums = sums_of_cases([case.pk for case in cases])
    return [{"case": case, "url": case_url(case.pk), "left": sums[case.pk].left, "chip": state_chip(case)} for case in cases] or None


def drafts_of_recoveries(person, account):
    """Letters about the person's open recovery cases: notice and decision, with what is left."""
    cases = list(RecoveryCase.objects.visible_to(account).open().filter(person=person))
    sums = sums_of_cases([case.pk for case in cases])
    for case in cases:
        values = {"scheme": scheme_words(case), "amount": sums[case.pk].left}
        yield composed.Draft(f"payments.recoverycase:{case.pk}", str(case), case.field, ("recovery_notice", "recovery_decision"), values)


def recovered(person, account, known):
    """Timeline: the steps of the person's recovery cases."""
    steps = RecoveryStep.objects.filter(case__in=RecoveryCase.objects.visible_to(account).filter(person=person), withdrawn_in=None)
    if known:
        steps = steps.filter(recorded_in__at__lt=clock.end_of(known))
    for step in steps.select_related("case").order_by("pk"):
        yield composed.Event(
            day=step.on, words=_("Thu hồi: %(step)s") % {"step": step}, small=str(step.case), url=case_url(step.case_id), amount=step.amount,
            tone="owe",
        )


rail.put(rail.RailItem(_("Chi trả"), "payments.lists", 50, sees_money))
composed.put(composed.Panel("person", _("Vì sao số tiền này?"), 10, "payments/_why_panel.html", latest_why, sees_money, side=True))
composed.put(composed.Panel("person", _("Đang thu hồi"), 20, "payments/_recovery_panel.html", recoveries_of, sees_money, side=True))
composed.put(composed.Panel("payments.month", _("Duyệt, xuất ở nền"), 20, "payments/_runs.html", runs_of_month, sees_money))
composed.put_drafts(drafts_of_recoveries)
put_ground("payments.line", lost_lines)
composed.put_door("payments.paylist", list_address)
composed.put_door("payments.listrun", lambda key: reverse("payments.run", args=[int(key)]) if key.isdecimal() else "")
composed.put_door("payments.recoverycase", case_address)
composed.put_door("payments.open_recovery", opening_address)
composed.put_events("person", paid)
composed.put_events("person", recovered)
