"""What the law does not allow beyond its amounts: how often, for how many, for the living or the dead, at which age."""
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from ..months import as_month
from .facts import Standing, birthday_month
from .places import Place, listed
from .rules import FIELDS, FIRST_PARTS

DEAD, LIVING, ONE_SHARE = "dead", "living", "one_share"
KEYS = {"standings", "monthly_of", "years", "year_starts", "yearly_for", "people", "only", "child_until", "couple", "words", "article", "verified"}
SAYS = ("years", "people", "only", "child_until", "couple")


@dataclass(frozen=True)
class Holder:
    """Whoever holds a standing, of any grade or of some."""

    standing: str
    grade: tuple[int, int] | None

    def fits(self, standing: str, grade: int | None) -> bool:
        in_grade = self.grade is None or (grade is not None and self.grade[0] <= grade <= self.grade[1])
        return standing == self.standing and in_grade


@dataclass(frozen=True)
class Limit:
    """One thing the law does not allow for some standings, in its words and with its article.

    ``years``: once in so many years, 0 once in a life; such a year begins in the month ``year_starts``.
    ``child_until``: the age up to which a child counts without more. ``couple``: husband and wife have one share together.
    """

    standings: tuple[str, ...]
    years: int | None
    year_starts: int
    yearly_for: tuple[Holder, ...]
    people: int | None
    only: str
    child_until: int | None
    couple: str
    words: str
    article: str
    verified: bool

    def meets(self, one: date, other: date, *, yearly: bool) -> bool:
        """Whether two grants stand too near to each other."""
        years = min(self.years, 1) if yearly else self.years
        return years == 0 or abs(self._year(one) - self._year(other)) < years

    def _year(self, day):
        return day.year if day.month >= self.year_starts else day.year - 1


def limits(path: Path, by_code: dict[str, Standing], known: dict) -> tuple[Limit, ...]:
    """The file of limits; refused where it names what nobody knows or says nothing."""
    return tuple(_limit(place, by_code, known) for place in listed(path))


def _limit(place: Place, by_code, known):
    place.only(KEYS)
    if not any(key in place for key in SAYS):
        place.refuse(f"a limit says one of {', '.join(SAYS)}; add it")
    number = place.text("article").split(" ")[0]
    if number not in known:
        place.refuse(f"{number} is not in instruments.yaml; add the instrument or mend the citation", "article")
    if "only" in place and place.text("only") not in (DEAD, LIVING):
        place.refuse(f"only {place['only']!r} must be {DEAD} or {LIVING}", "only")
    if "couple" in place and place.text("couple") != ONE_SHARE:
        place.refuse(f"couple {place['couple']!r} must be {ONE_SHARE}", "couple")
    years, people, child_until = (place.whole(key) if key in place else None for key in ("years", "people", "child_until"))
    if not 1 <= place.whole("year_starts", 1) <= 12 or (years or 0) < 0 or (people is not None and people < 1):
        place.refuse("years from 0, people from 1, year_starts from 1 to 12; mend the figure")
    return Limit(
        _standings(place, by_code), years, place.whole("year_starts", 1), tuple(_holder(p, by_code) for p in place.places("yearly_for")),
        people, place.text("only", ""), child_until, place.text("couple", ""), place.text("words"), place.text("article"), place.flag("verified"),
    )


def _standings(place, by_code):
    if "monthly_of" in place:
        if place.text("monthly_of") not in FIELDS:
            place.refuse(f"monthly_of {place['monthly_of']!r} must be one of {', '.join(sorted(FIELDS))}", "monthly_of")
        return tuple(code for code, standing in by_code.items() if standing.field == place["monthly_of"] and not standing.once)
    found = place.get("standings")
    if not isinstance(found, list) or not found:
        place.refuse(f"'standings' is {found!r}, must be a list of standings of standings.yaml", "standings")
    place.names(found, "standings", by_code)
    return tuple(found)


def _holder(place, by_code):
    place.only({"standing", "grade"})
    place.names([place.text("standing")], "standing", by_code)
    return Holder(place["standing"], place.span("grade") if "grade" in place else None)


@dataclass(frozen=True)
class Ages:
    """The full years of age between which a standing is paid, and the article that says so."""

    first: int
    last: int
    article: str


@lru_cache(maxsize=512)
def first_lines(book, standing: str) -> tuple[dict, ...]:
    """The rules by which a standing itself is paid, of a book of law; thousands of grants ask for them."""
    rules = book.rules[book.standing(standing).field]
    return tuple(rules.filter(pl.col("standing") == standing, pl.col("part").is_in(FIRST_PARTS)).iter_rows(named=True))


def age_complaint(lines: tuple[dict, ...], born: date, since: date, poverty: str) -> Ages | None:
    """The ages of a standing when no line of it is drawn in the first month of a right by the birth and the household."""
    own = [row for row in lines if is_met(row, poverty)]
    if not own or any(row["age_from"] is None or _is_of_age(row, born, as_month(since)) for row in own):
        return None
    return Ages(min(row["age_from"] for row in own), max(row["age_to"] for row in own), own[0]["article"])


def poverty_complaint(lines: tuple[dict, ...], poverty: str) -> str | None:
    """The article by which a household that is not poor enough has no right to a standing."""
    return lines[0]["article"] if lines and not any(is_met(row, poverty) for row in lines) else None


def is_met(row, poverty: str) -> bool:
    """Whether a rule's poverty is fulfilled; what nobody recorded counts as the decision took it."""
    return row["poverty"] is None or poverty in ("", "poor") or (poverty == "near_poor" and row["poverty"] == "near_poor")


def _is_of_age(row, born, month):
    last = birthday_month(born, row["age_to"]) - (0 if row["through_birthday"] else 1)
    return birthday_month(born, row["age_from"]) <= month <= last
