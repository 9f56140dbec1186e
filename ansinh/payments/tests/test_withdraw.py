"""Rút, trả lại: until it is exported a list can be taken back, and the ledger is as if it had not been."""
from datetime import date

import pytest

from ansinh.payments import actions
from ansinh.payments.models import Item, PayList, Posting
from ansinh.payments.queries import balances, verify_ledger
from ansinh.web.refusal import Refusal

from .office import fresh, line_of

JUNE, JULY, AUGUST = (date(2023, m, 1) for m in range(6, 9))


@pytest.fixture
def lan(office):
    return office.payee("Dương Thị Lan")


def test_a_proposed_list_is_withdrawn_and_can_be_proposed_again(office, lan):
    lists = office.propose(JUNE)
    actions.withdraw(lists, by=office.preparer)
    assert fresh(lists)[0].state == "withdrawn"
    assert office.propose(JUNE)[0].pk != lists[0].pk


def test_an_approved_list_is_posted_back(office, lan):
    lists = office.approve(office.propose(JUNE))
    actions.withdraw(lists, by=office.chief)
    assert set(balances().values()) == {0}
    assert list(Posting.objects.filter(month=JUNE).order_by("number").values_list("number", "kind", "total")) == [(1, "due", 1_000_000), (2, "reversal", 0)]
    assert Item.objects.count() == 0
    assert verify_ledger() == []


def test_a_month_that_was_withdrawn_is_paid_by_its_next_list(office, lan):
    actions.withdraw(office.approve(office.propose(JUNE)), by=office.chief)
    office.paid(JUNE)
    assert line_of("Dương Thị Lan", JUNE).total == 6_000_000
    assert verify_ledger() == []


def test_what_a_withdrawn_list_carried_waits_for_the_next(office, lan):
    office.paid(JUNE, unpaid={"Dương Thị Lan"})
    actions.withdraw(office.approve(office.propose(JULY)), by=office.chief)
    office.paid(JULY)
    assert line_of("Dương Thị Lan", JULY).carried == 6_000_000
    assert verify_ledger() == []


def test_a_found_overpayment_is_taken_back_with_its_list(office, lan):
    office.paid(JUNE)
    office.due(lan, JUNE, 0)
    actions.withdraw(office.approve(office.propose(JULY)), by=office.chief)
    assert balances()["claim"] == 0
    assert verify_ledger() == []


def test_an_overpayment_that_was_paid_back_keeps_its_list(office, lan):
    office.paid(JUNE)
    office.due(lan, JUNE, 0)
    lists = office.approve(office.propose(JULY))
    actions.record_refund(lan, month=JUNE, amount=1, paper="PT 12", by=office.accountant)
    with pytest.raises(Refusal, match="trả lại hoặc miễn"):
        actions.withdraw(lists, by=office.chief)
    assert verify_ledger() == []


def test_the_preparer_does_not_take_back_what_another_approved(office, lan):
    lists = office.approve(office.propose(JUNE))
    with pytest.raises(Refusal, match="chỉ người duyệt rút được: 05920-2023-06-BĐ"):
        actions.withdraw(lists, by=office.preparer)


def test_an_exported_list_is_not_taken_back(office, lan):
    lists = office.exported(JUNE)
    with pytest.raises(Refusal, match="Đã xuất"):
        actions.withdraw(lists, by=office.chief)


def test_a_list_on_which_a_later_one_is_built_is_not_taken_back(office, lan):
    june = office.approve(office.propose(JUNE))
    office.due(lan, JUNE, 1_200_000)
    office.approve(office.propose(JULY))
    with pytest.raises(Refusal, match="rút danh sách sau trước"):
        actions.withdraw(june, by=office.chief)


def test_a_selection_is_withdrawn_whole_or_not_at_all(office, lan):
    office.payee("Lý Văn Páo", channel="bank")
    post, bank = sorted(office.propose(JUNE), key=lambda paylist: paylist.channel == "bank")
    office.export(office.approve([bank]))
    with pytest.raises(Refusal):
        actions.withdraw([post, bank], by=office.chief)
    assert PayList.objects.get(pk=post.pk).state == "proposed"


def test_returning_to_the_preparer_wants_a_reason(office, lan):
    lists = office.propose(JUNE)
    with pytest.raises(Refusal, match="lý do"):
        actions.return_to_preparer(lists, reason=" ", by=office.chief)
    actions.return_to_preparer(lists, reason="Thiếu quyết định", by=office.chief)
    assert fresh(lists)[0].state == "withdrawn"


def test_what_is_approved_is_not_returned(office, lan):
    lists = office.approve(office.propose(JUNE))
    with pytest.raises(Refusal, match="không còn ở bước “chờ duyệt”"):
        actions.return_to_preparer(lists, reason="Thiếu quyết định", by=office.chief)


def test_a_line_is_held_with_a_reason_and_released(office, lan):
    line = office.propose(JUNE)[0].lines.get()
    with pytest.raises(Refusal, match="lý do"):
        actions.hold(line, reason="", by=office.preparer)
    actions.hold(line, reason="chờ xác minh", by=office.preparer)
    actions.release(line, by=office.preparer)
    line.refresh_from_db()
    assert line.held_because == ""


def test_a_line_of_an_approved_list_is_not_held_any_more(office, lan):
    lists = office.approve(office.propose(JUNE))
    with pytest.raises(Refusal, match="Danh sách đã duyệt"):
        actions.hold(lists[0].lines.get(), reason="chờ xác minh", by=office.chief)
