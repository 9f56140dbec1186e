"""Story 2: a sheet becomes a list, the list is paid and reconciled, and a late decree pays its arrears by itself."""
from datetime import date

import pytest
from playwright.sync_api import expect

from ansinh.benefits import actions as benefits
from ansinh.office import jobs
from ansinh.payments import actions as payments
from ansinh.payments.models import PayList
from ansinh.registry.sheets.tests.workbooks import xlsx
from tests.people import COMMUNE, DISTRICT, PROVINCE

AUGUST_LOCK, SEPTEMBER, SEPTEMBER_LOCK, OCTOBER = date(2023, 8, 25), date(2023, 9, 1), date(2023, 9, 25), date(2023, 10, 1)
HEADER = ["Số hồ sơ", "Họ và tên", "Ngày sinh", "Giới tính", "Mã xã", "Diện", "Tỷ lệ", "Hưởng từ tháng", "Đã chi đến tháng", "Kênh chi"]
LAN = ["TB/19-00161", "Dương Thị Lan", "01/05/1950", "Nữ", "05920", "Thương binh", "61", "01/2010", "08/2023", "Bưu điện"]


@pytest.fixture
def sheet(tmp_path):
    """The office's own sheet: a title above the header, one payee."""
    path = tmp_path / "tan-kim.xlsx"
    path.write_bytes(xlsx([["DANH SÁCH NGƯỜI CÓ CÔNG XÃ TÂN KIM"], HEADER, LAN]))
    return path


def upload(page, sheet):
    page.goto("/nap/moi/")
    page.get_by_label("Loại bảng").select_option("beneficiaries")
    page.get_by_label("Địa bàn của bảng").select_option(DISTRICT)
    page.get_by_label("Tệp bảng tính").set_input_files(sheet)
    page.get_by_role("button", name="Tải lên và soát").click()
    jobs.work(until_idle=True)
    page.reload()
    return page.url


def reckon(month, preparer):
    """The month's lists, as the preparer makes them on the lock day."""
    benefits.assess(month, by=preparer)
    payments.propose(month, by=preparer)
    return PayList.objects.get(month=month, area_path=COMMUNE)


def approve(page, paylist, password):
    page.goto(f"/chi-tra/{paylist.pk}/")
    page.locator("#id_password").fill(password)
    page.locator("#id_reason").fill("Đã soát với sổ của xã.")
    page.get_by_role("button", name="Duyệt 1 người").click()


def reconcile(page, paylist, sheet):
    page.goto(f"/chi-tra/{paylist.pk}/")
    page.get_by_role("button", name="Xuất 1 người").click()
    line = paylist.lines.get()
    returned = sheet.with_name("tra-ve.csv")
    returned.write_text(f"Số danh sách,STT,Số tiền,Kết quả,Lý do\n{paylist.number},{line.position},{line.total},Đã nhận,\n", "utf-8")
    page.get_by_role("link", name="Đối chiếu tệp trả về").click()
    page.get_by_label("Tệp trả về").set_input_files(returned)
    page.get_by_role("button", name="Đối chiếu tệp trả về").click()


def test_from_sheet_to_list_to_reconciliation_and_the_arrears_of_a_late_decree(
    stand_at, at_desk, areas, officer, chief, accountant, appoint, sheet
):
    preparer = appoint("clerk", "officer", PROVINCE)
    stand_at(AUGUST_LOCK)
    officers, chiefs, accountants = at_desk(officer), at_desk(chief, second_factor=True), at_desk(accountant)

    address = upload(officers, sheet)
    expect(officers.get_by_role("link", name="Dương Thị Lan").or_(officers.get_by_role("rowheader", name="Dương Thị Lan"))).to_be_visible()
    chiefs.goto(address)
    chiefs.get_by_role("button", name="Ghi 1 dòng vào sổ").click()
    jobs.work(until_idle=True)

    september = reckon(SEPTEMBER, preparer)
    approve(chiefs, september, "chief-1975")
    reconcile(accountants, september, sheet)
    expect(accountants.get_by_text("đã nhận").first).to_be_visible()

    stand_at(SEPTEMBER_LOCK)
    october = reckon(OCTOBER, preparer)
    chiefs.goto(f"/chi-tra/{october.pk}/")
    expect(chiefs.get_by_role("row", name="Dương Thị Lan")).to_contain_text("+ 2.526.000")
    chiefs.get_by_role("link", name="6.542.000", exact=True).click()
    expect(chiefs.locator("main")).to_contain_text("55/2023/NĐ-CP")
    expect(chiefs.locator("main")).to_contain_text("842.000")
