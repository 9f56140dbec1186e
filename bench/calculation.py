"""The calculation workload in An Sinh's engine, person by person. Arguments: file of people, months, and ``each`` for a digest of persons.

CPU seconds are counted from the moment at which law and terms are in memory.
"""
import hashlib
import json
import sys
import time

import numpy
import polars as pl
import workload_assistance as workload

from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.months import as_date
from ansinh.engine.schema import TERMS, filled

POVERTY = ("none", "near_poor", "poor")
SEVERITY = (None, "severe", "especially_severe")
OWN_BIRTH = {
    "disabled", "elder_80", "social_pension", "elder_poor", "elder_difficult_area", "small_child_difficult_area", "assisted_child",
    "facility_resident", "student_16_22", "elder_fostered", "hiv_child",
}
BY_POVERTY = {"single_parent", "elder_poor", "elder_difficult_area", "elder_fostered", "hiv_child", "hiv_adult", "small_child_difficult_area", "social_pension"}
CHILD_AGE = 16 * 12
# Reckoned at a time; all parts of all are kept, as the peer keeps all its months.
PERSONS = 50_000
LAST = workload.FIRST + workload.MONTHS - 1


def law():
    """The package's law with the province's levels, as a list of the last month may use it."""
    loaded = book()
    for amount, decided, since in workload.OF_PROVINCE:
        loaded = loaded.with_local(amount, decided=decided, since=since)
    return loaded.known_for(month=as_date(LAST), locked_on=as_date(LAST), field="assistance")


def terms(people) -> pl.DataFrame:
    """Terms as an office keeps them: one row a decision, cut where a review or a child's age changes it."""
    numbered = {"person": numpy.arange(len(people["birth"]))}
    rows = pl.concat([*(_rows(right, people, numbered) for right in workload.RIGHTS), _second_wards(people, numbered), _lumps(people, numbered)])
    rows = rows.sort("person", "standing", "entitlement", "since").with_columns(
        entitlement=pl.struct("person", "standing", "entitlement").rank("dense").cast(pl.Int64), terms=pl.int_range(pl.len(), dtype=pl.Int64),
        since=_day("since"), until=pl.when(pl.col("until") < workload.FAR).then(_day("until").dt.month_end()), state=pl.lit("in_force"),
    )
    return filled(rows).select(*TERMS).rechunk()


def _rows(right, people, numbered):
    own = pl.DataFrame({
        **numbered, "since": people[f"since_{right}"], "until": people[f"until_{right}"], "birth": people["birth"], **_facts(right, people),
    }).filter(pl.col("since") < workload.FAR, pl.col("since") <= pl.col("until"))
    if right in BY_POVERTY or right == "disabled":
        own = _by_year(own, people, "poverty" if right in BY_POVERTY else "disability")
    if right == "single_parent":
        own = _by_children(own)
    return _shaped(own, right)


def _facts(right, people):
    if right == "fosters_child":
        return {"birth": people["ward_1"]}
    if right == "fosters_disabled":
        return {"birth": people["disabled_ward"]}
    if right == "single_parent":
        return {f"child_{n}": people[f"child_{n}"] for n in (1, 2, 3)}
    if right == "disabled_parent":
        return {"children": people["small_children"]}
    return {"people": people["cared_for"]} if right == "cares_for_disabled" else {}


def _by_year(rows, people, review):
    """Cut at the Januaries in which the review says something else; the first year's counts before it, the last year's after."""
    said = pl.concat(
        pl.DataFrame({"person": numpy.arange(len(people["birth"])), "from": year * 12, review: people[f"{review}_{year}"]}) for year in workload.YEARS
    ).sort("person", "from")
    said = said.filter(pl.col(review).ne_missing(pl.col(review).shift().over("person")))
    said = said.with_columns(to=pl.col("from").shift(-1).over("person").fill_null(workload.FAR + 1) - 1)
    said = said.with_columns(pl.when(pl.col("from") == workload.YEARS[0] * 12).then(0).otherwise("from").alias("from"))
    return _cut(rows.join(said, on="person"), "from", "to")


def _by_children(rows):
    """A child counts through the month of the sixteenth birthday."""
    ends = pl.concat_list(pl.when(pl.col(f"child_{n}") > 0).then(pl.col(f"child_{n}") + CHILD_AGE).otherwise(0) for n in (1, 2, 3))
    rows = rows.with_columns(ends=ends)
    cuts = rows.select("person", start=pl.concat_list(pl.lit([0], dtype=pl.List(pl.Int32)), pl.col("ends") + 1)).unique().explode("start").unique().sort("person", "start")
    cuts = cuts.with_columns(end=pl.col("start").shift(-1).over("person").fill_null(workload.FAR + 1) - 1)
    rows = _cut(rows.join(cuts, on="person"), "start", "end")
    return rows.with_columns(children=pl.sum_horizontal(pl.when(pl.col(f"child_{n}") > 0).then(pl.col(f"child_{n}") + CHILD_AGE >= pl.col("since")) for n in (1, 2, 3))).filter(pl.col("children") > 0)


def _cut(rows, start, end):
    rows = rows.with_columns(since=pl.max_horizontal("since", start), until=pl.min_horizontal("until", end))
    return rows.with_columns(until=pl.when(pl.col("until") >= workload.FAR).then(workload.FAR).otherwise("until")).filter(pl.col("since") <= pl.col("until"))


def _second_wards(people, numbered):
    rows = pl.DataFrame({**numbered, "since": people["since_fosters_child"], "until": people["until_fosters_child"], "birth": people["ward_2"]})
    rows = rows.filter(pl.col("since") < workload.FAR, pl.col("since") <= pl.col("until"), pl.col("birth") > 0)
    return _shaped(rows, "fosters_child", number=2)


def _lumps(people, numbered):
    rows = pl.DataFrame({**numbered, "lump": people["lump"], "since": people["lump_month"], "people": people["lump_people"], "quantity": people["lump_days"]})
    rows = rows.filter(pl.col("lump") > 0).with_columns(until="since", birth=pl.lit(0))
    return pl.concat(_shaped(rows.filter(lump=at), kind) for at, kind in enumerate(workload.LUMPS, 1))


def _shaped(rows, right, number=1):
    whole = {name: pl.col(name).cast(pl.Int64) if name in rows.columns else pl.lit(None, dtype=pl.Int64) for name in ("children", "people", "quantity")}
    has_birth = right in OWN_BIRTH or right in ("fosters_child", "fosters_disabled")
    words = {
        name: pl.lit(pl.Series(words)).gather(pl.col(column)) if column in rows.columns else pl.lit(None, dtype=pl.String)
        for name, column, words in (("poverty", "poverty", POVERTY), ("severity", "disability", SEVERITY))
    }
    return rows.select(
        pl.col("person").cast(pl.Int64), pl.lit(right).alias("standing"), pl.lit(number, dtype=pl.Int64).alias("entitlement"), "since", "until",
        (_day("birth") if has_birth else pl.lit(None, dtype=pl.Date)).alias("born"), **whole, **words,
    )


def _day(month):
    return pl.date(pl.col(month) // 12, pl.col(month) % 12 + 1, 1)


def main(path: str, month_count: int, each: bool) -> dict:
    loaded, frame = law(), terms(workload.read(path))
    ranges = [frame.filter(pl.col("person").is_between(at, at + PERSONS - 1)) for at in range(0, frame["person"].max() + 1, PERSONS)]
    last, begun = workload.FIRST + month_count - 1, time.process_time()
    found = [amounts.parts(some, loaded, until_month=last).select("person", "since", "until", "amount").to_native() for some in ranges]
    said = {"totals": totals(pl.concat(found), last), "calculation": time.process_time() - begun, "entitlements": frame["entitlement"].n_unique()}
    return {**said, "each": digest(pl.concat(found))} if each else said


def totals(found, last) -> list[int]:
    """Sums of all persons, month by month."""
    steps = pl.concat([found.select(month="since", step="amount"), found.select(month=pl.col("until") + 1, step=-pl.col("amount"))])
    by_month = dict(steps.group_by("month").agg(pl.col("step").sum()).iter_rows())
    return numpy.cumsum([by_month.get(month, 0) for month in range(workload.FIRST, last + 1)]).tolist()


def digest(found) -> str:
    """Every person's sum over all months."""
    sums = found.group_by("person").agg(dong=(pl.col("amount") * (pl.col("until") - pl.col("since") + 1)).sum()).filter(pl.col("dong") > 0)
    said = "\n".join(f"{person} {dong}" for person, dong in sums.sort("person").iter_rows())
    return hashlib.sha256(said.encode()).hexdigest()


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), "each" in sys.argv)))
