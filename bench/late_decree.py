"""A late decree over 24 months: read, reckon, write proposals; then again with nothing new. Arguments: build or assess, entitlements.

The decree is the real one of 2023 with its tables counted from October 2021, in a copy of the law; the months before
are posted one by one, as two years of lists would have left them.
"""
import json
import resource
import shutil
import sys
import tempfile
import time
from datetime import date
from importlib import import_module
from pathlib import Path

# The package offers a function of the same name, so the module is asked for by name.
law_book = import_module("ansinh.engine.law.book")

MONTH, FIRST, LAST_PAID = date(2023, 10, 1), date(2021, 10, 1), date(2021, 9, 1)
BACK_TO = {"since: 2023-07-01": "since: 2021-10-01"}


def law_with_a_later_decree() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="ansinh-bench-law-")) / "law"
    shutil.copytree(law_book.FOLDER, folder)
    for name in ("annex_1.yaml", "wounded.yaml", "wounded_b.yaml"):
        path = folder / "merit" / name
        text = path.read_text("utf-8")
        for was, now in BACK_TO.items():
            text = text.replace(was, now)
        path.write_text(text, "utf-8")
    return folder


# The book is read once a process, so the copy must be in place before anything asks for it.
law_book.load.__defaults__ = (law_with_a_later_decree(),)

import polars as pl  # noqa: E402
from office import open_office  # noqa: E402

from ansinh.benefits import actions as benefits  # noqa: E402
from ansinh.engine.law import book  # noqa: E402
from ansinh.engine.text.names import fold, sort_key  # noqa: E402
from ansinh.office import bulk, clock  # noqa: E402
from ansinh.office.act import action, current_entry  # noqa: E402
from ansinh.office.models import Account  # noqa: E402
from ansinh.payments.models import Posting, Proposal  # noqa: E402
from ansinh.registry.actions.in_bulk import register_many  # noqa: E402
from ansinh.registry.models import Area  # noqa: E402

SLICE = 10_000


@action("benefits.bench_fill", label="Dựng số liệu đo", scope=lambda *_, **__: ("19.", "merit"))
def fill(start: int, count: int):
    """One slice of wounded soldiers with two years of posted months."""
    area = Area.objects.communes().on(LAST_PAID).first()
    names = [f"Nguyễn Văn {i}" for i in range(start, start + count)]
    people = pl.DataFrame({
        "name": names, "search_key": [fold(n) for n in names], "sort_key": [sort_key(n) for n in names], "birth_on": [date(1950, 1, 1)] * count,
        "birth_precision": ["day"] * count, "sex": ["male"] * count, "area_path": [area.path] * count, "area_id": [area.pk] * count,
        "address": [""] * count, "household": [""] * count, "phone": [""] * count, "place_since": [date(2000, 1, 1)] * count,
    })
    ids = register_many(people, source="bench")
    grants = pl.DataFrame({"person_id": ids}).with_columns(
        standing=pl.lit("wounded"), since=pl.lit(date(2010, 1, 1)), source=pl.lit("bench"), rests_on_id=pl.lit(None, dtype=pl.Int64),
        paid_up_to=pl.lit(LAST_PAID), grade=21 + pl.int_range(pl.len(), dtype=pl.Int64) % 80, special=pl.lit(False), attendant=pl.lit(False),
        martyrs=pl.lit(None, dtype=pl.Int64), care=pl.lit(False), remarried=pl.lit(False), medal=pl.lit(""), full_time=pl.lit(False),
        seniority=pl.lit(None, dtype=pl.Int64),
    )
    _post(benefits.grant_many(grants))


def _post(grants):
    old = book().known_for(month=date(2023, 9, 1), locked_on=date(2023, 8, 25)).amounts
    tables = old.select("line", "unit_amount").filter(pl.col("line").str.starts_with("wounded")).unique("line")
    due = grants.select(payable_id="entitlement_id", grade="grade").with_columns(line=pl.format("wounded_{}", "grade")).join(tables, on="line")
    extra = tables.filter(pl.col("line") == "wounded81_supp")["unit_amount"][0]
    due = due.with_columns(amount=pl.col("unit_amount") + pl.when(pl.col("grade") >= 81).then(extra).otherwise(0))
    months = pl.DataFrame({"month": pl.date_range(FIRST, date(2023, 9, 1), "1mo", eager=True)})
    rows = due.select("payable_id", "amount").join(months, how="cross").with_columns(
        number=pl.lit(1), kind=pl.lit("due"), total="amount", parts=pl.lit("[]"), recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64)
    )
    bulk.write(rows, Posting)


def build(count: int) -> dict:
    officer, _approver = open_office()
    with clock.held_at(date(2021, 9, 20)):
        for start in range(0, count, SLICE):
            fill(start, min(SLICE, count - start), by=officer)
    return {"postings": Posting.objects.count(), "memory": peak()}


def assess() -> dict:
    """In a process of its own: its memory is the worker's, not that of making the entitlements."""
    officer = Account.objects.get(username="officer")
    wall, cpu = time.monotonic(), time.process_time()
    with clock.held_at(date(2023, 9, 25)):
        _batch, written = benefits.assess(MONTH, by=officer)
    return {
        "wall": time.monotonic() - wall, "cpu": time.process_time() - cpu, "written": written, "memory": peak(),
        "arrears_spans": Proposal.objects.filter(kind="arrears").count(),
    }


def peak() -> float:
    """The highest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(build(int(sys.argv[2])) if sys.argv[1] == "build" else assess()))
