"""Tiền của vụ việc thu hồi: paid back, given up, cancelled because it was due after all, and the way back from each."""
from datetime import date

import pytest

from ansinh.office.models import Task
from ansinh.payments import actions
from ansinh.payments.models import LedgerAccount, Movement, RecoveryCase, RecoveryMonth, RecoveryStep
from ansinh.payments.queries import balances, verify_ledger
from ansinh.payments.queries.recovery import left_of, sums_of_cases
from ansinh.web.refusal import Refusal

from .office import line_of, open_before

MAY, JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2023, m, 1) for m in range(5, 11))
MILLION = 1_000_000
LAN, PAO = "Dương Thị Lan", "Lý Văn Páo"


@pytest.fixture
def lan(office):
    """Taken for dead in June: June and July were paid and are owed back."""
    payable = office.payee(LAN)
    open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    office.payee(PAO)
    office.paid(JUNE)
    office.paid(JULY)
    office.due(payable, JUNE, 0)
    office.due(payable, JULY, 0)
    office.paid(AUGUST)
    return payable


@pytest.fixture
def case(office, lan):
    return actions.open_recovery(lan.person, by=office.preparer)


def decide(office, case, **said):
    actions.give_notice(case, after=case.steps.count(), on=date(2023, 8, 3), paper="TB 12", by=office.preparer)
    actions.hear_debtor(case, after=case.steps.count(), on=date(2023, 8, 4), words="không có ý kiến", paper="BB 4", by=office.preparer)
    said = {"amount": 2 * MILLION, "way": "instalments", "monthly": 300_000, "first_month": SEPTEMBER, **said}
    return actions.decide_recovery(case, after=case.steps.count(), on=date(2023, 8, 5), paper="QĐ 15", **said, by=office.chief)


def repay(office, case, amount, **said):
    said = {"after": case.steps.count(), "on": date(2023, 8, 10), "paper": "PT 12", **said}
    return actions.record_repayment(case, amount=amount, **said, by=office.accountant)


def waive(office, case, amount, **said):
    said = {"after": case.steps.count(), "on": date(2023, 8, 10), "paper": "QĐ 20", "words": "hộ nghèo", **said}
    return actions.waive_recovery(case, amount=amount, **said, by=office.chief)


def is_alive_after_all(office, lan):
    office.due(lan, JUNE, MILLION)
    office.due(lan, JULY, MILLION)


def last_words(case):
    return RecoveryStep.objects.filter(case=case, kind="closing", withdrawn_in=None).get().words


def state(case):
    return RecoveryCase.objects.get(pk=case.pk).state


def test_cash_pays_off_the_oldest_month_first(office, case):
    repay(office, case, 1_200_000)
    assert left_of(case) == 800_000
    assert list(Movement.objects.filter(recovery=case).values_list("month", "debit", "amount")) == [(JUNE, "fund", MILLION), (JULY, "fund", 200_000)]
    assert verify_ledger() == []


def test_a_case_that_was_paid_off_closes_by_itself_and_says_why(office, case):
    repay(office, case, 500_000, payer="Dương Văn Minh, con")
    repay(office, case, 1_500_000, paper="PT 13")
    assert (state(case), last_words(case), left_of(case)) == ("closed", "Không còn gì phải thu: đã nộp đủ.", 0)
    with pytest.raises(Refusal, match="đã kết thúc; không ghi thêm"):
        repay(office, case, 1)
    assert verify_ledger() == []


@pytest.mark.parametrize("amount", [0, -1, 2_000_001])
@pytest.mark.parametrize("way", [repay, waive], ids=["paid back", "waived"])
def test_no_more_than_is_left_is_taken_or_given_up(office, case, way, amount):
    with pytest.raises(Refusal, match="còn phải thu 2.000.000 đồng"):
        way(office, case, amount)
    assert (left_of(case), case.steps.count()) == (2 * MILLION, 1)


def test_a_receipt_that_is_sent_twice_counts_once(office, case):
    repay(office, case, 500_000, after=1)
    with pytest.raises(Refusal, match="vừa có bước mới: Nộp lại PT 12"):
        repay(office, case, 500_000, after=1)
    assert left_of(case) == 1_500_000


def test_a_waiver_has_a_paper_and_a_reason(office, case):
    with pytest.raises(Refusal, match="số quyết định miễn"):
        waive(office, case, 1, paper="")
    with pytest.raises(Refusal, match="lý do miễn"):
        waive(office, case, 1, words=" ")


def test_what_is_given_up_is_owed_back_no_more(office, case):
    waive(office, case, 2 * MILLION)
    assert (state(case), last_words(case)) == ("closed", "Không còn gì phải thu: phần còn lại đã được miễn.")
    assert (balances()["claim"], balances()["waived"], verify_ledger()) == (0, 2 * MILLION, [])


def test_a_month_of_a_case_is_paid_back_in_the_case_only(office, lan, case):
    with pytest.raises(Refusal, match=f"thuộc vụ việc {case}"):
        actions.record_refund(lan, month=JUNE, amount=1, paper="PT 1", by=office.accountant)
    with pytest.raises(Refusal, match=f"thuộc vụ việc {case}"):
        actions.waive(lan, month=JUNE, amount=1, reason="QĐ 1", by=office.chief)


def test_a_receipt_written_by_mistake_is_cancelled_and_the_case_is_open_again(office, case):
    step = repay(office, case, 2 * MILLION)
    actions.cancel_repayment(step, reason="ghi nhầm người", by=office.accountant)
    assert (state(case), left_of(case), verify_ledger()) == ("opened", 2 * MILLION, [])
    with pytest.raises(Refusal, match="đã được hủy"):
        actions.cancel_repayment(step, reason="lần hai", by=office.accountant)


def test_the_way_back_wants_a_reason_and_its_own_kind_of_step(office, case):
    step = repay(office, case, 1)
    with pytest.raises(Refusal, match="vì sao hủy"):
        actions.cancel_repayment(step, reason=" ", by=office.accountant)
    with pytest.raises(Refusal, match="không phải bước hủy được ở đây"):
        actions.withdraw_waiver(step, reason="nhầm", by=office.chief)
    assert (left_of(case), verify_ledger()) == (2 * MILLION - 1, [])


def test_a_waiver_that_was_withdrawn_is_owed_back_again(office, case):
    actions.withdraw_waiver(waive(office, case, 700_000), reason="quyết định bị hủy", by=office.chief)
    assert (left_of(case), balances()["waived"], verify_ledger()) == (2 * MILLION, 0, [])


def test_a_death_that_was_wrong_cancels_the_case_before_it_keeps_anything(office, lan, case):
    decide(office, case)
    is_alive_after_all(office, lan)
    office.paid(SEPTEMBER)
    line = line_of(LAN, SEPTEMBER)
    assert (line.deduction, line.arrears, line.total) == (0, 0, MILLION)
    assert state(case) == "closed"
    assert last_words(case).startswith("Không còn gì phải thu: không còn khoản chi thừa")
    assert (balances()["claim"], verify_ledger()) == (0, [])


def test_what_had_been_kept_and_paid_back_by_then_is_paid_out_again_once(office, lan, case):
    decide(office, case)
    office.paid(SEPTEMBER)
    repay(office, case, 200_000)
    is_alive_after_all(office, lan)
    office.paid(OCTOBER)
    line = line_of(LAN, OCTOBER)
    assert (line.deduction, line.arrears, line.total, state(case)) == (0, 500_000, 1_500_000, "closed")
    office.paid(date(2023, 11, 1))
    assert line_of(LAN, date(2023, 11, 1)).total == MILLION
    # Eleven months of Páo and six of Lan have left the treasury for good.
    assert (balances()["claim"], balances()["fund"], verify_ledger()) == (0, -17 * MILLION, [])


def test_what_had_been_waived_by_then_is_not_paid_out_a_second_time(office, lan, case):
    waiver = waive(office, case, 1_500_000)
    is_alive_after_all(office, lan)
    office.paid(SEPTEMBER)
    assert (line_of(LAN, SEPTEMBER).arrears, balances()["waived"], balances()["claim"]) == (0, 0, 0)
    with pytest.raises(Refusal, match="đã được hưởng lại sau khi miễn"):
        actions.withdraw_waiver(waiver, reason="nhầm", by=office.chief)
    assert (state(case), verify_ledger()) == ("closed", [])


def test_nobody_is_asked_for_a_case_of_what_is_due_after_all(office, lan):
    assert Task.objects.open().filter(act="payments.open_recovery").exists()
    is_alive_after_all(office, lan)
    office.paid(SEPTEMBER)
    assert not Task.objects.open().filter(act="payments.open_recovery").exists()


def test_a_list_that_cancelled_a_case_opens_it_again_when_it_is_withdrawn(office, lan, case):
    waive(office, case, 500_000)
    is_alive_after_all(office, lan)
    lists = office.approve(office.propose(SEPTEMBER))
    actions.withdraw(lists, by=office.chief)
    assert (state(case), left_of(case), balances()["waived"], verify_ledger()) == ("opened", 1_500_000, 500_000, [])


def test_a_list_that_found_the_overpayment_closes_the_case_when_it_is_withdrawn(office, lan):
    office.due(lan, AUGUST, 0)
    lists = office.approve(office.propose(SEPTEMBER))
    case = actions.open_recovery(lan.person, by=office.preparer)
    actions.withdraw(lists, by=office.chief)
    assert (left_of(case), verify_ledger()) == (2 * MILLION, [])
    assert list(RecoveryMonth.objects.filter(case=case).values_list("month", flat=True)) == [JUNE, JULY, AUGUST]


def test_a_part_that_is_due_after_all_lowers_what_is_left(office, lan, case):
    decide(office, case, monthly=900_000)
    office.due(lan, JULY, 600_000)
    office.paid(SEPTEMBER)
    sums = sums_of_cases([case.pk])[case.pk]
    assert (sums.found, sums.cancelled, sums.deducted, sums.left) == (2 * MILLION, 600_000, 900_000, 500_000)
    assert verify_ledger() == []


def test_a_month_found_to_be_too_much_once_more_is_of_the_same_case(office, lan):
    office.due(lan, AUGUST, 500_000)
    office.paid(SEPTEMBER)
    case = actions.open_recovery(lan.person, by=office.preparer)
    office.due(lan, AUGUST, 100_000)
    office.paid(OCTOBER)
    assert (left_of(case), sums_of_cases([case.pk])[case.pk].found, verify_ledger()) == (2_900_000, 2_900_000, [])


FAULTS = {
    "a claim that moved without its case": (
        lambda case: moved(LedgerAccount.FUND, LedgerAccount.CLAIM, case, recovery=None), "movements leave 1000000, the claim is 999995",
    ),
    "a case that is over with open months": (lambda case: RecoveryCase.objects.filter(pk=case.pk).update(state="closed"), "its months are open"),
    "an open case without a month": (lambda case: case.months.update(is_open=False), "no month is open"),
    "a month found twice": (lambda case: case.months.filter(month=JUNE).update(amount=MILLION + 1), "movements leave 1000001"),
    "a receipt that moved nothing": (
        lambda case: RecoveryStep.objects.create(
            case=case, number=9, kind="repayment", on=JUNE, paper="PT 9", amount=5, recorded_in=case.opened_in
        ),
        "step 9: says 5, moved 0",
    ),
    "a line that keeps what no case gets": (lambda case: moved(LedgerAccount.OWED, LedgerAccount.KEPT, case, line=line_of(LAN, JULY)), "deducts 0, keeps 5, gives 0"),
}


def moved(debit, credit, case, **said):
    month = case.months.get(month=JUNE)
    values = {"payable": month.payable, "month": JUNE, "amount": 5, "at": case.opened_in.at, "recorded_in": case.opened_in, **said}
    Movement.objects.create(debit=debit, credit=credit, **values)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_named(case, fault):
    plant, words = FAULTS[fault]
    plant(case)
    assert [sentence for sentence in verify_ledger() if words in sentence]
