"""Tệp trả về: several a list, each kept; parts, other names, other hands, corrections; and everything can be taken back."""
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from ansinh.office import actions as office_actions
from ansinh.office.cabinet import read_file
from ansinh.office.models import Entry, Task
from ansinh.payments import actions
from ansinh.payments.models import Item, Line, ReturnAnswer, ReturnFile
from ansinh.payments.queries import balances, verify_ledger
from ansinh.web.refusal import Refusal

from .office import answers, fresh, line_of, open_before

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))
MILLION = 1_000_000
LAN, PAO, SAO = "Dương Thị Lan", "Lý Văn Páo", "Vi Thị Sao"


@pytest.fixture
def exported(office):
    for name in (LAN, PAO, SAO):
        open_before(office.payee(name), date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    return office.exported(JUNE)


def taken(office, lists, given, **more):
    return actions.reconcile(lists, answers=given, by=office.accountant, **more)


def undo(act, account, place=0):
    """Take back the newest act of a name."""
    return office_actions.undo(Entry.objects.filter(act=act, undone_by=None).order_by("-id")[place], by=account)


def results():
    return dict(Line.objects.filter(paylist__month=JUNE).values_list("name", "result"))


def with_first(given, **values):
    return [replace(given[0], **values), *given[1:]]


def test_a_provider_reports_in_parts_and_the_list_waits_for_the_last(office, exported):
    given = answers(exported, unpaid={SAO})
    taken(office, exported, given[:1])
    assert (fresh(exported)[0].state, balances()["provider"]) == ("exported", 2 * MILLION)
    assert verify_ledger() == []
    taken(office, exported, given[1:])
    assert (fresh(exported)[0].state, balances()["provider"]) == ("returned", MILLION)
    assert results() == {LAN: "paid", PAO: "paid", SAO: "unpaid"}
    assert verify_ledger() == []


def test_a_file_is_kept_as_it_came_and_the_journal_names_its_fingerprint(office, exported):
    data = b"danh sach tra ve"
    taken(office, exported, answers(exported), data=data, name="thang-6.csv")
    kept = ReturnFile.objects.get()
    assert (kept.name, kept.rows, kept.taken_in.by, read_file(kept.file)) == ("thang-6.csv", 3, office.accountant, data)
    assert Entry.objects.get(act="payments.reconcile_file").facts == {"sha256": sha256(data).hexdigest(), "rows": 3}
    assert LAN not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_the_same_file_twice_changes_nothing_also_when_the_list_is_closed(office, exported):
    taken(office, exported, answers(exported), data=b"tep", name="mot.csv")
    actions.close(exported, by=office.accountant)
    with pytest.raises(Refusal, match="không có gì thay đổi"):
        taken(office, exported, answers(exported), data=b"tep", name="hai.csv")
    assert (ReturnFile.objects.count(), balances()["provider"]) == (1, 0)


def test_a_second_officer_with_the_same_answers_in_another_file_moves_nothing(office, exported):
    taken(office, exported, answers(exported), data=b"mot")
    counts = taken(office, exported, answers(exported), data=b"hai")
    assert (counts["paid"], counts["same"], balances()["provider"]) == (0, 3, 0)
    assert verify_ledger() == []


def test_another_answer_in_a_second_file_is_told_with_its_place_and_nothing_is_half_done(office, exported):
    taken(office, exported, answers(exported)[:2], name="mot.csv", data=b"mot")
    with pytest.raises(Refusal, match="Dòng 2 của tệp: số 1 đã ghi là đã nhận theo dòng 2 của tệp mot.csv; .*ô Sửa tệp trước"):
        taken(office, exported, answers(exported, unpaid={LAN}), name="hai.csv", data=b"hai")
    assert results() == {LAN: "paid", PAO: "paid", SAO: ""}
    assert ReturnFile.objects.count() == 1


def test_a_later_file_corrects_an_earlier_one_with_a_reason(office, exported):
    taken(office, exported, answers(exported))
    counts = taken(office, exported, answers(exported, unpaid={LAN}), corrects="bưu điện ghi nhầm dòng")
    assert (counts["unpaid"], counts["same"]) == (1, 2)
    assert results() == {LAN: "unpaid", PAO: "paid", SAO: "paid"}
    assert balances()["provider"] == MILLION
    assert verify_ledger() == []
    office.paid(JULY)
    assert line_of(LAN, JULY).carried == MILLION


def test_a_correction_comes_too_late_when_the_next_list_carries_the_money(office, exported):
    office.reconcile(exported, unpaid={LAN})
    july = office.exported(JULY)
    with pytest.raises(Refusal, match=f"khoản này đã chuyển sang {july[0].number}"):
        taken(office, exported, answers(exported), corrects="đã nhận rồi")
    assert results()[LAN] == "unpaid"
    assert verify_ledger() == []


def test_what_was_paid_in_part_leaves_a_rest_that_is_carried(office, exported):
    counts = taken(office, exported, with_first(answers(exported), paid_amount=400_000, reason="bưu cục thiếu tiền mặt"))
    assert (counts["paid"], counts["partly"], balances()["provider"]) == (3, 1, 600_000)
    assert results()[LAN] == "partly"
    assert verify_ledger() == []
    office.paid(JULY)
    assert (line_of(LAN, JULY).carried, balances()["owed"]) == (600_000, 0)
    assert verify_ledger() == []


def test_the_part_and_the_rest_are_carried_side_by_side_when_the_part_is_brought_back(office, exported):
    taken(office, exported, with_first(answers(exported), paid_amount=400_000, reason="thiếu tiền mặt"))
    actions.record_return(line_of(LAN, JUNE), reason="trả lại", by=office.accountant)
    assert verify_ledger() == []
    office.paid(JULY)
    assert line_of(LAN, JULY).carried == MILLION
    assert (Item.objects.filter(posting__month=JUNE, line__name=LAN, line__paylist__month=JULY).count(), verify_ledger()) == (2, [])


def test_a_part_is_corrected_to_the_whole(office, exported):
    taken(office, exported, with_first(answers(exported), paid_amount=400_000, reason="thiếu tiền mặt"))
    taken(office, exported, answers(exported), corrects="đã trả nốt trong kỳ")
    assert (results()[LAN], Item.objects.count(), balances()["provider"]) == ("paid", 3, 0)
    assert verify_ledger() == []


def test_a_name_without_its_accents_is_the_same_name(office, exported):
    assert taken(office, exported, with_first(answers(exported), name="DUONG THI LAN"))["asked"] == 0


def test_another_name_waits_until_somebody_has_confirmed_it(office, exported):
    assert taken(office, exported, with_first(answers(exported), name="Dương Thị Loan"))["asked"] == 1
    assert (results()[LAN], fresh(exported)[0].state, balances()["provider"]) == ("", "exported", MILLION)
    task, asked = Task.objects.open().get(act="payments.reconcile_name"), ReturnAnswer.objects.open().get()
    with pytest.raises(Refusal, match="xác nhận thế nào"):
        actions.reconcile_name(asked, reason=" ", by=office.accountant)
    actions.reconcile_name(asked, reason="gọi bưu cục Tân Kim: ghi nhầm tên đệm", by=office.accountant)
    assert (results()[LAN], fresh(exported)[0].state, balances()["provider"]) == ("paid", "returned", 0)
    assert not Task.objects.open().filter(pk=task.pk).exists()
    undo("payments.reconcile_name", office.accountant)
    assert (results()[LAN], fresh(exported)[0].state, Task.objects.open().count()) == ("", "exported", 1)
    assert verify_ledger() == []


def test_a_rejected_name_leaves_the_line_to_a_further_file(office, exported):
    taken(office, exported, with_first(answers(exported), name="Vi Văn Bình"))
    actions.reconcile_rejection(ReturnAnswer.objects.open().get(), reason="người khác xã", by=office.accountant)
    assert (results()[LAN], Task.objects.open().count()) == ("", 0)
    taken(office, exported, answers(exported, unpaid={LAN})[:1])
    assert (results()[LAN], fresh(exported)[0].state) == ("unpaid", "returned")
    assert verify_ledger() == []


def test_a_further_file_with_the_right_name_answers_the_question(office, exported):
    taken(office, exported, with_first(answers(exported), name="Dương Thị Loan"))
    taken(office, exported, answers(exported)[:1])
    assert (results()[LAN], Task.objects.open().count()) == ("paid", 0)
    undo("payments.reconcile", office.accountant)
    assert (results()[LAN], Task.objects.open().count(), ReturnAnswer.objects.open().count()) == ("", 1, 1)


def test_who_signs_for_the_person_is_recorded_and_asked_about_when_nobody_authorised_them(office, exported):
    signed = {"signer": "Lý Văn Bình", "relation": "con"}
    taken(office, exported, with_first(answers(exported), **signed))
    answer = ReturnAnswer.objects.get(line__name=LAN)
    assert (results()[LAN], answer.signer, answer.relation) == ("paid", "Lý Văn Bình", "con")
    assert Task.objects.open().get().act == "payments.record_signature"
    with pytest.raises(Refusal, match="giấy tờ"):
        actions.record_signature(answer, paper="", by=office.accountant)
    actions.record_signature(answer, paper="Giấy ủy quyền 12/UQ", by=office.accountant)
    assert (Task.objects.open().count(), ReturnAnswer.objects.get(pk=answer.pk).paper) == (0, "Giấy ủy quyền 12/UQ")
    undo("payments.record_signature", office.accountant)
    assert (Task.objects.open().count(), ReturnAnswer.objects.get(pk=answer.pk).paper) == (1, "")


@pytest.mark.parametrize("who", ["Ly van binh", LAN])
def test_the_authorised_receiver_and_the_person_sign_without_a_question(office, who):
    payable = office.payee(LAN, receiver="Lý Văn Bình", receiver_relation="con", receiver_paper="UQ 12", receiver_until=date(2030, 1, 1))
    open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    lists = office.exported(JUNE)
    taken(office, lists, with_first(answers(lists), signer=who, relation="con"))
    assert Task.objects.open().count() == 0


def test_money_brought_back_months_later_is_told_by_a_file_for_the_closed_list(office, exported):
    taken(office, exported, answers(exported))
    actions.close(exported, by=office.accountant)
    office.paid(JULY)
    late = [replace(answers(exported)[0], paid=False, brought_back=True, reason="người nhận đã chuyển đi")]
    assert taken(office, exported, late)["returned"] == 1
    assert (results()[LAN], fresh(exported)[0].state, balances()["provider"]) == ("returned", "closed", MILLION)
    assert verify_ledger() == []
    office.paid(date(2023, 8, 1))
    assert line_of(LAN, date(2023, 8, 1)).carried == MILLION


def test_money_brought_back_by_mistake_is_handed_over_again(office, exported):
    taken(office, exported, answers(exported))
    actions.record_return(line_of(LAN, JUNE), reason="ghi nhầm", by=office.accountant)
    undo("payments.record_return", office.accountant)
    assert (results()[LAN], balances()["provider"], balances()["owed"]) == ("paid", 0, 0)
    assert verify_ledger() == []


def test_money_brought_back_stays_so_when_the_next_list_carries_it(office, exported):
    taken(office, exported, answers(exported))
    actions.record_return(line_of(LAN, JUNE), reason="trả lại", by=office.accountant)
    office.exported(JULY)
    with pytest.raises(Refusal, match="đã chuyển sang 05920-2023-07"):
        undo("payments.record_return", office.accountant)


def test_a_file_is_taken_back_and_may_be_taken_again(office, exported):
    given = with_first(answers(exported, unpaid={SAO}), paid_amount=300_000, reason="thiếu tiền mặt")
    taken(office, exported, given, data=b"mot")
    undo("payments.reconcile", office.accountant)
    assert (set(results().values()), fresh(exported)[0].state, balances()["provider"]) == ({""}, "exported", 3 * MILLION)
    assert verify_ledger() == []
    taken(office, exported, given, data=b"mot")
    assert (results(), verify_ledger()) == ({LAN: "partly", PAO: "paid", SAO: "unpaid"}, [])


def test_undoing_a_correction_brings_back_what_was_said_before(office, exported):
    taken(office, exported, answers(exported, unpaid={PAO}))
    taken(office, exported, with_first(answers(exported), paid_amount=1, reason="nhầm"), corrects="sửa lại")
    with pytest.raises(Refusal, match="đã sửa tệp này; hoàn tác tệp ấy trước"):
        undo("payments.reconcile", office.accountant, place=1)
    undo("payments.reconcile", office.accountant)
    assert (results(), verify_ledger()) == ({LAN: "paid", PAO: "unpaid", SAO: "paid"}, [])


def test_what_a_second_file_said_again_stands_when_the_first_is_undone(office, exported):
    taken(office, exported, answers(exported)[:2], data=b"mot")
    taken(office, exported, answers(exported)[1:], data=b"hai")
    undo("payments.reconcile", office.accountant, place=1)
    assert (results(), verify_ledger()) == ({LAN: "", PAO: "paid", SAO: "paid"}, [])


def test_a_file_is_not_taken_back_when_its_list_is_closed(office, exported):
    taken(office, exported, answers(exported))
    actions.close(exported, by=office.accountant)
    with pytest.raises(Refusal, match="đã đóng nên không hoàn tác"):
        undo("payments.reconcile", office.accountant)
    assert verify_ledger() == []
