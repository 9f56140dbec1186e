"""Undoing an act: a new act that withdraws what it recorded and records again what it withdrew."""
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ansinh.office import act, clock
from ansinh.office.act import continuing, open_entry
from ansinh.office.actions import undo
from ansinh.office.dated import change, record, restate
from ansinh.office.models import Entry
from ansinh.web.refusal import Forbidden, Refusal

from .notes import Note

pytestmark = pytest.mark.usefixtures("notes")
DAY = date(2020, 1, 1)
# Any undoable act serves: the rows of these tests are written under its name.
NAME = "registry.move"


@pytest.fixture
def writes(officer, monkeypatch):
    """``writes(function)``: called inside an act of the officer; gives the entry."""
    monkeypatch.setitem(act.ACTS, NAME, replace(act.ACTS[NAME], undo=None))

    def make(function, parent=None):
        with continuing(parent or open_entry("office.note", officer)), continuing(open_entry(NAME, officer, area_path="19.173.")) as entry:
            function()
        return entry

    return make


def words():
    rows = Note.objects.current().order_by("since")
    return [((row.since - DAY).days, row.until and (row.until - DAY).days, row.word) for row in rows]


def test_undoing_a_record_withdraws_it(writes, officer):
    entry = writes(lambda: record(Note, about=1, since=DAY, word="a"))
    undo(entry, by=officer)
    assert words() == [] and Note.objects.count() == 1


def test_undoing_a_change_brings_every_cut_row_back(writes, officer):
    writes(lambda: record(Note, about=1, since=DAY, word="a", until=DAY + timedelta(days=9)))
    writes(lambda: record(Note, about=1, since=DAY + timedelta(days=10), word="b"))
    entry = writes(lambda: change(Note, {"about": 1, "kind": "plain"}, since=DAY + timedelta(days=5), until=DAY + timedelta(days=14), word="c"))
    undo(entry, by=officer)
    assert words() == [(0, 9, "a"), (10, None, "b")]


def test_what_was_believed_in_between_is_still_known(writes, officer):
    with clock.held_at(date(2023, 1, 1)):
        entry = writes(lambda: record(Note, about=1, since=DAY, word="a"))
    with clock.held_at(date(2023, 2, 1)):
        undo(entry, by=officer)
        assert Note.objects.on(DAY, known=date(2023, 1, 15)).get().word == "a"
        assert not Note.objects.on(DAY).exists()


def test_an_undo_is_a_journal_line_that_names_what_it_undoes(writes, officer):
    entry = writes(lambda: record(Note, about=1, since=DAY, word="a"))
    undo(entry, by=officer)
    line = Entry.objects.get(undoes=entry)
    assert (line.act, line.by, line.parent.act) == ("office.undo", officer, "office.undo")


def test_nothing_is_undone_twice(writes, officer):
    entry = writes(lambda: record(Note, about=1, since=DAY, word="a"))
    undo(entry, by=officer)
    with pytest.raises(Refusal, match="đã được hoàn tác"):
        undo(entry, by=officer)


def test_an_undo_may_not_take_away_what_others_built_on(writes, officer):
    entry = writes(lambda: record(Note, about=1, since=DAY, word="a"))
    writes(lambda: restate(Note.objects.get(), word="b"))
    with pytest.raises(Refusal, match="đã có thay đổi sau đó"):
        undo(entry, by=officer)
    assert words() == [(0, None, "b")]


def test_after_the_later_act_is_undone_the_earlier_one_still_counts_as_built_on_by_none(writes, officer):
    writes(lambda: record(Note, about=1, since=DAY, word="a"))
    later = writes(lambda: restate(Note.objects.get(), word="b"))
    undo(later, by=officer)
    assert words() == [(0, None, "a")]


def test_an_undo_takes_the_acts_within_it_along(writes, officer):
    outer = writes(lambda: record(Note, about=1, since=DAY, word="a"))
    writes(lambda: record(Note, about=2, since=DAY, word="b"), parent=outer)
    undo(outer, by=officer)
    assert words() == []


def test_an_act_within_that_was_undone_before_stays_undone(writes, officer):
    outer = writes(lambda: record(Note, about=1, since=DAY, word="a"))
    inner = writes(lambda: record(Note, about=2, since=DAY, word="b"), parent=outer)
    writes(lambda: record(Note, about=3, since=DAY, word="c"), parent=inner)
    undo(inner, by=officer)
    undo(outer, by=officer)
    assert words() == []


def test_the_acts_own_inverse_is_called_too(writes, officer, monkeypatch):
    entry = writes(lambda: record(Note, about=1, since=DAY, word="a"))
    called = []
    monkeypatch.setitem(act.ACTS, NAME, replace(act.ACTS[NAME], undo=called.append))
    undo(entry, by=officer)
    assert called == [entry]


def test_only_who_may_do_an_act_may_undo_it(writes, neighbour, accountant):
    entry = writes(lambda: record(Note, about=1, since=DAY, word="a"))
    for stranger in (neighbour, accountant):
        with pytest.raises(Forbidden):
            undo(entry, by=stranger)


def test_some_acts_have_no_inverse(officer):
    entry = open_entry("office.create_account", officer, area_path="19.")
    with pytest.raises(Refusal, match="không hoàn tác được"):
        undo(entry, by=officer)
