"""Two officers at the same moment: one effect, the other is told; an approval in hand is waited for."""
import threading
from datetime import date, datetime

import pytest
from django.db import connection

from ansinh.benefits.life_events.acts import record_life_event, undo_life_event
from ansinh.office import clock
from ansinh.office.installation import mark_demonstration, set_demonstration_clock
from ansinh.office.models import Entry
from ansinh.office.rehearsal import rehearse
from ansinh.registry.models import Death, Person
from ansinh.web.refusal import Refusal
from tests.people import DISTRICT

DEATH = {"event": "death", "on": date(2023, 5, 14), "source": "Trích lục khai tử 38/2023"}


@pytest.fixture
def in_june(transactional_db):
    mark_demonstration()
    set_demonstration_clock(datetime(2023, 6, 20, 9, tzinfo=clock.ZONE))
    yield
    clock.forget_shift()


@pytest.fixture
def both():
    """``both(act, account, account)``: the act by both at once; what each was told."""

    def run(act, *accounts):
        together, told = threading.Barrier(len(accounts)), {}

        def hurry(account):
            try:
                together.wait(20)
                act(account)
                told[account.username] = "done"
            except Refusal as refusal:
                told[account.username] = refusal.sentence
            finally:
                connection.close()

        threads = [threading.Thread(target=hurry, args=(account,)) for account in accounts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return sorted(told.values())

    return run


def test_two_officers_record_the_same_death(in_june, both, lan, granted, appoint):
    granted(lan, grade=61, paid_up_to=date(2023, 5, 1))
    staff = [appoint(name, "officer", DISTRICT) for name in ("hoe", "hanh")]
    seen = rehearse(lambda: record_life_event(Person.objects.get(pk=lan.pk), **DEATH, by=staff[0])).digest
    told = both(lambda account: record_life_event(Person.objects.get(pk=lan.pk), **DEATH, seen=seen, by=account), *staff)
    assert told == ["done", "Đã ghi nhận mất ngày 14/05/2023; sửa ngày đó nếu sai."]
    assert (Death.objects.count(), Entry.objects.filter(act="benefits.record_life_event").count()) == (1, 1)


def test_two_officers_take_the_same_event_back(in_june, both, lan, granted, appoint):
    granted(lan, grade=61, paid_up_to=date(2023, 5, 1))
    staff = [appoint(name, "officer", DISTRICT) for name in ("hoe", "hanh")]
    entry = Entry.objects.get(pk=record_life_event(Person.objects.get(pk=lan.pk), **DEATH, by=staff[0]).entry)
    told = both(lambda account: undo_life_event(Entry.objects.get(pk=entry.pk), by=account), *staff)
    assert told == ["Việc này đã được hoàn tác.", "done"]
    assert not Death.objects.current().exists() and Entry.objects.filter(undoes=entry).count() == 1
