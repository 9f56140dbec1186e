"""Trang vụ việc thu hồi: the list with its filters and files, one case, its forms, and what others do not see."""
from datetime import date

import pytest
from django.urls import reverse

from ansinh.office import clock
from ansinh.payments import actions
from ansinh.payments.models import RecoveryCase

MAY, JUNE, JULY, AUGUST = (date(2023, m, 1) for m in range(5, 9))
LAN = "Dương Thị Lan"


@pytest.fixture
def case(office, overpaid):
    return actions.open_recovery(overpaid.person, by=office.preparer)


def seen(client, account, address):
    client.force_login(account)
    return client.get(address)


def text(answer):
    return answer.content.decode()


def decide(office, case, **said):
    actions.give_notice(case, after=1, on=date(2023, 7, 3), paper="TB 12", by=office.preparer)
    actions.hear_debtor(case, after=2, on=date(2023, 7, 10), words="Đồng ý trả dần", paper="BB 4", by=office.preparer)
    said = {"amount": 600_000, "way": "instalments", "monthly": 250_000, "first_month": AUGUST, **said}
    return actions.decide_recovery(case, after=3, on=date(2023, 7, 12), paper="QĐ 15", **said, by=office.chief)


def test_the_list_says_who_owes_what(client, office, case):
    page = text(seen(client, office.preparer, reverse("payments.recoveries")))
    assert "1 vụ việc, còn phải thu 600.000" in page
    assert LAN in page


FILTERS = {"buoc=opened": 1, "buoc=decided": 0, "buoc=tat-ca": 1, "noi=19.173.05920.": 1, "noi=19.165.": 1, "tuoi=30": 0, "buoc=nonsense": 1, "sau=x": 1}


@pytest.mark.parametrize("asked", FILTERS)
def test_the_list_is_narrowed_by_place_state_and_age(client, office, case, asked):
    assert f"{FILTERS[asked]} vụ việc, còn phải thu" in text(seen(client, office.preparer, f"{reverse('payments.recoveries')}?{asked}"))


def test_a_case_that_is_over_is_among_all_of_them(client, office, case):
    said = {"after": 1, "on": date(2023, 7, 3), "paper": "PT 1", "amount": 600_000}
    actions.record_repayment(case, **said, by=office.accountant)
    address = reverse("payments.recoveries")
    assert "Không có vụ việc nào" in text(seen(client, office.preparer, address))
    assert "Đã kết thúc" in text(seen(client, office.preparer, f"{address}?buoc=tat-ca"))


def test_the_list_is_a_file_too(client, office, case):
    answer = seen(client, office.preparer, f"{reverse('payments.recoveries')}?tai=csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[1].split(",")[:2] == [str(case), LAN]
    assert lines[1].endswith("600000,0,0,0,0,600000")


def test_a_case_tells_months_reasons_days_and_the_next_deduction(client, office, case):
    decide(office, case)
    page = text(seen(client, office.preparer, reverse("payments.recovery", args=[case.pk])))
    assert "1.000.000 đ một tháng theo Điều 1" in page
    assert "400.000 đ một tháng theo Điều 1" in page
    assert "Đồng ý trả dần" in page
    assert "Danh sách tháng 08/2023, theo mức chi lần gần nhất" in page


def test_what_was_deducted_opens_the_line(client, office, case):
    decide(office, case)
    office.paid(AUGUST)
    page = text(seen(client, office.preparer, reverse("payments.recovery", args=[case.pk])))
    assert "Trừ vào danh sách tháng 08/2023" in page
    assert "Quyết định thu hồi" in page
    line = text(seen(client, office.preparer, reverse("payments.why", args=[case.person.lines.latest("paylist__month").pk])))
    assert f"Vụ việc {case}" in line
    assert "QĐ 15 ngày 12/07/2023" in line


def test_what_is_given_back_stands_in_the_case(client, office, case):
    decide(office, case)
    office.paid(AUGUST)
    office.due(case.months.get().payable, JUNE, 1_000_000)
    office.paid(date(2023, 9, 1))
    page = text(seen(client, office.preparer, reverse("payments.recovery", args=[case.pk])))
    assert "Hoàn lại trong danh sách tháng 09/2023" in page
    assert "Hủy thu hồi: được hưởng lại" in page


def test_a_case_that_is_about_to_be_cancelled_says_so_before_more_is_taken(client, office, case):
    office.due(case.months.get().payable, JUNE, 1_000_000)
    office.propose(AUGUST)
    page = text(seen(client, office.accountant, reverse("payments.recovery", args=[case.pk])))
    assert "danh sách đang chờ duyệt hủy 600.000 đ của vụ việc" in page


@pytest.mark.parametrize("name", ["payments.recovery", "payments.recovering", "payments.recovery_back"])
def test_a_neighbour_does_not_find_the_case(client, office, case, neighbour, name):
    rest = {"payments.recovery": [case.pk], "payments.recovering": [case.pk, "thong-bao"], "payments.recovery_back": [case.steps.get().pk]}
    assert seen(client, neighbour, reverse(name, args=rest[name])).status_code == 404
    assert "Không có vụ việc nào" in text(seen(client, neighbour, reverse("payments.recoveries")))


def test_who_may_not_decide_sees_no_form_for_it(client, office, case):
    assert seen(client, office.preparer, reverse("payments.recovering", args=[case.pk, "quyet-dinh"])).status_code == 404
    assert seen(client, office.preparer, reverse("payments.recovering", args=[case.pk, "nonsense"])).status_code == 404


def test_a_form_with_an_older_page_is_told_and_keeps_what_was_typed(client, office, case):
    address = reverse("payments.recovering", args=[case.pk, "thong-bao"])
    form = {"on": "03/07/2023", "paper": "TB 12", "after": "1"}
    client.force_login(office.preparer)
    assert client.post(address, form).status_code == 302
    answer = client.post(address, {**form, "paper": "TB 13"})
    assert answer.status_code == 422
    assert "vừa có bước mới: Thông báo TB 12" in text(answer)
    assert "TB 13" in text(answer)


def test_a_case_is_opened_after_its_months_were_shown(client, office):
    lan = office.payee(LAN)
    office.paid(JUNE)
    office.due(lan, JUNE, 0)
    office.paid(JULY)
    client.force_login(office.preparer)
    address = reverse("payments.open_recovery", args=[lan.person_id])
    assert "Tháng 06/2023" in text(client.post(address, {"words": ""}))
    assert client.post(address, {"words": "", "confirmed": "yes"}).url == reverse("payments.recovery", args=[RecoveryCase.objects.get().pk])


def test_a_receipt_is_cancelled_from_the_page_of_its_case(client, office, case):
    step = actions.record_repayment(case, after=1, on=clock.today(), paper="PT 1", amount=100_000, by=office.accountant)
    address = reverse("payments.recovery_back", args=[step.pk])
    assert address in text(seen(client, office.accountant, reverse("payments.recovery", args=[case.pk])))
    assert client.post(address, {"reason": "ghi nhầm"}).status_code == 302
    assert "đã rút lại" in text(client.get(reverse("payments.recovery", args=[case.pk])))


def test_the_claims_lead_to_their_case_and_leave_single_months_alone(client, office, case):
    page = text(seen(client, office.accountant, reverse("payments.claims")))
    assert reverse("payments.recovery", args=[case.pk]) in page
    assert "Thu tiền mặt" not in page


def test_the_person_page_shows_what_is_being_recovered(client, office, case):
    page = text(seen(client, office.preparer, f"/nguoi/{case.person_id}/"))
    assert "Đang thu hồi" in page
    assert str(case) in page
