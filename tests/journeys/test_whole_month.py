"""A month without a terminal: prepared, approved, exported and taken away from its pages, by three people, the work in the background."""
import io
import zipfile
from datetime import date

import pytest
from playwright.sync_api import expect

from ansinh.office import clock, jobs
from ansinh.payments.models import PayList
from ansinh.payments.queries import balances, contents, verify_ledger
from tests.browser import serious_faults
from tests.people import PROVINCE

MAY, LOCKED = date(2023, 5, 1), date(2023, 5, 25)
LAN, SAO = "Dương Thị Lan", "Vi Thị Sao"


@pytest.fixture
def preparer(appoint):
    return appoint("clerk", "officer", PROVINCE)


@pytest.fixture
def two_payees(stand_at, settle, granted):
    """Lan and Sao of Tân Kim, paid by post; the clock stands on the lock day of June's lists."""
    stand_at(LOCKED)
    with clock.held_at(date(2023, 5, 20)):
        for name in (LAN, SAO):
            granted(settle(name), grade=61, paid_up_to=MAY)


@pytest.fixture
def has_no_fault_on():
    """``has_no_fault_on(page)``: axe finds nothing serious or critical there."""

    def look(page):
        assert not serious_faults(page)

    return look


def work(page):
    """The worker does what waits; the open page hears of it by itself."""
    jobs.work(until_idle=True)
    expect(page.locator("progress")).to_have_count(0)


def test_a_whole_month_from_its_pages(two_payees, at_desk, preparer, chief, accountant, monkeypatch, has_no_fault_on):
    monkeypatch.setattr(contents, "AT_ONCE", 1)
    clerks, chiefs, accountants = at_desk(preparer), at_desk(chief, second_factor=True), at_desk(accountant)

    clerks.goto("/chi-tra/")
    clerks.get_by_role("link", name="Lập danh sách tháng").click()
    expect(clerks.get_by_label("Tháng chi trả")).to_have_value("06/2023")
    clerks.get_by_role("button", name="Lập danh sách").click()
    expect(clerks.get_by_text("Tính số phải chi của 2 người (người có công)")).to_be_visible()
    clerks.get_by_role("button", name="Lập danh sách").click()
    expect(clerks.get_by_text("Chờ chạy")).to_be_visible()
    has_no_fault_on(clerks)
    work(clerks)
    expect(clerks.get_by_text("Có 1 danh sách chờ duyệt, 2 người; không có mục soát nào phải xem.")).to_be_visible()

    chiefs.goto("/chi-tra/?thang=2023-06")
    chiefs.get_by_label("Cả 1 danh sách như bộ lọc").check()
    chiefs.get_by_role("button", name="Soát rồi duyệt phần đã chọn").click()
    chiefs.locator("#id_password").fill("chief-1975")
    chiefs.get_by_role("button", name="Duyệt 2 người").click()
    expect(chiefs.get_by_role("heading", name="Duyệt 1 danh sách tháng 06/2023")).to_be_visible()
    has_no_fault_on(chiefs)
    work(chiefs)
    expect(chiefs.get_by_text("Đã duyệt 1 danh sách.")).to_be_visible()

    accountants.goto("/chi-tra/?thang=2023-06")
    accountants.get_by_label("Cả 1 danh sách như bộ lọc").check()
    accountants.get_by_role("button", name="Xuất phần đã chọn").click()
    work(accountants)
    with accountants.expect_download() as taken:
        accountants.get_by_role("button", name="Tải tệp ZIP").click()
    has_no_fault_on(accountants)
    names = sorted(zipfile.ZipFile(io.BytesIO(taken.value.path().read_bytes())).namelist())
    assert names == ["bang-tinh/05920-2023-06-BĐ.xlsx", "mau-tra-ve/05920-2023-06-BĐ.tra-ve.xlsx", "pdf/05920-2023-06-BĐ.pdf"]
    assert (PayList.objects.get().state, balances()["provider"], verify_ledger()) == ("exported", 2 * 3_174_000, [])
