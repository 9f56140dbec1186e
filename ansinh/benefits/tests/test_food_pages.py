"""Gạo hỗ trợ on screen: from the occasion to the decision, its communes and people, its receiving sheet, and the person's page."""
import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from ansinh.benefits import actions
from ansinh.benefits.models import FoodDecision, FoodRelief
from ansinh.office import clock
from ansinh.registry.actions import add_identifier
from ansinh.web.composed import address_of
from tests.people import COMMUNE, DISTRICT

NOW = date(2023, 9, 20)
LAN, PAO = "Dương Thị Lan", "Lý Văn Páo"
TYPED = {
    "name": "Bão số 3 tháng 9/2023", "since": "09/2023", "months": "2", "number": "QĐ 118/QĐ-UBND", "signed_on": "18/09/2023", "noi": DISTRICT,
    "numbers": "HS-001\nHS-002\nHS-999",
}
GIVE = {"since": date(2023, 9, 1), "months": 2, "number": "QĐ 118/QĐ-UBND", "signed_on": date(2023, 9, 18), "area_path": DISTRICT}


@pytest.fixture(autouse=True)
def in_september():
    with clock.held_at(NOW):
        yield


@pytest.fixture
def people(settle, officer):
    made = {LAN: settle(LAN), PAO: settle(PAO)}
    for name, number in ((LAN, "HS-001"), (PAO, "HS-002")):
        add_identifier(made[name], kind="file", number=number, since=date(2020, 1, 1), source="Sổ", by=officer)
    return made


@pytest.fixture
def decision(people, officer):
    return actions.give_food("disaster", name=TYPED["name"], numbers=("HS-001", "HS-002"), people=2, by=officer, **GIVE)


def page_of(client, name, *args, query=""):
    return client.get(f"{reverse(name, args=args)}{query}").content.decode()


def test_the_way_from_the_occasion_to_the_decision(client, people, officer):
    client.force_login(officer)
    assert "Gạo hỗ trợ" in page_of(client, "entitlements")
    assert "Chưa có quyết định cấp gạo nào." in page_of(client, "food.decisions")
    first = page_of(client, "food.give")
    assert ("Giáp hạt" in first, "mỗi tháng 15 kg, một dịp nhiều nhất 3 tháng (20/2021/NĐ-CP Điều 12)" in first) == (True, True)
    address = f"{reverse('food.give')}?dip=disaster"
    seen = client.post(address, TYPED).content.decode()
    assert ("2 người được cấp gạo từ tháng 09/2023" in seen, "60 kg" in seen, f"{LAN}, {PAO}" in seen, "1 người không được" in seen) == (True,) * 4
    assert not FoodDecision.objects.exists()
    answer = client.post(address, {**TYPED, "confirmed": "yes", "people": "2"}, follow=True).content.decode()
    assert ("Cấp gạo: Bão số 3 tháng 9/2023" in answer, FoodRelief.objects.count()) == (True, 2)


def test_what_the_law_does_not_allow_stays_on_the_form_with_its_article(client, people, officer):
    client.force_login(officer)
    answer = client.post(f"{reverse('food.give')}?dip=disaster", {**TYPED, "months": "4"})
    page = answer.content.decode()
    assert (answer.status_code, "nhiều nhất 3 tháng" in page, "20/2021/NĐ-CP Điều 12" in page, "HS-002" in page) == (422, True, True, True)


def test_who_is_left_out_stands_under_the_reason_and_many_are_counted(client, people, officer):
    client.force_login(officer)
    numbers = "\n".join(["HS-001", *(f"HS {place:05}" for place in range(150))])
    page = client.post(f"{reverse('food.give')}?dip=disaster", {**TYPED, "numbers": numbers}).content.decode()
    # Each stands once in what was typed and is carried along, and once more where it is told.
    assert (page.count("HS 00099"), page.count("HS 00100"), page.count("Không ai ở địa bàn này")) == (2, 1, 1)
    assert ("150 người không được lần này" in page, "và 50 người khác" in page) == (True, True)


def test_tet_proposes_its_year_and_an_old_occasion_keeps_its_name(client, decision, officer):
    client.force_login(officer)
    assert 'value="Tết Nguyên đán 2023"' in page_of(client, "food.give", query="?dip=lunar_new_year")
    assert TYPED["name"] in page_of(client, "food.give")
    address = f"{reverse('food.give')}?dip={decision.pk}"
    seen = client.post(address, {**TYPED, "name": "Bão khác", "since": "11/2023"}).content.decode()
    assert "một dịp nhiều nhất 3 tháng" in seen


def test_the_decision_opens_into_communes_people_and_files(client, decision, people, officer):
    client.force_login(officer)
    assert TYPED["name"] in page_of(client, "food.decisions")
    page = page_of(client, "food.decision", decision.pk)
    assert ("Xã Tân Kim" in page, LAN in page, address_of(f"registry.person:{people[LAN].pk}") in page) == (True, True, True)
    assert LAN in page_of(client, "food.decision", decision.pk, query=f"?xa={COMMUNE}")
    assert "Không có ai ở xã này." in page_of(client, "food.decision", decision.pk, query="?xa=19.165.05518.")
    paper = page_of(client, "food.paper", decision.pk)
    assert ("DANH SÁCH KÝ NHẬN GẠO" in paper, "xóm Quyết Tiến" in paper, "Ký nhận" in paper) == (True, True, True)


def test_the_receiving_sheet_has_a_place_to_sign_and_its_total(client, decision, officer):
    client.force_login(officer)
    data = client.get(reverse("food.sheet", args=[decision.pk])).content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7)]
    assert rows[0] == ["STT", "Họ và tên", "Ngày, năm sinh", "Chỗ ở", "Gạo (kg)", "Ký nhận", "Ghi chú, người nhận thay"]
    assert rows[1][:5] == [1, LAN, "01/05/1950", "xóm Quyết Tiến", 30]
    assert rows[3][1:5] == ["Cộng: 2 người", None, None, 60]


def test_the_page_of_a_person_shows_the_rice(client, decision, people, settle, officer):
    client.force_login(officer)
    own = client.get(address_of(f"registry.person:{people[LAN].pk}")).content.decode()
    assert ("Gạo hỗ trợ" in own, TYPED["name"] in own, f'href="{reverse("food.decision", args=[decision.pk])}"' in own) == (True, True, True)
    other = client.get(address_of(f"registry.person:{settle('Vi Thị Sao').pk}")).content.decode()
    assert "Gạo hỗ trợ" not in other


def test_the_decision_is_taken_back_from_its_page_and_says_so(client, decision, officer):
    client.force_login(officer)
    undo = reverse("undo", args=[decision.recorded_in_id])
    assert undo in page_of(client, "food.decision", decision.pk)
    client.post(undo, {"confirmed": "yes"})
    assert not FoodRelief.objects.current().exists()
    assert "Quyết định này đã được hoàn tác." in page_of(client, "food.decision", decision.pk)
    assert "Đã hoàn tác" in page_of(client, "food.decisions")


def test_neighbours_and_those_who_only_read_give_nothing(client, decision, neighbour, auditor, appoint):
    client.force_login(neighbour)
    assert client.get(reverse("food.decision", args=[decision.pk])).status_code == 404
    assert client.get(reverse("food.sheet", args=[decision.pk])).status_code == 404
    assert client.get(f"{reverse('food.give')}?dip={decision.pk}").status_code == 404
    client.force_login(auditor)
    assert client.get(reverse("food.give")).status_code == 404
    client.force_login(appoint("uudai", "officer", DISTRICT, "merit"))
    assert client.get(reverse("food.decisions")).status_code == 404
    assert client.get(reverse("food.give")).status_code == 404


def test_a_page_that_does_not_exist_is_no_fault(client, decision, officer):
    client.force_login(officer)
    assert client.get(reverse("food.decision", args=[decision.pk + 1])).status_code == 404
    assert client.get(f"{reverse('food.decision', args=[decision.pk])}?tu=x").status_code == 200
    assert client.get(f"{reverse('food.decisions')}?sau=x").status_code == 200
