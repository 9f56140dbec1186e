"""Whatever happens, in whatever order: every promise of the ledger holds, and not one đồng is lost or paid twice."""
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from ansinh.payments.models import Item
from ansinh.payments.queries import balances, verify_ledger

from .histories import LAST_DUE, NAMES, RECOVERY_STEPS, STEPS, History, received


@pytest.fixture
def history(office):
    """A fresh history each time; the payees are the same."""
    payables = [office.payee(name, until=LAST_DUE) for name in NAMES]
    first = {key: dict(months) for key, months in office.dues.items()}

    def begin():
        office.dues = {key: dict(months) for key, months in first.items()}
        return History(office, payables)

    return begin


@pytest.mark.slow
@given(steps=STEPS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_history_keeps_every_promise_and_pays_what_is_due(history, steps):
    keep_every_promise(history(), steps)


@pytest.mark.slow
@given(steps=RECOVERY_STEPS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_got_back_given_up_or_given_back_again_nothing_is_lost_or_paid_twice(history, steps):
    keep_every_promise(history(), steps)


def keep_every_promise(told, steps):
    with transaction.atomic():
        broken = [(step, verify_ledger()) for step in steps if told.take(*step) or verify_ledger()]
        assert broken == []
        told.finish()
        assert verify_ledger() == []
        assert {payable.pk: received(payable) for payable in told.payables} == {key: sum(months.values()) for key, months in told.office.dues.items()}
        assert not Item.objects.filter(result="") and balances()["owed"] == balances()["provider"] == 0
        transaction.set_rollback(True)
