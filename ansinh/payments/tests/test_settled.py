"""What was posted, as spans: whatever was posted to which months in which order, each month's sum is told once."""
from collections import Counter
from datetime import date

import polars as pl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ansinh.engine.months import as_date, as_month
from ansinh.office import bulk
from ansinh.office.act import action, current_entry
from ansinh.payments.models import Posting
from ansinh.payments.queries import settled

from .office import ANYWHERE

FIRST = as_month(date(2023, 1, 1))
POSTINGS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 7), st.sampled_from((-100, 100, 200))), max_size=25)


@action("payments.propose_postings_for_test", label="Hạch toán", **ANYWHERE)
def post(payables, posted):
    """Postings one after the other: which payee, which month, how much."""
    taken = Counter()
    for payee, month, amount in posted:
        taken[payee, month] += 1
        _post_one(payables[payee], FIRST + month, amount, taken[payee, month])


def _post_one(payable, month, amount, number):
    row = {
        "payable_id": payable.pk, "month": as_date(month), "number": number, "kind": "due", "amount": amount, "total": amount, "parts": "[]",
        "recorded_in_id": current_entry().pk,
    }
    bulk.write(pl.DataFrame([row]), Posting)


@pytest.fixture
def payees(office):
    return [office.payee(name) for name in ("Dương Thị Lan", "Lý Văn Páo")]


@given(posted=POSTINGS)
@example(posted=[(0, 0, 100), (0, 2, 100), (0, 3, 100)])
@example(posted=[(0, 0, 100), (0, 0, -100), (0, 1, 200)])
@example(posted=[(0, 0, 100), (0, 1, 100), (0, 1, 100), (0, 2, 200)])
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_each_month_has_the_sum_of_its_postings_and_is_told_once(office, payees, posted):
    sums = Counter()
    for payee, month, amount in posted:
        sums[payees[payee].pk, FIRST + month] += amount
    with transaction.atomic():
        post(payees, posted, by=office.preparer)
        told = [(key, month, amount) for key, since, until, amount in settled()[0].rows() for month in range(since, until + 1)]
        transaction.set_rollback(True)
    assert sorted(told) == sorted((key, month, amount) for (key, month), amount in sums.items())


def test_two_years_of_one_amount_are_one_span(office, payees):
    post(payees, [(0, month, 100) for month in range(24)], by=office.preparer)
    assert settled()[0].rows() == [(payees[0].pk, FIRST, FIRST + 23, 100)]
