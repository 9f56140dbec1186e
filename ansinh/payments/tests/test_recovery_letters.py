"""Notice and decision of a recovery as letters: issued with their step, numbered by the register, voided with it."""
from datetime import date

import pytest
from django.urls import reverse

from ansinh.documents.alongside import Order
from ansinh.documents.models import Letter
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.payments import actions
from ansinh.web.refusal import Refusal

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))
LAN = "Dương Thị Lan"
TODAY = "12/07/2023"


@pytest.fixture
def case(office, overpaid):
    with clock.held_at(date(2023, 7, 12)):
        yield actions.open_recovery(overpaid.person, by=office.preparer)


@pytest.fixture
def signer(office):
    office.chief.title = "Phó Giám đốc Sở"
    office.chief.save()
    return office.chief


@pytest.fixture
def heard(case, office):
    actions.give_notice(case, after=1, on=date(2023, 7, 3), paper="TB 12", by=office.preparer)
    actions.hear_debtor(case, after=2, on=date(2023, 7, 10), words="Đồng ý trả dần", paper="BB 4", by=office.preparer)
    return case


def test_the_notice_is_issued_with_its_step_and_its_number_is_the_registers(case, signer, client, office):
    client.force_login(office.preparer)
    address, typed = reverse("payments.recovering", args=[case.pk, "thong-bao"]), {"on": TODAY, "after": 1, "paper": "", "due_on": "31/07/2023"}
    shown = client.post(address, typed)
    said = shown.content.decode()
    assert "Thông báo thu hồi khoản hưởng sai: chế độ" in said
    assert "số tiền (đồng) 600.000; lý do đã chi cao hơn mức được hưởng, tháng 06/2023; hạn trả lời 31/07/2023" in said
    assert not Letter.objects.exists()
    ticked = shown.context["page"].form["letters"].initial
    client.post(address, typed | {"confirmed": "yes", "letters": ticked, "letter_signer": signer.pk})
    letter = Letter.objects.get()
    assert case.steps.get(number=2).paper == letter.symbol == "01/TB-SLĐTBXH"
    assert letter.about == f"payments.recoverycase:{case.pk}"


def test_the_decision_says_how_the_money_comes_back_and_undo_voids_it(heard, signer):
    said = {"amount": 600_000, "way": "instalments", "monthly": 150_000, "first_month": date(2023, 8, 1)}
    step = actions.decide_recovery(heard, after=3, on=clock.today(), letter=Order(signer), by=signer, **said)
    letter = Letter.objects.get()
    assert step.paper == letter.symbol
    assert letter.values["cách thu"] == "trừ mỗi tháng 150.000 đồng, từ danh sách tháng 08/2023"
    assert letter.values["căn cứ"] == "Thông báo: TB 12 ngày 03/07/2023; Ý kiến của người phải trả: BB 4 ngày 10/07/2023"
    undo(Entry.objects.get(act="payments.decide_recovery"), by=signer)
    assert not Letter.objects.standing().exists()


def test_a_letter_bears_the_day_on_which_it_is_issued(heard, signer):
    said = {"amount": 600_000, "way": "refund", "after": 3, "on": date(2023, 7, 11)}
    with pytest.raises(Refusal, match="mang ngày hôm nay"):
        actions.decide_recovery(heard, letter=Order(signer), by=signer, **said)
    assert not Letter.objects.exists()


def test_a_paper_that_exists_is_written_down_by_its_number_and_nothing_is_issued(case, signer, client, office):
    client.force_login(office.preparer)
    typed = {"on": "03/07/2023", "after": 1, "paper": "TB 12", "due_on": "31/07/2023"}
    assert client.post(reverse("payments.recovering", args=[case.pk, "thong-bao"]), typed).status_code == 302
    assert case.steps.get(number=2).paper == "TB 12"
    assert not Letter.objects.exists()


@pytest.mark.parametrize("more", [{"due_on": ""}, {"due_on": "31/07/2023"}])
def test_without_number_and_without_letter_the_step_is_refused(case, signer, client, office, more):
    client.force_login(office.preparer)
    typed = {"on": TODAY, "after": 1, "paper": "", "confirmed": "yes"} | more
    answer = client.post(reverse("payments.recovering", args=[case.pk, "thong-bao"]), typed)
    assert answer.status_code == 422
    assert "Ghi số thông báo" in answer.content.decode()
    assert case.steps.count() == 1
