"""Scans in a folder become pages, are read, entered twice, written into the register with evidence, and paid with the next list."""
from datetime import date

import pytest
from playwright.sync_api import expect

from ansinh.benefits import actions as benefits
from ansinh.cli import main
from ansinh.cli.demonstration.scans import draw, parted
from ansinh.dossiers.actions import register_dossier
from ansinh.dossiers.models import Dossier, Evidence
from ansinh.dossiers.queries.entering import to_enter
from ansinh.engine.law import book
from ansinh.office import jobs
from ansinh.office.founding import make_demonstration_account
from ansinh.payments import actions as payments
from ansinh.payments.models import Channel, Line
from ansinh.registry.actions import register_person
from tests.people import COMMUNE, PROVINCE

MONTH = date(2023, 8, 1)
KINDS = ("injury_certificate", "medical_board_minutes", "allowance_decision")
TYPED = {
    "full_name": "Dương Đình Thuận", "birth": "01/05/1950", "home_place": "xã Tân Kim, huyện Phú Bình", "injury_rate": "61",
    "dossier_number": "TB-00777", "decision_number": "1204/QĐ-SLĐTBXH", "decision_date": "14/07/2023", "entitled_from": "07/2023",
    "signer": "Đặng Quốc Khánh",
}
PRINTED = {**TYPED, "injury_rate": "61%", "decision_date": "ngày 14 tháng 07 năm 2023", "place": "biên giới phía Bắc"}


@pytest.fixture
def thuan(areas, officer):
    """A wounded soldier of Tân Kim whose standing nobody has written down yet."""
    return register_person(
        name="Dương Đình Thuận", area=areas[COMMUNE], since=date(2012, 1, 1), source="Sổ hộ khẩu", birth_on=date(1950, 5, 1),
        birth_precision="day", sex="male", by=officer,
    )


@pytest.fixture
def folder(tmp_path):
    """A folder named by its dossier, with one file of three papers and the separators between them."""
    (tmp_path / "TB-00777").mkdir()
    papers = [draw(kind, PRINTED, seed=place) for place, kind in enumerate(KINDS)]
    (tmp_path / "TB-00777" / "quet-01.tif").write_bytes(parted(papers))
    return tmp_path


def accept(page, box, value):
    """A value typed and kept; what neither stands on the paper nor was suggested is passed over."""
    if value or box.input_value():
        box.fill(value)
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            box.press("Enter")


def enter(page, dossier, number):
    """One round at the reading desk: kinds confirmed in the first, every field typed, whatever the machine suggests."""
    page.goto(f"/so-hoa/ban-doc/{dossier.pk}/")
    page.get_by_role("button", name="Nhận hồ sơ này").click()
    for place, paper in enumerate(dossier.papers.order_by("position")):
        page.goto(f"/so-hoa/ban-doc/{dossier.pk}/?trang={paper.pages.first().pk}")
        if number == 1:
            page.locator("#loai-giay").select_option(KINDS[place])
            page.get_by_role("button", name="Nhận loại").click()
            page.wait_for_load_state("networkidle")
            paper.refresh_from_db()
        for _paper, field in to_enter(dossier, [paper], number):
            accept(page, page.locator(f"#o-{paper.pk}-{field.code}"), TYPED.get(field.code, ""))
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/so-hoa/ban-doc/")
    dossier.refresh_from_db()


def test_scans_of_a_folder_become_a_verified_standing_and_a_line_of_the_next_list(
    stand_at, at_desk, thuan, officer, appoint, folder
):
    first, second, clerk = appoint("thom", "digitiser", PROVINCE), appoint("dien", "digitiser", PROVINCE), appoint("clerk", "officer", PROVINCE)
    stand_at(book().lock_day(MONTH))
    dossier = register_dossier("TB-00777", category="wounded", title="Dương Đình Thuận", area_path=COMMUNE, person=thuan, by=officer)
    make_demonstration_account(first, second_factor=False)

    assert main(["scan", str(folder), "--as", "thom"]) == 0
    jobs.work(until_idle=True)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.papers.count()) == (Dossier.State.READ, 3)

    enter(at_desk(first), dossier, 1)
    enter(at_desk(second), dossier, 2)
    assert dossier.state == Dossier.State.CHECKED

    page = at_desk(officer)
    page.goto(f"/so-hoa/xac-nhan/{dossier.pk}/")
    page.get_by_role("button", name="Ghi vào sổ").click()
    page.get_by_role("button", name="Ghi vào sổ").click()
    page.wait_for_url(f"**/nguoi/{thuan.pk}/")
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.VERIFIED
    assert Evidence.objects.filter(standing__person=thuan, name="grade", value="61").exists()

    page.get_by_role("link", name="Cho hưởng chế độ mới").click()
    page.get_by_label("Thương binh", exact=True).check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator("#id_grade")).to_have_value("61")
    page.get_by_label("Quyết định").fill("QĐ 1204/QĐ-SLĐTBXH ngày 14/07/2023")
    page.get_by_role("button", name="Xem hệ quả rồi ghi").click()
    page.locator("main form").get_by_role("button").first.click()
    payments.set_channel(thuan, since=date(2023, 7, 1), kind=Channel.Kind.POST, by=officer)
    benefits.assess(MONTH, by=clerk)
    payments.propose(MONTH, by=clerk)
    line = Line.objects.get(person=thuan)
    page.goto(f"/chi-tra/{line.paylist_id}/")
    expect(page.get_by_role("row", name="Dương Đình Thuận")).to_be_visible()
