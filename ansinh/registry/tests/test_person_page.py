"""The search box, the list and the page of one person, through the client as officers use them."""
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.office import clock
from ansinh.office.models import Task
from ansinh.registry.actions import move
from ansinh.registry.models import Death, Person
from tests.people import COMMUNE

DEATH = {"on": "14/07/2023", "source": "Trích lục khai tử 38/2023"}


@pytest.fixture
def at_work(client, officer):
    """The officer's browser, signed in, in September 2023."""
    with clock.held_at(date(2023, 9, 20)):
        client.force_login(officer)
        yield client


def words(answer):
    return answer.content.decode()


def test_a_person_is_found_by_name_without_accents_and_opens_at_once(at_work, lan):
    name = lan.search_key
    assert at_work.post("/tim", {"q": name}).url == f"/nguoi/{lan.pk}/"


def test_no_name_stands_in_an_address(at_work, lan):
    assert at_work.get("/tim", {"q": "lan"}).status_code == 405


def test_nobody_found_is_said_in_words(at_work, areas):
    assert "Không ai khớp “nguyen van kiem 1952”." in words(at_work.post("/tim", {"q": "nguyen van kiem 1952"}))


def test_a_neighbour_finds_nobody_and_opens_nothing(client, neighbour, lan):
    client.force_login(neighbour)
    assert lan.name not in words(client.post("/tim", {"q": lan.search_key}))
    assert client.get(f"/nguoi/{lan.pk}/").status_code == 404
    assert client.get(f"/nguoi/{lan.pk}/ghi-nhan-mat/").status_code == 404
    assert lan.name not in words(client.get("/nguoi/"))


def test_the_list_groups_persons_under_their_commune(at_work, lan, areas):
    answer = words(at_work.get("/nguoi/", {"xa": areas[COMMUNE].pk}))
    assert lan.name in answer
    assert "Tân Kim" in answer


def test_the_page_says_who_and_shows_standings_with_their_paper(at_work, lan_is_recognised):
    answer = words(at_work.get(f"/nguoi/{lan_is_recognised.pk}/"))
    assert "Thương binh, 61" in answer
    assert "QĐ 12/QĐ-SLĐTBXH" in answer


@pytest.fixture
def lan_moved_often(lan, areas, officer):
    """Lan, at another address every month of a year."""
    for month in range(1, 13):
        move(lan, area=areas[COMMUNE], address=f"Xóm {month}", since=date(2022, month, 1), source="Sổ cư trú", by=officer)
    return lan


def test_a_long_life_asks_no_more_of_the_database_than_a_short_one(at_work, lan_moved_often, minh, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as short:
        at_work.get(f"/nguoi/{minh.pk}/")
    with django_assert_max_num_queries(len(short)):
        at_work.get(f"/nguoi/{lan_moved_often.pk}/")


def test_older_events_are_shown_when_asked_for(at_work, lan_moved_often, monkeypatch):
    monkeypatch.setattr("ansinh.config.pages.EVENTS_SHOWN", 3)
    short = words(at_work.get(f"/nguoi/{lan_moved_often.pk}/"))
    assert "Xóm 12," in short and "Xóm 1," not in short
    assert "?viec=tat-ca#dong-viec" in short
    whole = words(at_work.get(f"/nguoi/{lan_moved_often.pk}/?viec=tat-ca"))
    assert "Xóm 12," in whole and "Xóm 1," in whole and "tat-ca" not in whole


def test_a_page_as_known_earlier_takes_no_changes(at_work, lan):
    answer = words(at_work.get(f"/nguoi/{lan.pk}/", {"biet": "01/01/2022"}))
    assert "trang này không ghi được gì" in answer
    assert "ghi-nhan-mat" not in answer


def test_a_death_is_written_only_after_its_consequences_were_shown(at_work, lan):
    address = f"/nguoi/{lan.pk}/ghi-nhan-mat/"
    shown = at_work.post(address, DEATH)
    assert "Mất ngày 14/07/2023 được ghi vào sổ" in words(shown)
    assert not Death.objects.exists()
    assert at_work.post(address, {**DEATH, "confirmed": "yes"}).url == f"/nguoi/{lan.pk}/"
    assert Death.objects.get().since == date(2023, 7, 14)


def test_a_refused_death_keeps_everything_typed(at_work, lan):
    answer = at_work.post(f"/nguoi/{lan.pk}/ghi-nhan-mat/", {**DEATH, "on": "14/07/1901", "confirmed": "yes"})
    assert answer.status_code == 422
    assert "Trích lục khai tử 38/2023" in words(answer)
    assert "data-refusal" in words(answer)


def test_an_unreadable_day_is_said_at_the_field(at_work, lan):
    answer = at_work.post(f"/nguoi/{lan.pk}/ghi-nhan-mat/", {**DEATH, "on": "31/02/2023"})
    assert answer.status_code == 422
    assert "id_on_error" in words(answer)


def test_what_was_typed_when_the_session_ended_stands_in_the_form_again(client, officer, lan):
    address = f"/nguoi/{lan.pk}/ghi-nhan-mat/"
    client.post(address, DEATH)
    client.post("/dang-nhap/", {"login": "officer", "password": "officer-1975"})
    answer = words(client.get(address))
    assert "Trích lục khai tử 38/2023" in answer
    assert "14/07/2023" in answer


def test_an_auditor_sees_the_person_and_no_verbs(client, auditor, lan):
    client.force_login(auditor)
    assert "ghi-nhan-mat" not in words(client.get(f"/nguoi/{lan.pk}/"))
    assert client.post(f"/nguoi/{lan.pk}/ghi-nhan-mat/", DEATH).status_code == 404


def test_a_move_names_the_communes_when_the_name_is_not_enough(at_work, lan, areas):
    typed = {"since": "01/09/2023", "place": "Không Có", "source": "Sổ cư trú"}
    assert "Không có xã, phường nào tên như vậy" in words(at_work.post(f"/nguoi/{lan.pk}/chuyen-noi-cu-tru/", typed))


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_list(at_work, lan, minh, areas, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        at_work.get("/nguoi/", {"xa": areas[COMMUNE].pk})


def test_a_new_person_is_written_after_a_look_at_namesakes(at_work, lan, areas):
    typed = {"name": lan.name, "birth": f"{lan.birth_on:%d/%m/%Y}", "place": "05920", "since": "01/09/2023", "source": "Sổ cư trú"}
    shown = at_work.post("/nguoi/moi/", typed)
    assert "có phải cùng một người?" in words(shown)
    assert Person.objects.count() == 1
    assert at_work.post("/nguoi/moi/", {**typed, "confirmed": "yes"}).status_code == 302
    assert Person.objects.count() == 2


def test_a_task_leads_to_the_person_it_is_about(at_work, lan, officer):
    at_work.post(f"/nguoi/{lan.pk}/ghi-nhan-mat/", {**DEATH, "confirmed": "yes"})
    assert f"/nguoi/{lan.pk}/" in words(at_work.get("/nhat-ky/"))
    assert Task.objects.count() == 0
