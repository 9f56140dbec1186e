"""Six wounded soldiers, registered and granted in bulk, for tests in a process of their own."""
from datetime import date

import polars as pl

from ansinh.benefits import actions as benefits
from ansinh.engine.text.names import fold, sort_key
from ansinh.office.act import action
from ansinh.payments import actions as payments
from ansinh.registry.actions.in_bulk import register_many

NAMES = ("Dương Thị Lan", "Lý Văn Páo", "Ma Thị Lường", "Tạ Quang Lập", "Trần Văn Sửu", "Vi Thị Sao")


@action("benefits.settle_six", label="Dựng sáu người", scope=lambda area, **_: (area.path, "merit"))
def settle_six(area):
    """Register them in the commune and grant each an allowance that is settled up to May 2023."""
    count = len(NAMES)
    ids = register_many(pl.DataFrame({
        "name": NAMES, "search_key": list(map(fold, NAMES)), "sort_key": list(map(sort_key, NAMES)), "birth_on": [date(1950, 1, 1)] * count,
        "birth_precision": ["day"] * count, "sex": ["male"] * count, "area_path": [area.path] * count, "area_id": [area.pk] * count,
        "address": [""] * count, "household": [""] * count, "phone": [""] * count, "place_since": [date(2000, 1, 1)] * count,
    }), source="kiểm thử")
    benefits.grant_many(pl.DataFrame({"person_id": ids}).with_columns(
        standing=pl.lit("wounded"), since=pl.lit(date(2010, 1, 1)), source=pl.lit("QĐ 12"), rests_on_id=pl.lit(None, dtype=pl.Int64),
        paid_up_to=pl.lit(date(2023, 5, 1)), grade=61 + pl.int_range(pl.len(), dtype=pl.Int64), special=pl.lit(False), attendant=pl.lit(False),
        martyrs=pl.lit(None, dtype=pl.Int64), care=pl.lit(False), remarried=pl.lit(False), medal=pl.lit(""), full_time=pl.lit(False),
        seniority=pl.lit(None, dtype=pl.Int64),
    ))
    channel = {"kind": "post", "bank": "", "account_number": "", "receiver": "", "receiver_relation": "", "receiver_paper": ""}
    columns = [pl.lit(value).alias(name) for name, value in channel.items()]
    payments.set_channels(pl.DataFrame({"person_id": ids}).with_columns(*columns, receiver_until=pl.lit(None, dtype=pl.Date)), source="kiểm thử")
