"""Lists that went out in between: the page says where the money lies, and the next list makes it good."""
from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.life_events.acts import record_life_event, undo_life_event
from ansinh.benefits.models import Entitlement
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.office.models import Entry, Task
from ansinh.office.rehearsal import rehearse
from ansinh.payments import actions as payments
from ansinh.payments.models import Item, Line
from ansinh.payments.queries import open_claims
from ansinh.registry.models import Person
from tests.people import PROVINCE

MAY, JUNE, JULY, AUGUST, SEPTEMBER = (date(2023, m, 1) for m in range(5, 10))
AMOUNT = 3_174_000
DEATH = {"event": "death", "on": date(2023, 5, 14), "source": "Trích lục khai tử 38/2023"}


@pytest.fixture
def wounded(lan, settle, granted):
    """Lan, and a neighbour who keeps every list from being empty."""
    granted(settle("Lý Văn Páo"), grade=81, paid_up_to=MAY)
    return Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=MAY))


@pytest.fixture
def dies(lan, officer):
    return lambda: record_life_event(Person.objects.get(pk=lan.pk), **DEATH, by=officer)


@pytest.fixture
def lives_after_all(officer):
    """Taking the last event back: what would change, or what did."""
    return lambda: undo_life_event(Entry.objects.filter(act="benefits.record_life_event").latest("pk"), by=officer)


@pytest.fixture
def propose(appoint):
    clerk = appoint("clerk", "officer", PROVINCE)

    def make(month):
        benefits.assess(month, by=clerk)
        return payments.propose(month, by=clerk)

    return make


def places(plan):
    """Of each month: how far its list has come, and what was reported of the line."""
    return [(envelope.state, envelope.result) for month in plan.money.months for envelope in month.envelopes]


def test_an_envelope_that_is_not_open_yet_is_kept_or_asked_back(wounded, run_list, propose, dies, chief, accountant):
    run_list(JUNE)
    with clock.held_at(book().lock_day(JULY)):
        lists = propose(JULY)
        payments.approve(lists, by=chief)
    with clock.held_at(date(2023, 6, 27)):
        approved = places(rehearse(dies))
        payments.export(lists, by=accountant)
    with clock.held_at(date(2023, 6, 28)):
        exported = places(rehearse(dies))
    assert approved == [("returned", "paid"), ("approved", "")]
    assert exported == [("returned", "paid"), ("exported", "")]


def test_what_was_not_collected_is_left_behind_and_comes_back_with_the_undo(wounded, run_list, dies, lives_after_all, lan):
    run_list(JUNE)
    run_list(JULY, unpaid=("Dương Thị Lan",))
    with clock.held_at(date(2023, 7, 20)):
        plan = dies()
        assert [(w.month, w.amount, w.is_carried) for w in plan.waiting] == [(JULY, AMOUNT, False)]
        assert places(plan)[1] == ("returned", "unpaid")
    run_list(AUGUST)
    assert Task.objects.open().filter(act="payments.record_offset").exists()
    with clock.held_at(date(2023, 8, 10)):
        back = lives_after_all()
        assert not Task.objects.open().filter(act="payments.record_offset").exists()
    assert [(w.month, w.is_carried) for w in back.waiting] == [(JULY, True)]
    assert (back.money.cancelled, back.money.arrears) == (2 * AMOUNT, AMOUNT)
    line = run_list(SEPTEMBER)["Dương Thị Lan"]
    assert (line.this_month, line.arrears, line.carried) == (AMOUNT, AMOUNT, AMOUNT)
    assert open_claims().is_empty() and not Item.objects.exclude(result="paid").filter(carried_to=None, line__person=lan).exists()


def test_taking_a_return_back_makes_what_was_paid_on_it_a_recovery(wounded, run_list, lives_after_all, lan, officer):
    with clock.held_at(date(2023, 5, 20)):
        record_life_event(lan, event="imprisonment", on=date(2023, 4, 28), cause="sentenced", source="Bản án 4", by=officer)
        record_life_event(lan, event="release", on=date(2023, 5, 2), source="Giấy 1", by=officer)
    run_list(JUNE)
    run_list(JULY)
    with clock.held_at(date(2023, 7, 10)):
        shown = rehearse(lives_after_all)
        back = lives_after_all()
    assert back.digest == shown.digest
    assert [(m.month, m.paid, m.after, m.excess) for m in back.money.months] == [(month, AMOUNT, 0, AMOUNT) for month in (MAY, JUNE, JULY)]
    run_list(AUGUST)
    assert open_claims()["amount"].sum() == 3 * AMOUNT


def test_what_was_paid_back_in_cash_meanwhile_comes_again_as_arrears(wounded, run_list, dies, lives_after_all, accountant):
    run_list(JUNE)
    with clock.held_at(date(2023, 6, 20)):
        dies()
    run_list(JULY)
    with clock.held_at(date(2023, 7, 10)):
        payments.record_refund(wounded.payable, month=JUNE, amount=1_000_000, paper="PT 12", by=accountant)
        back = lives_after_all()
    assert [(m.month, m.cancelled, m.arrears) for m in back.money.months] == [(JUNE, AMOUNT - 1_000_000, 1_000_000), (JULY, 0, AMOUNT)]
    line = run_list(AUGUST)["Dương Thị Lan"]
    assert (line.this_month, line.arrears) == (AMOUNT, AMOUNT + 1_000_000)
    assert open_claims().is_empty() and Line.objects.filter(person=wounded.person).count() == 3


def test_a_rumour_holds_the_line_and_stops_nothing_until_it_is_taken_back(wounded, run_list, propose, lives_after_all, lan, officer):
    run_list(JUNE)
    with clock.held_at(book().lock_day(JULY)):
        (paylist,) = propose(JULY)
    with clock.held_at(date(2023, 6, 27)):
        told = {"event": "death_report", "on": date(2023, 6, 20), "source": "Xã báo miệng ngày 27/06/2023"}
        plan = record_life_event(Person.objects.get(pk=lan.pk), **told, by=officer)
        assert [(line.month, line.total) for line in plan.held] == [(JULY, AMOUNT)] and not plan.rights
        assert paylist.lines.get(name="Dương Thị Lan").held_because == "Xã báo miệng ngày 27/06/2023"
        assert Task.objects.open().get(act="benefits.finish_follow_up").title.startswith("Xác minh tin báo mất")
        lives_after_all()
    assert paylist.lines.get(name="Dương Thị Lan").held_because == "" and not Task.objects.open().exists()


def test_an_undo_that_cancels_all_that_is_owed_closes_the_question_of_a_recovery_case(wounded, run_list, dies, lives_after_all):
    run_list(JUNE)
    with clock.held_at(date(2023, 6, 20)):
        dies()
    run_list(JULY)
    asked = Task.objects.open().get(act="payments.open_recovery")
    with clock.held_at(date(2023, 7, 10)):
        back = lives_after_all()
    assert asked.title in [task.title for task in back.closed]
    assert not Task.objects.open().exists()
