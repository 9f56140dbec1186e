"""Persons on screen: the list by commune, and the panels that the registry has to say about one person."""
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import clock, rights
from ansinh.office.act import may_do
from ansinh.web.acting import act_on_form
from ansinh.web.composed import area_figure
from ansinh.web.keyset import part_of
from ansinh.web.page import Button, Crumb, Effect, EffectGroup, FormPage, Page, Pager

from ..actions import register_person
from ..forms import RegisterForm
from ..models import Area, Person, Residence
from ..queries.areas import Lineage, full_name, full_names
from ..queries.persons import birth_words
from ..queries.search import namesakes

PART, SAME_SHOWN = 50, 5


def persons(request):
    """Người và hộ: those whom the account sees, by commune and given name."""
    if not rights.sees(request.user, "persons"):
        raise Http404
    chosen = request.GET.get("xa", "")
    area = get_object_or_404(Area, pk=int(chosen)) if chosen.isdecimal() else None
    rows = Person.objects.visible_to(request.user)
    rows = rows.filter(_living_in(area)) if area else rows
    figure = area_figure(request.GET["so"]) if request.GET.get("so") else None
    rows = rows.filter(pk__in=figure.persons(request.user)) if figure else rows
    after = request.GET.get("sau", "")
    shown, last = part_of(rows, ("area_path", "sort_key"), int(after) if after.isdecimal() else None, PART)
    kept = {name: value for name, value in (("xa", area and area.pk), ("so", figure and figure.name)) if value}
    first = f"?{urlencode(kept)}"
    pager = Pager(_("%(n)s người") % {"n": len(shown)}, first if after else "", f"{first}&sau={last}" if last else "")
    today = clock.today()
    page = Page(
        title=full_name(area, today) if area else _("Người và hộ"), note=str(figure.title) if figure else _("Theo xã, rồi theo tên gọi."),
        rail="persons", crumbs=(Crumb(_("Người và hộ"), reverse("persons")),) if area else (),
        buttons=(Button(_("Ghi người mới"), reverse("person.new")),) if may_do(request.user, register_person) else (),
        content={"groups": _by_commune(shown, today), "pager": pager},
    )
    return render(request, "registry/persons.html", {"page": page})


def register(request):
    """Ghi người mới: after a look at those of the same name and birth."""
    if not may_do(request.user, register_person):
        raise Http404
    frame = FormPage(
        title=_("Ghi người mới"), rail="persons", crumbs=(Crumb(_("Người và hộ"), reverse("persons")),), verb=_("Ghi tên vào sổ"),
        back=reverse("persons"), foot=_("Ghi tên chưa cho hưởng gì; diện và chế độ ghi sau, trên trang của người ấy."),
    )
    return act_on_form(
        request, frame, RegisterForm, lambda said: register_person(by=request.user, **said), lambda made: reverse("person", args=[made.pk]),
        effects=lambda said: _registering(said, request.user),
    )


def _registering(said, account):
    """What is written, and who is there already under that name: shown where the account sees them, else only counted."""
    same = namesakes(said["name"], said["birth_on"])
    seen = list(same.visible_to(account)[:SAME_SHOWN])
    effects = [Effect("✎", _("%(who)s được ghi vào sổ, ở %(place)s") % {"who": said["name"], "place": full_name(said["area"], said["since"])})]
    others = [Effect("✎", _("Đã có %(who)s, sinh %(birth)s") % {"who": p, "birth": birth_words(p)}, p.area_path) for p in seen]
    unseen = same.count() - len(seen)
    if unseen > 0:
        others.append(Effect("✎", _("Có %(n)d người trùng ở xã khác") % {"n": unseen}))
    groups = [EffectGroup(_("Đổi ngay khi ghi"), tuple(effects), _("hoàn tác được"))]
    return (*groups, EffectGroup(_("Trùng họ tên và ngày sinh: có phải cùng một người?"), tuple(others))) if others else tuple(groups)


def _living_in(area):
    """Persons of a unit: by today's path while it exists, else by the units that lie in it wholly."""
    today = clock.today()
    if area.since <= today and (area.until is None or area.until >= today):
        return rights.within([area.path])
    lineage, day = Lineage(), area.until or area.since
    inside = [u.pk for u in lineage.units.values() if u.level == Area.Level.COMMUNE and lineage.placed(u, day, area.level) == area]
    living = Residence.objects.on(today).filter(area__in=inside)
    return Q(pk__in=living.values("person"))


def _by_commune(shown, today):
    """Neighbouring rows of one commune under its name."""
    units = {a.path: a for a in Area.objects.filter(path__in={person.area_path for person in shown}).order_by("since")}
    names = full_names(list(units.values()), today)
    groups = []
    for path, persons_there in groupby(shown, key=lambda person: person.area_path):
        name = names[units[path].pk] if path in units else _("chưa rõ nơi cư trú")
        groups.append({"name": name, "persons": list(persons_there)})
    return groups
