"""Two officers at the same moment: one effect, the other is told; an approval in hand is waited for."""
from datetime import date, datetime
from functools import partial

import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.life_events.acts import record_life_event, undo_life_event
from ansinh.benefits.models import Entitlement
from ansinh.office import clock
from ansinh.office.installation import mark_demonstration, set_demonstration_clock
from ansinh.office.models import Entry
from ansinh.office.rehearsal import rehearse
from ansinh.payments import actions as payments
from ansinh.payments.models import Batch, Item, Line, PayList
from ansinh.registry.models import Death, Person
from ansinh.web.refusal import Refusal
from tests.at_once import at_once
from tests.people import DISTRICT, PROVINCE

DEATH = {"event": "death", "on": date(2023, 5, 14), "source": "Trích lục khai tử 38/2023"}


@pytest.fixture
def in_june(transactional_db):
    mark_demonstration()
    set_demonstration_clock(datetime(2023, 6, 20, 9, tzinfo=clock.ZONE))
    yield
    clock.forget_shift()


def both(act, *accounts):
    """The act by both at once; what each was told."""
    given = at_once(*(partial(act, account) for account in accounts))
    return sorted(one.sentence if isinstance(one, Refusal) else "done" for one in given)


def test_two_officers_record_the_same_death(in_june, lan, granted, appoint):
    granted(lan, grade=61, paid_up_to=date(2023, 5, 1))
    staff = [appoint(name, "officer", DISTRICT) for name in ("hoe", "hanh")]
    seen = rehearse(lambda: record_life_event(Person.objects.get(pk=lan.pk), **DEATH, by=staff[0])).digest
    told = both(lambda account: record_life_event(Person.objects.get(pk=lan.pk), **DEATH, seen=seen, by=account), *staff)
    assert told == ["done", "Đã ghi nhận mất ngày 14/05/2023; sửa ngày đó nếu sai."]
    assert (Death.objects.count(), Entry.objects.filter(act="benefits.record_life_event").count()) == (1, 1)


def test_two_officers_take_the_same_event_back(in_june, lan, granted, appoint):
    granted(lan, grade=61, paid_up_to=date(2023, 5, 1))
    staff = [appoint(name, "officer", DISTRICT) for name in ("hoe", "hanh")]
    entry = Entry.objects.get(pk=record_life_event(Person.objects.get(pk=lan.pk), **DEATH, by=staff[0]).entry)
    told = both(lambda account: undo_life_event(Entry.objects.get(pk=entry.pk), by=account), *staff)
    assert told == ["Việc này đã được hoàn tác.", "done"]
    assert not Death.objects.current().exists() and Entry.objects.filter(undoes=entry).count() == 1


JUNE, JULY = date(2023, 6, 1), date(2023, 7, 1)


@pytest.fixture
def both_listed(in_june, lan, settle, granted, appoint):
    """Lan and Páo on the list of July, which waits for approval; their entitlements."""
    rights = [granted(person, grade=61, paid_up_to=JUNE) for person in (lan, settle("Lý Văn Páo"))]
    clerk = appoint("clerk", "officer", PROVINCE)
    benefits.assess(JULY, by=clerk)
    payments.propose(JULY, by=clerk)
    return [Entitlement.objects.select_related("payable__person").get(pk=pk) for pk in rights]


def july():
    """What the list of July pays, how far it has come, and whether it rests on the month as it is reckoned now."""
    paylist = PayList.objects.get(month=JULY)
    digest = Batch.objects.get(month=JULY).content_digest
    return paylist.state, sorted(Line.objects.filter(paylist=paylist).values_list("name", "total")), paylist.batch_digest == digest


def test_two_officers_change_two_people_of_one_list(both_listed, appoint):
    staff = [appoint(name, "officer", DISTRICT) for name in ("hoe", "hanh")]
    rights = dict(zip(("hoe", "hanh"), both_listed, strict=True))
    told = both(lambda account: benefits.correct(rights[account.username], since=JULY, grade=65, source="QĐ 5", by=account), *staff)
    assert told == ["done", "done"]
    assert july() == ("proposed", [("Dương Thị Lan", 3_383_000), ("Lý Văn Páo", 3_383_000)], True)


def test_an_approval_and_a_stop_at_the_same_moment(both_listed, appoint, chief):
    """Whichever is first: the list pays Lan and she is asked back, or the approver is told and the new list does not pay her."""
    seen, officer = list(PayList.objects.filter(month=JULY)), appoint("hoe", "officer", DISTRICT)
    acts = {
        "hoe": lambda: benefits.stop(both_listed[0], until=date(2023, 6, 30), source="QĐ 6", by=officer),
        "chief": lambda: payments.approve(seen, by=chief),
    }
    told = both(lambda account: acts[account.username](), officer, chief)
    lan, pao = ("Dương Thị Lan", 3_174_000), ("Lý Văn Páo", 3_174_000)
    late = "Có danh sách vừa được người khác duyệt hoặc rút; mở lại trang để xem bản mới."
    assert (told, july(), Item.objects.count()) in (
        (["done", "done"], ("approved", [lan, pao], True), 2), ([late, "done"], ("proposed", [pao], True), 0),
    )
