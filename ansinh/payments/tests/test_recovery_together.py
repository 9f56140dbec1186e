"""Two officers at the same moment: of a case that both decide, or open, one act has its effect and the other is told."""
from datetime import date

import pytest

from ansinh.payments import actions
from ansinh.payments.models import RecoveryCase, RecoveryStep
from ansinh.payments.queries import verify_ledger
from tests.at_once import told_at_once

JUNE, JULY, AUGUST = (date(2023, m, 1) for m in range(6, 9))


@pytest.fixture
def lan(transactional_db, office):
    payable = office.payee("Dương Thị Lan", until=12)
    office.paid(JUNE)
    office.due(payable, JUNE, 400_000)
    office.paid(JULY)
    return payable


@pytest.fixture
def heard(office, lan):
    case = actions.open_recovery(lan.person, by=office.preparer)
    actions.give_notice(case, after=1, on=date(2023, 7, 3), paper="TB 12", by=office.preparer)
    actions.hear_debtor(case, after=2, on=date(2023, 7, 10), words="Đồng ý", paper="BB 4", by=office.preparer)
    return RecoveryCase.objects.get(pk=case.pk)


def test_two_decisions_at_the_same_moment_are_one(office, heard, appoint):
    other = appoint("vice", "approver", "19.")

    def decide(amount, by):
        said = {"amount": amount, "way": "instalments", "monthly": 100_000, "first_month": AUGUST}
        return lambda: actions.decide_recovery(heard, after=3, on=date(2023, 7, 12), paper=f"QĐ {amount}", **said, by=by)

    told = told_at_once(decide(600_000, office.chief), decide(300_000, other))
    assert len(told) == 1
    assert "vừa có bước mới: Quyết định thu hồi" in told[0]
    assert RecoveryStep.objects.filter(kind="decision").count() == 1


def test_one_receipt_sent_twice_at_the_same_moment_is_one(office, heard):
    def repay():
        actions.record_repayment(heard, after=3, on=date(2023, 7, 12), paper="PT 9", amount=600_000, by=office.accountant)

    assert len(told_at_once(repay, repay)) == 1
    assert (RecoveryCase.objects.get().state, verify_ledger()) == ("closed", [])


def test_two_who_open_at_the_same_moment_open_one(office, lan, appoint):
    other = appoint("colleague", "officer", "19.")
    told = told_at_once(*(lambda by=by: actions.open_recovery(lan.person, by=by) for by in (office.preparer, other)))
    assert len(told) == 1
    assert "Đã thuộc vụ việc" in told[0]
    assert RecoveryCase.objects.count() == 1


def test_a_list_approved_while_the_case_is_decided_keeps_what_it_said_or_is_told(office, heard):
    lists = office.propose(AUGUST)

    def decide():
        said = {"amount": 600_000, "way": "instalments", "monthly": 100_000, "first_month": AUGUST}
        actions.decide_recovery(heard, after=3, on=date(2023, 7, 12), paper="QĐ 15", **said, by=office.chief)

    told = told_at_once(decide, lambda: office.approve(lists))
    assert all("đã khác lúc lập" in sentence for sentence in told)
    assert (RecoveryStep.objects.filter(kind="decision").count(), verify_ledger()) == (1, [])
