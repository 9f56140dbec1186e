"""A list of July 2023 that waits for approval, with Lan and Páo on it, and all that it says."""
from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.payments.models import Batch, Finding, Line, PayList, Proposal

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))
AMOUNT = 3_174_000
LAN, PAO = "Dương Thị Lan", "Lý Văn Páo"


@pytest.fixture
def wounded(lan, settle, granted):
    granted(settle(PAO), grade=81, paid_up_to=MAY)
    return Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=MAY))


@pytest.fixture
def propose(clerk):
    def make(month=JULY):
        benefits.assess(month, by=clerk)
        return payments.propose(month, by=clerk)

    return make


@pytest.fixture
def in_july_list(wounded, run_list, propose):
    """June was paid; the list of July waits for approval, a few days after it was made."""
    run_list(JUNE)
    with clock.held_at(book().lock_day(JULY)):
        propose()
    with clock.held_at(date(2023, 6, 28)) as moment:
        yield moment


def line(name=LAN):
    return Line.objects.filter(name=name, paylist__month=JULY, paylist__state="proposed").first()


def books():
    """All that the lists of July say, in đồng and in words, and whether each still rests on the month as it is reckoned now."""
    batch = Batch.objects.get(month=JULY)
    lists = PayList.objects.filter(month=JULY).values_list("number", "content_digest", "total", "people", "overpaid", "proposed_in", "state")
    lines = Line.objects.filter(paylist__month=JULY).values_list("name", "position", "total", "overpaid", "standing", "held_because", "address")
    spans = Proposal.objects.filter(batch=batch).values_list("payable", "kind", "since", "until", "before", "after")
    findings = Finding.objects.filter(month=JULY, gone_in=None).values_list("check_code", "person", "facts", "amount")
    stale = PayList.objects.filter(month=JULY).exclude(batch_digest=batch.content_digest).count()
    return sorted(lists), sorted(lines), sorted(spans), sorted(findings), batch.count, stale
