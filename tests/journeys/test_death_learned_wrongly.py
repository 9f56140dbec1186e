"""A death is recorded for the wrong person, lists go out, and it is taken back: what was missed comes, nothing is owed, nothing twice."""
from datetime import date

from playwright.sync_api import expect

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.payments import actions as payments
from ansinh.payments.models import Line
from ansinh.payments.queries import open_claims
from tests.browser import serious_faults
from tests.people import PROVINCE

LEARNT, LOCK_OF_AUGUST, AUGUST = date(2023, 7, 20), date(2023, 7, 25), date(2023, 8, 1)
MISTAKE_FOUND, LOCK_OF_SEPTEMBER, SEPTEMBER = date(2023, 8, 10), date(2023, 8, 25), date(2023, 9, 1)


def test_a_death_recorded_for_the_wrong_person_is_taken_back_with_all_that_followed(
    stand_at, at_desk, lan, granted, run_list, officer, chief, accountant, appoint
):
    clerk = appoint("clerk", "officer", PROVINCE)
    entitlement = Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=date(2023, 5, 1)))
    run_list(date(2023, 6, 1))
    run_list(date(2023, 7, 1))
    stand_at(LEARNT)
    page = at_desk(officer)

    page.goto(f"/nguoi/{lan.pk}/")
    page.get_by_role("link", name="Ghi sự kiện").click()
    page.get_by_role("link", name="Mất", exact=True).click()
    page.get_by_label("Ngày mất").fill("14/05/2023")
    page.get_by_label("Giấy tờ làm căn cứ").fill("Trích lục khai tử 38/2023")
    page.get_by_role("button", name="Xem hệ quả").click()
    expect(page.locator("main")).to_contain_text("Chưa ghi gì vào sổ")
    assert not serious_faults(page)
    expect(page.locator("#thang")).to_contain_text("6.348.000")
    page.get_by_role("button", name="Ghi nhận mất, thôi hưởng sau 31/05/2023").click()
    expect(page.locator("main")).to_contain_text("Đã ghi: Dương Thị Lan mất ngày 14/05/2023.")
    entitlement.payable.refresh_from_db()
    assert entitlement.payable.ends_on == date(2023, 5, 31)

    stand_at(LOCK_OF_AUGUST)
    benefits.assess(AUGUST, by=clerk)
    august = payments.propose(AUGUST, by=clerk)
    payments.approve(august, by=chief)
    payments.export(august, by=accountant)
    assert open_claims()["amount"].to_list() == [3_174_000, 3_174_000]

    stand_at(MISTAKE_FOUND)
    page.goto(f"/nguoi/{lan.pk}/")
    page.get_by_role("link", name="Hoàn tác").click()
    expect(page.locator("main")).to_contain_text("Chưa hoàn tác gì")
    assert not serious_faults(page)
    expect(page.locator("#thang")).to_contain_text("bỏ khoản đang đòi 3.174.000")
    page.get_by_role("button", name="Hoàn tác cả việc").click()
    expect(page.locator("main")).to_contain_text("Đã hoàn tác.")

    stand_at(LOCK_OF_SEPTEMBER)
    benefits.assess(SEPTEMBER, by=clerk)
    payments.approve(payments.propose(SEPTEMBER, by=clerk), by=chief)
    line = Line.objects.get(person=lan, paylist__month=SEPTEMBER)
    assert (line.this_month, line.arrears, line.total) == (3_174_000, 3_174_000, 6_348_000)
    assert open_claims().is_empty()
