"""What the panels of a person say of a month: the same, whichever of them asked first."""
from datetime import date

import pytest

from ansinh.benefits.models import Entitlement
from ansinh.benefits.over_time import due_in
from ansinh.benefits.reckoning import due_of_entitlements

SEPTEMBER, OCTOBER, LATER = date(2023, 9, 1), date(2023, 10, 1), date(2023, 9, 26)


@pytest.fixture
def listed(lan, granted, run_list):
    """Lan's right, on the list of October 2023: the first that may use the decree in force from 5 September."""
    entitlement = Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=date(2023, 5, 1)))
    run_list(OCTOBER)
    return entitlement


@pytest.mark.parametrize(("month", "amount"), [(SEPTEMBER, 3_174_000), (OCTOBER, 4_016_000)])
def test_a_month_is_reckoned_by_the_law_of_its_own_list(listed, month, amount):
    assert due_in([listed], month, known=None, on=LATER) == (amount, ())
    assert due_of_entitlements([listed.pk], known=None, on=LATER, first=month, last=month) == {month: amount}


def test_rights_that_were_not_asked_for_are_not_counted(listed):
    assert due_in([], OCTOBER, known=None, on=LATER) == (None, ())
