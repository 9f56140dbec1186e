"""Vụ việc thu hồi: opened, told, heard, decided; instalments from later lists, and what stops or changes them."""
from datetime import date

import pytest

from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry, Task
from ansinh.payments import actions
from ansinh.payments.models import Item, RecoveryCase, RecoveryStep
from ansinh.payments.queries import balances, verify_ledger
from ansinh.payments.queries.recovery import left_of
from ansinh.registry import actions as registry
from ansinh.web.refusal import Forbidden, Refusal

from .office import fresh, line_of, open_before

MAY, JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2023, m, 1) for m in range(5, 11))
MILLION = 1_000_000
LAN = "Dương Thị Lan"


@pytest.fixture
def lan(office):
    """June was paid with a million, four hundred thousand were right."""
    payable = office.payee(LAN)
    open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    office.paid(JUNE)
    office.due(payable, JUNE, 400_000)
    office.paid(JULY)
    return payable


@pytest.fixture
def case(office, lan):
    return actions.open_recovery(lan.person, by=office.preparer)


@pytest.fixture
def heard(office, case):
    actions.give_notice(case, after=1, on=date(2023, 7, 3), paper="TB 12", due_on=date(2023, 7, 18), by=office.preparer)
    actions.hear_debtor(case, after=2, on=date(2023, 7, 10), words="Đồng ý trả dần", paper="BB 4", by=office.preparer)
    return fresh_case(case)


def fresh_case(case):
    return RecoveryCase.objects.get(pk=case.pk)


def decide(office, case, **said):
    said = {"amount": 600_000, "way": "instalments", "monthly": 250_000, "first_month": AUGUST, "after": case.steps.count(), **said}
    return actions.decide_recovery(case, on=date(2023, 7, 12), paper="QĐ 15", **said, by=office.chief)


def suspend(office, case, **said):
    return actions.suspend_recovery(case, after=case.steps.count(), on=date(2023, 8, 2), words="nằm viện", **said, by=office.chief)


def test_a_found_overpayment_asks_for_a_case_until_the_day_of_the_next_list(office, lan):
    task = Task.objects.open().get(act="payments.open_recovery")
    assert (task.key, task.field, task.area_path) == (f"registry.person:{lan.person_id}", "merit", "19.173.05920.")
    assert "phát hiện chi thừa" in task.title
    assert task.due_on >= clock.today()


def test_a_case_takes_every_month_that_is_owed_back(office, lan, case):
    assert list(case.months.values_list("month", "amount")) == [(JUNE, 600_000)]
    assert (case.state, left_of(case), case.steps.get().amount) == ("opened", 600_000, 600_000)
    assert not Task.objects.open().filter(act="payments.open_recovery")
    assert Task.objects.open().get(act="payments.give_notice").title.endswith("ra thông báo thu hồi")


def test_a_month_has_one_open_case(office, lan, case):
    with pytest.raises(Refusal, match=f"Đã thuộc vụ việc {case}"):
        actions.open_recovery(lan.person, by=office.preparer)


def test_who_owes_nothing_has_no_case(office):
    payable = office.payee("Lý Văn Páo")
    with pytest.raises(Refusal, match="Lý Văn Páo không có khoản chi thừa nào"):
        actions.open_recovery(payable.person, by=office.preparer)


def test_a_neighbour_opens_no_case_here(office, lan, neighbour):
    with pytest.raises(Forbidden):
        actions.open_recovery(lan.person, by=neighbour)


def test_each_step_asks_for_the_next_with_the_term_of_its_paper(office, heard):
    assert not Task.objects.open().filter(act__in=("payments.give_notice", "payments.hear_debtor"))
    assert Task.objects.get(act="payments.hear_debtor").due_on == date(2023, 7, 18)
    assert Task.objects.open().get(act="payments.decide_recovery").title.endswith("quyết định thu hồi")


def test_nobody_is_heard_before_they_were_told(office, case):
    with pytest.raises(Refusal, match="ghi thông báo trước"):
        actions.hear_debtor(case, after=1, on=date(2023, 7, 10), words="Đồng ý", paper="BB 4", by=office.preparer)


def test_nothing_is_decided_before_the_debtor_was_heard(office, case):
    with pytest.raises(Refusal, match="Chưa ghi ý kiến"):
        decide(office, case)


def test_who_opened_a_case_does_not_decide_it(office, heard):
    RecoveryCase.objects.filter(pk=heard.pk).update(opened_in=Entry.objects.filter(by=office.chief).first())
    with pytest.raises(Refusal, match="khác người mở"):
        decide(office, fresh_case(heard))


BAD_DECISIONS = {
    "nothing": ({"amount": 0}, "còn phải thu 600.000 đồng"),
    "less than nothing": ({"amount": -5}, "từ 1 đến số đó"),
    "more than is left": ({"amount": 600_001}, "còn phải thu 600.000 đồng"),
    "no instalment": ({"monthly": None}, "một trong hai"),
    "two instalments": ({"percent": 20}, "một trong hai"),
    "an instalment of nothing": ({"monthly": 0}, "lớn hơn 0"),
    "a share above the whole": ({"monthly": None, "percent": 101}, "từ 1 đến 100"),
    "a share of nothing": ({"monthly": None, "percent": 0}, "từ 1 đến 100"),
    "no first month": ({"first_month": None}, "từ danh sách tháng nào"),
    "an unknown field": ({"other_field": "fishing"}, "Lĩnh vực khác"),
    "a term before its day": ({"way": "refund", "due_on": date(2023, 7, 11)}, "Hạn nộp trước"),
}


@pytest.mark.parametrize("name", BAD_DECISIONS)
def test_a_decision_that_cannot_be_is_refused_and_leaves_no_trace(office, heard, name):
    said, words = BAD_DECISIONS[name]
    with pytest.raises(Refusal, match=words):
        decide(office, heard, **said)
    assert (fresh_case(heard).state, heard.steps.count()) == ("heard", 3)


@pytest.mark.parametrize(("on", "words"), [(date(2023, 7, 9), "trước bước “Ý kiến"), (date(2199, 1, 1), "chưa đến")])
def test_a_paper_has_a_day_that_can_be(office, heard, on, words):
    with pytest.raises(Refusal, match=words):
        actions.decide_recovery(heard, after=3, on=on, paper="QĐ 15", amount=1, way="refund", by=office.chief)


def test_every_paper_is_named(office, case):
    with pytest.raises(Refusal, match="số thông báo"):
        actions.give_notice(case, after=1, on=date(2023, 7, 3), paper=" ", by=office.preparer)


def test_of_two_who_decide_at_the_same_moment_the_second_is_told(office, heard):
    decide(office, heard, after=3)
    with pytest.raises(Refusal, match="vừa có bước mới: Quyết định thu hồi QĐ 15 ngày 12/07/2023, do Chief ghi"):
        decide(office, heard, after=3, amount=100_000)
    assert RecoveryStep.objects.get(kind="decision").amount == 600_000


def test_instalments_are_kept_from_the_next_lists_until_nothing_is_left(office, heard):
    decide(office, heard)
    months = (AUGUST, SEPTEMBER, OCTOBER)
    office.paid(AUGUST)
    assert (left_of(heard), verify_ledger()) == (350_000, [])
    office.paid(SEPTEMBER)
    office.paid(OCTOBER)
    assert [line_of(LAN, month).deduction for month in months] == [250_000, 250_000, 100_000]
    assert [line_of(LAN, month).total for month in months] == [750_000, 750_000, 900_000]
    assert (fresh_case(heard).state, heard.steps.last().words) == ("closed", "Không còn gì phải thu: đã trừ đủ.")
    assert balances()["claim"] == balances()["kept"] == balances()["owed"] == 0
    assert verify_ledger() == []


def test_a_share_is_of_what_the_line_pays_anew(office, heard):
    decide(office, heard, monthly=None, percent=30)
    office.paid(AUGUST)
    assert line_of(LAN, AUGUST).deduction == 300_000


def test_nothing_is_kept_before_the_first_month_of_the_decision(office, heard):
    decide(office, heard, first_month=SEPTEMBER)
    office.paid(AUGUST)
    office.paid(SEPTEMBER)
    assert (line_of(LAN, AUGUST).deduction, line_of(LAN, SEPTEMBER).deduction) == (0, 250_000)


def test_a_decision_keeps_no_more_than_it_says(office, heard):
    decide(office, heard, amount=300_000)
    office.paid(AUGUST)
    office.paid(SEPTEMBER)
    assert (line_of(LAN, SEPTEMBER).deduction, left_of(heard), fresh_case(heard).state) == (50_000, 300_000, "decided")


def test_a_line_never_goes_below_nought(office, lan, heard):
    decide(office, heard, monthly=2_000_000)
    office.due(lan, AUGUST, 150_000)
    office.exported(AUGUST)
    assert (line_of(LAN, AUGUST).deduction, line_of(LAN, AUGUST).total, left_of(heard)) == (150_000, 0, 450_000)
    assert verify_ledger() == []


def test_what_is_not_collected_is_carried_over_less_the_instalment_and_keeps_none_again(office, heard):
    decide(office, heard)
    office.paid(AUGUST, unpaid={LAN})
    office.paid(SEPTEMBER)
    line = line_of(LAN, SEPTEMBER)
    assert (line.this_month, line.carried, line.deduction, line.total) == (MILLION, 750_000, 250_000, 1_500_000)
    assert (left_of(heard), balances()["owed"], verify_ledger()) == (100_000, 0, [])


def test_money_that_comes_back_later_leaves_the_instalment_where_it_is(office, heard):
    decide(office, heard)
    office.paid(AUGUST)
    actions.record_return(line_of(LAN, AUGUST), reason="Bưu điện trả lại", by=office.accountant)
    office.paid(SEPTEMBER)
    assert (line_of(LAN, SEPTEMBER).carried, left_of(heard), verify_ledger()) == (750_000, 100_000, [])


def test_a_held_line_gives_nothing_back(office, heard):
    office.payee("Lý Văn Páo")
    decide(office, heard)
    lists = office.propose(AUGUST)
    actions.hold(line_of(LAN, AUGUST), reason="chờ xác minh", by=office.preparer)
    approved = fresh(office.approve(lists))[0]
    assert (approved.deduction, left_of(heard), verify_ledger()) == (0, 600_000, [])


def test_a_withdrawn_list_gives_the_instalment_back(office, heard):
    decide(office, heard)
    actions.withdraw(office.approve(office.propose(AUGUST)), by=office.chief)
    assert (left_of(heard), balances()["owed"], balances()["kept"], verify_ledger()) == (600_000, 0, 0, [])
    office.paid(AUGUST)
    assert (line_of(LAN, AUGUST).deduction, left_of(heard), verify_ledger()) == (250_000, 350_000, [])


def test_a_case_that_a_list_had_closed_is_open_again_when_the_list_is_withdrawn(office, heard):
    decide(office, heard, monthly=600_000)
    lists = office.approve(office.propose(AUGUST))
    assert fresh_case(heard).state == "closed"
    actions.withdraw(lists, by=office.chief)
    assert (fresh_case(heard).state, left_of(heard), verify_ledger()) == ("decided", 600_000, [])


def test_nothing_is_kept_from_anybody_else(office, heard):
    office.payee("Lý Văn Páo")
    decide(office, heard)
    office.paid(AUGUST)
    assert line_of("Lý Văn Páo", AUGUST).deduction == 0
    assert set(Item.objects.filter(result="kept").values_list("line__name", flat=True)) == {LAN}


def test_a_decision_of_one_field_leaves_the_other_field_alone(office, heard):
    RecoveryCase.objects.filter(pk=heard.pk).update(field="assistance")
    decide(office, fresh_case(heard))
    office.paid(AUGUST)
    assert line_of(LAN, AUGUST).deduction == 0


def test_a_decision_that_names_the_other_field_keeps_from_it_too(office, heard):
    RecoveryCase.objects.filter(pk=heard.pk).update(field="assistance")
    decide(office, fresh_case(heard), other_field="merit")
    office.paid(AUGUST)
    assert line_of(LAN, AUGUST).deduction == 250_000


def test_a_decision_after_the_list_was_proposed_makes_it_stale(office, heard):
    lists = office.propose(AUGUST)
    decide(office, heard)
    with pytest.raises(Refusal, match="Khoản trừ thu hồi của 05920-2023-08-BĐ đã khác lúc lập"):
        office.approve(lists)
    office.approve(office.propose(AUGUST))
    assert line_of(LAN, AUGUST).deduction == 250_000


def test_a_suspended_case_keeps_nothing_until_it_goes_on(office, heard):
    decide(office, heard)
    suspend(office, heard, due_on=date(2023, 9, 20))
    office.paid(AUGUST)
    assert line_of(LAN, AUGUST).deduction == 0
    assert Task.objects.open().get(act="payments.resume_recovery").due_on == date(2023, 9, 20)
    actions.resume_recovery(heard, after=5, on=date(2023, 8, 20), by=office.chief)
    office.paid(SEPTEMBER)
    assert line_of(LAN, SEPTEMBER).deduction == 250_000


def test_what_is_not_decided_is_not_suspended_and_what_runs_is_not_resumed(office, heard):
    with pytest.raises(Refusal, match="đã có quyết định"):
        suspend(office, heard)
    with pytest.raises(Refusal, match="không tạm dừng"):
        actions.resume_recovery(heard, after=3, on=date(2023, 8, 20), by=office.chief)


def test_a_further_decision_takes_the_place_of_the_first(office, heard):
    decide(office, heard)
    office.paid(AUGUST)
    decide(office, heard, amount=350_000, monthly=50_000)
    office.paid(SEPTEMBER)
    assert (line_of(LAN, SEPTEMBER).deduction, left_of(heard)) == (50_000, 300_000)


def test_a_step_on_paper_is_undone_and_asked_for_again(office, heard):
    undo(decide(office, heard).recorded_in, by=office.chief)
    assert fresh_case(heard).state == "heard"
    assert Task.objects.open().get(key=f"payments.recoverycase:{heard.pk}").act == "payments.decide_recovery"
    office.paid(AUGUST)
    assert line_of(LAN, AUGUST).deduction == 0


def test_a_step_on_which_another_rests_is_not_undone(office, heard):
    with pytest.raises(Refusal, match="Đã có bước sau: Ý kiến của người phải trả BB 4"):
        undo(heard.steps.get(kind="notice").recorded_in, by=office.preparer)


def test_a_decision_by_which_money_was_kept_is_not_undone(office, heard):
    step = decide(office, heard)
    office.paid(AUGUST)
    with pytest.raises(Refusal, match="Tiền của vụ việc .* đã chuyển"):
        undo(step.recorded_in, by=office.chief)


def test_an_opening_is_undone_and_asked_for_again(office, lan, case):
    undo(case.opened_in, by=office.preparer)
    assert (fresh_case(case).state, verify_ledger()) == ("withdrawn", [])
    assert Task.objects.open().get(key=f"registry.person:{lan.person_id}").act == "payments.open_recovery"
    assert actions.open_recovery(lan.person, by=office.preparer).pk != case.pk


def test_nothing_is_kept_from_what_the_dead_leave(office, lan, heard):
    decide(office, heard)
    registry.record_death(lan.person, on=date(2023, 8, 20), source="Trích lục khai tử 9", by=office.preparer)
    assert "người phải trả đã mất" in Task.objects.open().get(act="payments.decide_recovery").title
    office.paid(AUGUST)
    assert (line_of(LAN, AUGUST).deduction, left_of(heard)) == (0, 600_000)


def test_a_death_that_was_undone_lets_the_case_go_on(office, lan, heard):
    decide(office, heard)
    death = registry.record_death(lan.person, on=date(2023, 8, 20), source="Trích lục khai tử 9", by=office.preparer)
    undo(death.recorded_in, by=office.preparer)
    assert not Task.objects.open().filter(act="payments.decide_recovery")
    office.paid(AUGUST)
    assert line_of(LAN, AUGUST).deduction == 250_000
