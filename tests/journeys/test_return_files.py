"""A provider reports in two parts, one name is not the list's, and every đồng of the month is found where it is."""
from datetime import date

import pytest
from playwright.sync_api import expect

from ansinh.payments.tests.office import open_before
from tests.browser import serious_faults

MAY, JUNE, TODAY = date(2023, 5, 1), date(2023, 6, 1), date(2023, 6, 20)
NAMES = ("Dương Thị Lan", "Lý Văn Páo", "Vi Thị Sao", "Trần Văn Bình")
HEAD = "Số danh sách,STT,Họ và tên,Số tiền,Kết quả,Lý do,Số tiền đã trả,Người ký nhận,Quan hệ"


@pytest.fixture
def paylist(office, transactional_db):
    for name in NAMES:
        open_before(office.payee(name, amount=1_500_000), date(2023, 1, 1), MAY, 1_500_000, by=office.preparer)
    return office.exported(JUNE)[0]


def send(page, paylist, file, *rows):
    file.write_text("\n".join([HEAD, *(f"{paylist.number},{row}" for row in rows)]), "utf-8")
    page.goto(f"/chi-tra/{paylist.pk}/doi-chieu/")
    page.get_by_label("Tệp trả về").set_input_files(file)
    page.get_by_role("button", name="Đối chiếu tệp trả về").click()


def faults_of(page, address, width):
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(address)
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*serious_faults(page), *([f"{address}: {wide} px wide"] if wide > width else [])]


@pytest.mark.browser
def test_two_files_a_name_to_confirm_and_where_every_dong_is(stand_at, at_desk, paylist, accountant, tmp_path):
    stand_at(TODAY)
    page = at_desk(accountant)
    lan, pao, _sao, binh = paylist.lines.order_by("position").values_list("name", flat=True)
    send(page, paylist, tmp_path / "buu-dien-dot-1.csv", f"1,{lan},1500000,Đã nhận,thiếu tiền mặt,600000,,", f"2,{pao},1500000,Chưa nhận,vắng nhà,,,")
    expect(page.get_by_role("row", name="buu-dien-dot-1.csv")).to_be_visible()
    send(page, paylist, tmp_path / "buu-dien-dot-2.csv", "3,Vi Thị Sáu Hoa,1500000,Đã nhận,,,,", f"4,{binh},1500000,Đã nhận,,,Lý Văn Bình,con")
    addresses = (f"/chi-tra/{paylist.pk}/tep-tra-ve/", "/chi-tra/tien-o-dau/?thang=2023-06", "/chi-tra/tien-o-dau/dong/?thang=2023-06&o=waiting")
    assert not [fault for address in addresses for width in (360, 1366) for fault in faults_of(page, address, width)]

    page.goto(addresses[0])
    page.get_by_role("link", name="Đúng người").click()
    page.get_by_label("Đã xác nhận thế nào").fill("Đã hỏi bưu cục")
    page.get_by_role("button", name="Đúng là người này").click()
    page.goto(addresses[1])
    expect(page.get_by_text("Khớp từng đồng")).to_be_visible()
    page.get_by_role("link", name="2.400.000").first.click()
    expect(page.get_by_role("row", name=pao)).to_contain_text("1.500.000")
