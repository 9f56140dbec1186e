"""Bảng ký nhận gạo: who signs for how many kilograms, a list for each commune; the same for paper and spreadsheet."""
from collections.abc import Iterable
from dataclasses import dataclass

from ansinh.office import bulk
from ansinh.registry.models import Residence
from ansinh.web.composed import place_names
from ansinh.web.templatetags.office_words import birth

from .models import FoodDecision, FoodRelief


@dataclass(frozen=True)
class FoodLine:
    """Somebody on a receiving sheet."""

    position: int
    name: str
    birth: str
    address: str
    kilograms: int


@dataclass(frozen=True)
class FoodList:
    """The receiving sheet of one commune, under the name it has today; its path is the one of the decision's time."""

    place: str
    lines: tuple[FoodLine, ...]

    @property
    def kilograms(self) -> int:
        return sum(line.kilograms for line in self.lines)


def food_lists(decision: FoodDecision, rows: Iterable[FoodRelief]) -> tuple[FoodList, ...]:
    """The rows of a decision (with their persons, in order) as a list for each commune."""
    by_place: dict[str, list[FoodRelief]] = {}
    for row in rows:
        by_place.setdefault(row.area_path, []).append(row)
    names, addresses = names_of(by_place), _addresses(decision, by_place)
    return tuple(FoodList(names[path], tuple(_lines(own, addresses))) for path, own in by_place.items())


def names_of(paths: Iterable[str]) -> dict[str, str]:
    """``Xã Tân Kim`` for each path, as it is called today."""
    return {path: name[:1].upper() + name[1:] for path, name in place_names(paths).items()}


def _lines(rows, addresses):
    for position, row in enumerate(rows, start=1):
        yield FoodLine(position, row.person.name, birth(row.person), addresses.get(row.person_id, ""), row.kilograms)


def _addresses(decision, by_place) -> dict[int, str]:
    """Where in the commune each lived when the decision was signed."""
    people = [row.person_id for rows in by_place.values() for row in rows]
    homes = Residence.objects.on(decision.signed_on).filter(person__among=bulk.Values(people))
    return dict(homes.values_list("person_id", "address"))
