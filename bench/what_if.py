"""A provincial level tried on many people: CPU seconds of the preview after the terms are loaded. Argument: persons.

Frames only, no database; ``again`` is a further look, from the file in which the snapshot is kept. Persons of assistance are made with a seed: elders by birth, disabled, children, and one in
twenty with two entitlements, who is reckoned by himself.
"""
import json
import os
import resource
import sys
import time
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp

import django
import polars as pl

from ansinh.engine.law import book
from ansinh.engine.law.texts import text_of, with_texts
from ansinh.engine.months import as_month
from ansinh.engine.schema import TERMS, filled
from ansinh.engine.what_if import compare, snapshot

COMMUNES, SEED = 92, 41
FIRST, LAST = date(2026, 7, 1), date(2027, 6, 1)
LEVEL = """
title: Mức của tỉnh
instruments:
  - {number: 12/2026/NQ-HĐND, title: Mức chuẩn của tỉnh, signed: 2026-07-15, in_force: 2026-08-01, verified: yes}
schedules:
  - title: Mức chuẩn
    article: Điều 1
    province: yes
    lines:
      - {line: assistance_level, title: Mức chuẩn của tỉnh, rows: [{since: 2026-07-01, amount: 600000, basis: 12/2026/NQ-HĐND}]}
"""
STANDINGS = ["elder_80", "elder_80", "elder_80", "elder_poor", "disabled", "disabled", "assisted_child", "social_pension", "single_parent"]


def people(count: int) -> pl.DataFrame:
    """Terms of so many persons with their communes."""
    number = pl.int_range(count, dtype=pl.Int64, eager=True)
    noise = number.hash(SEED)
    first = pl.DataFrame({"person": number, "noise": noise}).with_columns(
        place=pl.format("19.{}.", pl.col("noise") % COMMUNES),
        standing=pl.lit(pl.Series(STANDINGS)).gather((pl.col("noise") // 100 % len(STANDINGS)).cast(pl.UInt32)),
        since=pl.date(2015, 1, 1) + pl.duration(days=pl.col("noise") // 7 % 4000),
        born=pl.date(1930, 1, 1) + pl.duration(days=pl.col("noise") // 11 % 12000),
        severity=pl.when(pl.col("noise") % 3 == 0).then(pl.lit("especially_severe")).otherwise(pl.lit("severe")),
        children=(pl.col("noise") % 3 + 1).cast(pl.Int64), poverty=pl.lit("poor"), state=pl.lit("in_force"),
    ).with_columns(born=pl.when(standing="assisted_child").then(pl.date(2012, 1, 1) + pl.duration(days=pl.col("noise") % 5000)).otherwise("born"))
    second = first.filter(pl.col("person") % 20 == 0).with_columns(standing=pl.lit("cares_for_disabled"))
    both = pl.concat([first, second]).with_row_index("entitlement").with_columns(pl.col("entitlement").cast(pl.Int64), terms=pl.col("entitlement").cast(pl.Int64))
    both = both.with_columns(until=pl.lit(None, dtype=pl.Date))
    return filled(both.drop("noise", "place")).with_columns(both["place"])


def main(count: int):
    frame = people(count).select(*TERMS, "place").rechunk()
    tried = with_texts(book(), [text_of(LEVEL.encode(), "draft.yaml", book())])
    before, after = (law.known_for(month=LAST, locked_on=date(2027, 5, 25), field="assistance") for law in (book(), tried))
    loaded, wall, cpu = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, time.monotonic(), time.process_time()
    found = _preview(frame, before, after)
    said = {"preview": time.monotonic() - wall, "preview_cpu": time.process_time() - cpu, "persons": count}
    month, memory = found.by_month().row(-1, named=True), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**said, **_again(frame, before, after), "loaded": loaded, "memory": memory, **month}))


def _preview(frame, before, after):
    return compare(snapshot([frame], (before, after), first=as_month(FIRST), last=as_month(LAST)), before, after)


def _again(frame, before, after):
    """A further look: the kept file is read and reckoned."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
    django.setup()
    snapshots = import_module("ansinh.benefits.snapshots")
    kept, begun = Path(mkdtemp(prefix="ansinh-bench-")) / "kept.arrow", time.process_time()
    snapshots.save(frame, kept)
    keeping, begun, wall = time.process_time() - begun, time.process_time(), time.monotonic()
    _preview(snapshots.load(kept), before, after)
    return {"keeping": keeping, "again": time.monotonic() - wall, "again_cpu": time.process_time() - begun, "kept": kept.stat().st_size / 2**20}


if __name__ == "__main__":
    main(int(sys.argv[1]))
