"""Đợt chi: who gets a lump sum this time in a whole place, how much, and who does not by which article; writes nothing."""
from dataclasses import dataclass
from datetime import date

import polars as pl

from ansinh.engine.law import book
from ansinh.engine.law.limits import DEAD
from ansinh.engine.months import as_month
from ansinh.office import bulk, rights
from ansinh.registry.imports.matching import in_slices
from ansinh.registry.models import Identifier, Person

from .consequences import parts_of_grant
from .limits import Broken, limits_of
from .limits_of_many import broken_rows, with_births
from .models import Terms

PEOPLE = {"id": "person_id", "name": "who", "birth_on": "birth_on", "died_on": "died_on", "area_path": "area_path", "sort_key": "sort_key"}


@dataclass(frozen=True)
class Part:
    """People of a round whose papers say the same, and what the law gives to each of them (đồng)."""

    title: str
    people: int
    amount: int


@dataclass(frozen=True)
class Round:
    """Đợt chi: ``grants`` has ``person_id, who, area_path`` and the facts of the standing, by given name; ``refused`` name and why."""

    grants: pl.DataFrame
    parts: tuple[Part, ...]
    refused: tuple[tuple[str, Broken], ...]
    unknown: tuple[str, ...]

    @property
    def people(self) -> int:
        return len(self.grants)

    @property
    def total(self) -> int:
        """Đồng of all of them."""
        return sum(part.people * part.amount for part in self.parts)


def is_for_rounds(code: str) -> bool:
    """Whether a standing is a lump sum (chi một lần) that living people may get again."""
    return book().standing(code).once and all(limit.only != DEAD for limit in limits_of(code))


def round_of(standing: str, *, since: date, area_path: str, holders: str = "", numbers=(), facts: dict | None = None) -> Round:
    """Who gets ``standing`` in the month of ``since`` among the people of a place.

    ``numbers``: those with these numbers of identity or dossier; else with ``holders`` whoever holds that standing now; else
    who has had ``standing`` before. Facts are those of the last time, of the standing held, else the ``facts`` given.
    """
    before, unknown = _last_time(standing, since), ()
    if numbers:
        chosen, unknown = _with_numbers(numbers)
    else:
        chosen = _holding(holders, since) if holders else before
    rows = _with_facts(_living_in(chosen, area_path), standing, before, chosen, facts or {})
    rows = with_births(rows.with_columns(standing=pl.lit(standing), since=pl.lit(since))).sort("sort_key", "person_id")
    refused = _refused(rows, standing, since)
    grants = rows.with_row_index("place").filter(~pl.col("place").is_in(list(refused))).drop("place")
    told = tuple((rows["who"][place], why) for place, why in sorted(refused.items()))
    return Round(grants, _parts(grants, standing, since), told, unknown)


def _last_time(standing, since):
    """The newest terms of this standing that each person had before."""
    return _newest(Terms.objects.current().filter(entitlement__standing=standing, since__lt=since))


def _holding(standing, day):
    return _newest(Terms.objects.on(day).filter(entitlement__standing=standing, state=Terms.State.IN_FORCE))


def _newest(terms):
    rows = bulk.frame(terms, "entitlement__payable__person_id", "since", *Terms.FACTS)
    rows = rows.rename({"entitlement__payable__person_id": "person_id"}).sort("person_id", "since")
    return rows.unique("person_id", keep="last", maintain_order=True).drop("since")


def _with_numbers(numbers) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The persons of these numbers, and the numbers that nobody here has."""
    wanted = list(dict.fromkeys(number for line in numbers if (number := line.strip())))
    found = in_slices(Identifier.objects.current().filter(until=None), "number", wanted, "person_id", "number")
    known = set(found["number"])
    return found.select("person_id").unique(), tuple(number for number in wanted if number not in known)


def _living_in(chosen, area_path):
    persons = in_slices(Person.objects.filter(rights.within([area_path])), "id", chosen["person_id"].to_list(), *PEOPLE)
    return persons.rename({name: given for name, given in PEOPLE.items() if name != given})


def _with_facts(people, standing, before, chosen, given):
    """Each of the standing's facts as it was the last time, as the standing held says, or as given."""
    rows = people
    for name in book().standing(standing).facts:
        said = [frame.select("person_id", name) for frame in (before, chosen) if name in frame.columns]
        for number, frame in enumerate(said):
            rows = rows.join(frame.rename({name: f"{name}{number}"}), on="person_id", how="left")
        known = [pl.col(f"{name}{number}") for number in range(len(said))]
        typed = pl.lit(given.get(name), dtype=said[0].schema[name])
        rows = rows.with_columns(pl.coalesce(*known, typed).alias(name)).drop([f"{name}{number}" for number in range(len(said))])
    return rows


def _refused(rows, standing, since) -> dict[int, Broken]:
    """Why a row is left out: who is dead by then, and whatever the law does not allow."""
    found = broken_rows(rows)
    for place, died in enumerate(rows["died_on"]):
        if died and as_month(died) < as_month(since):
            found[place] = Broken(f"{rows['who'][place]} mất ngày {died:%d/%m/%Y}", book().standing(standing).basis)
    return found


def _parts(grants, standing, since) -> tuple[Part, ...]:
    """What the law gives, asked once for all whose papers say the same."""
    names = book().standing(standing).facts
    told = []
    for group in grants.partition_by(names, maintain_order=True) if names else [grants] * bool(len(grants)):
        first = group.row(0, named=True)
        facts = {name: first[name] for name in names}
        _month, parts = parts_of_grant(Person.objects.get(pk=first["person_id"]), standing, since=since, values=facts)
        told.append(Part(book().title(standing, facts), len(group), sum(part.amount for part in parts)))
    return tuple(sorted(told, key=lambda part: (-part.people, part.title)))
