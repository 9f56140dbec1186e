"""A death with everything it leads to: seen first, done at once, taken back whole."""
from datetime import date

import pytest

from ansinh.benefits.life_events.acts import record_life_event, undo_life_event
from ansinh.benefits.life_events.carrying import Stale
from ansinh.benefits.models import Entitlement, Terms
from ansinh.office import clock
from ansinh.office.models import Entry, Task
from ansinh.office.rehearsal import rehearse
from ansinh.payments.models import Payable
from ansinh.registry.models import Death, Person
from ansinh.web.refusal import Refusal

MAY, JUNE, JULY, AUGUST = (date(2023, m, 1) for m in range(5, 9))
LEARNT = date(2023, 7, 20)
DEATH = {"event": "death", "on": date(2023, 5, 14), "source": "Trích lục khai tử 38/2023"}


@pytest.fixture
def paid(lan, granted, run_list):
    """Lan's entitlement, paid for June and July."""
    key = granted(lan, grade=61, paid_up_to=MAY)
    run_list(JUNE)
    run_list(JULY)
    return Entitlement.objects.get(pk=key)


@pytest.fixture
def in_july():
    with clock.held_at(LEARNT) as moment:
        yield moment


def seen(person, by, **more):
    return rehearse(lambda: record_life_event(Person.objects.get(pk=person.pk), **{**DEATH, **more}, by=by))


def test_what_is_shown_writes_nothing(paid, lan, officer, in_july):
    counts = [model.objects.count() for model in (Terms, Death, Entry, Task)]
    plan = seen(lan, officer)
    assert [model.objects.count() for model in (Terms, Death, Entry, Task)] == counts
    assert Person.objects.get(pk=lan.pk).died_on is None
    assert [(m.month, m.posted, m.after, m.excess) for m in plan.money.months] == [(JUNE, 3_174_000, 0, 3_174_000), (JULY, 3_174_000, 0, 3_174_000)]
    assert (plan.money.recovery, plan.money.arrears, plan.money.monthly_before, plan.money.monthly_after) == (6_348_000, 0, 3_174_000, 0)
    assert [e.result for m in plan.money.months for e in m.envelopes] == ["paid", "paid"]
    assert [(c.rule.grant, c.amount) for c in plan.family] == [("merit_funeral", 14_900_000), ("death_lump", 9_522_000)]
    assert len(plan.letters) == 3 and len(plan.raised) == 3


def test_the_act_does_what_was_shown_under_one_journal_line(paid, lan, officer, in_july):
    plan = seen(lan, officer)
    done = record_life_event(lan, **DEATH, seen=plan.digest, by=officer)
    assert done.digest == plan.digest
    entry = Entry.objects.get(act="benefits.record_life_event")
    assert [child.act for child in entry.children.order_by("pk")] == ["registry.record_death", "benefits.stop"]
    assert Payable.objects.get(pk=paid.pk).ends_on == date(2023, 5, 31)
    assert not Task.objects.open().filter(act="benefits.stop")
    assert Task.objects.get(act="benefits.stop").done_in.parent == entry


def test_the_undo_brings_the_state_before_back(paid, lan, officer, in_july):
    record_life_event(lan, **DEATH, by=officer)
    undo_life_event(Entry.objects.get(act="benefits.record_life_event"), by=officer)
    assert Person.objects.get(pk=lan.pk).died_on is None
    assert Payable.objects.get(pk=paid.pk).ends_on is None
    assert not Task.objects.open().exists()
    with pytest.raises(Refusal, match="đã được hoàn tác"):
        undo_life_event(Entry.objects.get(act="benefits.record_life_event"), by=officer)


def test_what_changed_since_is_shown_again_and_nothing_is_written(paid, lan, officer, in_july):
    plan = seen(lan, officer)
    with pytest.raises(Stale, match="Chưa ghi gì"):
        record_life_event(lan, **{**DEATH, "on": date(2023, 6, 2)}, seen=plan.digest, by=officer)
    assert not Death.objects.exists() and not Entry.objects.filter(act="benefits.record_life_event").exists()


def test_the_slower_of_two_officers_is_told(paid, lan, officer, in_july):
    plan = seen(lan, officer)
    record_life_event(Person.objects.get(pk=lan.pk), **DEATH, seen=plan.digest, by=officer)
    with pytest.raises(Refusal, match="Đã ghi nhận mất ngày 14/05/2023"):
        record_life_event(Person.objects.get(pk=lan.pk), **DEATH, seen=plan.digest, by=officer)
    assert Entry.objects.filter(act="benefits.record_life_event").count() == 1


def test_a_step_left_open_stays_a_task_with_its_reason(paid, lan, officer, in_july):
    key = f"benefits.stop:{paid.pk}"
    with pytest.raises(Refusal, match="lý do"):
        record_life_event(lan, **DEATH, left=((key, " "),), by=officer)
    plan = record_life_event(lan, **DEATH, left=((key, "Chờ bản chính quyết định"),), by=officer)
    assert plan.left == (key,) and plan.money.months == ()
    assert Task.objects.open().get(act="benefits.stop").facts == {"until": "2023-05-31"}
    assert Entry.objects.get(act="benefits.record_life_event").facts["left"] == [[key, "Chờ bản chính quyết định"]]
