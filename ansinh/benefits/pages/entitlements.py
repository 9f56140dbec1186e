"""Entitlements on screen: the list, one record with its terms as believed, and the page of a person's new entitlement."""
from dataclasses import dataclass

from django import forms
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.law.book import ASSISTANCE
from ansinh.office import clock, rights
from ansinh.office.models import Entry
from ansinh.office.queries import act_label
from ansinh.payments.models import Line, PayList
from ansinh.registry.models import Area
from ansinh.web import composed
from ansinh.web.page import Button, Chip, Crumb, Page, Pager

from .. import queries
from ..models import Entitlement, Terms
from ..why import why
from .words import facts_words, place_words, verb_words

SIZE = 50
RAIL = "entitlements"
State = Terms.State
STATES = [("", gettext_lazy("Mọi tình trạng")), *State.choices, ("ended", gettext_lazy("đã thôi hưởng"))]
CHIPS = {
    "in_force": Chip(gettext_lazy("Đang hưởng"), "ok"), "suspended": Chip(gettext_lazy("Tạm đình chỉ"), "hold"),
    "ended": Chip(gettext_lazy("Đã thôi hưởng")), "later": Chip(gettext_lazy("Chưa đến ngày hưởng"), "half"),
}


class EntitlementFilters(forms.Form):
    """What narrows the list; a nonsense value is ignored."""

    dien = forms.ChoiceField(label=gettext_lazy("Diện"), required=False)
    tinh_trang = forms.ChoiceField(label=gettext_lazy("Tình trạng"), required=False, choices=STATES)
    xa = forms.ChoiceField(label=gettext_lazy("Địa bàn"), required=False)

    def __init__(self, *args, places=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dien"].choices = [("", _("Mọi diện")), *((code, s.short) for code, s in book().standings.items())]
        self.fields["xa"].choices = [("", _("Cả địa bàn")), *places]


@dataclass(frozen=True)
class EntitlementsPage(Page):
    rows: tuple = ()
    filter_form: object = None
    pager: Pager | None = None


@dataclass(frozen=True)
class EntitlementPage(Page):
    """One entitlement: its terms as believed now, this month's parts, its lists, what was done to it, what can be done."""

    entitlement: Entitlement | None = None
    person_url: str = ""
    person_name: str = ""
    facts: tuple = ()
    terms: tuple = ()
    month: object = None
    lines: tuple = ()
    entries: tuple = ()
    verbs: tuple[Button, ...] = ()


def entitlements_page(request):
    """Chế độ: every entitlement that the account sees, narrowed by standing, state and place."""
    if not rights.sees(request.user, "money"):
        raise Http404
    form = EntitlementFilters(request.GET, places=_places(request.user))
    form.is_valid()
    after = request.GET.get("sau", "")
    rows = _narrowed(Entitlement.objects.visible_to(request.user).select_related("payable__person"), form.cleaned_data)
    rows = rows.filter(pk__gt=int(after)) if after.isascii() and after.isdigit() else rows
    part = list(rows.order_by("pk")[: SIZE + 1])
    last = part[SIZE - 1].pk if len(part) > SIZE else None
    asked = request.GET.copy()
    asked.pop("sau", None)
    first = f"?{asked.urlencode()}"
    page = EntitlementsPage(
        title=_("Chế độ"), rail=RAIL, note=_("Trợ cấp, phụ cấp hằng tháng theo quyết định; số tiền theo bảng của luật, không gõ tay."),
        rows=tuple(_rows(part[:SIZE])), filter_form=form, buttons=_buttons(request.user),
        pager=Pager(_("%(n)s chế độ") % {"n": min(len(part), SIZE)}, first if after else "", f"{first}&sau={last}" if last else ""),
    )
    return render(request, "benefits/entitlements.html", {"page": page})


def _buttons(account):
    rice = (Button(_("Gạo hỗ trợ"), reverse("food.decisions")),) if rights.sees(account, "money", ASSISTANCE) else ()
    may = rights.may_somewhere(account, "benefits.grant_round")
    return (*rice, Button(_("Chi theo đợt"), reverse("entitlement.round"))) if may else rice


def entitlement_page(request, pk: int):
    """Một chế độ."""
    entitlement = visible_entitlement(request.user, pk)
    person, month = entitlement.person, clock.today().replace(day=1)
    terms = queries.current_terms(entitlement)
    page = EntitlementPage(
        title=str(entitlement), rail=RAIL, crumbs=(Crumb(_("Chế độ"), reverse("entitlements")), Crumb(person.name, person_url(person.pk))),
        note=_("%(who)s · %(where)s") % {"who": person.name, "where": _commune(person.area_path)}, chip=CHIPS[state_of(terms)],
        entitlement=entitlement, person_url=person_url(person.pk), person_name=person.name, facts=_facts(entitlement, terms),
        terms=tuple(_terms(terms)),
        month=next((found for found in why(person, month) if found.entitlement == pk), None), lines=tuple(_lines(person, request.user)),
        entries=tuple(_entries(entitlement, request.user)), verbs=open_verbs(request.user, entitlement, terms),
    )
    return render(request, "benefits/entitlement.html", {"page": page})


def visible_entitlement(account, pk: int) -> Entitlement:
    """An entitlement with its person, or 404."""
    return get_object_or_404(Entitlement.objects.visible_to(account).select_related("payable__person"), pk=pk)


def state_of(terms) -> str:
    """How an entitlement stands today, by its terms in order of time."""
    today = clock.today()
    now = next((row for row in terms if row.since <= today and (row.until is None or row.until >= today)), None)
    if now:
        return now.state
    return "later" if terms and terms[0].since > today else "ended"


def open_verbs(account, entitlement, terms) -> tuple[Button, ...]:
    """What the account may do to an entitlement as it stands."""
    words = verb_words(entitlement.field)
    fits = {"in_force": ("correct", "begin", "suspend", "stop"), "suspended": ("resume", "correct", "begin", "stop")}
    verbs = fits.get(state_of(terms), ("correct", "begin", "stop")) if terms else ()
    may = (verb for verb in verbs if rights.may(account, f"benefits.{verb}", entitlement.area_path, entitlement.field))
    return tuple(Button(words[verb], reverse("entitlement.change", args=[entitlement.pk, SLUGS[verb]]), stop=verb == "stop") for verb in may)


SLUGS = {"correct": "sua", "begin": "ngay-bat-dau", "suspend": "tam-dinh-chi", "resume": "huong-lai", "stop": "thoi-huong"}


def person_url(pk: int) -> str:
    return composed.address_of(f"registry.person:{pk}")


def _narrowed(rows, asked):
    today = clock.today()
    running = Terms.objects.on(today).filter(entitlement=OuterRef("pk"))
    if asked.get("dien"):
        rows = rows.filter(standing=asked["dien"])
    if asked.get("xa"):
        rows = rows.filter(payable__person__area_path__startswith=asked["xa"])
    if asked.get("tinh_trang") in State.values:
        rows = rows.filter(Exists(running.filter(state=asked["tinh_trang"])))
    if asked.get("tinh_trang") == "ended":
        rows = rows.filter(~Exists(running), payable__ends_on__lt=today)
    return rows


def _rows(part):
    terms = {}
    for row in Terms.objects.current().filter(entitlement__in=[e.pk for e in part]).order_by("since"):
        terms.setdefault(row.entitlement_id, []).append(row)
    communes = _communes({e.payable.person.area_path for e in part})
    for entitlement in part:
        own = terms.get(entitlement.pk, [])
        yield {
            "entitlement": entitlement, "url": reverse("entitlement", args=[entitlement.pk]), "person_url": person_url(entitlement.payable.person_id),
            "since": own[0].since if own else None, "chip": CHIPS[state_of(own)] if own else Chip(_("Đã hoàn tác"), "hold"),
            "place": communes.get(entitlement.payable.person.area_path, ""),
        }


def _communes(paths):
    return {area.path: place_words(area) for area in Area.objects.filter(path__in=paths).order_by("since")}


def _commune(path):
    return _communes({path}).get(path, "–")


def _places(account):
    """Districts and, where the account has one district only, communes."""
    areas = Area.objects.visible_to(account).on(clock.today())
    districts = areas.filter(level=Area.Level.DISTRICT)
    shown = areas.communes() if districts.count() < 2 else districts
    return [(area.path, place_words(area)) for area in shown.order_by("search_key")]


def _facts(entitlement, terms):
    law = book().standing(entitlement.standing)
    paid = f"{entitlement.paid_up_to:%m/%Y}" if entitlement.paid_up_to else "–"
    return (
        (_("Diện"), law.vietnamese), (_("Căn cứ"), law.basis), (_("Hưởng từ"), f"{terms[0].since:%d/%m/%Y}" if terms else "–"),
        (_("Hưởng đến hết"), f"{terms[-1].until:%d/%m/%Y}" if terms and terms[-1].until else _("không có ngày cuối")),
        (_("Trước An Sinh đã chi đến hết"), paid),
    )


def _terms(terms):
    for row in reversed(terms):
        yield {"row": row, "words": facts_words(row), "chip": CHIPS[row.state], "by": row.recorded_in.by}


def _lines(person, account):
    lines = Line.objects.visible_to(account).filter(person=person).exclude(paylist__state=PayList.State.WITHDRAWN)
    for line in lines.select_related("paylist").order_by("-paylist__month")[:12]:
        yield {"line": line, "url": reverse("payments.why", args=[line.pk])}


def _entries(entitlement, account):
    """Journal lines of the entitlement; the newest that can be undone says so."""
    if not rights.sees(account, "journal"):
        return
    touched = Terms.objects.filter(entitlement=entitlement).values_list("recorded_in", flat=True)
    for entry in Entry.objects.filter(pk__in=touched).select_related("by", "undone_by").order_by("-id")[:12]:
        yield {"entry": entry, "label": act_label(entry.act), "url": reverse("entry", args=[entry.pk]), "undone": hasattr(entry, "undone_by")}
