"""The people of the simulated province on its first day: registered, granted one standing each, paid by post or by bank."""
from datetime import date, timedelta

import polars as pl

from ansinh.benefits import actions as benefits
from ansinh.engine.text.names import fold, sort_key
from ansinh.office.act import action
from ansinh.payments.actions import set_channel
from ansinh.registry.actions.in_bulk import register_many
from ansinh.registry.models import Person

from . import people
from .life import whole_province

NO_FACTS = {
    "grade": None, "special": False, "attendant": False, "martyrs": None, "care": False, "remarried": False, "medal": "", "full_time": False,
    "seniority": None, "case": "", "severity": "", "children": None, "born": None, "poverty": "", "people": None, "quantity": None,
}
WHOLE = ("grade", "martyrs", "seniority", "children", "people", "quantity")


def settle(areas, *, by):
    """Everybody lives in one of the communes; every third is paid by bank."""
    _register(areas, by=by)
    for place, person in enumerate(Person.objects.order_by("pk")):
        bank = {"bank": "Agribank", "account_number": f"8500{place:05}"} if place % 3 == 0 else {}
        set_channel(person, since=people.LONG_AGO, kind="bank" if bank else "post", **bank, by=by)


@action("benefits.settle_province_for_test", label="Dựng tỉnh giả lập", scope=whole_province)
def _register(areas):
    """Everybody in the register, with one standing."""
    names = people.names()
    homes = [areas[place // 2 % len(areas)] for place in range(len(names))]
    ids = register_many(pl.DataFrame({
        "name": names, "search_key": list(map(fold, names)), "sort_key": list(map(sort_key, names)),
        "birth_on": [date(1940, 5, 1) + timedelta(n * 11) for n in range(len(names))], "birth_precision": ["day"] * len(names),
        "sex": ["female" if n % 2 else "male" for n in range(len(names))], "area_path": [area.path for area in homes],
        "area_id": [area.pk for area in homes], "address": [""] * len(names), "household": [""] * len(names), "phone": [""] * len(names),
        "place_since": [date(2000, 1, 1)] * len(names),
    }), source="Sổ hộ khẩu").to_list()
    rows = [
        {"person_id": key, "standing": standing, "since": people.FIRST, "source": "QĐ 1", "rests_on_id": None, "paid_up_to": None,
         **NO_FACTS, **people.STANDINGS[standing][0]}
        for key, standing in zip(ids, map(people.standing_of, range(len(names))), strict=True)
    ]
    schema = {**dict.fromkeys((*WHOLE, "rests_on_id"), pl.Int64), "born": pl.Date, "paid_up_to": pl.Date}
    benefits.grant_many(pl.DataFrame(rows, schema_overrides=schema))
