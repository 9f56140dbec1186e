"""Payees of both fields with the months that lists would have left them, the same on every run.

Four in five are of assistance. One in nine holds a second standing, one in fifty a lump sum; birthdays lie on the
boundaries of months and of ages, a grade or a degree changes within the time, rights begin and end in it.
"""
from datetime import date, timedelta
from random import Random

import polars as pl

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Terms
from ansinh.benefits.queries import terms_frame
from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.law.book import FIELDS, MERIT
from ansinh.engine.law.facts import birthday_month
from ansinh.engine.months import as_date, as_month, last_day
from ansinh.engine.text.names import fold, sort_key
from ansinh.office import bulk, clock
from ansinh.office.act import action, current_entry
from ansinh.payments.models import Posting
from ansinh.registry.actions.in_bulk import register_many
from ansinh.registry.models import Area

SLICE = 10_000
FAMILY, GIVEN = "Nguyễn Trần Lê Phạm Hoàng Nông Triệu Lý".split(), "An Bình Cường Dung Giang Hà Lan Mai Sơn Yến".split()
MERIT_EVERY, SECOND_EVERY, LUMP_EVERY, CHANGED_EVERY = 5, 9, 50, 20
WHOLE = ("grade", "martyrs", "seniority", "children", "people", "quantity")
FLAGS = ("special", "attendant", "care", "remarried", "full_time")
WORDS = ("medal", "case", "severity", "poverty")
SCHEMA = {
    "person_id": pl.Int64, "standing": pl.String, "since": pl.Date, "source": pl.String, "rests_on_id": pl.Int64, "paid_up_to": pl.Date,
    "until": pl.Date, "born": pl.Date, **dict.fromkeys(WHOLE, pl.Int64), **dict.fromkeys(FLAGS, pl.Boolean), **dict.fromkeys(WORDS, pl.String),
}
NO_FACTS = {**dict.fromkeys((*WHOLE, "born")), **dict.fromkeys(FLAGS, False), **dict.fromkeys(WORDS, "")}
# How many of a hundred, and what their papers say; ``age`` is in which years a birthday lies about the last posted month.
OF_MERIT = (
    (38, "wounded", ("grade", "attendant")), (8, "wounded_alike", ("grade", "special")), (4, "wounded_b", ("grade",)), (10, "sick", ("grade",)),
    (12, "chemical", ("grade", "attendant")), (3, "chemical_child", ("grade",)), (1, "heroic_mother", ("attendant",)), (1, "pre1945", ("seniority",)),
    (3, "prisoner", ()), (3, "helper", ("medal",)), (12, "martyr_relative", ("martyrs", "care")), (5, "dead61_relative", ("care",)),
)
OF_ASSISTANCE = (
    (28, "elder_80", (81, 96)), (8, "elder_poor", (61, 92)), (4, "elder_difficult_area", (76, 82)), (24, "disabled", (2, 75)),
    (9, "disabled", (1, 90)), (6, "assisted_child", (1, 17)), (1, "student_16_22", (17, 24)), (6, "single_parent", None),
    (2, "small_child_difficult_area", (0, 3)), (1, "hiv_adult", None), (5, "cares_for_disabled", None), (2, "fosters_child", (1, 17)),
    (4, "social_pension", (76, 90)),
)
SECOND = {MERIT: ("prisoner", "martyr_relative", "chemical"), "assistance": ("cares_for_disabled", "single_parent", "fosters_child", "elder_80")}
LUMP = {MERIT: ("injury_lump", "martyr_worship"), "assistance": ("death_aid", "injury_aid")}
# Full years from which to under which a right may begin.
AGES = {
    "elder_80": (80, 199), "elder_poor": (60, 199), "elder_difficult_area": (75, 80), "assisted_child": (0, 16), "student_16_22": (16, 22),
    "small_child_difficult_area": (0, 3), "fosters_child": (0, 16), "social_pension": (75, 199), "disabled": (0, 199),
}
POOR_ONLY = ("elder_poor", "hiv_adult")
CHANGE = {
    "grade": pl.when(pl.col("standing") == "wounded").then(100).otherwise("grade"),
    "severity": pl.when(pl.col("severity") == "severe").then(pl.lit("especially_severe")).otherwise("severity"),
}
ENDS_OF_MONTHS = ((1, 1), (1, 31), (2, 28), (2, 29), (6, 30), (7, 1), (12, 31))


@action("benefits.bench_fill", label="Dựng số liệu đo", scope=lambda *_, **__: ("19.", "merit"))
def fill(start: int, count: int, months: tuple[date, ...], law_day: date):
    """One slice of persons from number ``start`` on, each with the ``months`` posted that were due by the law of a day."""
    draw = Random(start)
    ids = _persons(start, count, months[0])
    rows = [row for number, person in enumerate(ids, start=start) for row in _held(number, person, draw, months)]
    grants = benefits.grant_many(pl.DataFrame(rows, schema=SCHEMA, orient="row").drop("until"))
    _end_and_change(grants.with_columns(until=pl.Series([row["until"] for row in rows], dtype=pl.Date)), months)
    for field in FIELDS:
        _post(grants.filter(pl.col("field") == field)["entitlement_id"].to_list(), field, months, law_day)


def fill_all(count: int, months: tuple[date, ...], law_day: date, *, by):
    """Everybody, slice by slice, on the day before the first of the months is settled by a list."""
    for start in range(0, count, SLICE):
        with clock.held_at(months[0] - timedelta(days=11)):
            fill(start, min(SLICE, count - start), months, law_day, by=by)


def _persons(start, count, day):
    areas = list(Area.objects.communes().on(day).filter(path__startswith="19.").values_list("pk", "path"))
    numbers = range(start, start + count)
    names = [f"{FAMILY[n % 8]} Văn {GIVEN[n // 8 % 10]} {n % 500}" for n in numbers]
    homes = [areas[n % len(areas)] for n in numbers]
    return register_many(pl.DataFrame({
        "name": names, "search_key": list(map(fold, names)), "sort_key": list(map(sort_key, names)), "birth_on": pl.Series([None] * count, dtype=pl.Date),
        "birth_precision": ["unknown"] * count, "sex": ["male"] * count, "area_path": [path for _pk, path in homes], "area_id": [pk for pk, _path in homes],
        "address": [""] * count, "household": [""] * count, "phone": [""] * count, "place_since": [date(2000, 1, 1)] * count,
    }), source="bench").to_list()


def _held(number, person, draw, months):
    """The entitlements of one person."""
    field, mix = (MERIT, OF_MERIT) if number % MERIT_EVERY == 0 else ("assistance", OF_ASSISTANCE)
    _share, standing, asked = draw.choices(mix, weights=[share for share, *_ in mix])[0]
    yield _grant(person, standing, asked, draw, months)
    if number % SECOND_EVERY == 0:
        second = draw.choice([code for code in SECOND[field] if code != standing])
        yield _grant(person, second, next(asked for _share, code, asked in mix if code == second), draw, months)
    if number % LUMP_EVERY == 0:
        yield _lump_sum(person, draw.choice(LUMP[field]), draw, months)


def _grant(person, standing, asked, draw, months):
    """Two in three were granted before the months where age allows, one in fifty ends within them."""
    since = date(draw.randrange(2010, 2022), draw.randrange(1, 13), 1) if draw.random() < 2 / 3 else draw.choice(months).replace(day=draw.choice((1, 15, 28)))
    until = last_day(as_month(draw.choice(months))) if draw.random() < 1 / 50 else None
    facts = _of_merit(asked, draw) if book().standing(standing).field == MERIT else _of_assistance(standing, asked, draw, months[-1])
    since = _of_age(since, standing, facts.get("born"))
    paid_up_to = as_date(as_month(months[0]) - 1) if since < months[0] else None
    return _row(person, standing, since, until if until and until >= since else None, facts, paid_up_to)


def _of_age(since, standing, born):
    """The day on which a right may begin: not before the first month of its age nor after the last."""
    if born is None or standing not in AGES:
        return since
    first, after = (birthday_month(born, age) for age in AGES[standing])
    return min(max(since, as_date(first)), as_date(after - 1))


def _lump_sum(person, standing, draw, months):
    since = draw.choice((*months, as_date(as_month(months[-1]) + 1)))
    facts = {"injury_lump": {"grade": draw.randrange(5, 21)}, "martyr_worship": {"martyrs": 1}, "death_aid": {"people": draw.randrange(1, 4)}}
    return _row(person, standing, since, None, facts.get(standing, {}), None)


def _row(person, standing, since, until, facts, paid_up_to):
    return {
        **NO_FACTS, **facts, "person_id": person, "standing": standing, "since": since, "until": until, "source": "bench", "rests_on_id": None,
        "paid_up_to": paid_up_to,
    }


def _of_merit(asked, draw):
    said = {
        "grade": draw.randrange(61, 101), "attendant": draw.random() < 1 / 2, "special": draw.random() < 1 / 10, "seniority": 5, "medal": "resistance",
        "martyrs": draw.choice((1, 1, 1, 2, 3)), "care": draw.random() < 1 / 5,
    }
    return {name: said[name] for name in asked}


def _of_assistance(standing, ages, draw, day):
    said = {
        "severity": draw.choice(("severe", "severe", "especially_severe")), "children": draw.randrange(1, 4), "people": draw.randrange(1, 3),
        "poverty": "poor" if standing in POOR_ONLY else draw.choice(("poor", "near_poor")), "case": draw.choice("abcdeghikl"), "born": ages and _birthday(ages, draw, day),
    }
    return {name: said[name] for name in book().standing(standing).facts if name in said}


def _birthday(ages, draw, day):
    """A third of the birthdays is on the first or last day of a month, one in fifty is not known."""
    year = day.year - draw.randrange(*ages)
    if draw.random() < 1 / 50:
        return None
    month, on = draw.choice(ENDS_OF_MONTHS) if draw.random() < 1 / 3 else (draw.randrange(1, 13), draw.randrange(1, 29))
    return date(year, month, min(on, last_day(year * 12 + month - 1).day))


def _end_and_change(grants, months):
    """Ends of rights; of grades and degrees that go on, one in twenty is another from the middle of the months on."""
    day = months[len(months) // 2].replace(day=15)
    asked = (pl.col("standing") == "wounded") | (pl.col("severity") == "severe")
    ended = grants.filter(pl.col("until").is_not_null())
    changed = grants.filter(asked, pl.col("until").is_null(), pl.col("since") < day).gather_every(CHANGED_EVERY)
    before, after = changed.with_columns(until=pl.lit(day - timedelta(days=1))), changed.with_columns(since=pl.lit(day), **CHANGE)
    rows = pl.concat([ended, before, after])
    moment, entry = clock.now(), current_entry()
    withdrawn = Terms.objects.filter(entitlement__among=bulk.Values(rows["entitlement_id"]))
    withdrawn.update(withdrawn_at=moment, withdrawn_in=entry)
    facts = [name for name in Terms.FACTS if name in rows.columns]
    bulk.write(rows.select("entitlement_id", "since", "until", "source", *facts).with_columns(
        state=pl.lit("in_force"), decides=pl.lit(""), recorded_at=pl.lit(moment).dt.convert_time_zone("UTC"), recorded_in_id=pl.lit(entry.pk),
    ), Terms)


def _post(entitlements, field, months, law_day):
    """What was due in each of the months, posted once."""
    law = book().known_for(month=law_day.replace(day=1), locked_on=law_day, field=field)
    terms = terms_frame(field=field, entitlements=entitlements)
    spans = amounts.due(amounts.parts(terms, law, until_month=as_month(months[-1]))).to_native()
    table = pl.DataFrame({"month": months, "number_of_month": [as_month(month) for month in months]})
    due = spans.join(table, how="cross").filter(pl.col("number_of_month").is_between("since", "until"))
    bulk.write(due.select(
        pl.col("entitlement").alias("payable_id"), "month", "amount", number=pl.lit(1), kind=pl.lit("due"), total="amount", parts=pl.lit("[]"),
        recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64),
    ), Posting)
