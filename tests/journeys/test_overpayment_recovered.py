"""Story: a grade that was too high was paid for two months; told, heard, decided, deducted twice, the rest in cash, and closed."""
from datetime import date

from playwright.sync_api import expect

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.payments.models import RecoveryCase
from ansinh.payments.queries import verify_ledger
from ansinh.payments.queries.recovery import left_of

JANUARY, FEBRUARY, MARCH, APRIL, MAY = (date(2024, month, 1) for month in range(1, 6))


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def take_step(page, case, link, filled):
    """One step on its form, from the page of the case."""
    page.goto(f"/chi-tra/vu-viec/{case.pk}/")
    page.get_by_role("link", name=link, exact=True).click()
    for label, value in filled.items():
        page.get_by_label(label, exact=True).fill(value)
    press(page, link)


def test_an_overpayment_is_recovered(stand_at, at_desk, lan, granted, run_list, officer, chief, accountant):
    entitlement = Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=date(2023, 12, 1)))
    run_list(JANUARY)
    run_list(FEBRUARY)
    stand_at(date(2024, 2, 12))
    benefits.correct(entitlement, since=JANUARY, grade=51, source="Biên bản giám định 12/GĐYK", by=officer)
    run_list(MARCH)

    stand_at(date(2024, 3, 1))
    officers = at_desk(officer)
    officers.goto("/viec/")
    officers.get_by_role("link", name="Mở vụ việc thu hồi: Dương Thị Lan, phát hiện chi thừa").click()
    press(officers, "Mở vụ việc")
    expect(officers.locator("main")).to_contain_text("Tháng 01/2024")
    press(officers, "Mở vụ việc")
    case = RecoveryCase.objects.get()
    found = left_of(case)
    expect(officers.locator("main")).to_contain_text("Chi thừa tháng nào, vì sao")
    expect(officers.locator("main")).to_contain_text("01, 02/2024")

    take_step(officers, case, "Ghi thông báo", {"Ngày": "01/03/2024", "Số thông báo": "12/TB-PNV"})
    stand_at(date(2024, 3, 8))
    take_step(officers, case, "Ghi ý kiến người phải trả", {
        "Ngày": "07/03/2024", "Người phải trả nói gì": "Xin trả dần mỗi tháng 200.000 đồng", "Biên bản, đơn hoặc giấy có ý kiến ấy": "Biên bản 07/03/2024",
    })
    expect(officers.locator("main")).to_contain_text("Xin trả dần mỗi tháng")

    chiefs = at_desk(chief, second_factor=True)
    take_step(chiefs, case, "Ghi quyết định thu hồi", {"Số quyết định": "301/QĐ-SLĐTBXH", "Trừ mỗi tháng (đồng)": "200.000", "Trừ từ danh sách tháng": "04/2024"})
    expect(chiefs.locator("main")).to_contain_text("Mỗi danh sách trừ đến khi đủ")
    press(chiefs, "Ghi quyết định thu hồi")
    expect(chiefs.locator("main")).to_contain_text("Danh sách tháng 04/2024")

    assert [run_list(month)["Dương Thị Lan"].deduction for month in (APRIL, MAY)] == [200_000, 200_000]
    stand_at(date(2024, 5, 6))
    accountants = at_desk(accountant)
    accountants.goto(f"/chi-tra/vu-viec/{case.pk}/")
    accountants.get_by_role("link", name="Trừ vào danh sách tháng 05/2024").click()
    expect(accountants.locator("main")).to_contain_text(f"Vụ việc {case}")
    take_step(accountants, case, "Ghi tiền nộp lại", {"Số phiếu thu hoặc giấy nộp tiền": "Phiếu thu 44"})
    expect(accountants.locator("main")).to_contain_text("Không còn gì phải thu: đã nộp đủ.")
    expect(accountants.locator("main")).to_contain_text("Đã kết thúc")
    assert case.steps.get(kind="repayment").amount == found - 400_000
    assert (left_of(case), verify_ledger()) == (0, [])
