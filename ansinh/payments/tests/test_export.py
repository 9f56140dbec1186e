"""Xuất: the money moves once, less what the provider still holds; the same print again and again."""
from datetime import date

import pytest

from ansinh.office import clock
from ansinh.office.models import Entry
from ansinh.payments import actions
from ansinh.payments.models import LedgerAccount, Movement
from ansinh.payments.queries import balances, verify_ledger
from ansinh.payments.reports import list_pdf, list_sheet
from ansinh.registry import actions as registry
from ansinh.web.refusal import Refusal
from tests.people import OTHER_COMMUNE

from .office import fresh, lock_day, open_before

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))
MILLION = 1_000_000


@pytest.fixture
def lan(office):
    payable = office.payee("Dương Thị Lan")
    open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    return payable


def test_the_provider_is_given_the_total(office, lan):
    lists = office.exported(JUNE)
    assert lists[0].state == "exported"
    assert (balances()["provider"], balances()["fund"]) == (MILLION, -MILLION)


def test_what_the_provider_still_holds_is_not_given_again(office, lan):
    office.paid(JUNE, unpaid={"Dương Thị Lan"})
    july = office.exported(JULY)
    assert july[0].total == 2 * MILLION
    assert balances()["provider"] == 2 * MILLION
    assert Movement.objects.get(paylist=july[0], debit=LedgerAccount.PROVIDER, line=None).amount == MILLION
    assert verify_ledger() == []


def test_who_went_over_to_a_bank_is_paid_by_the_bank_and_the_post_gives_back(office, lan):
    office.paid(JUNE, unpaid={"Dương Thị Lan"})
    actions.set_channel(lan.person, since=date(2023, 6, 10), kind="bank", bank="Agribank", account_number="85001", by=office.preparer)
    office.exported(JULY)
    assert balances(channel="post")["provider"] == 0
    assert balances(channel="bank")["provider"] == 2 * MILLION
    assert verify_ledger() == []


def test_who_moved_takes_the_money_at_the_provider_along(office, lan):
    office.paid(JUNE, unpaid={"Dương Thị Lan"})
    registry.move(lan.person, area=office.areas[OTHER_COMMUNE], since=date(2023, 6, 10), source="Công an xã", by=office.preparer)
    [july] = office.exported(JULY)
    assert (july.area_path, july.carried, balances()["provider"]) == (OTHER_COMMUNE, MILLION, 2 * MILLION)
    assert verify_ledger() == []


def test_only_what_is_approved_is_exported(office, lan):
    lists = office.propose(JUNE)
    with pytest.raises(Refusal, match="không còn ở bước “đã duyệt”"):
        office.export(lists)


def test_exporting_twice_moves_money_once(office, lan):
    lists = office.exported(JUNE)
    with pytest.raises(Refusal):
        office.export(lists)
    assert balances()["provider"] == MILLION


def test_a_copy_is_told_in_the_journal_and_moves_nothing(office, lan):
    lists = office.exported(JUNE)
    before = Movement.objects.count()
    actions.export_copy(lists, by=office.accountant)
    assert Movement.objects.count() == before
    assert Entry.objects.filter(act="payments.export_copy", by=office.accountant).exists()


def test_a_copy_is_the_same_bytes_whatever_happened_since(office, lan):
    with clock.held_at(lock_day(JUNE)):
        office.exported(JUNE)
    [july] = office.exported(JULY)
    first = list_sheet(july, department="Sở"), list_pdf(july, department="Sở")
    office.payee("Vi Thị Sao", area=OTHER_COMMUNE)
    registry.correct_particulars(lan.person, name="Dương Thị Loan", source="Căn cước", by=office.preparer)
    office.exported(JULY)
    [july] = fresh([july])
    assert (list_sheet(july, department="Sở"), list_pdf(july, department="Sở")) == first
