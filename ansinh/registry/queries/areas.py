"""What can be asked of areas: units on a day, what they came from and went on as, and figures told in other units."""
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ansinh.engine.text.names import accented_key, fold
from ansinh.office.rights import HIGHEST

from ..models import Area, Succession

KIND_WORDS = tuple(
    sorted((fold(w) for w in ("xã", "phường", "thị trấn", "huyện", "thị xã", "thành phố", "tỉnh", "tp", "tx", "tt", "p", "x", "h")),
           key=len, reverse=True)
)
Level = Area.Level


def unit(code: str, on: date) -> Area | None:
    """The unit that has this code on a day; the same code may be another unit on another day."""
    return Area.objects.on(on).filter(code=code).first()


def full_name(area: Area, on: date) -> str:
    """``xã Tân Kim, huyện Phú Bình``: with the district, where there is one on that day."""
    return full_names([area], on)[area.pk]


def full_names(areas: list[Area], on: date) -> dict[int, str]:
    """Full names of units on a day, by id, with one query for all districts."""
    return {pk: name for (pk, _on), name in names_through_time([(area, on) for area in areas]).items()}


def names_through_time(places: list[tuple[Area, date]]) -> dict[tuple[int, date], str]:
    """Full names of units, each on a day of its own, by id and day, with one query for all districts."""
    codes = {area.path.split(".")[-3] for area, _on in places if area.level == Level.COMMUNE}
    districts = list(Area.objects.filter(level=Level.DISTRICT, code__in=codes))
    return {
        (area.pk, on): _with_district(area, {d.path: d for d in districts if d.since <= on and (d.until is None or d.until >= on)})
        for area, on in places
    }


def _with_district(area, districts):
    district = districts.get(area.path.removesuffix(f"{area.code}."))
    return f"{area}, {district}" if district and area.level == Level.COMMUNE else str(area)


def find_communes(text: str, *, on: date, district: str = "") -> list[Area]:
    """Communes of a day by code, or by name with or without accents and kind word; several are candidates to choose from.

    ``Tân Kim``, ``xã tan kim``, ``05920`` and ``Tân Kim, Phú Bình`` are all understood.
    """
    name, _comma, after = text.partition(",")
    if name.strip().isdigit():
        return list(Area.objects.communes().on(on).filter(code=name.strip().zfill(5)))
    found = _named(Area.objects.communes().on(on).select_related("parent"), name)
    return _in_district(found, district or after.split(",")[0], on)


def units_named(text: str, *, on: date) -> list[Area]:
    """Units of any level on a day by code, or by name with or without accents and kind word."""
    units = Area.objects.on(on)
    return list(units.filter(code=text.strip())) if text.strip().isdigit() else _named(units, text)


def communes_beginning(text: str, *, on: date, limit: int = 20) -> list[Area]:
    """Communes of a day whose name begins so, with or without accents, for a look-up field."""
    start = without_kind(text)
    rows = Area.objects.communes().on(on).filter(search_key__gte=start, search_key__lt=start + HIGHEST)
    return sorted(rows, key=lambda a: (not _accents_agree(a, text), a.search_key, a.path))[:limit]


def without_kind(text: str) -> str:
    """The folded name without its kind word: ``Xã Tân Kim`` → ``tan kim``."""
    key = fold(text)
    word = next((word for word in KIND_WORDS if key.startswith(f"{word} ")), "")
    return key.removeprefix(word).strip()


def _named(communes, name):
    """Communes of this name, by code; accents and the kind word decide where they can."""
    found = list(communes.filter(search_key__in={fold(name), without_kind(name)}).order_by("code"))
    with_accents = [area for area in found if _accents_agree(area, name)] if accented_key(name) != fold(name) else []
    found = with_accents or found
    of_kind = [area for area in found if fold(name) == f"{fold(area.kind)} {area.search_key}"]
    return of_kind or found


def _accents_agree(area, name):
    own = accented_key(area.name)
    return f" {accented_key(name)}".endswith(f" {own}") or own.startswith(accented_key(name))


def _in_district(found, district, on):
    wanted = without_kind(district)
    if not wanted:
        return found
    codes = {area.path.split(".")[-3] for area in found}
    named = Area.objects.on(on).filter(level=Level.DISTRICT, code__in=codes, search_key=wanted)
    paths = set(named.values_list("path", flat=True))
    return [area for area in found if area.path.removesuffix(f"{area.code}.") in paths] or found


class Lineage:
    """All units and successions, read once: what a unit was and became on any day."""

    def __init__(self):
        self.units = {area.pk: area for area in Area.objects.all()}
        self.forward, self.back = defaultdict(list), defaultdict(list)
        for old, new in Succession.objects.values_list("predecessor_id", "successor_id"):
            self.forward[old].append(new)
            self.back[new].append(old)
        self._by_path = defaultdict(list)
        for area in self.units.values():
            self._by_path[area.path].append(area)

    def on(self, area: Area, day: date) -> list[Area]:
        """What the unit is on a day: itself, its successors or its predecessors, however many steps away."""
        links = self.back if area.since > day else self.forward
        found, waiting, seen = [], [area.pk], set()
        while waiting:
            pk = waiting.pop()
            if pk in seen:
                continue
            seen.add(pk)
            if _exists(self.units[pk], day):
                found.append(self.units[pk])
            else:
                waiting += links[pk]
        return sorted(found, key=lambda a: (a.path, a.since))

    def placed(self, area: Area, day: date, level: int) -> Area | None:
        """The one unit of a level and day in which all of ``area`` lies; ``None`` where it was divided among several."""
        above = {self.above(unit, day, level) for unit in self.on(area, day)}
        return above.pop() if len(above) == 1 else None

    def above(self, area: Area, day: date, level: int) -> Area | None:
        """The unit of a level over (or at) this one on a day; without districts there is none of that level."""
        codes = area.path.rstrip(".").split(".")
        paths = (".".join(codes[:count]) + "." for count in range(1, len(codes) + 1))
        found = (a for path in paths for a in self._by_path[path] if a.level == level and _exists(a, day))
        return next(found, None)


@dataclass(frozen=True)
class Retold:
    """A figure in the units of a day: by unit, and what could not be placed (*chưa xếp được*), which belongs to the total."""

    by_area: dict[Area, int]
    unplaced: int

    @property
    def total(self) -> int:
        return sum(self.by_area.values()) + self.unplaced


def figures_in(figures: Mapping[int | None, int], *, on: date, level: int = Level.COMMUNE) -> Retold:
    """Tell a figure that is counted by unit (area id → count; ``None``: no unit) in the units of a level and a day."""
    lineage = Lineage()
    by_area, unplaced = defaultdict(int), 0
    for pk, count in figures.items():
        place = lineage.placed(lineage.units[pk], on, level) if pk in lineage.units else None
        if place is None:
            unplaced += count
        else:
            by_area[place] += count
    return Retold(dict(sorted(by_area.items(), key=lambda item: item[0].path)), unplaced)


def successors(area: Area, on: date) -> list[Area]:
    """What a unit has become on a later day; several where it was divided."""
    return Lineage().on(area, on)


def predecessors(area: Area, on: date) -> list[Area]:
    """What a unit was on an earlier day."""
    return Lineage().on(area, on)


def _exists(area, day):
    return area.since <= day and (area.until is None or area.until >= day)
