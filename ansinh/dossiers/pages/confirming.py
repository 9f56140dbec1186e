"""A checked dossier is written into the register: whose it is, what would change, then done in one act; and contradictions settled."""
from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office.act import may_do
from ansinh.registry.actions import recognise
from ansinh.registry.models import Identifier, Person
from ansinh.registry.queries.persons import birth_words
from ansinh.registry.queries.search import search
from ansinh.web.acting import act_on_form
from ansinh.web.page import Chip, Crumb, Effect, EffectGroup, FormPage, Page
from ansinh.web.refusal import Refusal

from .. import actions
from ..actions.confirming import refuse_unready
from ..actions.steps import steps_of
from ..desk_forms import FactsForm
from ..models import Dossier, Entering
from ..queries.agreement import CODES, Said, agreement_of, missing_fields, missing_papers, paper_words, standing_of
from ..queries.rows import Spot, spot_of

NEW, LIMIT = "moi", 8
ASKED = {"special", "attendant", "care", "full_time", "medal"}


def confirm(request, pk: int):
    """Ghi hồ sơ vào sổ: its person first, then what the register would say, then one act."""
    dossier = _found(request, pk)
    is_new = request.GET.get("nguoi") == NEW and dossier.person is None
    if not may_do(request.user, actions.confirm, dossier) or not may_do(request.user, recognise):
        raise Http404
    if dossier.state in (Dossier.State.CHECKED, Dossier.State.VERIFIED):
        if agreement_of(dossier).contradictions:
            return redirect("dossiers.contradictions", pk=pk)
        if dossier.person is None and not is_new:
            return redirect("dossiers.whose", pk=pk)
    back = reverse("dossiers.at_desk", args=[pk])
    frame = FormPage(
        title=_("Ghi hồ sơ %(code)s vào sổ") % {"code": dossier.code}, note=dossier.title, rail="dossiers", crumbs=_crumbs(dossier), back=back,
        verb=_("Ghi vào sổ"), foot=_("Không đồng nào được chi hay trừ ở bước này. Cả việc ghi hoàn tác được một lần trong nhật ký."),
    )
    facts = _facts_form(dossier, is_new)
    return act_on_form(
        request, frame, facts, lambda said: actions.confirm(dossier, is_new=is_new, facts=said, by=request.user),
        lambda done: reverse("person", args=[done.person_id]), effects=lambda said: _effects(dossier, is_new, said), straight=facts is None,
    )


def whose(request, pk: int):
    """Hồ sơ của ai: persons with the dossier's numbers or name, or somebody new."""
    dossier = _found(request, pk)
    if not may_do(request.user, actions.correct_dossier, dossier):
        raise Http404
    if dossier.person is not None:
        return redirect("dossiers.confirm", pk=pk)
    found = candidates(dossier, request.user)
    if request.method == "POST" and request.POST.get("person") == NEW:
        return redirect(f"{reverse('dossiers.confirm', args=[pk])}?nguoi={NEW}")
    refusal = None
    if request.method == "POST":
        try:
            return _given_to(request, dossier, next((person for person in found if str(person.pk) == request.POST.get("person")), None))
        except Refusal as problem:
            refusal = problem
    rows = [{"person": person, "birth": birth_words(person), "numbers": ", ".join(_numbers(person))} for person in found]
    page = Page(
        title=_("Hồ sơ %(code)s của ai trong sổ") % {"code": dossier.code}, note=dossier.title, rail="dossiers", crumbs=_crumbs(dossier),
        refusal=refusal, content={"rows": rows, "said": list(agreement_of(dossier).said.values()), "new": NEW},
    )
    return render(request, "dossiers/whose.html", {"page": page}, status=refusal.status if refusal else 200)


def contradictions(request, pk: int):
    """Mâu thuẫn: each value beside the place that it was read from; one of them is chosen."""
    dossier = _found(request, pk)
    may = may_do(request.user, actions.settle, dossier)
    refusal = None
    if request.method == "POST":
        if not may:
            raise Http404
        try:
            _settle(request, dossier)
            return redirect("dossiers.contradictions", pk=pk)
        except Refusal as problem:
            refusal = problem
    found = [{"field": one.field, "sides": [_side(side, dossier) for side in one.sides]} for one in agreement_of(dossier).contradictions]
    page = Page(
        title=_("Mâu thuẫn trong hồ sơ %(code)s") % {"code": dossier.code}, note=dossier.title, rail="dossiers", crumbs=_crumbs(dossier),
        refusal=refusal, chip=None if found else Chip(_("Không còn mâu thuẫn"), "ok"),
        content={"found": found, "may": may, "onward": reverse("dossiers.confirm", args=[pk])},
    )
    return render(request, "dossiers/contradictions.html", {"page": page}, status=refusal.status if refusal else 200)


def candidates(dossier: Dossier, account) -> list[Person]:
    """Persons whom the account sees and whose dossier it may be: by number, then by name and year of birth."""
    said = agreement_of(dossier).said
    numbers = [said[code].value for code in CODES.values() if code in said]
    by_number = Person.objects.visible_to(account).filter(pk__in=Identifier.objects.current().filter(number__in=numbers).values("person"))
    found = list(by_number.order_by("pk")[:LIMIT])
    if "full_name" in said:
        year = f" {said['birth'].value[:4]}" if "birth" in said else ""
        name = said["full_name"].value
        hits = search(f"{name}{year}", account, limit=LIMIT) or search(name, account, limit=LIMIT)
        found += [hit.person for hit in hits if hit.person not in found]
    return found[:LIMIT]


def _given_to(request, dossier, person):
    if person is None:
        raise Refusal(_("Chọn một người trong danh sách, hoặc ghi người mới."))
    actions.correct_dossier(
        dossier, title=dossier.title, shelf=dossier.shelf, sheets_on_paper=dossier.sheets_on_paper, person=person, by=request.user
    )
    return redirect("dossiers.confirm", pk=dossier.pk)


def _settle(request, dossier):
    chosen = request.POST.get("chosen", "")
    entering = Entering.objects.filter(pk=chosen, paper__dossier=dossier).first() if chosen.isdecimal() else None
    if entering is None and chosen != "register":
        raise Refusal(_("Chọn một giá trị."))
    actions.settle(dossier, name=request.POST.get("name", ""), entering=entering, reason=request.POST.get("reason", "")[:300], by=request.user)
    messages.success(request, _("Đã chọn."))


def _side(side: Said, dossier) -> dict:
    """A value with its place: what stands on the page around it is shown as large as it can be."""
    if not side.papers:
        return {"key": "register", "words": side.words, "source": side.source, "who": _("Sổ đang ghi"), "spot": None}
    entering = side.papers[0].entering
    spot = spot_of(entering)
    return {
        "key": entering.pk, "words": side.words, "source": "; ".join(paper_words(row.paper) for row in side.papers),
        "who": _("%(who)s nhập") % {"who": entering.who}, "spot": spot, "page": entering.page, "view": _around(spot, entering.page),
        "url": f"{reverse('dossiers.at_desk', args=[dossier.pk])}?trang={spot.page}" if spot else "",
    }


def _around(spot: Spot | None, page) -> str:
    """The part of the page around a box, as the view of a drawing."""
    if spot is None:
        return ""
    wide = min(page.width, max(spot.width * 3, page.width // 3))
    high = min(page.height, max(spot.height * 5, wide // 3))
    left = min(max(spot.left + spot.width // 2 - wide // 2, 0), page.width - wide)
    top = min(max(spot.top + spot.height // 2 - high // 2, 0), page.height - high)
    return f"{left} {top} {wide} {high}"


def _facts_form(dossier, is_new) -> type[forms.Form] | None:
    """What the papers' fields do not say but the standing's tables ask for; only where the standing is new."""
    standing = standing_of(dossier)
    found = agreement_of(dossier)
    if standing is None or "entitled_from" not in found.said or "entitled_from" in found.known:
        return None
    wanted = ASKED & set(standing.facts)
    return type("Facts", (FactsForm,), {name: None for name in FactsForm.base_fields if name not in wanted}) if wanted else None


def _effects(dossier, is_new, said):
    """What the register would say, and what is still missing for the dossier to be verified."""
    refuse_unready(dossier, is_new)
    steps = steps_of(dossier, dossier.person, said, is_new=is_new)
    places = sum(row.entering.page_id is not None for one in agreement_of(dossier).said.values() for row in one.papers)
    effects = [Effect("✎", step.words, step.source) for step in steps]
    effects.append(Effect("✎", _("%(n)d chỗ trên bản quét được gắn làm chứng cứ") % {"n": places}))
    groups = [EffectGroup(_("Đổi ngay khi ghi"), tuple(effects), _("hoàn tác được cả lần"))]
    missing = [" / ".join(kind.title for kind in choice) for choice in missing_papers(dossier)] + [field.title for field in missing_fields(dossier)]
    if missing:
        lines = tuple(Effect("−", words) for words in missing)
        groups.append(EffectGroup(_("Còn thiếu nên hồ sơ chưa là đã xác minh"), lines, _("ghi được, nhưng phải bổ sung")))
    return tuple(groups)


def _numbers(person):
    rows = Identifier.objects.current().filter(person=person, until=None).order_by("kind")
    return [f"{row.get_kind_display()} {row.number}" for row in rows]


def _crumbs(dossier):
    return (Crumb(_("Bàn đọc"), reverse("dossiers.desk")), Crumb(dossier.code, reverse("dossiers.at_desk", args=[dossier.pk])))


def _found(request, pk):
    return get_object_or_404(Dossier.objects.visible_to(request.user).select_related("person"), pk=pk)
