"""Progress board: dossiers by category and place, pages an hour, forecasts; every figure opens into its rows."""
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.registry.models import Area
from ansinh.web.composed import place_names
from ansinh.web.page import Crumb, Page

from ..catalogue import catalogue
from ..models import Dossier
from ..queries import progress as queries
from ..queries.dossiers import places_of
from ..queries.errors import Rate, rates
from ..states import CHIPS
from .parts import RAIL, refuse_strangers, screens

WIDTH, HEIGHT, GAP = 480, 60, 3
STATES = tuple(Dossier.State)
LOOKED_BACK = timedelta(days=30)
Level = Area.Level


@dataclass(frozen=True)
class Row:
    """A category or place: for each state its words, its count and the list behind it; and all together."""

    name: str
    url: str
    cells: tuple[tuple[str, int, str], ...]
    total: int


@dataclass(frozen=True)
class Chart:
    """Bars from nought; ``words`` say the same in figures."""

    bars: tuple[dict, ...]
    words: str


@dataclass(frozen=True)
class ProgressPage(Page):
    screens: tuple = ()
    states: tuple = ()
    categories: tuple[Row, ...] = ()
    places: tuple[Row, ...] = ()
    sums: Row | None = None
    reading: queries.Speed | None = None
    verifying: queries.Speed | None = None
    failed: int = 0
    hours: Chart | None = None
    days: Chart | None = None
    verified_days: Chart | None = None
    errors: Rate | None = None
    last_hour: int = 0
    last_day: int = 0


def progress(request):
    """Tiến độ số hóa of all areas that the account sees, or of one of them."""
    refuse_strangers(request.user)
    place = next((area.path for area in places_of(request.user) if area.path == request.GET.get("xa")), "")
    reading, failed = queries.reading_speed(request.user, place)
    verifying, by_hour = queries.verifying_speed(request.user, place), queries.pages_by_hour(request.user, place)
    by_category = queries.dossiers_by(request.user, "category", place)
    hours = [n for _hour, n in by_hour.items()]
    _by_field, _by_officer, errors = rates(request.user, clock.today() - LOOKED_BACK)
    page = ProgressPage(
        title=_("Tiến độ số hóa"), note=place_names([place])[place] if place else _("Cả địa bàn của tài khoản."), rail=RAIL,
        crumbs=(Crumb(_("Cả địa bàn"), reverse("dossiers.progress")),) if place else (), screens=screens("dossiers.progress"),
        states=tuple(CHIPS[state] for state in STATES), categories=_categories(by_category, place),
        places=_places(queries.dossiers_by(request.user, "area_path", place), place), sums=_row(_("Cộng"), by_category.items(), {"xa": place}),
        reading=reading, verifying=verifying, failed=failed,
        errors=errors if errors.entered else None, last_hour=hours[-2] + hours[-1], last_day=sum(hours),
        hours=_chart({f"{hour:%H}": n for hour, n in by_hour.items()}, _("trang mỗi giờ, 24 giờ qua")),
        days=_chart({f"{day:%d/%m}": n for day, n in reading.by_day.items()}, _("trang mỗi ngày, 14 ngày qua")),
        verified_days=_chart({f"{day:%d/%m}": n for day, n in verifying.by_day.items()}, _("hồ sơ xác minh mỗi ngày, 14 ngày qua")),
    )
    return render(request, "dossiers/progress.html", {"page": page})


def _categories(counts, place):
    titles = {code: category.title for code, category in catalogue().categories.items()}
    codes = [*(code for code in titles if any(value == code for value, _state in counts)), *sorted({v for v, _s in counts} - set(titles))]
    return tuple(
        _row(titles.get(code, code), ((key, n) for key, n in counts.items() if key[0] == code), {"loai": code, "xa": place}) for code in codes
    )


def _places(counts, place):
    """Communes of one district, else districts; a unit without a name today stands under its path."""
    level = Level.DISTRICT if len({_upto(path, Level.DISTRICT) for path, _state in counts}) > 1 else Level.COMMUNE
    paths = sorted({_upto(path, level) for path, _state in counts})
    names = place_names(paths)
    return tuple(
        _row(names[path], ((key, n) for key, n in counts.items() if _upto(key[0], level) == path), {"xa": path}, narrows=level == Level.DISTRICT)
        for path in paths
    )


def _upto(path, level):
    """The path of the unit of a level over a path."""
    return ".".join(path.split(".")[:level]) + "."


def _row(name, counts, asked, *, narrows=False):
    by_state = {}
    for (_value, state), n in counts:
        by_state[state] = by_state.get(state, 0) + n
    opened = {name: value for name, value in asked.items() if value}
    here = reverse("dossiers.progress") if narrows else reverse("dossiers")
    lists = ((state, _address(reverse("dossiers"), {**opened, "tinh_trang": str(state)})) for state in STATES)
    cells = tuple((CHIPS[state].words, by_state.get(state, 0), url) for state, url in lists)
    return Row(name[:1].upper() + name[1:], _address(here, opened), cells, sum(by_state.values()))


def _address(base, asked):
    return f"{base}?{urlencode(asked)}" if asked else base


def _chart(values, what):
    """Bars as places in a drawing; the words name the first, the highest and the last."""
    highest, width = max(*values.values(), 1), WIDTH / len(values)
    heights = ((label, n, n * HEIGHT / highest) for label, n in values.items())
    bars = tuple(
        {"x": f"{i * width:.1f}", "y": f"{HEIGHT - tall:.1f}", "width": f"{width - GAP:.1f}", "height": f"{tall:.1f}", "words": f"{label}: {n}"}
        for i, (label, n, tall) in enumerate(heights)
    )
    labels = list(values)
    said = {"what": what, "first": labels[0], "last": labels[-1], "most": max(values.values())}
    words = _("%(what)s; từ %(first)s đến %(last)s, cao nhất %(most)d") % said
    return Chart(bars, words[:1].upper() + words[1:])
