"""One recovery case: what is left and why, what happened on which day, what the next list will deduct, what can be done."""
from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import rights
from ansinh.web.composed import Event
from ansinh.web.ledger import Figure, Ledger, Link, Part
from ansinh.web.page import Button, Crumb, Page
from ansinh.web.templatetags.office_words import count

from ..models import RecoveryCase, RecoveryStep
from ..queries import explained
from ..queries import recovery_story as story
from ..queries.recovery import decision_of, standing_steps, sums_of_cases
from .parts import RAIL, person_url
from .recovery import FIELD_WORDS, case_url, state_chip
from .why import article_words

State, Kind = RecoveryCase.State, RecoveryStep.Kind
OPEN = (State.OPENED, State.NOTICED, State.HEARD, State.DECIDED, State.SUSPENDED)
AFTER_HEARING = (State.HEARD, State.DECIDED, State.SUSPENDED)
# What can be done in which states: the act, the last part of its address, its words.
VERBS = (
    ("payments.give_notice", "thong-bao", gettext_lazy("Ghi thông báo"), OPEN),
    ("payments.hear_debtor", "y-kien", gettext_lazy("Ghi ý kiến người phải trả"), OPEN[1:]),
    ("payments.decide_recovery", "quyet-dinh", gettext_lazy("Ghi quyết định thu hồi"), AFTER_HEARING),
    ("payments.record_repayment", "nop", gettext_lazy("Ghi tiền nộp lại"), OPEN),
    ("payments.suspend_recovery", "tam-dung", gettext_lazy("Tạm dừng trừ"), (State.DECIDED,)),
    ("payments.resume_recovery", "tru-tiep", gettext_lazy("Trừ tiếp"), (State.SUSPENDED,)),
    ("payments.waive_recovery", "mien", gettext_lazy("Ghi quyết định miễn"), OPEN),
)
NEXT = {State.OPENED: "thong-bao", State.NOTICED: "y-kien", State.HEARD: "quyet-dinh"}
CANCELLED_BY = {Kind.REPAYMENT: "payments.cancel_repayment", Kind.WAIVER: "payments.withdraw_waiver"}


@dataclass(frozen=True)
class CasePage(Page):
    """A case with its sums, months, days, decision and verbs."""

    ledger: Ledger | None = None
    person: Link | None = None
    rows: tuple = ()
    events: tuple[Event, ...] = ()
    decision: tuple[tuple[str, str], ...] = ()
    next: str = ""
    verbs: tuple[Button, ...] = ()
    papers: tuple = ()
    warning: str = ""


def visible_case(account, pk: int) -> RecoveryCase:
    """A case that the account sees, or 404."""
    return get_object_or_404(RecoveryCase.objects.visible_to(account).select_related("person"), pk=pk)


def case_page(request, pk: int):
    """Một vụ việc thu hồi."""
    case = visible_case(request.user, pk)
    steps = standing_steps(case)
    coming = story.next_deduction(case, steps)
    page = CasePage(
        title=_("Vụ việc %(case)s: %(name)s") % {"case": case, "name": case.person.name}, rail=RAIL, chip=state_chip(case),
        note=_("Mở ngày %(day)s") % {"day": f"{case.opened_on:%d/%m/%Y}"}, person=Link(case.person.name, person_url(case.person_id)),
        crumbs=(Crumb(_("Chi trả"), reverse("payments.lists")), Crumb(_("Vụ việc thu hồi"), reverse("payments.recoveries"))),
        ledger=_ledger(case, coming), rows=tuple(_reason(piece, line) for piece, line in story.reasons(case)),
        events=tuple(sorted(_events(request.user, case), key=lambda event: event.day)), decision=_decided(decision_of(steps)),
        next=_next(coming), verbs=_verbs(request.user, case), papers=tuple(_papers(request.user, case, steps)), warning=_warning(case),
    )
    return render(request, "payments/recovery.html", {"page": page})


def _ledger(case, coming):
    sums, url = sums_of_cases([case.pk])[case.pk], f"{case_url(case.pk)}#dien-bien"
    parts = (
        Part("owe", _("Còn phải thu"), sums.left, url), Part("month", _("Đã trừ vào lần chi"), sums.deducted, url),
        Part("keep", _("Đã nộp lại"), sums.repaid, url), Part("due", _("Đã miễn"), sums.waived, url),
        Part("due", _("Đã hủy vì được hưởng lại"), sums.cancelled, url),
    )
    figures = (
        Figure(_("Còn phải thu (đ)"), sums.left, url=url, tone="owe-n" if sums.left else ""),
        Figure(_("Danh sách tới trừ (đ)"), coming.amount if coming else 0, url=_line_url(coming), note=_next(coming)),
    )
    return Ledger(_("Phát hiện chi thừa"), sums.found, f"{case_url(case.pk)}#ly-do", parts, figures)


def _line_url(coming):
    return reverse("payments.why", args=[coming.line]) if coming and coming.line else ""


def _next(coming):
    if coming is None:
        return _("Không trừ vào danh sách nào.")
    if coming.line:
        return _("Danh sách tháng %(month)s đang chờ duyệt.") % {"month": f"{coming.month:%m/%Y}"}
    return _("Danh sách tháng %(month)s, theo mức chi lần gần nhất.") % {"month": f"{coming.month:%m/%Y}"}


def _reason(piece, line):
    """Months, what was paid, what is right, and by which articles."""
    return {
        "months": explained.month_words(piece.since, piece.until), "title": piece.title, "amount": piece.amount, "each": piece.each,
        "n": piece.months, "right": _right(piece), "paid": _("%(amount)s đ một tháng theo %(basis)s") % {
            "amount": count(piece.before), "basis": piece.paid_by or _("số đã chi trước khi dùng An Sinh"),
        },
        "url": reverse("payments.why", args=[line.pk]) if line else "", "list": f"{line.paylist.month:%m/%Y}" if line else "",
    }


def _right(piece):
    if piece.after:
        articles = "; ".join(dict.fromkeys(article_words(reason) for reason in piece.reasons if not reason.cut_by))
        return _("%(amount)s đ một tháng theo %(basis)s") % {"amount": count(piece.after), "basis": articles or "–"}
    if piece.ends_on and piece.ends_on < piece.since:
        return _("không được hưởng: quyền hưởng hết ngày %(day)s") % {"day": f"{piece.ends_on:%d/%m/%Y}"}
    return _("không được hưởng các tháng này")


def _events(account, case):
    sees_journal = rights.sees(account, "journal")
    for step in case.steps.select_related("recorded_in__by", "withdrawn_in").order_by("number"):
        url = reverse("entry", args=[step.recorded_in_id]) if sees_journal and step.recorded_in_id else ""
        taken_back = _(" · đã rút lại") if step.withdrawn_in_id else ""
        small = " · ".join(filter(None, (_said(step), str(step.recorded_in.by or ""))))
        yield Event(step.on, f"{step}{taken_back}", small, url, step.amount, "owe" if step.kind == Kind.OPENED else "")
    told = (
        (story.deducted, _("Trừ vào danh sách tháng %(month)s"), ""),
        (story.cancelled, _("Hủy thu hồi: được hưởng lại, danh sách tháng %(month)s"), "due"),
        (story.paid_again, _("Hoàn lại trong danh sách tháng %(month)s, như truy lĩnh"), "due"),
    )
    for find, words, tone in told:
        for moved in find(case):
            url = reverse("payments.why", args=[moved.line]) if moved.line else ""
            yield Event(moved.at, words % {"month": f"{moved.paylist.month:%m/%Y}"}, str(moved.paylist), url, moved.amount, tone)


def _said(step):
    words = [step.words, _("người nộp: %(who)s") % {"who": step.payer} if step.payer else ""]
    if step.way:
        words.append(_way(step))
    if step.due_on:
        words.append(_("hạn %(day)s") % {"day": f"{step.due_on:%d/%m/%Y}"})
    return "; ".join(filter(None, words))


def _way(step):
    if step.way == RecoveryStep.Way.REFUND:
        return step.get_way_display()
    each = _("%(amount)s đ") % {"amount": count(step.monthly)} if step.monthly else _("%(n)s %% số chi") % {"n": step.percent}
    words = _("trừ mỗi tháng %(each)s, từ danh sách tháng %(month)s") % {"each": each, "month": f"{step.first_month:%m/%Y}"}
    return words + (_(", cả ở lĩnh vực %(field)s") % {"field": FIELD_WORDS[step.other_field]} if step.other_field else "")


def _decided(decision):
    if decision is None:
        return ()
    pairs = [(_("Quyết định"), _("%(paper)s ngày %(day)s") % {"paper": decision.paper, "day": f"{decision.on:%d/%m/%Y}"})]
    pairs += [(_("Số tiền"), f"{count(decision.amount)} đ"), (_("Cách thu"), _way(decision))]
    if decision.due_on:
        pairs.append((_("Hạn nộp"), f"{decision.due_on:%d/%m/%Y}"))
    return tuple(pairs)


def _verbs(account, case):
    chosen = NEXT.get(case.state)
    return tuple(
        Button(str(words), reverse("payments.recovering", args=[case.pk, slug]), solid=slug == chosen)
        for act, slug, words, states in VERBS
        if case.state in states and rights.may(account, act, case.area_path, case.field)
    )


def _papers(account, case, steps):
    """Receipts and waivers, each with the way back from it."""
    for step in steps:
        if act := CANCELLED_BY.get(step.kind):
            may = rights.may(account, act, case.area_path, case.field)
            yield {"step": step, "small": _said(step), "url": reverse("payments.recovery_back", args=[step.pk]) if may else ""}


def _warning(case):
    """What whoever takes money now should know first."""
    if case.state in OPEN and (soon := story.cancelled_soon(case)):
        told = _("Các tháng này lại được hưởng: danh sách đang chờ duyệt hủy %(amount)s đ của vụ việc. Chờ duyệt rồi hãy thu tiếp.")
        return told % {"amount": count(soon)}
    if case.state in OPEN and case.person.died_on:
        day = f"{case.person.died_on:%d/%m/%Y}"
        return _("Người phải trả đã mất ngày %(day)s: không trừ vào khoản chi nào. Thân nhân tự nguyện nộp, hoặc quyết định miễn.") % {"day": day}
    return ""
