"""Pages and search at a province's size, through the whole of Django but the network. Arguments: build, measure or lives, persons."""
import json
import random
import resource
import statistics
import sys
import time
from datetime import date
from functools import partial

import polars as pl
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from office import open_office  # sets Django up, so it comes before Django's own parts
from thirty_years import fill_lives, with_long_lives

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.engine.text.names import fold, sort_key
from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.models import Account
from ansinh.payments import actions as payments
from ansinh.payments.models import PayList
from ansinh.registry.actions.in_bulk import identify_many, register_many
from ansinh.registry.models import Area, Person

SLICE, PAYEES, CALLS = 50_000, 17_500, 100
OCTOBER, NOVEMBER, LOCK = date(2023, 10, 1), date(2023, 11, 1), date(2023, 10, 25)
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Triệu".split()
MIDDLE = "Văn Thị Hữu Đức Ngọc Minh Quang Thanh Xuân Đình Thu Kim Hồng Công".split()
GIVEN = "An Anh Bình Chi Cường Dung Dũng Đạt Giang Hà Hải Hạnh Hiếu Hoa Hòa Hùng Hương Khánh Lan Linh Long Mai Nam Nga Phúc Quân Sơn Thảo Yến".split()


@action("registry.bench_fill", label="Dựng số liệu đo", scope=lambda *_, **__: ("19.", "merit"))
def fill(start, count, areas, draw):
    names = [f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}" for _ in range(count)]
    homes = [draw.choice(areas) for _ in range(count)]
    keys = {name: (fold(name), sort_key(name)) for name in set(names)}
    people = pl.DataFrame({
        "name": names, "search_key": [keys[n][0] for n in names], "sort_key": [keys[n][1] for n in names],
        "birth_on": [date(draw.randrange(1930, 2020), draw.randrange(1, 13), 1) for _ in names], "birth_precision": ["month"] * count,
        "sex": ["male"] * count, "area_path": [path for _pk, path in homes], "area_id": [pk for pk, _path in homes],
        "address": [""] * count, "household": [""] * count, "phone": [""] * count, "place_since": [date(2000, 1, 1)] * count,
    })
    ids = register_many(people, source="bench")
    identify_many(pl.DataFrame({"person_id": ids, "kind": ["citizen"] * count, "number": [f"{19 * 10**9 + start + i:012d}" for i in range(count)]}), source="bench")
    return ids


@action("benefits.bench_grant", label="Cho hưởng để đo", scope=lambda *_, **__: ("19.", "merit"))
def grant(ids):
    benefits.grant_many(pl.DataFrame({"person_id": ids}).with_columns(
        standing=pl.lit("wounded"), since=pl.lit(date(2021, 1, 1)), source=pl.lit("bench"), rests_on_id=pl.lit(None, dtype=pl.Int64),
        paid_up_to=pl.lit(date(2023, 10, 1)), grade=21 + pl.int_range(pl.len(), dtype=pl.Int64) % 80, special=pl.lit(False),
        attendant=pl.lit(False), martyrs=pl.lit(None, dtype=pl.Int64), care=pl.lit(False), remarried=pl.lit(False), medal=pl.lit(""),
        full_time=pl.lit(False), seniority=pl.lit(None, dtype=pl.Int64),
    ))


def build(count):
    officer, _approver = open_office()
    areas = list(Area.objects.communes().on(LOCK).filter(path__startswith="19.1").values_list("pk", "path"))
    draw = random.Random(2021)
    with clock.held_at(LOCK):
        first = None
        for start in range(0, count, SLICE):
            ids = fill(start, min(SLICE, count - start), areas, draw, by=officer)
            first = ids if first is None else first
        grant(first[:PAYEES].to_list(), by=officer)
        benefits.assess(NOVEMBER, by=officer)
        payments.propose(NOVEMBER, by=officer)
        fill_lives(Area.objects.get(pk=areas[0][0]), OCTOBER, by=officer)


def timed(call) -> tuple[float, float, int]:
    with CaptureQueriesContext(connection) as queries:
        started, cpu = time.perf_counter(), time.process_time()
        response = call()
        spent, worked = (time.perf_counter() - started) * 1000, (time.process_time() - cpu) * 1000
    if response.status_code not in (200, 302):
        raise RuntimeError(f"{response.status_code}: {response.content[:300]}")
    return spent, worked, len(queries)


def series(calls) -> dict:
    times, cpu, queries = zip(*[timed(call) for call in calls], strict=True)
    p95 = sorted(times)[int(len(times) * 0.95) - 1]
    return {"p50": statistics.median(times), "p95": p95, "cpu": statistics.median(cpu), "queries": [min(queries), max(queries)]}


def lives(client) -> dict:
    """The page of a person with thirty years of history."""
    old = with_long_lives()
    return {"person_30_years": series([partial(client.get, f"/nguoi/{old[n % len(old)]}/") for n in range(CALLS)])}


def everything(client, count) -> dict:
    payees = list(Entitlement.objects.exclude(payable__person__in=with_long_lives()).values_list("payable__person", flat=True))
    draw, lists = random.Random(7), list(PayList.objects.filter(month=NOVEMBER).values_list("pk", flat=True))
    names = [fold(n) for n in Person.objects.filter(pk__in=draw.sample(payees, CALLS)).values_list("name", flat=True)]
    return {
        "person": series([partial(client.get, f"/nguoi/{draw.choice(payees)}/") for _ in range(CALLS)]),
        "list": series([partial(client.get, f"/chi-tra/{draw.choice(lists)}/") for _ in range(CALLS)]),
        "persons": series([partial(client.get, "/nguoi/")] * 20),
        "search_name": series([partial(client.post, "/tim", {"q": name}) for name in names]),
        "search_number": series([partial(client.post, "/tim", {"q": f"{19 * 10**9 + draw.randrange(count):012d}"}) for _ in range(CALLS)]),
        **lives(client),
    }


def main(step: str, count: int):
    if step == "build":
        build(count)
        print(json.dumps({}))
        return
    # A process of its own, so that the memory is that of a web process and not of the one that filled the tables.
    client = Client()
    client.force_login(Account.objects.get(username="officer"))
    with clock.held_at(LOCK):
        client.get("/")
        said = lives(client) if step == "lives" else everything(client, count)
    print(json.dumps({**said, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
