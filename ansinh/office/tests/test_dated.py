"""Dated rows: what was true when, and when the office believed it."""
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.office import clock
from ansinh.office.dated import change, clashing, record, restate, until_next, withdraw
from ansinh.web.refusal import Refusal

from .notes import Note, an_act

pytestmark = pytest.mark.usefixtures("notes")
DAY = date(2020, 1, 1)
JUNE, JULY = date(2023, 6, 1), date(2023, 7, 1)


def day(number):
    return DAY + timedelta(days=number)


def spans(known=None):
    rows = Note.objects.known(known).order_by("since")
    return [((row.since - DAY).days, row.until and (row.until - DAY).days, row.word) for row in rows]


@pytest.fixture
def said():
    """“a” from day 10 to 19 and “b” from day 20 on, recorded in June."""
    with clock.held_at(JUNE), an_act() as entry:
        record(Note, about=1, since=day(10), until=day(19), word="a")
        record(Note, about=1, since=day(20), word="b")
    return entry


def test_nothing_is_written_outside_an_act():
    with pytest.raises(RuntimeError, match="acts only"):
        record(Note, about=1, since=DAY, word="a")


def test_a_day_has_at_most_one_row(said):
    words = {n: list(Note.objects.on(day(n)).values_list("word", flat=True)) for n in (9, 10, 19, 20, 5000)}
    assert words == {9: [], 10: ["a"], 19: ["a"], 20: ["b"], 5000: ["b"]}


@pytest.mark.parametrize(("since", "until"), [(0, 10), (19, 19), (15, None), (0, None), (30, 40)])
def test_a_row_that_shares_a_day_is_refused(said, since, until):
    with an_act(), pytest.raises(Refusal, match="Đã có dòng ghi"):
        record(Note, about=1, since=day(since), until=until and day(until), word="c")


def test_another_subject_or_kind_may_have_the_same_days(said):
    with an_act():
        record(Note, about=2, since=day(10), word="c")
        record(Note, about=1, kind="other", since=day(10), word="c")
    assert not clashing(Note).exists()


def test_a_span_does_not_end_before_it_begins():
    with an_act(), pytest.raises(Refusal, match="trước ngày bắt đầu"):
        record(Note, about=1, since=day(2), until=day(1))


def test_the_database_too_refuses_a_span_that_ends_before_it_begins():
    with an_act() as entry, pytest.raises(IntegrityError), transaction.atomic():
        Note(about=1, since=day(2), until=day(1), recorded_at=clock.now(), recorded_in=entry).save()


def test_restating_withdraws_one_row_and_records_its_successor(said):
    with clock.held_at(JULY), an_act():
        restate(Note.objects.get(word="a"), word="A")
        assert spans() == [(10, 19, "A"), (20, None, "b")]
        assert spans(date(2023, 6, 30)) == [(10, 19, "a"), (20, None, "b")]


def test_a_change_cuts_every_row_that_touches_the_span(said):
    with an_act():
        change(Note, {"about": 1, "kind": "plain"}, since=day(15), until=day(25), word="c")
    assert spans() == [(10, 14, "a"), (15, 25, "c"), (26, None, "b")]


def test_a_change_where_nothing_was_is_a_record():
    with an_act():
        change(Note, {"about": 7, "kind": "plain"}, since=day(1), word="c")
    assert spans() == [(1, None, "c")]


def test_a_change_keeps_what_it_does_not_name(said):
    with an_act():
        row = change(Note, {"about": 1, "kind": "plain"}, since=day(12), until=day(12), count=5)[0]
    assert (row.word, row.count) == ("a", 5)


def test_the_slower_of_two_officers_is_told(said):
    row = Note.objects.get(word="b")
    with an_act():
        restate(row, word="B")
    with an_act(), pytest.raises(Refusal, match="vừa được người khác sửa"):
        restate(row, word="C")


def test_what_was_recorded_on_a_day_is_known_at_its_end(said):
    assert spans(date(2023, 5, 31)) == []
    assert len(spans(JUNE)) == 2


def test_a_day_ends_at_midnight_in_viet_nam_for_knowledge_too():
    last, first = (datetime(2023, 6, d, h, m, tzinfo=clock.ZONE) for d, h, m in ((1, 23, 59), (2, 0, 0)))
    for about, moment in enumerate((last, first)):
        with clock.held_at(moment), an_act():
            record(Note, about=about, since=DAY, word="a")
    assert list(Note.objects.known(JUNE).values_list("about", flat=True)) == [0]


def test_the_day_before_the_next_known_row(said):
    assert until_next(Note, {"about": 1}, since=day(10)) == day(19)
    assert until_next(Note, {"about": 1}, since=day(20)) is None


def test_clashing_rows_are_found(said):
    with an_act() as entry:
        Note(about=1, since=day(12), until=day(13), word="x", recorded_at=clock.now(), recorded_in=entry).save()
    assert {row.word for row in clashing(Note)} == {"a", "x"}
    assert {row.word for row in clashing(Note, recorded_in=entry)} == {"x"}


HORIZON = 50
STEP = st.tuples(
    st.sampled_from(["record", "change", "withdraw"]), st.integers(0, 30), st.none() | st.integers(0, 15), st.sampled_from("abc")
)


def told(rows, step):
    """The naive model: rows as sets of days up to a horizon, beyond which an open one goes on; ``None`` where refused."""
    verb, since, length, word = step
    days = frozenset(range(since, HORIZON + 2 if length is None else since + length + 1))
    touched = [row for row in rows if row[0] & days]
    if verb == "withdraw":
        return [row for row in rows if since not in row[0]]
    if verb == "record" and touched:
        return None
    parts = [({n for n in old if n < since}, {n for n in old if n > max(days)}, said) for old, said in touched]
    pieces = [(frozenset(part), said) for before, after, said in parts for part in (before, after) if part]
    return [*(row for row in rows if row not in touched), *pieces, (days, word)]


def _does(step):
    verb, since, length, word = step
    until = None if length is None else day(since + length)
    with an_act(), transaction.atomic():
        if verb == "record":
            record(Note, about=1, since=day(since), until=until, word=word)
        elif verb == "change":
            change(Note, {"about": 1, "kind": "plain"}, since=day(since), until=until, word=word)
        elif row := Note.objects.on(day(since)).first():
            withdraw(row)


def _refused(step):
    try:
        _does(step)
    except Refusal:
        return True
    return False


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(steps=st.lists(STEP, min_size=1, max_size=8), looked=st.sets(st.integers(0, HORIZON + 20), min_size=3, max_size=6))
def test_both_axes_agree_with_a_naive_model(steps, looked):
    with transaction.atomic():
        history = _walk(steps)
        found = {(moment, n): [r.word for r in Note.objects.on(day(n), moment)] for moment, _b in history for n in looked}
        transaction.set_rollback(True)
    assert found == {(moment, n): _expected(believed, n) for moment, believed in history for n in looked}


def _walk(steps):
    """Carry out the steps a day apart; after each the moment and what should be believed at it."""
    believed, history = [], []
    for number, step in enumerate(steps):
        moment = datetime(2023, 1, 1, 12, tzinfo=clock.ZONE) + timedelta(days=number)
        expected = told(believed, step)
        with clock.held_at(moment):
            assert _refused(step) == (expected is None)
        believed = believed if expected is None else expected
        history.append((moment + timedelta(hours=1), believed))
    assert not clashing(Note).exists()
    return history


def _expected(rows, number):
    return [said for days, said in rows if min(number, HORIZON + 1) in days]
