"""The reading desk as a page: what it shows to whom, one field at a time, the whole form without a script, nothing typed lost."""
import pytest
from django.urls import reverse

from ansinh.dossiers.actions import confirm_kind, enter_field, finish_entering, take
from ansinh.dossiers.models import Bookmark, Dossier, Entering, Lease
from ansinh.dossiers.tests.checked import DECISION, MINUTES
from ansinh.dossiers.words import Box
from tests.people import DISTRICT

PLACE = Box(50, 60, 155, 20)


@pytest.fixture
def paper(lan_to_enter, officer):
    return confirm_kind(lan_to_enter.papers.get(), kind="allowance_decision", by=officer)


@pytest.fixture
def address(paper):
    return reverse("dossiers.at_desk", args=[paper.dossier_id])


@pytest.fixture
def at_desk(client, officer):
    client.force_login(officer)
    return client


def one_field(paper, name, value, **more):
    return {"do": "field", "paper": paper.pk, "name": name, f"value-{paper.pk}-{name}": value, **more}


def test_the_page_shows_the_suggestion_with_its_place_and_how_sure_it_is(at_desk, paper, address, lan_page):
    answer = at_desk.get(address).content.decode()
    assert f'id="o-{paper.pk}-full_name" name="value-{paper.pk}-full_name" value="Dương Thị Lan"' in answer
    assert 'class="todo" x="50" y="60" width="155" height="20"' in answer
    assert reverse("page.image", args=[lan_page.pk]) in answer
    assert "96 %" in answer
    assert "style=" not in answer


def test_a_field_is_kept_as_it_is_accepted(at_desk, paper, address):
    answer = at_desk.post(address, one_field(paper, "full_name", "Dương Thị Lan"))
    assert (answer.status_code, Entering.objects.get().value) == (200, "Dương Thị Lan")
    assert "Đã ghi lúc" in answer.content.decode()


def test_a_refused_field_keeps_what_was_typed_and_says_why(at_desk, paper, address):
    answer = at_desk.post(address, one_field(paper, "injury_rate", "4l"))
    assert answer.status_code == 422
    assert 'value="4l"' in answer.content.decode()
    assert "tỷ lệ là một số từ 1 đến 100" in answer.content.decode()
    assert not Entering.objects.exists()


def test_a_drawn_frame_is_the_place_of_the_value(at_desk, paper, address, lan_page):
    at_desk.post(address, one_field(paper, "birth", "1950", page=lan_page.pk, left=10, top=20, width=30, height=40))
    assert Entering.objects.values_list("page", "left", "top", "width", "height").get() == (lan_page.pk, 10, 20, 30, 40)


def test_near_words_are_offered_to_the_keyboard(at_desk, paper, address, lan_page):
    answer = at_desk.post(f"{address}cho-gan/", {"paper": paper.pk, "name": "full_name", "value": "duong thi lam"}).content.decode()
    assert f'data-page="{lan_page.pk}" data-left="50" data-top="60" data-width="155" data-height="20"' in answer
    assert "Dương Thị Lan · trang 1" in answer


def test_without_a_script_only_what_was_typed_or_ticked_is_kept(at_desk, paper, address):
    key = f"value-{paper.pk}"
    at_desk.post(address, {f"{key}-full_name": "Dương Thị Lan", f"{key}-signer": "Tống Khắc Lương"})
    assert list(Entering.objects.values_list("name", flat=True)) == ["signer"]
    at_desk.post(address, {f"{key}-full_name": "Dương Thị Lan", f"{key}-signer": "Tống Khắc Lương", "accept": f"{paper.pk}-full_name"})
    assert list(Entering.objects.order_by("id").values_list("name", flat=True)) == ["signer", "full_name"]


def test_without_a_script_a_refused_value_stands_in_its_field_again(at_desk, paper, address):
    key = f"value-{paper.pk}"
    answer = at_desk.post(address, {f"{key}-signer": "Tống Khắc Lương", f"{key}-injury_rate": "bốn mốt", "do": "finish"})
    assert answer.status_code == 422
    assert 'value="bốn mốt"' in answer.content.decode()
    assert Entering.objects.get().name == "signer"


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in_again(client, officer, paper, address):
    client.post(address, {f"value-{paper.pk}-signer": "Tống Khắc Lương", "do": "save"})
    client.post("/dang-nhap/", {"login": "officer", "password": "officer-1975"})
    assert "Tống Khắc Lương" in client.get(address).content.decode()
    assert not Entering.objects.exists()


def test_finishing_goes_to_the_next_dossier_or_back_to_the_list(at_desk, paper, address, officer):
    enter_field(paper, name="full_name", value="Dương Thị Lan", by=officer)
    answer = at_desk.post(address, {"do": "finish"})
    assert answer.url == reverse("dossiers.desk")
    assert Dossier.objects.get().round == 2
    assert "Đã đến cuối danh sách" in at_desk.get(answer.url).content.decode()


def test_the_second_officer_sees_neither_suggestion_nor_first_value(client, paper, address, officer, second):
    enter_field(paper, name="full_name", value="Dương Thị Lan", by=officer)
    enter_field(paper, name="injury_rate", value="61", page=paper.pages.get(), box=PLACE, by=officer)
    finish_entering(paper.dossier, number=1, by=officer)
    take(Dossier.objects.get(), by=second)
    client.force_login(second)
    answer = client.get(address).content.decode()
    assert f'name="value-{paper.pk}-injury_rate" value=""' in answer
    assert "Dương Thị Lan" not in answer
    assert "61" not in answer.split("<form")[1].replace(str(paper.pk), "")


def test_the_third_officer_chooses_between_equal_values(client, paper, address, officer, second, appoint):
    page = paper.pages.get()
    enter_field(paper, name="full_name", value="Dương Thị Lan", by=officer)
    enter_field(paper, name="injury_rate", value="61", page=page, box=PLACE, by=officer)
    finish_entering(paper.dossier, number=1, by=officer)
    dossier = Dossier.objects.get()
    enter_field(dossier.papers.get(), name="injury_rate", value="41", by=second)
    finish_entering(dossier, number=2, by=second)
    third = appoint("third", "officer", DISTRICT)
    take(Dossier.objects.get(), by=third)
    client.force_login(third)
    answer = client.get(address).content.decode()
    assert "<b>61</b>" in answer and "<b>41</b>" in answer and "Không đọc được" in answer
    client.post(address, one_field(paper, "injury_rate", "", choice="1"))
    chosen = Entering.objects.get(round=3)
    assert (chosen.value, chosen.page, chosen.left) == ("61", page, 50)
    client.post(address, {f"choice-{paper.pk}-injury_rate": "unreadable"})
    assert Entering.objects.filter(round=3).latest("id").is_unreadable


def test_a_field_that_cannot_be_read_is_said_so_in_the_first_round(at_desk, paper, address):
    answer = at_desk.post(address, one_field(paper, "birth", "19?0", choice="unreadable"))
    assert answer.status_code == 200
    assert "Đã ghi: không đọc được trên giấy" in answer.content.decode()
    entering = Entering.objects.get()
    assert (entering.name, entering.round, entering.value, entering.is_unreadable) == ("birth", 1, "", True)
    at_desk.post(address, one_field(paper, "birth", "1950"))
    assert not Entering.objects.latest("id").is_unreadable


def test_without_a_script_a_field_is_ticked_as_unreadable_once(at_desk, paper, address):
    said = {"unreadable": f"{paper.pk}-birth", f"value-{paper.pk}-birth": ""}
    at_desk.post(address, said)
    at_desk.post(address, said)
    assert list(Entering.objects.values_list("name", "is_unreadable")) == [("birth", True)]


def test_the_second_officer_says_so_too_and_differs(client, paper, address, officer, second):
    enter_field(paper, name="injury_rate", value="61", page=paper.pages.get(), box=PLACE, by=officer)
    enter_field(paper, name="full_name", value="Dương Thị Lan", by=officer)
    finish_entering(paper.dossier, number=1, by=officer)
    take(Dossier.objects.get(), by=second)
    client.force_login(second)
    client.post(address, one_field(paper, "injury_rate", "", choice="unreadable"))
    finish_entering(Dossier.objects.get(), number=2, by=second)
    assert Dossier.objects.get().round == 3


def test_a_page_is_turned_without_leaving_the_desk(at_desk, paper, address, lan_page):
    answer = at_desk.post(address, {"do": "turn-right", "turned": lan_page.pk, f"value-{paper.pk}-signer": "Tống Khắc Lương"})
    assert answer.url == f"{address}?trang={lan_page.pk}"
    lan_page.refresh_from_db()
    assert (lan_page.turn, lan_page.reading, lan_page.dossier.state) == (90, "waiting", "read")
    shown = at_desk.get(answer.url).content.decode()
    assert "Đã xoay trang 1" in shown
    assert f'name="value-{paper.pk}-full_name"' in shown and "readonly" not in shown
    assert not Entering.objects.filter(page=lan_page).exists()
    at_desk.post(address, {"do": "turn-left"})
    lan_page.refresh_from_db()
    assert lan_page.turn == 0


def test_a_page_with_entered_places_is_not_turned_and_says_why(at_desk, paper, address, lan_page, officer):
    enter_field(paper, name="full_name", value="Dương Thị Lan", by=officer)
    answer = at_desk.post(address, {"do": "turn-right", "turned": lan_page.pk})
    assert answer.status_code == 422
    assert "giữ nguyên" in answer.content.decode()



def test_the_desk_opens_at_the_paper_on_which_something_is_left(client, dossier_with, appoint):
    said = {"medical_board_minutes": MINUTES, "allowance_decision": DECISION}
    dossier = dossier_with(said, again={"entitled_from": "02/1995"})
    third = appoint("third", "officer", DISTRICT)
    take(Dossier.objects.get(pk=dossier.pk), by=third)
    client.force_login(third)
    shown = client.get(reverse("dossiers.at_desk", args=[dossier.pk])).content.decode()
    assert "Hưởng từ tháng: hai lần nhập khác nhau" in shown
    assert '<span id="so-trang">2</span>/2' in shown


def test_who_does_not_hold_the_dossier_only_looks(client, paper, address, officer, second):
    client.force_login(second)
    answer = client.get(address).content.decode()
    assert "Officer đang giữ hồ sơ này đến" in answer
    assert "readonly" in answer
    assert client.post(address, {"do": "finish"}).status_code == 422
    assert client.post(address, one_field(paper, "signer", "x y")).status_code == 422


def test_the_place_where_one_was_and_the_lease_are_kept_by_looking(at_desk, paper, address, officer, lan_page):
    Lease.objects.update(until="2023-01-01T00:00Z")
    at_desk.post(address, {"do": "take"})
    at_desk.get(f"{address}?trang={lan_page.pk}")
    assert Bookmark.objects.get().page == lan_page
    assert f"{address}?trang={lan_page.pk}" in at_desk.get(reverse("dossiers.desk")).content.decode()


def test_a_dossier_is_left_and_the_next_asked_for(at_desk, paper, address):
    assert at_desk.post(address, {"do": "leave"}).url == reverse("dossiers.desk")
    assert not Lease.objects.exists()
    assert "Đi lại từ đầu danh sách" in at_desk.get(reverse("dossiers.desk")).content.decode()
    assert at_desk.post(reverse("dossiers.desk"), {"do": "again"}).url == address


def test_a_finished_round_is_opened_again_by_who_finished_it(at_desk, paper, address, officer):
    enter_field(paper, name="full_name", value="Dương Thị Lan", by=officer)
    finish_entering(paper.dossier, number=1, by=officer)
    assert "Mở lại lượt mình đã xong" in at_desk.get(address).content.decode()
    at_desk.post(address, {"do": "again"})
    assert (Dossier.objects.get().round, Lease.objects.get().account) == (1, officer)


def test_a_neighbour_finds_no_desk_and_no_image(client, paper, address, neighbour, lan_page):
    client.force_login(neighbour)
    assert client.get(address).status_code == 404
    assert client.post(address, {"do": "take"}).status_code == 404
    assert client.get(reverse("page.image", args=[lan_page.pk])).status_code == 404
