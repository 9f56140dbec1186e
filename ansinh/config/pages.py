"""Pages that several modules make together: one person, and the search box. The only screens that know everyone."""
from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.engine.text.dates import parse_date
from ansinh.office import clock
from ansinh.office.act import may_do
from ansinh.registry.actions import register_person
from ansinh.registry.desks import people
from ansinh.registry.models import Area, Person
from ansinh.registry.queries.persons import birth_words, now_of
from ansinh.web import asked, composed
from ansinh.web.page import Button, Chip, Crumb, Page

from .context import may_search

# Thirty years of a life are a hundred events and more: the older ones are asked for.
EVENTS_SHOWN, ALL = 30, "tat-ca"


def person(request, pk: int):
    """Một người: now, money, why, papers and the timeline, each from the module that knows it; as known on a day if asked."""
    subject = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    wanted = parse_date(request.GET.get("biet", ""), century=2000).day
    known = wanted if wanted and wanted < clock.today() else None
    now = now_of(subject, known=known)
    panels = composed.panels_of("person", subject, request.user, known=known)
    events = composed.timeline_of("person", subject, request.user, known=known)
    shown = events if request.GET.get("viec") == ALL else events[:EVENTS_SHOWN]
    content = {
        "known": known, "today": clock.today(), "main": [p for p in panels if not p.side], "side": [p for p in panels if p.side],
        "events": shown, "more": len(events) - len(shown), "whole": f"?{urlencode({**request.GET.dict(), 'viec': ALL})}#dong-viec",
        "verbs": () if known else _verbs(subject, request.user),
    }
    page = Page(
        title=now.particulars.name if now.particulars else subject.name, note=_line(subject, now), rail="persons",
        crumbs=_crumbs(subject), chip=Chip(_("Đã mất"), "hold") if now.died_on else None, content=content,
    )
    return render(request, "config/person.html", {"page": page})


@require_POST
def search(request):
    """Tìm: sent by POST, so that no name or number stands in an address; one exact find opens at once."""
    if not may_search(request.user):
        raise Http404
    text = asked.keep(request)
    results = composed.found_for(text, request.user) if text else []
    if opened := _only_one(results, text):
        return redirect(opened.url)
    new = (Button(_("Ghi người mới"), reverse("person.new")),) if may_do(request.user, register_person) else ()
    page = Page(title=_("Tìm: %(text)s") % {"text": text} if text else _("Tìm"), asked=text, content=results, buttons=new)
    return render(request, "config/search.html", {"page": page})


def _only_one(results, text):
    """What opens at once: the only hit, or the only one of a number, however many scans mention it."""
    hits = [hit for part in results for hit in part.hits]
    first = [hit for part in results if not part.page for hit in part.hits]
    if len(hits) == 1:
        return hits[0]
    return first[0] if len(first) == 1 and any(letter.isdecimal() for letter in text) else None


def _verbs(subject, account):
    return [Button(str(v.label), people.url(subject.pk, v.slug)) for v in people.verbs if v.when(subject) and people.may(account, v.act, subject)]


def _line(subject, now):
    """Of whom: sex, birth, number and place in one line."""
    said = now.particulars or subject
    birth = birth_words(said)
    parts = [
        said.get_sex_display() if said.sex else "", _("sinh %(when)s") % {"when": birth} if birth else _("chưa rõ ngày sinh"),
        *(f"{number.get_kind_display()} {number}" for number in now.identifiers if number.kind in ("citizen", "file")), now.place,
        _("mất ngày %(day)s") % {"day": f"{now.died_on:%d/%m/%Y}"} if now.died_on else "",
    ]
    words = " · ".join(filter(None, parts))
    return words[:1].upper() + words[1:]


def _crumbs(subject):
    """The units above the person today, each opening its list."""
    codes = subject.area_path.rstrip(".").split(".")
    paths = [".".join(codes[:n]) + "." for n in range(2, len(codes) + 1)]
    units = Area.objects.on(_day_of(subject)).filter(path__in=paths).order_by("level")
    return (Crumb(_("Người và hộ"), reverse("persons")), *(Crumb(str(a), f"{reverse('persons')}?xa={a.pk}") for a in units))


def _day_of(subject) -> date:
    return subject.died_on or clock.today()
