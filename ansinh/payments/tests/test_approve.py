"""Duyệt: posted once, against the latest totals, by another person; all of it or nothing."""
from datetime import date

import pytest

from ansinh.office import clock
from ansinh.office.models import Entry
from ansinh.payments import actions
from ansinh.payments.models import Item, Movement, PayList, Posting
from ansinh.payments.queries import balances, verify_ledger
from ansinh.web.refusal import Forbidden, Refusal
from tests.people import OTHER_COMMUNE

from .office import fresh, line_of, lock_day, open_before

APRIL, MAY, JUNE, JULY, AUGUST = (date(2023, m, 1) for m in range(4, 9))
MILLION = 1_000_000


def settled_to_may(office, payable):
    open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    return payable


@pytest.fixture
def lan(office):
    return settled_to_may(office, office.payee("Dương Thị Lan"))


def test_a_month_is_posted_once_with_number_total_and_reasons(office, lan):
    office.approve(office.propose(JUNE))
    posting = Posting.objects.get()
    assert (posting.month, posting.number, posting.amount, posting.total, posting.kind) == (JUNE, 1, MILLION, MILLION, "due")
    assert [part["basis"] for part in posting.parts] == ["Điều 1"]
    assert balances() == {"cost": MILLION, "owed": -MILLION, "provider": 0, "fund": 0, "claim": 0, "waived": 0, "kept": 0}


def test_a_difference_in_settled_months_is_posted_month_by_month(office, lan):
    office.due(lan, APRIL, MILLION + 200_000)
    office.due(lan, MAY, MILLION - 300_000)
    office.approve(office.propose(JUNE))
    rows = Posting.objects.order_by("month").values_list("month", "number", "amount", "total", "kind")
    assert list(rows) == [
        (APRIL, 1, 200_000, 1_200_000, "arrears"), (MAY, 1, -300_000, 700_000, "overpayment"), (JUNE, 1, MILLION, MILLION, "due"),
    ]
    assert line_of("Dương Thị Lan", JUNE).total == 1_200_000
    assert verify_ledger() == []


def test_the_preparer_may_not_approve(office, lan):
    lists = office.propose(JUNE)
    office.preparer.rights.update(role="approver")
    with pytest.raises(Refusal, match="người khác người lập: 05920-2023-06-BĐ"):
        actions.approve(lists, by=type(office.preparer).objects.get(pk=office.preparer.pk))
    assert PayList.objects.get().state == "proposed"


def test_who_has_no_right_to_approve_here_is_refused(office, lan, appoint):
    lists = office.propose(JUNE)
    with pytest.raises(Forbidden):
        actions.approve(lists, by=appoint("elsewhere", "approver", OTHER_COMMUNE))


def test_no_list_is_not_a_selection(office):
    with pytest.raises(Refusal, match="Chưa chọn"):
        office.approve([])


def test_the_second_of_two_approvals_is_told_and_posts_nothing(office, lan, appoint):
    lists = office.propose(JUNE)
    office.approve(lists)
    with pytest.raises(Refusal, match="vừa được người khác duyệt"):
        actions.approve(lists, by=appoint("second", "approver", "19."))
    assert Posting.objects.count() == Movement.objects.count() == 1


def test_a_month_reckoned_anew_must_be_proposed_again(office, lan):
    lists = office.propose(JUNE)
    office.due(lan, JUNE, 1_200_000)
    with clock.held_at(lock_day(JUNE)):
        office.reckon(JUNE)
    with pytest.raises(Refusal, match="đã được tính lại sau khi lập 05920-2023-06-BĐ"):
        office.approve(lists)


def test_totals_that_moved_since_are_refused_by_the_number_of_the_list(office, lan):
    june = office.propose(JUNE)
    office.approve(office.propose(JULY))
    with pytest.raises(Refusal, match="Số đã ghi của người trong 05920-2023-06-BĐ"):
        office.approve(june)
    assert verify_ledger() == []


def test_one_stale_list_leaves_the_whole_selection_unposted(office, lan):
    office.payee("Vi Thị Sao", area=OTHER_COMMUNE)
    lists = office.propose(JUNE)
    PayList.objects.filter(pk=lists[0].pk).update(batch_digest="earlier")
    with pytest.raises(Refusal, match=lists[0].number):
        office.approve(lists)
    assert {paylist.state for paylist in fresh(lists)} == {"proposed"}
    assert Posting.objects.count() == 0


def test_a_province_is_one_act(office, lan):
    office.payee("Vi Thị Sao", area=OTHER_COMMUNE)
    office.approve(office.propose(JUNE))
    entry = Entry.objects.get(act="payments.approve")
    assert entry.area_path == "19."
    assert set(Posting.objects.values_list("recorded_in", flat=True)) == {entry.pk}


def test_lists_of_two_months_are_not_approved_together(office, lan):
    june = office.propose(JUNE)
    july = office.propose(JULY)
    with pytest.raises(Refusal, match="một tháng"):
        office.approve([*june, *july])


def test_a_held_line_posts_nothing_and_the_sums_are_without_it(office, lan):
    settled_to_may(office, office.payee("Lý Văn Páo"))
    lists = office.propose(JUNE)
    actions.hold(lists[0].lines.get(name="Dương Thị Lan"), reason="chờ xác minh tin mất", by=office.preparer)
    [paylist] = fresh(office.approve(lists))
    assert (paylist.people, paylist.this_month, paylist.total) == (1, MILLION, MILLION)
    assert not Posting.objects.filter(payable=lan).exists()
    assert verify_ledger() == []


def test_a_list_of_carried_amounts_alone_can_be_approved(office, lan):
    office.paid(JUNE, unpaid={"Dương Thị Lan"})
    office.dues[lan.pk] = dict.fromkeys((APRIL, MAY, JUNE), MILLION) | {date(2023, m, 1): MILLION for m in (1, 2, 3)}
    [july] = fresh(office.approve(office.propose(JULY)))
    assert (july.this_month, july.carried, july.total) == (0, MILLION, MILLION)
    assert verify_ledger() == []


def test_what_a_return_file_brought_after_the_proposal_asks_for_a_new_one(office, lan):
    june = office.exported(JUNE)
    july = office.propose(JULY)
    office.reconcile(june, unpaid={"Dương Thị Lan"})
    with pytest.raises(Refusal, match="Khoản chuyển sang của 05920-2023-07-BĐ"):
        office.approve(july)
    office.approve(office.propose(JULY))
    assert line_of("Dương Thị Lan", JULY).carried == MILLION
    assert verify_ledger() == []


def test_a_recovery_paid_back_meanwhile_is_not_cancelled_twice(office, lan):
    office.paid(JUNE)
    office.due(lan, JUNE, 0)
    office.paid(JULY)
    office.due(lan, JUNE, MILLION)
    august = office.propose(AUGUST)
    actions.record_refund(lan, month=JUNE, amount=400_000, paper="PT 12", by=office.accountant)
    with pytest.raises(Refusal, match="tính lại tháng"):
        office.approve(august)
    office.approve(office.propose(AUGUST))
    kinds = Posting.objects.filter(month=JUNE).order_by("number").values_list("number", "kind", "amount", "total")
    assert list(kinds)[1:] == [(2, "overpayment", -MILLION, 0), (3, "cancellation", 600_000, 600_000), (4, "arrears", 400_000, MILLION)]
    assert verify_ledger() == []


def test_approving_asks_a_fixed_number_of_questions(office, django_assert_max_num_queries):
    for place in range(12):
        office.payee(f"Nguyễn Văn {'ABCDEGHIKLMN'[place]}")
    lists = office.propose(JUNE)
    with django_assert_max_num_queries(50):
        office.approve(lists)
    assert Item.objects.count() == 12 * 6
