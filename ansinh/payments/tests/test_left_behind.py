"""Khoản chưa nhận của người đã thôi hưởng, và khoản phải thu hồi: nothing is carried by itself, nothing is lost."""
from datetime import date

import pytest

from ansinh.office.models import Task
from ansinh.payments import actions
from ansinh.payments.models import Item
from ansinh.payments.queries import balances, open_claims, verify_ledger
from ansinh.web.refusal import Refusal

from .office import line_of, open_before

MAY, JUNE, JULY, AUGUST = (date(2023, m, 1) for m in range(5, 9))
MILLION = 1_000_000


def a_payee(office, name):
    payable = office.payee(name)
    open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    return payable


@pytest.fixture
def lan(office):
    return a_payee(office, "Dương Thị Lan")


@pytest.fixture
def ended(office, lan):
    """June was due and not collected; the right ended with it."""
    a_payee(office, "Lý Văn Páo")
    office.paid(JUNE, unpaid={"Dương Thị Lan"})
    office.end(lan, date(2023, 6, 30))
    office.paid(JULY)
    return Item.objects.get(result="unpaid")


@pytest.fixture
def undue(office, lan):
    """June was not collected, and was found not to be due at all."""
    a_payee(office, "Lý Văn Páo")
    office.paid(JUNE, unpaid={"Dương Thị Lan"})
    office.end(lan, date(2023, 5, 31))
    office.paid(JULY)
    return Item.objects.get(result="unpaid")


def test_a_right_that_ended_leaves_a_task_and_no_line(ended):
    task = Task.objects.get(cause="ended")
    assert (task.act, task.key, task.facts) == ("payments.record_heirs", f"payments.item:{ended.pk}", {"amount": MILLION})
    assert (balances()["owed"], balances()["provider"]) == (-MILLION, MILLION)
    assert verify_ledger() == []


def test_the_task_is_raised_once(office, ended):
    office.paid(AUGUST)
    assert Task.objects.filter(cause="ended").count() == 1


def test_the_family_is_paid_with_the_next_list(office, ended):
    actions.record_heirs(ended, paper="Đơn của con, UBND xã xác nhận 3/8", by=office.accountant)
    office.paid(AUGUST)
    assert line_of("Dương Thị Lan", AUGUST).carried == MILLION
    assert balances()["owed"] == balances()["provider"] == 0
    assert not Task.objects.open().filter(cause="ended")
    assert verify_ledger() == []


def test_the_family_shows_its_paper_and_is_paid_once(office, ended):
    with pytest.raises(Refusal, match="giấy tờ"):
        actions.record_heirs(ended, paper="", by=office.accountant)
    actions.record_heirs(ended, paper="Đơn của con", by=office.accountant)
    with pytest.raises(Refusal, match="đã được giải quyết"):
        actions.record_heirs(ended, paper="Đơn của con", by=office.accountant)


def test_what_was_never_due_is_set_off_and_given_back(office, undue):
    assert Task.objects.get(cause="ended").act == "payments.record_offset"
    actions.record_offset(undue, by=office.accountant)
    assert balances() == {"cost": 2 * MILLION, "owed": 0, "provider": 0, "fund": -2 * MILLION, "claim": 0, "waived": 0, "kept": 0}
    assert not Task.objects.open().filter(cause="ended")
    assert verify_ledger() == []


def test_what_was_due_is_not_set_off(office, ended):
    with pytest.raises(Refusal, match="không có khoản phải thu hồi"):
        actions.record_offset(ended, by=office.accountant)


def test_a_refund_in_cash_lowers_what_is_owed_back(office, lan):
    office.paid(JUNE)
    office.due(lan, JUNE, 0)
    office.paid(JULY)
    actions.record_refund(lan, month=JUNE, amount=300_000, paper="PT 12", by=office.accountant)
    actions.waive(lan, month=JUNE, amount=700_000, reason="QĐ 15/QĐ-SLĐTBXH", by=office.chief)
    assert (balances()["claim"], balances()["waived"]) == (0, 700_000)
    assert open_claims().is_empty()
    assert verify_ledger() == []


@pytest.mark.parametrize("amount", [0, -1, 1_000_001])
def test_more_than_is_owed_back_is_not_taken(office, lan, amount):
    office.paid(JUNE)
    office.due(lan, JUNE, 0)
    office.paid(JULY)
    with pytest.raises(Refusal, match="còn phải thu hồi 1000000 đồng"):
        actions.record_refund(lan, month=JUNE, amount=amount, paper="PT 12", by=office.accountant)


def test_paying_back_and_waiving_name_their_paper(office, lan):
    with pytest.raises(Refusal, match="phiếu thu"):
        actions.record_refund(lan, month=JUNE, amount=1, paper="", by=office.accountant)
    with pytest.raises(Refusal, match="lý do"):
        actions.waive(lan, month=JUNE, amount=1, reason=" ", by=office.chief)


def test_a_bank_wants_its_account_and_a_receiver_wants_a_paper(office, lan):
    with pytest.raises(Refusal, match="số tài khoản"):
        actions.set_channel(lan.person, since=JUNE, kind="bank", bank="Agribank", by=office.preparer)
    with pytest.raises(Refusal, match="ủy quyền"):
        actions.set_channel(lan.person, since=JUNE, kind="post", receiver="Dương Văn Minh", by=office.preparer)
