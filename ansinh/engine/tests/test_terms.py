"""Acts on terms: what a decision says of a value holds until the next decision on that value."""
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ansinh.engine import terms

START = date(2020, 1, 1)
DAYS = st.integers(0, 900).map(lambda n: START + timedelta(days=n))
CHANGES = st.one_of(
    st.tuples(st.just("grade"), st.integers(21, 100)), st.tuples(st.just("attendant"), st.booleans()), st.tuples(st.just("special"), st.booleans()),
    st.tuples(st.just("state"), st.sampled_from([terms.IN_FORCE, terms.SUSPENDED])),
)


def told(rows):
    """What the rows say of each day where something may change."""
    return [(row.since, row.until, row.state, row.values) for row in rows]


def merged(rows):
    """Adjacent rows that say the same as one."""
    found = []
    for since, until, state, values in told(rows):
        if found and found[-1][2:] == (state, values):
            found[-1] = (found[-1][0], until, state, values)
        else:
            found.append((since, until, state, values))
    return found


def carried_out(decisions):
    rows = terms.grant(since=START, values={"grade": 61})
    for (name, value), day in decisions:
        rows = terms.correct(rows, since=day, values={name: value})
    return rows


@given(st.lists(st.tuples(CHANGES, DAYS), max_size=6, unique_by=lambda d: (d[0][0], d[1])), st.randoms(use_true_random=False))
def test_the_order_of_learning_does_not_matter(decisions, draw):
    shuffled = list(decisions)
    draw.shuffle(shuffled)
    assert merged(carried_out(decisions)) == merged(carried_out(shuffled))


@given(st.lists(st.tuples(CHANGES, DAYS), max_size=8))
def test_rows_never_overlap_and_leave_no_gap(decisions):
    rows = carried_out(decisions)
    assert rows[0].since == START
    assert rows[-1].until is None
    assert [row.until + timedelta(days=1) for row in rows[:-1]] == [row.since for row in rows[1:]]


def test_a_correction_holds_until_the_next_known_change_of_the_same_value():
    rows = terms.grant(since=date(2010, 1, 1), values={"grade": 61})
    rows = terms.correct(rows, since=date(2023, 6, 1), values={"grade": 70})
    rows = terms.correct(rows, since=date(2022, 1, 1), values={"grade": 65})
    assert [(row.since.year, row.grade) for row in rows] == [(2010, 61), (2022, 65), (2023, 70)]


def test_values_that_a_correction_does_not_name_stay():
    rows = terms.grant(since=date(2010, 1, 1), values={"grade": 85, "attendant": True})
    assert terms.correct(rows, since=date(2022, 1, 1), values={"grade": 91})[-1].attendant is True


def test_a_resumption_leaves_the_suspended_days_suspended():
    rows = terms.grant(since=date(2010, 1, 1), values={"grade": 61})
    rows = terms.resume(terms.suspend(rows, since=date(2023, 3, 15)), since=date(2023, 6, 20))
    assert [(row.state, row.until) for row in rows] == [
        (terms.IN_FORCE, date(2023, 3, 14)), (terms.SUSPENDED, date(2023, 6, 19)), (terms.IN_FORCE, None)
    ]


@given(st.lists(st.tuples(CHANGES, DAYS), max_size=6), DAYS)
def test_another_first_day_changes_nothing_of_the_days_that_stay(decisions, day):
    rows = carried_out(decisions)
    moved = terms.begin(rows, since=day)
    assert moved[0].since == day
    assert merged(moved) == merged(terms.begin(terms.begin(rows, since=START - timedelta(days=9)), since=day))
    assert set(moved[1:]) <= set(rows)


def test_an_entitlement_does_not_begin_after_its_end():
    assert terms.begin(terms.stop(carried_out([]), until=START + timedelta(days=30)), since=START + timedelta(days=31)) == []


def test_a_death_ends_the_entitlement_with_its_month():
    rows = terms.grant(since=date(2010, 1, 1), values={"grade": 61})
    assert terms.die(rows, on=date(2024, 2, 3))[-1].until == date(2024, 2, 29)


def test_a_death_after_a_stop_changes_nothing():
    rows = terms.stop(terms.grant(since=date(2010, 1, 1), values={"grade": 61}), until=date(2023, 5, 31))
    assert terms.die(rows, on=date(2023, 8, 1)) == rows


def test_the_difference_of_two_states_names_what_goes_and_what_comes():
    before = terms.grant(since=date(2010, 1, 1), values={"grade": 61})
    after = terms.correct(before, since=date(2022, 1, 1), values={"grade": 65})
    assert terms.difference(before, after) == (before, after)
    assert terms.difference(after, after) == ([], [])
