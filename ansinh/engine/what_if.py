"""Thử mức: what the same people would be due under another law, by month, place and standing; frames in, frames out.

People whose terms are the same are reckoned once and counted. Who has several entitlements is reckoned one by one,
because the rules of concurrency look at the whole person.
"""
from collections.abc import Iterable
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from . import amounts
from .law import Law
from .schema import TERMS, check

# What a snapshot's frames say besides the terms: where the person lives.
PLACE = "place"
ALIKE = (
    "standing", "since", "until", "grade", "special", "attendant", "martyrs", "care", "remarried", "medal", "full_time", "seniority",
    "born", "severity", "children", "people", "quantity", "poverty",
)
UNIT = ("entitlement", "person", "terms")
COUNTS = ("before", "after", "more", "less", "people", "up", "down")


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Terms of many as months from ``first`` to ``last``: ``units`` are reckoned, ``heads`` says for how many, and where.

    A unit is a kind of people who are alike (its numbers are below zero) or one entitlement of a person with several.
    """

    units: pl.DataFrame
    heads: pl.DataFrame
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two laws beside each other: ``by_place`` counts persons, ``by_standing`` persons with a standing, ``cells`` both at once.

    Columns: month, place or standing or both, đồng before and after, what those get ``more`` who go up and those ``less`` who
    go down, people who get something by either law, and how many go up and down.
    """

    by_place: pl.DataFrame
    by_standing: pl.DataFrame
    cells: pl.DataFrame

    def by_month(self) -> pl.DataFrame:
        """All places together."""
        return self.by_place.group_by("month").agg(pl.col(COUNTS).sum()).sort("month")


def snapshot(frames: Iterable[pl.DataFrame], laws: Iterable[Law], *, first: int, last: int) -> Snapshot:
    """What one read of the terms says for the months from ``first`` to ``last``.

    ``frames`` hold terms and ``place``, whole persons in each. ``laws`` are those that will be compared: their rules say
    which standings look at age.
    """
    aged = pl.concat(law.rules.filter(pl.col("age_from").is_not_null())["standing"] for law in laws).unique()
    alike, several = zip(*(_parted(_in_window(frame, aged, first, last)) for frame in frames), strict=True)
    counted = pl.concat(alike).group_by(*ALIKE, PLACE).agg(pl.col("heads").sum())
    kinds = counted.group_by(*ALIKE).agg(PLACE, "heads").with_columns(entitlement=-1 - pl.int_range(pl.len(), dtype=pl.Int64))
    people = pl.concat(several)
    columns = (*UNIT, *ALIKE)
    kinds = kinds.with_columns(person="entitlement", terms="entitlement")
    heads = [
        kinds.select("entitlement", "person", "standing", PLACE, "heads").explode(PLACE, "heads"),
        people.select("entitlement", "person", "standing", PLACE, heads=pl.lit(1, dtype=pl.Int64)).unique(),
    ]
    return Snapshot(pl.concat([kinds.select(*columns), people.select(*columns)]), pl.concat(heads), first, last)


def compare(taken: Snapshot, before: Law, after: Law) -> Comparison:
    """What a snapshot's people are due by one law and by another."""
    sides = _due(taken, before), _due(taken, after)
    standings = taken.heads.select("entitlement", "standing", PLACE, "heads")
    cells = _counted(_beside(*sides, "entitlement"), standings, "entitlement", ("standing", PLACE), taken)
    by_place = _counted(_beside(*sides, "person"), _persons(taken.heads), "person", (PLACE,), taken)
    by_standing = cells.group_by("month", "standing").agg(pl.col(COUNTS).sum())
    return Comparison(by_place.sort("month", PLACE), by_standing.sort("month", "standing"), cells.sort("month", PLACE, "standing"))


def _in_window(frame, aged, first, last):
    """Rows of months of the window; a birth counts by its month, and only where the standing's rules look at age."""
    check(frame, TERMS)
    months = amounts.in_months(nw.from_native(frame.select(*TERMS, PLACE)), last).to_native()
    return months.filter(pl.col("until") >= first).with_columns(
        since=pl.max_horizontal("since", pl.lit(first, dtype=pl.Int64)),
        born=pl.when(pl.col("standing").is_in(aged.implode())).then(pl.col("born").dt.truncate("1mo")),
    )


def _parted(months):
    """People with one entitlement, counted by kind; rows of people with several as they are."""
    several = (
        months.group_by("person").agg(low=pl.col("entitlement").min(), high=pl.col("entitlement").max())
        .filter(pl.col("low") != pl.col("high")).select("person")
    )
    alone = months.join(several, on="person", how="anti")
    return alone.group_by(*ALIKE, PLACE).agg(heads=pl.len().cast(pl.Int64)), months.join(several, on="person", how="semi")


def _persons(heads):
    """Each unit's people once: kinds of people as they are, a person with several entitlements as one."""
    kinds = heads.filter(pl.col("person") < 0)
    others = heads.filter(pl.col("person") >= 0).unique("person")
    return pl.concat([kinds, others]).select("person", PLACE, "heads")


def _due(taken, law):
    found = amounts.of_months(nw.from_native(taken.units), law, until_month=taken.last)
    return found.to_native().filter(pl.col("amount") != 0).select("entitlement", "person", "since", "until", "amount")


def _beside(before, after, key):
    """Spans of months in which neither side changes: ``before`` and ``after`` of each unit or person."""
    steps = pl.concat([*_steps(before, key, 1, 0), *_steps(after, key, 0, 1)]).group_by(key, "month").agg(pl.col("before", "after").sum())
    steps = steps.filter((pl.col("before") != 0) | (pl.col("after") != 0)).sort(key, "month")
    return steps.with_columns(
        pl.col("before", "after").cum_sum().over(key), until=pl.col("month").shift(-1).over(key) - 1
    ).filter((pl.col("before") != 0) | (pl.col("after") != 0)).rename({"month": "since"})


def _steps(due, key, of_before, of_after):
    for month, sign in ((pl.col("since"), 1), (pl.col("until") + 1, -1)):
        step = pl.col("amount") * sign
        yield due.select(key, month=month, before=step * of_before, after=step * of_after)


def _counted(spans, heads, key, by, taken):
    """Sums over people, month by month."""
    heads_of, change = pl.col("heads"), pl.col("after") - pl.col("before")
    summed = spans.join(heads, on=key).group_by(*by, "since", "until").agg(
        before=(heads_of * pl.col("before")).sum(), after=(heads_of * pl.col("after")).sum(), more=(heads_of * change.clip(lower_bound=0)).sum(),
        less=(heads_of * (-change).clip(lower_bound=0)).sum(), people=heads_of.sum(), up=heads_of.filter(change > 0).sum(),
        down=heads_of.filter(change < 0).sum(),
    )
    months = pl.DataFrame({"month": range(taken.first, taken.last + 1)}, schema={"month": pl.Int64})
    held = summed.join(months, how="cross").filter(pl.col("since") <= pl.col("month"), pl.col("month") <= pl.col("until"))
    return held.group_by("month", *by).agg(pl.col(COUNTS).sum())
