"""The calculation workload in An Sinh's engine: spans, not months. Arguments: file of persons, months."""
import json
import sys
from array import array
from datetime import date
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parent))
import workload_calculation as workload

from ansinh.engine.law.known import AMOUNTS, FAR, Law
from ansinh.engine.law.rules import RULES
from ansinh.engine.months import as_month
from ansinh.engine.schema import filled
from ansinh.engine.totals import monthly_totals

CHUNK = 650_000


def law() -> Law:
    """The workload's invented law in the engine's shape."""
    lines, rules = [], []
    for category in range(workload.CATEGORIES):
        lines += _line(f"basic_{category}", workload.coefficient(category))
        rules.append(_rule(category, "allowance", f"basic_{category}", None))
        if category in workload.OLD_AGE_CATEGORIES:
            lines += _line(f"old_{category}", workload.OLD_AGE_EXTRA)
            rules.append(_rule(category, "supplement", f"old_{category}", True))
    first = as_month(workload.LEVELS[0][0])
    return Law(first, pl.DataFrame(lines, schema=AMOUNTS), pl.DataFrame(rules, schema=RULES), first, "merit")


def _line(name, hundredths):
    starts = [since for since, _amount in workload.LEVELS]
    for (since, level), following in zip(workload.LEVELS, [*starts[1:], None], strict=True):
        yield {
            "line": name, "title": name, "law_since": as_month(since), "law_until": as_month(following) - 1 if following else FAR,
            "unit_amount": level * hundredths // 100, "basis": "bench", "signed": since, "in_force": since, "applies_since": since, "verified": True,
            "level": None, "factor": None, "national": None, "round_to": 1,
        }


def _rule(category, part, line, special):
    return dict.fromkeys(RULES) | {
        "standing": f"category_{category}", "part": part, "line": line, "by_grade": False, "through_birthday": False,
        "or_unknown": False, "beside": False, "when_special": special, "article": "bench",
    }


def terms(categories, births, first) -> pl.DataFrame:
    """One row a person, two where the 80th birthday falls after 1900: the extra is drawn by a dated fact."""
    people = pl.DataFrame({"category": categories, "birth": births}, schema={"category": pl.Int64, "birth": pl.Int64})
    people = people.with_row_index("person", offset=first).with_columns(pl.col("person").cast(pl.Int64), old=pl.col("birth") + workload.OLD_AGE * 12 + 1)
    old = pl.date(pl.col("old") // 12, pl.col("old") % 12 + 1, 1)
    young = people.with_columns(since=pl.lit(date(1980, 1, 1)), until=old.dt.offset_by("-1d"), special=pl.lit(False))
    aged = people.with_columns(since=old, until=pl.lit(None, dtype=pl.Date), special=pl.lit(True))
    both = pl.concat([young, aged])
    return filled(both.select(
        pl.col("person").alias("entitlement"), "person", pl.format("category_{}", "category").alias("standing"), "since", "until",
        state=pl.lit("in_force"), grade=pl.lit(None, dtype=pl.Int64), special="special", attendant=pl.lit(False), martyrs=pl.lit(None, dtype=pl.Int64),
        care=pl.lit(False), remarried=pl.lit(False), medal=pl.lit(None, dtype=pl.String), full_time=pl.lit(False),
        seniority=pl.lit(None, dtype=pl.Int64), terms="person",
    ))


def main(path: str, month_count: int) -> list[int]:
    numbers = array("i")
    numbers.frombytes(Path(path).read_bytes())
    half = len(numbers) // 2
    frames = [terms(numbers[at : min(at + CHUNK, half)], numbers[half + at : half + min(at + CHUNK, half)], at + 1) for at in range(0, half, CHUNK)]
    if not month_count:
        return []
    first = as_month(date(*workload.FIRST_MONTH, 1))
    return monthly_totals(frames, law(), first=first, last=first + month_count - 1)


if __name__ == "__main__":
    print(json.dumps({"totals": main(sys.argv[1], int(sys.argv[2]))}))
