"""Story 3: a death learnt in July and dated May raises a task, the task stops the benefit, the next list finds the recovery."""
from datetime import date

from playwright.sync_api import expect

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.payments import actions as payments
from tests.people import PROVINCE

LEARNT, LOCK_OF_AUGUST, AUGUST = date(2023, 7, 20), date(2023, 7, 25), date(2023, 8, 1)


def test_a_death_learned_late_stops_the_benefit_and_is_owed_back(
    stand_at, at_desk, lan, granted, run_list, officer, chief, appoint
):
    clerk = appoint("clerk", "officer", PROVINCE)
    entitlement = Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=date(2023, 5, 1)))
    run_list(date(2023, 6, 1))
    run_list(date(2023, 7, 1))
    stand_at(LEARNT)
    page = at_desk(officer)

    page.goto(f"/nguoi/{lan.pk}/")
    page.get_by_role("link", name="Ghi nhận mất").click()
    page.get_by_label("Ngày mất").fill("14/05/2023")
    page.get_by_label("Giấy tờ làm căn cứ").fill("Trích lục khai tử 38/2023")
    page.get_by_role("button", name="Ghi nhận mất").click()
    expect(page.locator("main")).to_contain_text("Không khoản tiền nào đổi đến khi việc ấy được làm.")
    page.get_by_role("button", name="Ghi nhận mất").click()

    page.goto("/viec/")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.locator("#id_until")).to_have_value("31/05/2023")
    page.get_by_label("người hưởng mất").check()
    page.get_by_label("Quyết định").fill("QĐ 1204/QĐ-SLĐTBXH ngày 20/07/2023")
    page.get_by_role("button", name="Xem hệ quả rồi ghi").click()
    expect(page.locator("main")).to_contain_text("6.348.000")
    page.locator("main form").get_by_role("button").first.click()
    entitlement.payable.refresh_from_db()
    assert entitlement.payable.ends_on == date(2023, 5, 31)

    stand_at(LOCK_OF_AUGUST)
    benefits.assess(AUGUST, by=clerk)
    payments.approve(payments.propose(AUGUST, by=clerk), by=chief)
    page.goto("/chi-tra/thu-hoi/")
    expect(page.locator("main")).to_contain_text("3.174.000")
