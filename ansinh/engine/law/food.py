"""Hỗ trợ lương thực: on which occasions rice is given, how many kilograms a person and month, how many months an occasion at most."""
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..months import as_month
from .places import Place, listed

# Two of a yearly occasion that lie nearer than so many months are one.
HALF_A_YEAR = 6


@dataclass(frozen=True)
class FoodRule:
    """What the law gives from a month on: kilograms a person and month, for so many months at most."""

    since: date
    kilograms: int
    months: int
    article: str
    verified: bool


@dataclass(frozen=True)
class FoodOccasion:
    """A kind of occasion on which rice is given; ``yearly`` where there is one each year."""

    code: str
    vietnamese: str
    yearly: bool
    rules: tuple[FoodRule, ...]

    def rule(self, month: date) -> FoodRule | None:
        """What holds for a month; ``None`` before the first text that is loaded."""
        return max((rule for rule in self.rules if rule.since <= month), key=lambda rule: rule.since, default=None)

    def is_near(self, one: date, other: date) -> bool:
        """Whether two months belong to one yearly occasion."""
        return self.yearly and abs(as_month(one) - as_month(other)) < HALF_A_YEAR


def food_occasions(path: Path, known: dict) -> dict[str, FoodOccasion]:
    """The occasions by code; refused where a figure, a day or an instrument cannot be trusted."""
    return {occasion.code: occasion for occasion in (_occasion(place, known) for place in listed(path))}


def _occasion(place: Place, known):
    place.only({"occasion", "vietnamese", "yearly", "rows"})
    rows = place.places("rows")
    if not rows:
        place.refuse("'rows' is empty; say from when how many kilograms", "rows")
    rules = tuple(_rule(row, known) for row in rows)
    return FoodOccasion(place.text("occasion"), place.text("vietnamese"), place.flag("yearly", False), rules)


def _rule(row: Place, known):
    row.only({"since", "kilograms", "months", "article", "verified"})
    number = row.text("article").split(" ")[0]
    if number not in known:
        row.refuse(f"{number} is not in instruments.yaml; add the instrument or mend the citation", "article")
    if row.whole("kilograms") < 1 or row.whole("months") < 1:
        row.refuse("kilograms and months from 1; mend the figure")
    if row.day("since").day != 1:
        row.refuse(f"since {row['since']} is not the first of a month; mend the day", "since")
    return FoodRule(row.day("since"), row.whole("kilograms"), row.whole("months"), row.text("article"), row.flag("verified"))
