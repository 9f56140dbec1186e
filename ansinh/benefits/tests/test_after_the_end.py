"""A right that has ended is not changed for days after its last: the change would be forgotten when the stop is taken back."""
from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.benefits.queries import current_terms
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.web.refusal import Refusal

LAST_DAY, LATER = date(2023, 6, 30), date(2023, 8, 6)


@pytest.fixture(autouse=True)
def in_autumn():
    with clock.held_at(date(2023, 9, 20)):
        yield


@pytest.fixture
def stopped(lan, granted, officer):
    """Lan's allowance, ended in June."""
    entitlement = Entitlement.objects.get(pk=granted(lan, grade=61))
    benefits.stop(entitlement, until=LAST_DAY, source="QĐ 2", by=officer)
    return entitlement


@pytest.mark.parametrize(("verb", "facts"), [("suspend", {}), ("resume", {}), ("correct", {"grade": 81})])
def test_a_change_for_days_after_the_last_is_refused_with_the_day(stopped, officer, verb, facts):
    with pytest.raises(Refusal, match="thôi hưởng sau ngày 30/06/2023"):
        getattr(benefits, verb)(stopped, since=LATER, source="QĐ 3", by=officer, **facts)
    assert [(row.until, row.state) for row in current_terms(stopped)] == [(LAST_DAY, "in_force")]


def test_it_is_taken_once_the_stop_was_taken_back(stopped, officer):
    undo(Entry.objects.get(act="benefits.stop"), by=officer)
    benefits.suspend(stopped, since=LATER, source="QĐ 3", by=officer)
    assert [row.state for row in current_terms(stopped)] == ["in_force", "suspended"]
