"""Persons with thirty years of history: homes, standings, rights of both fields, months of lists, dossiers, events."""
from datetime import date, timedelta
from itertools import product

import polars as pl

from ansinh.benefits import actions as benefits
from ansinh.benefits.actions.bulk import DECIDES_ALL
from ansinh.benefits.life_events.acts import record_life_event
from ansinh.benefits.models import Terms
from ansinh.dossiers.models import Dossier
from ansinh.engine.law import book
from ansinh.engine.months import as_date, as_month
from ansinh.office import bulk, clock
from ansinh.office.act import action, current_entry
from ansinh.payments.models import Item, Line, Movement, PayList, Posting
from ansinh.registry.actions.in_bulk import identify_many, record_many, register_many
from ansinh.registry.models import Person, Residence, Standing

LIVES, MONTHS, HOMES, CHANGES, DOSSIERS = 20, 360, 15, 8, 4
# What each of them holds, for how many of the last months, the amount of a month, and how the right is changed again and again.
HELD = (
    ("wounded", 360, 2_000_000, {"grade": (41, 61, 71, 81)}), ("martyr_relative", 300, 1_624_000, {"martyrs": (1, 2)}),
    ("disabled", 180, 720_000, {"severity": ("severe", "especially_severe")}), ("single_parent", 120, 360_000, {"children": (1, 2, 3)}),
)
LUMP_SUMS = {"injury_lump": {"grade": (8,)}, "martyr_worship": {"martyrs": (1,)}, "death_aid": {"people": (1,)}}
# About what a month keeps of its reasons.
PARTS = (
    '[{"part":"allowance","line":"wounded_61","title":"Thương binh, 61 %","since":24000,"until":24300,"amount":2000000,"unit_amount":2000000,'
    '"quantity":1,"basis":"Nghị định 75/2021/NĐ-CP, Phụ lục II","article":"75/2021/NĐ-CP Điều 4","in_force":"2021-09-15","verified":true,'
    '"applies_since":"2021-07-01","cut_by":null,"level":null,"factor":null,"national":null,"terms":1,"paper":"bench","learnt":"2020-01-01"}]'
)


def fill_lives(area, last: date, *, by):
    """Persons of one commune with thirty years through the list of month ``last``; then what was learnt of them this year, by acts."""
    live(area, last, by=by)
    for key in with_long_lives():
        for months_ago in (9, 6, 3):
            on, address = as_date(as_month(last) - months_ago), f"tổ {months_ago}"
            record_life_event(Person.objects.get(pk=key), event="move", on=on, source="Giấy 1", area=area, address=address, by=by)


def with_long_lives() -> list[int]:
    """Who has the longest history."""
    return list(Dossier.objects.values_list("person", flat=True).distinct().order_by("person"))


@action("registry.bench_live", label="Dựng số liệu đo", scope=lambda *_, **__: ("19.", ""))
def live(area, last):
    first = as_month(last) - MONTHS + 1
    frame = _persons(area)
    _homes(frame, area, first)
    _standings(frame, first)
    grants = _grants(frame, as_month(last))
    lists = {field: _lists(field, area, first) for field in ("merit", "assistance")}
    for standing, months, amount, _facts in HELD:
        field = book().standing(standing).field
        _paid(grants.filter(pl.col("standing") == standing), lists[field].tail(months), amount, is_first=standing in ("wounded", "disabled"))
    for person, n in product(frame["person_id"], range(DOSSIERS)):
        Dossier.objects.create(
            code=f"TB-{person}-{n}", category="wounded", title="bench", person_id=person, area_path=area.path, field="merit", registered_at=clock.now(),
        )


def _persons(area):
    names = [f"Nguyễn Văn Thọ {n}" for n in range(LIVES)]
    people = pl.DataFrame({"name": names}).with_columns(
        birth_on=pl.lit(date(1943, 1, 31)), birth_precision=pl.lit("day"), sex=pl.lit("male"), area_path=pl.lit(area.path),
        area_id=pl.lit(None, dtype=pl.Int64), place_since=pl.lit(None, dtype=pl.Date), **dict.fromkeys(("address", "household", "phone"), pl.lit("")),
    )
    return pl.DataFrame({"person_id": register_many(people, source="bench")})


def _homes(frame, area, first):
    """Another address every two years."""
    starts = [as_date(first + n * MONTHS // HOMES) for n in range(HOMES)]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), None]
    homes = pl.DataFrame({"since": starts, "until": ends, "address": [f"Xóm {n}" for n in range(HOMES)]})
    record_many(frame.join(homes, how="cross").with_columns(area_id=pl.lit(area.pk)), Residence, source="Sổ hộ khẩu")
    numbers = pl.DataFrame({"kind": ["old_card", "social_insurance", "file"]})
    identify_many(frame.join(numbers, how="cross").with_columns(number=pl.format("{}-{}", "kind", "person_id")), source="Giấy tờ")


def _standings(frame, first):
    for standing, _months, _amount, facts in HELD:
        record_many(_changing(frame, facts, first, pl.col("person_id")).with_columns(code=pl.lit(standing)).drop("key"), Standing, source="QĐ 1")


def _changing(frame, facts, first, key):
    """One row of facts after the other over the years, for each row of the frame."""
    (name, values), length = next(iter(facts.items())), MONTHS // CHANGES
    starts = [as_date(first + n * length) for n in range(CHANGES)]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), None]
    changes = pl.DataFrame({"since": starts, "until": ends, name: [values[n % len(values)] for n in range(CHANGES)]})
    return frame.with_columns(key=key).join(changes, how="cross")


def _grants(frame, last):
    """The rights of each of them, with terms that were changed again and again; lump sums besides."""
    rows = [
        {"person_id": person, "standing": standing, "since": as_date(last - months + 1), "source": "QĐ 1", "rests_on_id": None, "paid_up_to": None,
         **{name: values[0] for name, values in facts.items()}}
        for person in frame["person_id"]
        for standing, months, _amount, facts in (*HELD, *((lump, 12, 0, facts) for lump, facts in LUMP_SUMS.items()))
    ]
    kinds = {"rests_on_id": pl.Int64, "paid_up_to": pl.Date, "grade": pl.Int64, "martyrs": pl.Int64, "children": pl.Int64, "people": pl.Int64, "severity": pl.String}
    grants = benefits.grant_many(pl.DataFrame(rows, schema_overrides=kinds, infer_schema_length=None).with_columns(pl.col("severity").fill_null("")))
    for standing, months, _amount, facts in HELD:
        held = grants.filter(pl.col("standing") == standing).select("entitlement_id")
        Terms.objects.filter(entitlement__in=held["entitlement_id"].to_list()).update(withdrawn_at=clock.now(), withdrawn_in=current_entry())
        terms = _changing(held, facts, last - months + 1, pl.col("entitlement_id")).drop("key").filter(pl.col("since") <= as_date(last))
        bulk.write(terms.with_columns(
            state=pl.lit("in_force"), decides=pl.lit(DECIDES_ALL), source=pl.lit("QĐ 2"), recorded_at=_now(), recorded_in_id=_entry(),
        ), Terms)
    return grants


def _lists(field, area, first):
    """A closed list of the field for each month."""
    months = [as_date(first + n) for n in range(MONTHS)]
    ids = list(bulk.next_ids(PayList, MONTHS))
    frame = pl.DataFrame({"id": ids, "month": months}).with_columns(
        number=pl.format("BENCH-{}-{}", pl.lit(field), "month"), field=pl.lit(field), area_id=pl.lit(area.pk), area_path=pl.lit(area.path),
        channel=pl.lit("post"), state=pl.lit("closed"), known_at=_now(), law_digest=pl.lit("0"), content_digest=pl.lit("0"), batch_digest=pl.lit("0"),
        is_provisional=pl.lit(False), people=pl.lit(LIVES), proposed_in_id=_entry(),
        **dict.fromkeys(("this_month", "arrears", "carried", "deduction", "overpaid", "total"), pl.lit(0)),
    )
    bulk.write(frame, PayList)
    return frame.select(paylist_id="id", month="month")


def _paid(grants, lists, amount, *, is_first):
    """Each month posted, on a line and paid out; of several rights of one field the line is made with the first."""
    months = grants.select("person_id", payable_id="entitlement_id").join(lists, how="cross")
    months = months.with_columns(posting_id=pl.Series(list(bulk.next_ids(Posting, len(months))), dtype=pl.Int64))
    bulk.write(months.select(
        "payable_id", "month", "paylist_id", id="posting_id", number=pl.lit(1), kind=pl.lit("due"), amount=pl.lit(amount), total=pl.lit(amount),
        parts=pl.lit(PARTS), recorded_in_id=_entry(),
    ), Posting)
    for debit, credit in (("cost", "owed"), ("owed", "provider")):
        bulk.write(months.select(
            "payable_id", "month", "paylist_id", "posting_id", debit=pl.lit(debit), credit=pl.lit(credit), amount=pl.lit(amount), at=_now(),
            recorded_in_id=_entry(),
        ), Movement)
    if is_first:
        _lines(months, amount)


def _lines(months, amount):
    months = months.with_columns(line_id=pl.Series(list(bulk.next_ids(Line, len(months))), dtype=pl.Int64))
    empty = dict.fromkeys(
        ("birth", "file_number", "address", "receiver", "bank", "account_number", "notes", "arrears_months", "held_because", "result_reason"), pl.lit("")
    )
    bulk.write(months.select(
        "paylist_id", "person_id", id="line_id", position=pl.int_range(pl.len(), dtype=pl.Int64), name=pl.lit("bench"), standing=pl.lit("Thương binh, 61 %"),
        this_month=pl.lit(amount), total=pl.lit(amount), result=pl.lit("paid"), **empty,
        **dict.fromkeys(("arrears", "carried", "deduction", "overpaid"), pl.lit(0)),
    ), Line)
    bulk.write(months.select("line_id", "posting_id", amount=pl.lit(amount), result=pl.lit("paid")), Item)


def _now():
    return pl.lit(clock.now()).dt.convert_time_zone("UTC")


def _entry():
    return pl.lit(current_entry().pk, dtype=pl.Int64)
