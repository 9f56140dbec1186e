"""Which benefits exclude each other and which ages end or change one: read from law/sweep/ with the rest of the law."""
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, combinations
from pathlib import Path

from .facts import Standing
from .places import Place, listed

HOWS = ("until", "from", "change")
FLAGS = ("care",)


@dataclass(frozen=True)
class Running:
    """A benefit that a person has in force, as far as the rules ask."""

    standing: str
    martyrs: int | None = None
    care: bool = False


@dataclass(frozen=True)
class Exclusive:
    """Chế độ không cùng hưởng: of ``of`` no more than ``at_most`` at once, but for the pairs in ``together``."""

    code: str
    title: str
    of: frozenset[str]
    together: frozenset[frozenset[str]]
    at_most: int
    only_with: str
    flag: str
    martyrs: tuple[int | None, int | None]
    basis: str
    verified: bool

    def clash(self, running: Iterable[Running]) -> list[str]:
        """The standings that may not be had together; nothing where the rule is kept."""
        counted = [one for one in running if one.standing in self.of and (not self.flag or getattr(one, self.flag))]
        if len(counted) <= self.at_most or not self._applies(counted):
            return []
        if self.at_most > 1:
            return sorted(one.standing for one in counted)
        pairs = [pair for pair in combinations(sorted(one.standing for one in counted), 2) if self._forbids(pair)]
        return sorted({standing for pair in pairs for standing in pair})

    def _applies(self, counted):
        least, most = self.martyrs
        return least is None or any(one.martyrs is not None and least <= one.martyrs <= most for one in counted)

    def _forbids(self, pair):
        return frozenset(pair) not in self.together and (not self.only_with or self.only_with in pair)


@dataclass(frozen=True)
class AgeLimit:
    """Tuổi: how an age (years) touches a standing: ``until`` ends it, ``from`` begins it, ``change`` alters the amount.

    ``then`` is the standing that may follow where one ends.
    """

    code: str
    standing: str
    how: str
    age: int
    then: str
    basis: str
    verified: bool


def exclusive_rules(path: Path, by_code: dict[str, Standing]) -> dict[str, Exclusive]:
    """Every rule of exclusion, by code; refused where it names a standing that nobody knows."""
    return {rule.code: rule for rule in (_exclusive(row, by_code) for row in listed(path))}


def age_limits(path: Path, by_code: dict[str, Standing]) -> dict[str, AgeLimit]:
    """Every age that matters, by code; refused where it names a standing that nobody knows."""
    return {limit.code: limit for limit in (_age(row, by_code) for row in listed(path))}


def _exclusive(row: Place, by_code) -> Exclusive:
    row.only({"code", "vietnamese", "of", "together", "at_most", "only_with", "flag", "martyrs", "basis", "verified"})
    if row.text("flag", "") not in ("", *FLAGS):
        row.refuse(f"{row['flag']!r} is no fact that is asked; one of {', '.join(FLAGS)}", "flag")
    row.names(row.get("of", ()), "of", by_code)
    # A pair or a companion outside of the rule's own standings would never be met either.
    row.names(chain.from_iterable(row.get("together", ())), "together", row["of"], "'of'")
    row.names([row["only_with"]] if "only_with" in row else [], "only_with", row["of"], "'of'")
    pairs = frozenset(frozenset(pair) for pair in row.get("together", ()))
    return Exclusive(
        row.text("code"), row.text("vietnamese"), frozenset(row.get("of", ())), pairs, row.whole("at_most"), row.text("only_with", ""),
        row.text("flag", ""), row.span("martyrs"), row.text("basis"), row.flag("verified"),
    )


def _age(row: Place, by_code) -> AgeLimit:
    row.only({"standing", "then", "basis", "verified", *HOWS})
    said = [how for how in HOWS if how in row]
    if len(said) != 1:
        row.refuse(f"say one of {', '.join(HOWS)}")
    standing, how, age = row.text("standing"), said[0], row.whole(said[0])
    row.names([standing], "standing", by_code)
    row.names([row["then"]] if "then" in row else [], "then", by_code)
    return AgeLimit(f"{standing}.{how}.{age}", standing, how, age, row.text("then", ""), row.text("basis"), row.flag("verified"))
