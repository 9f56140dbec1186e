"""The work list on screen, and the approval that asks for a decision."""
import io
from datetime import date

import openpyxl
import pytest

from ansinh.office.founding import make_demonstration_account
from ansinh.office.installation import mark_demonstration
from ansinh.office.models import Entry
from ansinh.payments import actions
from ansinh.payments.models import Finding, PayList, SweepDecision
from ansinh.payments.reports import list_sheet
from ansinh.registry import actions as registry
from tests.people import DISTRICT, OTHER_COMMUNE

from .office import open_before
from .sweeping import standing_of, tell

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)
MILLION = 1_000_000
LAN = "Dương Thị Lan"


@pytest.fixture
def lists(office):
    """June's lists: Lan moved away by the population list, Páo of Bá Xuyên has no channel."""
    lan, pao, sao = office.payee(LAN), office.payee("Lý Văn Páo", channel="", area=OTHER_COMMUNE), office.payee("Vi Thị Sao")
    open_before(lan, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    open_before(pao, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    open_before(sao, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    tell(lan.person, state="moved", by=office.preparer)
    return office.propose(JUNE)


@pytest.fixture
def finding(lists):
    return Finding.objects.get(check_code="dan-cu-chuyen")


@pytest.fixture
def at(client):
    """``at(account, address)``: the page as this account sees it."""

    def get(account, address):
        client.force_login(account)
        return client.get(address)

    return get


@pytest.fixture
def at_approval(client, chief):
    """The chief, signed in with a second factor."""
    mark_demonstration()
    make_demonstration_account(chief, second_factor=True)
    client.force_login(chief)
    return client


def text(answer):
    return answer.content.decode()


def test_the_work_list_shows_each_finding_with_money_place_and_what_was_found(at, office, lists):
    page = text(at(office.preparer, "/chi-tra/soat/?thang=2023-06"))
    assert "Mục soát tháng 06/2023" in page
    assert "đã chuyển đi, theo dữ liệu dân cư ngày 01/05/2023" in page
    assert "chưa ghi bưu điện hay ngân hàng" in page
    assert "Xã Tân Kim" in page
    assert "2.000.000" in page


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ("phep=kenh-chi", "Lý Văn Páo", LAN), ("noi=19.173.", LAN, "Lý Văn Páo"), ("noi=19.165.05518.", "Lý Văn Páo", LAN),
        ("buoc=mo", LAN, "Vi Thị Sao"), ("buoc=dong", "Không có mục soát nào", LAN), ("phep=nonsense&noi=x&sau=x", LAN, "Vi Thị Sao"),
    ],
)
def test_the_work_list_is_narrowed_by_check_place_and_standing(at, office, lists, asked, shown, hidden):
    page = text(at(office.preparer, f"/chi-tra/soat/?thang=2023-06&{asked}"))
    assert shown in page
    assert hidden not in page


def test_an_officer_sees_findings_of_the_own_district_only(at, appoint, lists):
    page = text(at(appoint("phu_binh", "officer", DISTRICT), "/chi-tra/soat/?thang=2023-06"))
    assert LAN in page
    assert "Lý Văn Páo" not in page


def test_a_finding_of_another_district_does_not_exist(client, neighbour, finding):
    client.force_login(neighbour)
    assert client.post(f"/chi-tra/soat/{finding.pk}/dong/", {"reason": "other", "note": "x"}).status_code == 404


def test_the_work_list_goes_out_as_a_sheet_and_as_csv(at, office, lists):
    csv = b"".join(at(office.preparer, "/chi-tra/soat/?thang=2023-06&tai=csv").streaming_content).decode()
    assert '"Xã, phường",Danh sách,Họ và tên' in csv
    assert f"05920-2023-06-BĐ,{LAN},Đã chuyển đi theo dữ liệu dân cư" in csv
    assert at(office.preparer, "/chi-tra/soat/?thang=2023-06&tai=xlsx")["Content-Type"].endswith("sheet")


def test_a_finding_is_closed_on_its_page(client, office, finding):
    client.force_login(office.preparer)
    address = f"/chi-tra/soat/{finding.pk}/dong/"
    assert "Vẫn chi ở xã cũ tháng này" in text(client.get(address))
    refused = client.post(address, {"reason": "paid_there", "note": ""})
    assert (refused.status_code, "Ghi rõ đã xác minh" in text(refused)) == (422, True)
    assert client.post(address, {"reason": "paid_there", "note": "chờ xã mới tiếp nhận"}).status_code == 302
    assert standing_of(JUNE)[("dan-cu-chuyen", LAN)] == "dong"
    assert "Vẫn chi ở xã cũ tháng này: chờ xã mới tiếp nhận" in text(client.get("/chi-tra/soat/?thang=2023-06"))


def test_a_line_is_held_from_its_finding_and_the_reason_is_proposed(client, office, finding):
    client.force_login(office.preparer)
    address = f"/chi-tra/soat/{finding.pk}/giu/"
    assert "theo dữ liệu dân cư" in text(client.get(address))
    client.post(address, {"reason": "chờ xã trả lời"})
    assert standing_of(JUNE)[("dan-cu-chuyen", LAN)] == "giu"


def test_a_closed_finding_is_opened_again_on_the_work_list(client, office, finding):
    actions.close_finding(finding, reason="corrected", by=office.preparer)
    client.force_login(office.preparer)
    client.post(f"/chi-tra/soat/{finding.pk}/mo-lai/")
    assert standing_of(JUNE)[("dan-cu-chuyen", LAN)] == "mo"


def test_the_page_of_a_list_names_every_check_and_what_stands_open(at, office, lists):
    paylist = PayList.objects.get(area_path="19.173.05920.")
    page = text(at(office.preparer, f"/chi-tra/{paylist.pk}/"))
    assert "1 mục còn mở" in page
    assert "Một tài khoản, nhiều người nhận" in page


def test_sweeping_again_finds_what_became_known(client, office, finding, lists):
    registry.record_death(finding.person, on=date(2023, 5, 2), source="Trích lục 14", by=office.preparer)
    client.force_login(office.preparer)
    client.post("/chi-tra/soat-lai/", {"ds": [paylist.pk for paylist in lists]})
    assert standing_of(JUNE)[("da-mat", LAN)] == "mo"


def approve(client, paylist, **typed):
    values = {"ds": paylist.pk, "confirmed": "yes", "ve": "danh-sach", "password": "chief-1975", **typed}
    return client.post("/chi-tra/duyet/", values)


def test_approval_asks_for_a_decision_and_keeps_what_was_typed(at_approval, lists):
    paylist = PayList.objects.get(area_path="19.173.05920.")
    answer = approve(at_approval, paylist, reason="xã trả lời sau")
    assert answer.status_code == 422
    assert "ghi số quyết định chi" in text(answer)
    assert "xã trả lời sau" in text(answer)
    assert not SweepDecision.objects.exists()


def test_approval_with_a_decision_is_two_acts_and_shown_on_list_paper_and_sheet(at_approval, chief, lists):
    client = at_approval
    paylist = PayList.objects.get(area_path="19.173.05920.")
    assert approve(client, paylist, number="QĐ 31/QĐ-SLĐTBXH", reason="xã trả lời sau").status_code == 302
    assert list(Entry.objects.filter(by=chief, act__startswith="payments.").values_list("act", flat=True)) == [
        "payments.sweep", "payments.decide_open", "payments.approve",
    ]
    words = "1 mục soát mở theo QĐ 31/QĐ-SLĐTBXH: xã trả lời sau"
    assert words in text(client.get(f"/chi-tra/{paylist.pk}/in/"))
    assert "theo QĐ 31/QĐ-SLĐTBXH" in text(client.get(f"/chi-tra/{paylist.pk}/"))
    paylist.refresh_from_db()
    sheet = openpyxl.load_workbook(io.BytesIO(list_sheet(paylist, department="Sở")))["Danh sách"]
    assert f"Chi khi còn {words}" in [row[0].value for row in sheet.iter_rows()]


def test_a_wrong_password_records_no_decision(at_approval, lists):
    paylist = PayList.objects.get(area_path="19.173.05920.")
    assert approve(at_approval, paylist, number="QĐ 31", reason="xã trả lời sau", password="sai").status_code == 422
    assert not SweepDecision.objects.exists()


def test_what_the_last_sweep_finds_stays_on_the_work_list_when_the_approval_is_refused(at_approval, office, finding):
    actions.close_finding(finding, reason="corrected", by=office.preparer)
    registry.record_death(finding.person, on=date(2023, 5, 2), source="Trích lục 14", by=office.preparer)
    assert approve(at_approval, PayList.objects.get(area_path="19.173.05920."), reason="").status_code == 422
    assert standing_of(JUNE)[("da-mat", LAN)] == "mo"
