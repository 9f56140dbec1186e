"""Sự kiện trong đời: choose one, type what happened, see everything that changes, then do it; and the same way back."""
from dataclasses import dataclass, replace

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ansinh.documents.alongside import letters_form
from ansinh.documents.queries import signers
from ansinh.office import clock, rights
from ansinh.office.models import Entry, Task
from ansinh.office.queries import act_label
from ansinh.office.rehearsal import rehearse
from ansinh.registry.models import Person
from ansinh.registry.queries.persons import now_of
from ansinh.web.page import Chip, Crumb, FormPage, Page
from ansinh.web.refusal import Refusal

from ..life_events.acts import finish_follow_up, record_life_event, undo_life_event
from ..life_events.carrying import FOLLOW_UP
from ..life_events.kinds import KINDS, chosen_from, title_of
from ..life_events.letters import rest_of_letters
from ..life_events.plan import Plan
from ..life_events.undoing import is_undone, person_of, spouses_in
from . import plan_words
from .entitlements import RAIL, person_url

RECORD, UNDO = "benefits.record_life_event", "benefits.undo_life_event"


@dataclass(frozen=True)
class PlanPage(FormPage):
    """Consequences on the left, the decision on the right; ``words`` are the parts in words."""

    plan: Plan | None = None
    words: dict | None = None
    reason: str = ""
    reason_fault: str = ""


def choose(request, person: int):
    """Ghi sự kiện: which one."""
    found = _person(request, person)
    kinds = [{"kind": kind, "url": reverse("life_event", args=[found.pk, kind.slug])} for kind in KINDS.values() if kind.fits(found)]
    page = Page(
        title=_("Ghi sự kiện: %(who)s") % {"who": found.name}, rail=RAIL, crumbs=(Crumb(found.name, person_url(found.pk)),), content=kinds,
        note=_("Bước sau hỏi đúng những điều sự kiện ấy cần, rồi cho xem mọi chế độ, danh sách, việc, thư và số tiền sẽ đổi."),
    )
    return render(request, "benefits/life_events.html", {"page": page})


def life_event(request, person: int, slug: str):
    """Ghi một sự kiện: form, consequences, act; refused with everything typed kept."""
    found, kind = _person(request, person), KINDS.get(slug)
    if kind is None or not kind.fits(found) and request.method != "POST":
        raise Http404
    form = _form(kind, found, request.POST if request.method == "POST" else None)
    frame = _frame(kind, found, form)
    if request.method != "POST":
        return render(request, "web/form.html", {"page": frame})
    if not form.is_valid():
        return render(request, "web/form.html", {"page": frame}, status=422)
    return _answer(request, kind, found, frame, form.cleaned_data)


def undo_event(request, entry: int):
    """Hoàn tác một sự kiện: what taking it back changes, also in lists that went out since; then the undo."""
    line = get_object_or_404(Entry, pk=entry)
    person = person_of(line)
    if person is None or not rights.may(request.user, UNDO, line.area_path, line.field):
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            undo_life_event(line, seen=request.POST.get("seen", ""), by=request.user)
        except Refusal as said:
            refusal = said
        else:
            messages.success(request, _("Đã hoàn tác. Khoản chưa nhận và khoản bù vào danh sách tới."))
            return redirect(person_url(person.pk))
    return _undo_page(request, line, person, refusal)


def follow_ups(request, person: int):
    """Việc làm tiếp sau một sự kiện: each is closed with what was done about it."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=person)
    tasks = [
        task for task in Task.objects.open().filter(act=FOLLOW_UP, key=f"registry.person:{found.pk}").order_by("due_on", "pk")
        if rights.may(request.user, FOLLOW_UP, task.area_path, task.field)
    ]
    refusal = None
    if request.method == "POST":
        task = next((task for task in tasks if str(task.pk) == request.POST.get("task")), None)
        try:
            if task is None:
                raise Refusal(_("Việc này vừa được người khác đóng."))
            finish_follow_up(task, note=request.POST.get("note", ""), by=request.user)
        except Refusal as said:
            refusal = said
        else:
            messages.success(request, _("Đã ghi xong: %(what)s.") % {"what": task.title})
            return redirect(reverse("life_event.follow_ups", args=[found.pk]))
    page = Page(
        title=_("Việc làm tiếp: %(who)s") % {"who": found.name}, rail="tasks", content=tasks, refusal=refusal,
        crumbs=(Crumb(_("Việc cần làm"), reverse("tasks")), Crumb(found.name, person_url(found.pk))),
        note=_("Việc theo sau sự kiện đã ghi; mỗi việc đóng bằng một câu nói đã làm gì."),
    )
    content = {"page": page, "note": request.POST.get("note", "")}
    return render(request, "benefits/follow_ups.html", content, status=refusal.status if refusal else 200)


def _person(request, pk):
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not rights.may(request.user, RECORD, found.area_path, ""):
        raise Http404
    return found


def _form(kind, person, data):
    form = kind.form(data)
    if "entitlement" in form.fields:
        form.fields["entitlement"].choices = [(e.pk, str(e)) for e in chosen_from(kind.name, person)]
    return form


def _frame(kind, person, form):
    choices = reverse("life_events", args=[person.pk])
    return FormPage(
        title=f"{kind.label}: {person.name}", rail=RAIL, crumbs=(Crumb(person.name, person_url(person.pk)), Crumb(_("Ghi sự kiện"), choices)),
        note=str(kind.hint).capitalize(), form=form, verb=_("Xem hệ quả"), back=person_url(person.pk),
        foot=_("Bước sau cho xem mọi thứ sẽ đổi; chưa ghi gì vào sổ."),
    )


def _answer(request, kind, person, frame, typed):
    """Consequences, or the act where they were seen and confirmed; what is refused is shown again with the reason."""
    said = {name: value for name, value in typed.items() if value not in (None, "") or name == "address"}
    said, left, refusal = {"event": kind.name, **said}, _left(request.POST), None
    try:
        if request.POST.get("confirmed") == "yes":
            reasons = tuple((key, request.POST.get("reason", "")) for key in left)
            ordered = {"letters": _letters(request), "signer": _signer(request)}
            plan = record_life_event(_again(person), **said, **ordered, left=reasons, seen=request.POST.get("seen", ""), by=request.user)
            return _done(request, kind, person, plan)
        plan = _rehearsed(person, said, left, request.user)
    except Refusal as caught:
        refusal, plan = caught, _shown_after(person, said, left, request.user)
    if plan is None:
        return render(request, "web/form.html", {"page": replace(frame, refusal=refusal)}, status=refusal.status)
    page = _plan_page(kind, person, frame, plan, request, refusal)
    return render(request, "benefits/life_event.html", {"page": page}, status=refusal.status if refusal else 200)


def _left(posted) -> tuple[str, ...]:
    """Steps that were on the page and not ticked; one that came up since was not left, it was not seen."""
    ticked = set(posted.getlist("do"))
    return tuple(key for key in posted.getlist("listed") if key not in ticked)


def _shown_after(person, said, left, by) -> Plan | None:
    """What would change now, after a refusal; nothing where the event itself is refused."""
    try:
        return _rehearsed(person, said, left, by)
    except Refusal:
        return None


def _rehearsed(person, said, left, by) -> Plan:
    return rehearse(lambda: record_life_event(_again(person), **said, left=tuple((key, "-") for key in left), by=by))


def _again(person):
    """The person as the books say now: a rehearsal changed the object in hand."""
    return Person.objects.get(pk=person.pk)


def _plan_page(kind, person, frame, plan, request, refusal):
    spouse = plan_words.of_spouse(plan, plan.said.more.get("spouse"), request.user)
    words = {
        "at_once": plan_words.at_once(plan, title_of(kind, person, plan.said)), "months": plan_words.month_rows(plan),
        "family": plan_words.family(plan),
        "steps": [*_ticked(plan), *(_ticked(plan.spouse, f"{spouse['name']}: ") if plan.spouse else [])], "spouse": spouse,
        "letters": [{"words": rule.words, "cited": plan_words.cited(rule)} for rule in _letters_left(plan)],
        "wanted": _boxes(plan.wanted_of_both, request), "tasks": plan_words.tasks_of(plan, spouse),
        "late": (clock.today() - plan.said.on).days,
        "next": plan.money.next_list, "change": plan.money.monthly_after - plan.money.monthly_before,
        "family_sum": sum(claim.amount for claim in plan.family),
    }
    reason_fault = refusal.sentence if refusal and refusal.field == "reason" else ""
    known = {name: getattr(frame, name) for name in ("rail", "crumbs", "form", "back")}
    return PlanPage(
        **known, title=title_of(kind, person, plan.said), note=_of_whom(person), chip=Chip(_("Chưa ghi gì vào sổ"), "half"), plan=plan,
        words=words, verb=_verb(kind, plan), refusal=refusal, reason=request.POST.get("reason", ""), reason_fault=reason_fault,
        foot=_("Không đồng nào được chi hay trừ ở bước này."),
    )


def _ticked(plan, before=""):
    """The acts that are done with the event unless the officer leaves them."""
    return [
        {"step": step, "words": f"{before}{plan_words.step_words(step)}", "on": step.key not in plan.left} for step in plan.steps if step.may
    ]


def _letters_left(plan):
    """The law's lines of letters that are written later, each once."""
    return list({rule.words: rule for side in plan.sides for rule in rest_of_letters(side.letters, side.wanted)}.values())


def _letters(request) -> tuple[str, ...]:
    """Keys of the letters that were ticked."""
    return tuple(request.POST.getlist("letters"))


def _signer(request):
    """Who was chosen to sign the letters."""
    asked = request.POST.get("letter_signer", "")
    return signers().filter(pk=int(asked)).first() if asked.isdecimal() else None


def _boxes(wanted, request):
    """The letters that go with the event, as a form: ticked until the officer says otherwise."""
    if not wanted:
        return None
    typed = {"letters": _letters(request), "letter_signer": request.POST.get("letter_signer")} if "letters_listed" in request.POST else {}
    return {"form": letters_form(wanted)(initial=typed), "rows": wanted}


def _verb(kind, plan):
    """The button says what it does, with the day."""
    stops = [step.day for step in plan.steps if step.rule.act == "benefits.stop" and step.key not in plan.left]
    return _("%(verb)s, thôi hưởng sau %(day)s") % {"verb": kind.verb, "day": f"{max(stops):%d/%m/%Y}"} if stops else str(kind.verb)


def _of_whom(person):
    now = now_of(person)
    born = _("Sinh %(year)s") % {"year": person.birth_on.year} if person.birth_on else _("Chưa rõ ngày sinh")
    return " · ".join(filter(None, [born, now.place]))


def _done(request, kind, person, plan):
    done, undo = _("Đã ghi: %(what)s.") % {"what": title_of(kind, person, plan.said)}, reverse("life_event.undo", args=[plan.entry])
    messages.success(request, format_html('{} <a href="{}">{}</a>', done, undo, _("Ghi nhầm? Hoàn tác")))
    return redirect(person_url(person.pk))


def event_words(line: Entry) -> str:
    """What a journal line recorded: the event's own word, or that of the act."""
    kind = next((kind for kind in KINDS.values() if kind.name == line.facts.get("event")), None)
    return str(kind.label) if kind else act_label(line.act)


def _undo_page(request, line, person, refusal):
    plan, beside = None, spouses_in(line, person)
    try:
        plan = rehearse(lambda: undo_life_event(Entry.objects.get(pk=line.pk), by=request.user))
    except Refusal as said:
        refusal = refusal or said
    spouse = plan and plan_words.of_spouse(plan, beside[0] if beside else None, request.user, undone=True)
    words = plan and {
        "at_once": plan_words.at_once_undone(plan), "spouse": spouse, "tasks": plan_words.tasks_of(plan, spouse),
        "months": plan_words.month_rows(plan), "family": (), "letters": (),
        "late": (clock.today() - line.at.astimezone(clock.ZONE).date()).days, "next": plan.money.next_list,
        "change": plan.money.monthly_after - plan.money.monthly_before,
    }
    page = PlanPage(
        title=_("Hoàn tác: %(what)s, %(who)s") % {"what": event_words(line), "who": person.name}, rail=RAIL, plan=plan, words=words,
        note=_("%(who)s ghi lúc %(at)s") % {"who": line.by or "", "at": f"{line.at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"},
        crumbs=(Crumb(person.name, person_url(person.pk)),), verb=_("Hoàn tác cả việc"), back=person_url(person.pk), tone="stop", refusal=refusal,
        chip=Chip(_("Đã hoàn tác"), "hold") if is_undone(line) else Chip(_("Chưa hoàn tác gì"), "half"), form=forms.Form(),
        foot=_("Hoàn tác là một việc mới trong nhật ký; dòng cũ vẫn còn. Danh sách đã xuất không sửa."),
    )
    return render(request, "benefits/undo_event.html", {"page": page}, status=refusal.status if refusal else 200)
