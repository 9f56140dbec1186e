"""However providers report, correct and are undone: every promise of the ledger holds, and not one đồng is lost or paid twice."""
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from ansinh.payments.models import Item
from ansinh.payments.queries import balances, verify_ledger

from .histories import LAST_DUE, NAMES, received
from .return_histories import REPORTED, ReportedHistory


@pytest.fixture
def history(office):
    """A fresh history each time; the payees are the same."""
    payables = [office.payee(name, until=LAST_DUE) for name in NAMES]
    first = {key: dict(months) for key, months in office.dues.items()}

    def begin():
        office.dues = {key: dict(months) for key, months in first.items()}
        return ReportedHistory(office, payables)

    return begin


@pytest.mark.slow
@given(steps=REPORTED)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_however_providers_report_every_promise_holds_and_what_is_due_is_paid(history, steps):
    with transaction.atomic():
        told = history()
        broken = [(step, verify_ledger()) for step in steps if told.take(*step) or verify_ledger()]
        assert broken == []
        told.finish()
        assert verify_ledger() == []
        assert {payable.pk: received(payable) for payable in told.payables} == {key: sum(months.values()) for key, months in told.office.dues.items()}
        assert not Item.objects.filter(result="") and balances()["owed"] == balances()["provider"] == 0
        transaction.set_rollback(True)
