"""Đối chiếu: the return file is taken whole or not at all, and nothing is lost of what was not collected."""
from dataclasses import replace
from datetime import date

import pytest

from ansinh.payments import actions
from ansinh.payments.models import Item, Line
from ansinh.payments.queries import balances, verify_ledger
from ansinh.payments.reports import return_form
from ansinh.payments.return_file import lists_of, read_answers
from ansinh.registry import actions as registry
from ansinh.web.refusal import Refusal

from .office import answers, fresh, line_of, open_before

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))
MILLION = 1_000_000


@pytest.fixture
def exported(office):
    for name, number in (("Dương Thị Lan", "TB-01"), ("Lý Văn Páo", "TB-02"), ("Vi Thị Sao", "TB-03")):
        payable = office.payee(name)
        open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
        registry.add_identifier(payable.person, kind="file", number=number, source="QĐ 12", by=office.preparer)
    return office.exported(JUNE)


def taken(office, lists, given):
    return actions.reconcile(lists, answers=given, by=office.accountant)


def test_every_line_gets_its_result(office, exported):
    result = taken(office, exported, answers(exported, unpaid={"Lý Văn Páo"}))
    assert result == {"paid": 2, "partly": 0, "unpaid": 1, "returned": 0, "same": 0, "asked": 0}
    assert list(Line.objects.order_by("position").values_list("result", "result_reason")) == [("paid", ""), ("unpaid", "vắng nhà"), ("paid", "")]
    assert (balances()["owed"], balances()["provider"]) == (-MILLION, MILLION)
    assert verify_ledger() == []


REFUSALS = {
    "another list": (lambda given: [*given, replace(given[0], list_number="05518-2023-06-BĐ")], "danh sách khác: 05518-2023-06-BĐ"),
    "another month": (lambda given: [replace(a, list_number="05920-2023-05-BĐ") for a in given], "danh sách khác: 05920-2023-05-BĐ"),
    "an unknown line": (lambda given: [*given, replace(given[0], position=9, row=5)], "Dòng 5 của tệp: 05920-2023-06-BĐ không có số thứ tự 9"),
    "a line twice": (lambda given: [*given, replace(given[1], row=5)], "Dòng 5 .* số 2 có hai lần"),
    "another amount": (lambda given: [replace(given[0], amount=999_999), *given[1:]], "số tiền 999999 khác danh sách"),
    "rows out of order": (lambda given: [replace(given[0], file_number="TB-03"), *given[1:]], "số hồ sơ TB-03 không phải của số thứ tự 1"),
    "no reason": (lambda given: [replace(given[0], paid=False), *given[1:]], "chưa nhận thì ghi lý do"),
    "an empty file": (lambda _given: [], "Tệp không có dòng nào"),
    "more than listed": (lambda given: [replace(given[0], paid_amount=MILLION + 1), *given[1:]], "phải từ 1 đến 1000000"),
    "nothing paid": (lambda given: [replace(given[0], paid_amount=0), *given[1:]], "phải từ 1 đến 1000000"),
    "a part without a reason": (lambda given: [replace(given[0], paid_amount=400_000), *given[1:]], "lý do phần chưa trả"),
    "not paid and paid": (
        lambda given: [replace(given[0], paid=False, reason="vắng", paid_amount=5), *given[1:]], "bỏ trống cột Số tiền đã trả",
    ),
    "brought back before it was paid": (lambda given: [replace(given[0], brought_back=True, reason="mất"), *given[1:]], "chưa được ghi là đã nhận"),
    "brought back without a reason": (lambda given: [replace(given[0], brought_back=True), *given[1:]], "trả lại thì ghi lý do"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_file_that_does_not_fit_is_refused_whole(office, exported, case):
    spoil, words = REFUSALS[case]
    with pytest.raises(Refusal, match=words):
        taken(office, exported, spoil(answers(exported)))
    assert fresh(exported)[0].state == "exported"
    assert set(Item.objects.values_list("result", flat=True)) == {""}
    assert balances()["provider"] == 3 * MILLION


def test_the_same_file_again_is_refused(office, exported):
    given = answers(exported)
    taken(office, exported, given)
    with pytest.raises(Refusal, match="Tệp này đã nhận lúc .* người nhận .*; không có gì thay đổi"):
        taken(office, exported, given)
    assert balances()["provider"] == 0


def test_a_list_that_was_not_exported_has_no_return_file(office):
    office.payee("Dương Thị Lan")
    lists = office.approve(office.propose(JUNE))
    with pytest.raises(Refusal, match="đã xuất"):
        taken(office, lists, answers(lists))


def test_a_list_closes_when_every_line_has_its_result(office, exported):
    with pytest.raises(Refusal, match="Dòng 1 của 05920-2023-06-BĐ chưa có kết quả"):
        actions.close(exported, by=office.accountant)
    taken(office, exported, answers(exported))
    actions.close(exported, by=office.accountant)
    assert fresh(exported)[0].state == "closed"


def test_money_brought_back_later_goes_with_the_next_list(office, exported):
    taken(office, exported, answers(exported))
    line = line_of("Dương Thị Lan", JUNE)
    actions.record_return(line, reason="Bưu điện trả lại, người nhận nằm viện", by=office.accountant)
    assert (balances()["owed"], balances()["provider"]) == (-MILLION, MILLION)
    with pytest.raises(Refusal, match="đã nhận tiền"):
        actions.record_return(line, reason="lần hai", by=office.accountant)
    office.paid(JULY)
    assert line_of("Dương Thị Lan", JULY).carried == MILLION
    assert balances()["owed"] == 0
    assert verify_ledger() == []


def test_what_is_not_collected_three_times_is_carried_three_times(office, exported):
    office.reconcile(exported, unpaid={"Dương Thị Lan"})
    office.paid(JULY, unpaid={"Dương Thị Lan"})
    office.paid(date(2023, 8, 1), unpaid={"Dương Thị Lan"})
    office.paid(date(2023, 9, 1))
    assert line_of("Dương Thị Lan", date(2023, 9, 1)).carried == 3 * MILLION
    assert (balances()["owed"], balances()["provider"]) == (0, 0)
    assert verify_ledger() == []


def filled(lists, **results):
    """The form of these lists as the provider sends it back, as CSV."""
    lines = Line.objects.filter(paylist__in=lists).order_by("position")
    rows = [f"{li.paylist},{li.position},{li.file_number},{li.name},{li.total},{results.get(li.file_number[-2:], 'Đã nhận')}" for li in lines]
    return "\n".join(["Số danh sách,STT,Số hồ sơ,Họ và tên,Số tiền,Kết quả,Lý do", *(row if row.count(",") == 6 else f"{row}," for row in rows)]).encode()


def test_a_filled_form_is_read_with_its_results_and_reasons(office, exported):
    given = read_answers(filled(exported, **{"02": "Chưa nhận,vắng nhà"}), "tra-ve.csv")
    assert [(a.position, a.paid, a.reason, a.amount, a.file_number) for a in given] == [
        (1, True, "", MILLION, "TB-01"), (2, False, "vắng nhà", MILLION, "TB-02"), (3, True, "", MILLION, "TB-03"),
    ]
    assert lists_of(given, office.accountant) == exported
    assert taken(office, exported, given) == {"paid": 2, "partly": 0, "unpaid": 1, "returned": 0, "same": 0, "asked": 0}


def test_the_form_as_it_was_sent_out_says_that_nobody_has_collected(exported):
    given = read_answers(return_form(exported), "tra-ve.xlsx")
    assert [(a.position, a.paid) for a in given] == [(1, False), (2, False), (3, False)]


def test_a_result_that_is_neither_is_named_with_its_row(exported):
    with pytest.raises(Refusal, match="Dòng 3 của tệp: kết quả “để sau” không rõ"):
        read_answers(filled(exported, **{"02": "để sau"}), "tra-ve.csv")


def test_lists_of_another_area_do_not_exist_for_a_reader(exported, neighbour):
    given = read_answers(filled(exported), "tra-ve.csv")
    with pytest.raises(Refusal, match="Không có danh sách 05920-2023-06-BĐ"):
        lists_of(given, neighbour)
