"""Story: the province raises its level; tried, compared, adopted by another person, paid with arrears, and explained."""
from datetime import date

from playwright.sync_api import expect

from ansinh.benefits import actions as benefits
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.payments.models import Line
from ansinh.payments.queries import verify_ledger

OCTOBER, NOVEMBER, DECEMBER = (date(2023, month, 1) for month in (10, 11, 12))
RESOLUTION = {"Số nghị quyết": "12/2023/NQ-HĐND", "Ngày ký": "12/10/2023", "Ngày có hiệu lực": "01/11/2023", "Điều, khoản": "Điều 1"}


def approved(month, preparer, chief):
    """The month's list of social assistance, on its lock day; the line of its one payee."""
    with clock.held_at(book().lock_day(month)):
        benefits.assess(month, field="assistance", by=preparer)
        lists = payments.propose(month, field="assistance", by=preparer)
        payments.approve(lists, by=chief)
    return Line.objects.get(paylist__in=lists)


def try_level(page, name, amount, **more):
    page.goto("/thu-muc/")
    page.get_by_role("link", name="Thử mức của tỉnh").click()
    typed = {"Tên bản thử": name, "Mức chuẩn trợ giúp xã hội của tỉnh (đồng)": amount, "Áp dụng từ tháng": "09/2023", **more}
    for label, value in typed.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Xem tốn bao nhiêu").click()
    return page.url


def test_a_province_raises_its_level(stand_at, at_desk, own_law, lan_is_disabled, drafter, chief):
    approved(OCTOBER, drafter, chief)
    approved(NOVEMBER, drafter, chief)
    stand_at(date(2023, 11, 2))
    drafters = at_desk(drafter)
    try_level(drafters, "Phương án 480.000", "480.000")
    address = try_level(drafters, "Nghị quyết 12: 420.000", "420.000", **RESOLUTION)
    expect(drafters.locator("main")).to_contain_text("Đụng 3 tháng đã duyệt chi: truy lĩnh 360.000")
    drafters.get_by_label("So với bản").select_option(label="Phương án 480.000")
    drafters.get_by_role("button", name="Xem", exact=True).click()
    expect(drafters.get_by_role("row").filter(has_text="09/2023").first).to_contain_text("960.000")
    expect(drafters.get_by_role("link", name="Áp dụng văn bản")).to_have_count(0)

    chiefs = at_desk(chief, second_factor=True)
    chiefs.goto(address)
    chiefs.get_by_role("link", name="Áp dụng văn bản").click()
    expect(chiefs.locator("main")).to_contain_text("truy lĩnh 360.000")
    chiefs.get_by_role("button", name="Áp dụng văn bản").click()
    expect(chiefs.locator("main")).to_contain_text("Đang áp dụng")
    assert len(list(own_law.iterdir())) == 1

    december = approved(DECEMBER, drafter, chief)
    assert (december.this_month, december.arrears) == (840_000, 360_000)
    drafters.goto(f"/chi-tra/vi-sao/{december.pk}/")
    expect(drafters.locator("main")).to_contain_text("420.000 đ × 2")
    expect(drafters.locator("main")).to_contain_text("mức chung cả nước 360.000 đ, tỉnh quyết định mức cao hơn")
    assert verify_ledger() == []
