"""The sweep over the lists of one month: payees of a whole province, one in fifty with a fault. Argument: payees."""
import json
import resource
import sys
import time
from datetime import date

import polars as pl
from office import open_office

from ansinh.benefits import actions as benefits
from ansinh.engine.text.names import fold, sort_key
from ansinh.office import bulk, clock
from ansinh.office.act import action, current_entry
from ansinh.payments import actions as payments
from ansinh.payments.models import Finding, Line, PayList
from ansinh.registry.actions.in_bulk import register_many
from ansinh.registry.models import Area, Person, PopulationRecord

MONTH, PAID_UP_TO, LOCKED = date(2023, 10, 1), date(2023, 9, 1), date(2023, 9, 25)
FAULTY, SLICE = 50, 10_000


@action("benefits.bench_fill", label="Dựng số liệu đo", scope=lambda *_, **__: ("19.", "merit"))
def fill(start: int, count: int, *, faulty=FAULTY):
    """One slice of wounded soldiers in all communes, half of them with an account; one in ``faulty`` shares it with the next."""
    areas = list(Area.objects.communes().on(LOCKED).filter(path__startswith="19.").values_list("pk", "path"))
    places = [areas[(start + i) % len(areas)] for i in range(count)]
    names = [f"Nguyễn Văn {i}" for i in range(start, start + count)]
    ids = register_many(pl.DataFrame({
        "name": names, "search_key": [fold(n) for n in names], "sort_key": [sort_key(n) for n in names], "birth_on": [date(1950, 1, 1)] * count,
        "birth_precision": ["day"] * count, "sex": ["male"] * count, "area_path": [path for _pk, path in places], "area_id": [pk for pk, _path in places],
        "address": [""] * count, "household": [""] * count, "phone": [""] * count, "place_since": [date(2000, 1, 1)] * count,
    }), source="bench")
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    benefits.grant_many(pl.DataFrame({"person_id": ids}).with_columns(
        standing=pl.lit("wounded"), since=pl.lit(date(2010, 1, 1)), source=pl.lit("bench"), rests_on_id=pl.lit(None, dtype=pl.Int64),
        paid_up_to=pl.lit(PAID_UP_TO), grade=21 + place % 80, special=pl.lit(False), attendant=pl.lit(False),
        martyrs=pl.lit(None, dtype=pl.Int64), care=pl.lit(False), remarried=pl.lit(False), medal=pl.lit(""), full_time=pl.lit(False),
        seniority=pl.lit(None, dtype=pl.Int64),
    ))
    is_bank = place % 2 == 0
    account = start + place - pl.when(place % faulty == 2).then(2).otherwise(0)
    payments.set_channels(pl.DataFrame({"person_id": ids}).with_columns(
        kind=pl.when(is_bank).then(pl.lit("bank")).otherwise(pl.lit("post")), bank=pl.when(is_bank).then(pl.lit("Agribank")).otherwise(pl.lit("")),
        account_number=pl.when(is_bank).then(pl.format("8500{}", account)).otherwise(pl.lit("")), receiver=pl.lit(""), receiver_relation=pl.lit(""),
        receiver_paper=pl.lit(""), receiver_until=pl.lit(None, dtype=pl.Date),
    ), source="bench")
    _tell(ids, faulty)


def _tell(ids, faulty):
    """A population list that names everyone of the slice; one in fifty is dead by it."""
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    bulk.write(pl.DataFrame({"person_id": ids}).with_columns(
        state=pl.when(place % faulty == 7).then(pl.lit("dead")).otherwise(pl.lit("alive")), happened_on=pl.lit(date(2023, 8, 1)), remark=pl.lit(""),
        since=pl.lit(date(2023, 8, 31)), source=pl.lit("bench"), recorded_at=pl.lit(clock.now()).dt.convert_time_zone("UTC"),
        recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64),
    ), PopulationRecord)


def timed(call) -> float:
    start = time.monotonic()
    call()
    return time.monotonic() - start


def main(count: int):
    officer, _approver = open_office()
    with clock.held_at(date(2023, 9, 20)):
        for start in range(0, count, SLICE):
            fill(start, min(SLICE, count - start), by=officer)
    with clock.held_at(LOCKED):
        benefits.assess(MONTH, by=officer)
        propose = timed(lambda: payments.propose(MONTH, by=officer))
        lists = list(PayList.objects.filter(month=MONTH))
        again = timed(lambda: payments.sweep(lists, by=officer))
        Person.objects.filter(pk__in=Line.objects.filter(position=1).values("person")).update(died_on=date(2023, 8, 2))
        changed = timed(lambda: payments.sweep(lists, by=officer))
    print(json.dumps({
        "propose": propose, "again": again, "changed": changed, "lines": Line.objects.count(), "findings": Finding.objects.count(),
        "lists": len(lists), "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))


if __name__ == "__main__":
    main(int(sys.argv[1]))
