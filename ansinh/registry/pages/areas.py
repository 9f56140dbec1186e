"""Areas through time on screen: one figure told in the units of two days, what went where, and units that are divided."""
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.engine.text.names import collation_key, fold
from ansinh.office import clock
from ansinh.web.composed import AREA_FIGURES, AreaFigure, area_figure
from ansinh.web.page import Page

from ..forms import ComparisonForm
from ..models import Area, Residence, Succession
from ..queries.areas import Lineage, figures_in
from ..ribbons import drawn, titled

Level = Area.Level
BEFORE_MERGER, MERGER = date(2021, 12, 31), date(2025, 7, 1)
CONFUSED_SHOWN = 8


@dataclass(frozen=True)
class Told:
    """The figure in the units of one day: rows with name, number of communes, count; the rest that is not placed."""

    day: date
    level: int
    rows: list[dict]
    communes: int
    unplaced: int
    total: int


def areas(request):
    """Địa bàn: one figure, two ways to divide; the totals agree."""
    form = ComparisonForm(request.GET if request.GET.get("first") or request.GET.get("second") else None)
    asked = form.cleaned_data if form.is_valid() else {}
    first, second = asked.get("first") or BEFORE_MERGER, asked.get("second") or MERGER
    figure = area_figure(request.GET.get("so"))
    figures = _counted(figure, request.user) if figure else {}
    lineage = Lineage()
    opened = f"{reverse('persons')}?so={figure.name}&xa=" if figure else ""
    left, right = _told(figures, first, opened, request.user), _told(figures, second, opened, request.user)
    chosen = _chosen(request, left)
    content = {
        "form": form, "first": first, "second": second, "figure": figure, "figures": AREA_FIGURES, "left": left, "right": right,
        "chosen": chosen, "ribbons": drawn(_moves(chosen, first, second, lineage, figures)) if chosen else None,
        "split": _split(first, second, figures, lineage, (request.user, opened)),
        "confused": _easily_confused(second), "agree": left.total == right.total,
    }
    note = _("%(figure)s, kể theo đơn vị của ngày được chọn. Tổng luôn bằng nhau.") % {"figure": figure.title} if figure else ""
    page = Page(title=_("Địa bàn: một con số, hai cách chia"), note=note, rail="areas", content=content)
    return render(request, "registry/areas.html", {"page": page})


def _counted(figure: AreaFigure, account) -> dict:
    """The figure's persons whom the account sees, by the unit of their residence today."""
    rows = Residence.objects.visible_to(account).on(clock.today()).filter(person__in=figure.persons(account), area__isnull=False)
    return dict(rows.values_list("area").annotate(n=Count("pk")))


def _told(figures, day, opened, account) -> Told:
    """By district while there were districts, by commune afterwards."""
    units = Area.objects.on(day).visible_to(account)
    level = Level.DISTRICT if units.filter(level=Level.DISTRICT).exists() else Level.COMMUNE
    retold = figures_in(figures, on=day, level=level)
    communes = list(units.filter(level=Level.COMMUNE))
    shown = communes if level == Level.COMMUNE else list(units.filter(level=level))
    inside = {unit.pk: sum(c.path.startswith(unit.path) for c in communes) for unit in shown}
    rows = [
        {"area": unit, "name": titled(unit), "communes": inside[unit.pk], "count": retold.by_area.get(unit, 0),
         "url": f"{opened}{unit.pk}"}
        for unit in shown
    ]
    rows.sort(key=lambda row: collation_key(row["area"].name))
    elsewhere = sum(n for unit, n in retold.by_area.items() if unit not in set(shown))
    return Told(day, level, rows, len(communes), retold.unplaced + elsewhere, retold.total)


def _chosen(request, left):
    """The district whose way is drawn: the asked one, else the one with most."""
    if left.level != Level.DISTRICT or not left.rows:
        return None
    asked = [row["area"] for row in left.rows if str(row["area"].pk) == request.GET.get("huyen")]
    return asked[0] if asked else max(left.rows, key=lambda row: row["count"])["area"]


def _moves(district, first, second, lineage, figures):
    """Commune by commune of the district: how many, and the units it went to."""
    communes = [a for a in lineage.units.values() if a.level == Level.COMMUNE and a.path.startswith(district.path) and _on(a, first)]
    retold = figures_in(figures, on=first, level=Level.COMMUNE).by_area
    return [(c, retold.get(c, 0), [u for u in lineage.on(c, second) if u.level == Level.COMMUNE]) for c in communes]


def _split(first, second, figures, lineage, reader):
    """Units that were divided between the two days: people there are placed by address, never guessed."""
    account, opened = reader
    divided = Succession.objects.filter(is_split=True, on__gt=first, on__lte=second).select_related("predecessor")
    old = {s.predecessor_id: s.predecessor for s in divided}
    seen = set(Area.objects.filter(pk__in=old).visible_to(account).values_list("pk", flat=True))
    return [
        {"area": area, "name": titled(area), "count": figures.get(pk, 0), "url": f"{opened}{pk}",
         "into": [titled(unit) for unit in lineage.on(area, second)]}
        for pk, area in old.items() if pk in seen
    ]


def _easily_confused(day):
    """Units of a day whose names differ by accents only, and codes that belonged to another unit before."""
    rows, by_key = [], {}
    for area in Area.objects.on(day).communes().order_by("search_key", "code"):
        by_key.setdefault(fold(area.name), []).append(area)
    for same in by_key.values():
        if len(same) > 1 and len({area.name for area in same}) > 1:
            rows += [{"name": titled(a), "small": a.code, "words": _was(a)} for a in same]
    return rows[:CONFUSED_SHOWN]


def _was(area):
    old = Succession.objects.filter(successor=area).select_related("predecessor__parent").first()
    district = old.predecessor.parent if old else None
    if district is None:
        return _("từ %(day)s") % {"day": f"{area.since:%d/%m/%Y}"}
    return _("trên đất %(name)s cũ") % {"name": district}


def _on(area, day):
    return area.since <= day and (area.until is None or area.until >= day)


