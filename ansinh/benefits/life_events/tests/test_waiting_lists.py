"""Lists that wait for approval are made anew by the event itself, as working the month out again would; its undo makes them as they were."""
from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.life_events.acts import record_life_event, undo_life_event
from ansinh.benefits.models import Entitlement
from ansinh.benefits.tests.waiting import AMOUNT, JULY, JUNE, LAN, PAO, books, line
from ansinh.office import clock
from ansinh.office.models import Entry, Task
from ansinh.payments import actions as payments
from ansinh.payments.models import Batch, Line, PayList
from ansinh.registry.models import Person
from ansinh.web.refusal import Refusal


@pytest.fixture
def happens(lan, officer):
    def make(event="death", on=date(2023, 5, 14), **more):
        return record_life_event(Person.objects.get(pk=lan.pk), event=event, on=on, source="Giấy 1", by=officer, **more)

    return make


def undo_last(officer):
    return undo_life_event(Entry.objects.filter(act="benefits.record_life_event", undone_by=None).latest("pk"), by=officer)


def test_the_event_does_what_working_the_month_out_again_would(in_july_list, happens, propose, clerk):
    plan = happens()
    assert [(change.month, change.before, change.after, change.overpaid) for change in plan.relisted] == [(JULY, AMOUNT, 0, AMOUNT)]
    assert not Task.objects.open().filter(act="benefits.assess").exists()
    after = books()
    _batch, written = benefits.assess(JULY, by=clerk)
    assert written == 0
    payments.propose(JULY, by=clerk)
    assert books() == after


def test_the_list_is_another_one_so_that_who_has_the_old_page_open_is_told(in_july_list, happens, chief):
    seen = list(PayList.objects.filter(month=JULY))
    happens()
    with pytest.raises(Refusal, match="mở lại trang"):
        payments.approve(seen, by=chief)
    payments.approve(list(PayList.objects.filter(month=JULY)), by=chief)


def test_the_undo_makes_the_list_as_it_was(in_july_list, happens, officer, clerk):
    before = books()
    happens()
    assert books() != before
    plan = undo_last(officer)
    assert [(change.before, change.after) for change in plan.relisted] == [(0, AMOUNT)]
    assert books() == before
    _batch, written = benefits.assess(JULY, by=clerk)
    assert written == 0


def test_who_leaves_the_list_comes_back_to_the_same_place(in_july_list, happens, officer):
    before = books()
    plan = happens("imprisonment", date(2023, 6, 20), cause="sentenced")
    assert [(change.before, change.after) for change in plan.relisted] == [(AMOUNT, None)]
    assert [row.position for row in Line.objects.filter(paylist__month=JULY)] == [1] and line() is None
    undo_last(officer)
    assert books() == before


def test_others_on_other_lists_keep_theirs(in_july_list, happens, chief):
    """Their lists follow the batch, and are approved without being made again."""
    other = line(PAO)
    happens()
    assert line(PAO).total == other.total
    assert line(PAO).paylist.batch_digest == Batch.objects.get(month=JULY).content_digest


def test_a_line_that_is_held_stays_held_whatever_happens_to_its_money(in_july_list, happens, officer, clerk):
    payments.hold(line(), reason="chờ xác minh", by=clerk)
    before = books()
    plan = happens("imprisonment", date(2023, 6, 20), cause="sentenced")
    assert [(change.after, change.is_held) for change in plan.relisted] == [(None, True)]
    assert (line().total, line().held_because) == (0, "chờ xác minh")
    undo_last(officer)
    assert books() == before


def test_what_is_approved_is_left_alone(in_july_list, happens, chief):
    lists = list(PayList.objects.filter(month=JULY))
    payments.approve(lists, by=chief)
    before = books()
    plan = happens()
    assert plan.relisted == () and books() == before
    assert [m.excess for m in plan.money.months] == [AMOUNT, AMOUNT]


def test_an_event_that_does_not_touch_money_leaves_the_list_as_it_is(in_july_list, happens, areas):
    before = books()
    plan = happens("move", date(2023, 6, 27), area=areas["19.165.05518."], address="tổ 2")
    assert plan.relisted == () and books() == before


def test_who_comes_onto_the_list_stands_in_the_order_of_names(in_july_list, happens, officer):
    happens("imprisonment", date(2023, 6, 20), cause="sentenced")
    plan = happens("release", date(2023, 6, 27))
    assert [(change.before, change.after) for change in plan.relisted] == [(None, AMOUNT)]
    assert [(row.position, row.name) for row in Line.objects.filter(paylist__month=JULY).order_by("position")] == [(1, LAN), (2, PAO)]


def test_the_last_line_of_a_list_keeps_its_place(lan, granted, propose, happens, officer, chief):
    granted(lan, grade=61, paid_up_to=JUNE)
    with clock.held_at(date(2023, 6, 27)):
        propose()
        before = books()
        happens("imprisonment", date(2023, 6, 20), cause="sentenced")
        assert (line().total, PayList.objects.get(month=JULY).people) == (0, 0)
        undo_last(officer)
        assert books() == before


def test_a_list_of_which_nothing_is_left_is_approved_as_such(lan, granted, propose, happens, chief):
    granted(lan, grade=61, paid_up_to=JUNE)
    with clock.held_at(date(2023, 6, 27)):
        propose()
        happens("imprisonment", date(2023, 6, 20), cause="sentenced")
        (paylist,) = payments.approve(list(PayList.objects.filter(month=JULY)), by=chief)
    assert (paylist.state, paylist.total) == ("approved", 0)


def test_a_rumour_taken_back_releases_the_line_also_where_the_list_was_made_anew_since(in_july_list, happens, officer):
    happens("death_report", date(2023, 6, 20))
    report = Entry.objects.get(act="benefits.record_life_event")
    entitlement = Entitlement.objects.get(payable__person__name=LAN)
    happens("grade", date(2023, 6, 21), grade=65, entitlement=entitlement.pk)
    assert line().held_because == "Giấy 1"
    undo_life_event(report, by=officer)
    assert (line().held_because, line().this_month) == ("", 3_383_000)
