"""What is due, what differs: on examples of the law and on random spans."""
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.engine import amounts
from ansinh.engine.cases.simulation import polars_schema
from ansinh.engine.law import book
from ansinh.engine.law.texts import text_of, with_texts
from ansinh.engine.months import as_month
from ansinh.engine.schema import CLAIMS, DUE, SPANS, ColumnError

from .frames import spans, terms

OCTOBER = date(2023, 10, 1)
MONTH = as_month(OCTOBER)
NO_CLAIMS = pl.DataFrame(schema=polars_schema(CLAIMS))
NOTHING_UNKNOWN = pl.DataFrame(schema=polars_schema(SPANS))


PENSION = """
title: Dự thảo nâng trợ cấp hưu trí xã hội
instruments:
  - {number: 1/2027/NĐ-CP, title: Nghị định, signed: 2026-12-15, in_force: 2027-01-01, verified: no}
schedules:
  - title: Trợ cấp hưu trí xã hội
    article: Điều 3
    one_table: no
    lines:
      - line: social_pension
        title: Trợ cấp hưu trí xã hội
        rows: [{since: 2027-01-01, amount: 700000, basis: 1/2027/NĐ-CP}, {since: 2027-03-01, amount: 1200000, basis: 1/2027/NĐ-CP}]
"""


@pytest.fixture(scope="module")
def law():
    return book().known_for(month=OCTOBER, locked_on=date(2023, 9, 25))


def drawn(law, *rows):
    """Part → amount of October for the given terms."""
    found = amounts.parts(terms(*rows), law, until_month=MONTH).to_native().filter(pl.col("until") == MONTH)
    return {(row["entitlement"], row["part"]): row["amount"] for row in found.iter_rows(named=True)}


def test_a_grade_of_81_draws_the_supplement_by_rule(law):
    assert drawn(law, {"standing": "wounded", "grade": 81}) == {(1, "allowance"): 5_335_000, (1, "supplement"): 1_031_000}
    assert drawn(law, {"standing": "wounded", "grade": 80}) == {(1, "allowance"): 5_269_000}


def test_the_special_supplement_stands_instead_of_the_ordinary_one(law):
    assert drawn(law, {"standing": "wounded_b", "grade": 85, "special": True})[1, "supplement"] == 2_113_000


def test_only_the_highest_attendant_of_a_person_is_paid(law):
    found = drawn(
        law, {"person": 1, "standing": "heroic_mother", "attendant": True},
        {"person": 1, "standing": "wounded", "grade": 85, "special": True, "attendant": True},
    )
    assert found[2, "attendant"] == 2_640_000
    assert found[1, "attendant"] == 0


def test_supplements_of_several_standings_are_all_paid(law):
    found = drawn(law, {"person": 1, "standing": "sick", "grade": 85}, {"person": 1, "standing": "wounded", "grade": 85})
    assert (found[1, "supplement"], found[2, "supplement"]) == (1_031_000, 1_031_000)


def test_a_relative_draws_at_most_two_survivors_allowances(law):
    found = drawn(
        law, {"person": 1, "standing": "dead61_relative"}, {"person": 1, "standing": "martyr_relative", "martyrs": 1},
        {"person": 1, "standing": "pre1945_relative"},
    )
    assert found == {(1, "survivor"): 0, (2, "survivor"): 2_055_000, (3, "survivor"): 2_055_000}


def test_a_relative_of_two_martyrs_draws_only_that(law):
    found = drawn(law, {"person": 1, "standing": "martyr_relative", "martyrs": 2}, {"person": 1, "standing": "dead61_relative"})
    assert found == {(1, "survivor"): 4_110_000, (2, "survivor"): 0}


def test_a_single_parent_has_the_highest_and_where_another_right_is_higher_than_both_only_that():
    draft = text_of(PENSION.encode(), "draft.yaml", book())
    law = with_texts(book(), [draft]).known_for(month=date(2027, 3, 1), locked_on=date(2027, 2, 25), field="assistance")
    facts = {"person": 1, "since": date(2026, 9, 1), "born": date(1940, 5, 1)}
    standings = ({"standing": "single_parent", "children": 1}, {"standing": "elder_80"}, {"standing": "social_pension"})
    due = amounts.due(amounts.parts(terms(*({**facts, **said} for said in standings)), law, until_month=as_month(date(2027, 3, 1)))).to_native()
    assert due.filter(pl.col("until") >= as_month(date(2027, 1, 1))).sort("since", "entitlement").select("entitlement", "amount").rows() == [
        (1, 540_000), (2, 540_000), (3, 1_200_000),
    ]


def test_a_month_is_due_by_the_terms_of_its_last_day_in_force(law):
    rows = (
        {"entitlement": 1, "person": 1, "standing": "wounded", "grade": 61, "until": date(2023, 10, 15)},
        {"entitlement": 1, "person": 1, "standing": "wounded", "grade": 65, "since": date(2023, 10, 16)},
    )
    assert drawn(law, *rows) == {(1, "allowance"): 4_281_000}


def test_a_suspended_month_is_not_due_unless_a_day_of_it_is_in_force(law):
    rows = ({"entitlement": 1, "person": 1, "standing": "wounded", "grade": 61, "until": date(2023, 9, 30)},
            {"entitlement": 1, "person": 1, "standing": "wounded", "grade": 61, "since": date(2023, 10, 1), "state": "suspended"})
    assert drawn(law, *rows) == {}


def test_a_grade_without_a_line_is_reported_and_not_silently_nought(law):
    found = amounts.without_line(terms({"standing": "sick", "grade": 30}), law, until_month=MONTH).to_native()
    assert found.rows() == [(1, "sick", 30, 1)]


def test_a_wrong_column_stops_at_the_door(law):
    with pytest.raises(ColumnError, match="'grade' is String"):
        amounts.parts(terms({"standing": "wounded"}).cast({"grade": pl.String}), law, until_month=MONTH)


def test_a_positive_difference_first_cancels_what_is_owed_back_for_the_same_month():
    month = MONTH - 3
    found = differing(spans((1, month, month, 100)), spans((1, month, month, 0)), claims=[(1, month, 60)])
    assert found == [(1, "cancellation", month, month, 60, 0, 60), (1, "arrears", month, month, 40, 60, 100)]


def test_months_before_the_first_table_are_neither_due_nor_settled():
    assert differing(spans((1, MONTH - 5, MONTH - 4, 100)), spans(), known_from=MONTH - 4) == [
        (1, "arrears", MONTH - 4, MONTH - 4, 100, 0, 100)
    ]


def differing(due, posted, *, claims=(), known_from=0):
    frame = pl.DataFrame(list(claims), schema=polars_schema(CLAIMS), orient="row")
    found = amounts.differences(due, posted, frame, NOTHING_UNKNOWN, month=MONTH, known_from=known_from)
    return found.to_native().rows()


SPAN = st.tuples(st.integers(1, 3), st.integers(MONTH - 12, MONTH), st.integers(0, 5), st.integers(0, 5).map(lambda n: n * 100))
SPAN_LISTS = st.lists(SPAN.map(lambda s: (s[0], s[1], min(s[1] + s[2], MONTH), s[3])), max_size=6)


def monthly(rows):
    total = {}
    for entitlement, since, until, amount in rows:
        for month in range(since, until + 1):
            total[entitlement, month] = total.get((entitlement, month), 0) + amount
    return {key: amount for key, amount in total.items() if amount}


@given(SPAN_LISTS, SPAN_LISTS)
def test_what_was_posted_and_the_differences_make_what_is_due(due, posted):
    found = differing(spans(*due), spans(*posted))
    signed = [(row[0], row[2], row[3], row[6] - row[5]) for row in found]
    assert monthly([*posted, *signed]) == monthly(due)


@given(SPAN_LISTS, SPAN_LISTS)
def test_posting_the_differences_and_reckoning_again_finds_nothing(due, posted):
    found = differing(spans(*due), spans(*posted))
    signed = spans(*[(row[0], row[2], row[3], row[6] - row[5]) for row in found])
    assert differing(spans(*due), pl.concat([spans(*posted), signed])) == []


@given(SPAN_LISTS, st.integers(MONTH - 12, MONTH))
def test_splitting_a_span_changes_no_total(rows, cut):
    split = [piece for e, s, u, a in rows for piece in ((e, s, min(u, cut), a), (e, max(s, cut + 1), u, a)) if piece[1] <= piece[2]]
    whole = spans(*rows)
    assert differing(whole, spans(*split)) == []
    assert set(whole.columns) == set(DUE)
