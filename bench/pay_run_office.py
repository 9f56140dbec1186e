"""A province about to be paid: payees of both fields in all communes, with last month's lists paid out. Argument: payees."""
import json
import sys
import time
from datetime import date

import polars as pl
from office import open_office

from ansinh.benefits import actions as benefits
from ansinh.engine.law import book
from ansinh.engine.text.names import fold, sort_key
from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.founding import make_demonstration_account
from ansinh.office.installation import mark_demonstration
from ansinh.office.models import Account, Right
from ansinh.payments import actions as payments
from ansinh.registry.actions.in_bulk import identify_many, register_many
from ansinh.registry.models import Area

MONTH, BEFORE, SETTLED = date(2023, 10, 1), date(2023, 9, 1), date(2023, 8, 1)
LONG_AGO, SLICE, FIELDS = date(2010, 1, 1), 10_000, ("merit", "assistance")
# Of ten payees six are of merit and four of assistance, as in the province.
MERIT_OF_TEN = 6
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Triệu".split()
GIVEN = "An Anh Bình Chi Cường Dung Dũng Đạt Giang Hà Hải Hạnh Hiếu Hoa Hòa Hùng Hương Khánh Lan Linh Long Mai Nam Nga Phúc Quân Sơn Thảo Yến".split()


@action("benefits.bench_fill", label="Dựng số liệu đo", scope=lambda *_, **__: ("19.", "merit"))
def fill(start: int, count: int, areas):
    """One slice: wounded soldiers and disabled persons, half of each with an account."""
    places = [areas[(start + at) // 10 % len(areas)] for at in range(count)]
    names = [f"{FAMILY[at % len(FAMILY)]} Văn {GIVEN[at % len(GIVEN)]} {at}" for at in range(start, start + count)]
    ids = register_many(pl.DataFrame({
        "name": names, "search_key": [fold(n) for n in names], "sort_key": [sort_key(n) for n in names], "birth_on": [date(1950, 1, 1)] * count,
        "birth_precision": ["day"] * count, "sex": ["male"] * count, "area_path": [path for _pk, path in places], "area_id": [pk for pk, _path in places],
        "address": ["xóm Quyết Tiến"] * count, "household": [""] * count, "phone": [""] * count, "place_since": [date(2000, 1, 1)] * count,
    }), source="bench")
    identify_many(pl.DataFrame({"person_id": ids, "kind": ["file"] * count, "number": [f"TB/19-{start + at:05d}" for at in range(count)]}), source="bench")
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    is_merit = place % 10 < MERIT_OF_TEN
    benefits.grant_many(pl.DataFrame({"person_id": ids}).with_columns(
        standing=pl.when(is_merit).then(pl.lit("wounded")).otherwise(pl.lit("disabled")), since=pl.lit(date(2022, 1, 1)), source=pl.lit("bench"),
        rests_on_id=pl.lit(None, dtype=pl.Int64), paid_up_to=pl.lit(SETTLED), grade=pl.when(is_merit).then(21 + place % 80),
        special=pl.lit(False), attendant=pl.lit(False), martyrs=pl.lit(None, dtype=pl.Int64), care=pl.lit(False), remarried=pl.lit(False),
        medal=pl.lit(""), full_time=pl.lit(False), seniority=pl.lit(None, dtype=pl.Int64), born=pl.lit(date(1950, 1, 1)),
        severity=pl.when(is_merit).then(pl.lit("")).otherwise(pl.lit("severe")),
    ))
    is_bank = place % 2 == 0
    payments.set_channels(pl.DataFrame({"person_id": ids}).with_columns(
        kind=pl.when(is_bank).then(pl.lit("bank")).otherwise(pl.lit("post")), bank=pl.when(is_bank).then(pl.lit("Agribank")).otherwise(pl.lit("")),
        account_number=pl.when(is_bank).then(pl.format("8500{}", start + place)).otherwise(pl.lit("")), receiver=pl.lit(""), receiver_relation=pl.lit(""),
        receiver_paper=pl.lit(""), receiver_until=pl.lit(None, dtype=pl.Date),
    ), source="bench")


def timed(call):
    start, cpu = time.monotonic(), time.process_time()
    result = call()
    return (round(time.monotonic() - start, 2), round(time.process_time() - cpu, 2)), result


def pay_last_month(officer, approver, accountant) -> dict:
    """The lists of the month before, up to their export."""
    took = {}
    for field in FIELDS:
        with clock.held_at(book().lock_day(BEFORE)):
            took[f"{field}.assess"], _ = timed(lambda field=field: benefits.assess(BEFORE, field=field, by=officer))
            took[f"{field}.propose"], lists = timed(lambda field=field: payments.propose(BEFORE, field=field, by=officer))
            took[f"{field}.approve"], _ = timed(lambda lists=lists: payments.approve(lists, by=approver))
            took[f"{field}.export"], _ = timed(lambda lists=lists: payments.export(lists, by=accountant))
    return took


def main(count: int):
    officer, approver = open_office()
    mark_demonstration()
    accountant = Account.objects.create(username="accountant", full_name="accountant")
    Right.objects.create(account=accountant, role="accountant", area_path="19.", since=LONG_AGO)
    for account in (officer, approver, accountant):
        make_demonstration_account(account, second_factor=account == approver)
    with clock.held_at(date(2023, 8, 20)):
        areas = list(Area.objects.communes().on(clock.today()).filter(path__startswith="19.").values_list("pk", "path"))
        for start in range(0, count, SLICE):
            fill(start, min(SLICE, count - start), areas, by=officer)
    print(json.dumps(pay_last_month(officer, approver, accountant)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
