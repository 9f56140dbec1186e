"""A law tried on many: the same sums as reckoning each person, and people counted once."""
from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.law.texts import text_of, with_texts
from ansinh.engine.months import as_month
from ansinh.engine.what_if import compare, snapshot

from .frames import terms

FIRST, LAST = as_month(date(2026, 1, 1)), as_month(date(2026, 12, 1))
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
PERSON = st.fixed_dictionaries({
    "person": st.integers(1, 4), "standing": st.sampled_from(["elder_80", "disabled", "single_parent", "assisted_child"]),
    "since": st.dates(date(2020, 1, 1), date(2026, 9, 30)), "until": st.none() | st.dates(date(2026, 10, 1), date(2027, 1, 1)),
    "born": st.dates(date(1940, 1, 1), date(2025, 1, 1)), "severity": st.sampled_from(["severe", "especially_severe"]),
    "children": st.integers(1, 3), "poverty": st.sampled_from(["poor", "near_poor"]),
})


def laws():
    """What stands, and what would stand with the province's level."""
    tried = with_texts(book(), [text_of(LEVEL.encode(), "thu.yaml", book())])
    asked = {"month": date(2026, 12, 1), "locked_on": date(2026, 11, 25), "field": "assistance"}
    return book().known_for(**asked), tried.known_for(**asked)


def placed(frame):
    """Each person lives in one of two places."""
    return frame.with_columns(place=pl.format("19.{}.", pl.col("person") % 2))


def each(frame, law, month):
    """What every person is due in a month, reckoned one by one."""
    spans = amounts.due(amounts.parts(frame, law, until_month=LAST)).to_native()
    held = spans.filter(pl.col("since") <= month, pl.col("until") >= month).join(frame.select("entitlement", "person", "place"), on="entitlement")
    return held.group_by("person", "place").agg(pl.col("amount").sum())


@settings(max_examples=20)
@given(st.lists(PERSON, min_size=1, max_size=7))
def test_counting_people_alike_gives_what_reckoning_each_gives(rows):
    frame, (before, after) = placed(terms(*rows)), laws()
    found = compare(snapshot([frame], (before, after), first=FIRST, last=LAST), before, after).by_place
    both = pl.concat([
        each(frame, before, month).join(each(frame, after, month), on=["person", "place"], how="full", coalesce=True, suffix="_after")
        .with_columns(month=pl.lit(month, dtype=pl.Int64)) for month in range(FIRST, LAST + 1)
    ]).fill_null(0)
    expected = both.group_by("month", "place").agg(
        before=pl.col("amount").sum(), after=pl.col("amount_after").sum(), people=pl.len().cast(pl.Int64),
        up=(pl.col("amount_after") > pl.col("amount")).sum().cast(pl.Int64), down=(pl.col("amount_after") < pl.col("amount")).sum().cast(pl.Int64),
    ).sort("month", "place")
    assert found.select(expected.columns).to_dicts() == expected.to_dicts()


def test_a_level_counts_from_its_month_for_everybody_alike():
    frame, (before, after) = placed(terms(*({"standing": "elder_80", "born": date(1940, 1, day)} for day in range(1, 11)))), laws()
    found = compare(snapshot([frame], (before, after), first=FIRST, last=LAST), before, after)
    july = as_month(date(2026, 7, 1))
    assert found.by_month().filter(pl.col("month") == july - 1).row(0)[1:] == (5_000_000, 5_000_000, 0, 0, 10, 0, 0)
    assert found.by_month().filter(pl.col("month") == july).row(0)[1:] == (5_400_000, 6_000_000, 600_000, 0, 10, 10, 0)
    assert found.by_standing["standing"].unique().to_list() == ["elder_80"]


def test_people_alike_are_one_unit():
    frame, (before, after) = placed(terms(*({"standing": "elder_80", "born": date(1940, 1, day), "since": date(2020, 1, day)} for day in range(1, 11)))), laws()
    assert len(snapshot([frame], (before, after), first=FIRST, last=LAST).units) == 1
