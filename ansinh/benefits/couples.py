"""Vợ chồng: of whom the register knows husband or wife, and whether the two would have a right at the same time."""
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ansinh.registry.imports.matching import in_slices
from ansinh.registry.models import Marriage

COLUMNS = ("person_id", "spouse_id", "since", "until", "person__died_on", "spouse__died_on")


@dataclass(frozen=True)
class Bond:
    """A marriage as one of the two sees it: who the other is, and from when to when it lasts by what is known."""

    other: int
    since: date
    last_day: date | None

    def meets(self, rights: Iterable[tuple[date, date | None]], since: date) -> bool:
        """Whether one of the other's rights (first and last day) and one of one's own from ``since`` on share a day of the marriage."""
        return any(_share_a_day((self.since, self.last_day), right, (since, None)) for right in rights)


def bonds_of(persons: list[int]) -> dict[int, list[Bond]]:
    """The marriages of these persons to others of the register, by person; asked once for thousands."""
    found, asked = defaultdict(list), set(persons)
    believed = Marriage.objects.current().filter(spouse__isnull=False)
    rows = [row for column in ("person_id", "spouse_id") for row in in_slices(believed, column, persons, *COLUMNS).unique().rows()]
    for person, spouse, since, until, *deaths in dict.fromkeys(rows):
        last_day = min((day for day in (until, *deaths) if day), default=None)
        for one, other in ((person, spouse), (spouse, person)):
            if one in asked:
                found[one].append(Bond(other, since, last_day))
    return found


def _share_a_day(*spans):
    last = min((until for _since, until in spans if until), default=None)
    return last is None or max(since for since, _until in spans) <= last
