"""The progress board: figures by category and place, speed and forecast, each opening into its rows."""
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.dossiers import actions
from ansinh.dossiers.models import Dossier, Page
from ansinh.dossiers.queries import verified
from ansinh.dossiers.queries.errors import Rate
from ansinh.dossiers.queries.progress import reading_speed, verifying_speed
from ansinh.office import clock
from tests.people import COMMUNE, OTHER_COMMUNE

NOW = datetime(2023, 6, 14, 10, 30, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def a_morning_in_june():
    with clock.held_at(NOW):
        yield


@pytest.fixture
def at_work(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def add_pages(lan_page):
    def make(count, first=2, **said):
        base = {"scan": lan_page.scan, "width": 6, "height": 8, "dpi": 72, "dossier": lan_page.dossier}
        Page.objects.bulk_create(Page(**base, number=n, **said) for n in range(first, first + count))

    return make


def words(answer):
    return answer.content.decode()


def test_every_state_of_a_category_opens_its_dossiers(at_work, lan_dossier):
    page = at_work.get("/so-hoa/tien-do/").context["page"]
    row = page.categories[0]
    assert (row.name, row.total) == ("Thương binh", 1)
    assert row.cells[0] == ("Đã ghi sổ", 1, "/ho-so/?loai=wounded&tinh_trang=registered")
    assert "TB-00161" in words(at_work.get(row.cells[0][2]))


def test_districts_open_their_own_board_and_communes_their_list(client, appoint, lan_dossier):
    province = appoint("tinh", "officer", "19.")
    actions.register_dossier("BB-9", category="sick", title="Lê Văn Bình", area_path=OTHER_COMMUNE, by=province)
    client.force_login(province)
    places = client.get("/so-hoa/tien-do/").context["page"].places
    assert [(row.name, row.total) for row in places] == [("Thành phố Sông Công", 1), ("Huyện Phú Bình", 1)]
    inside = client.get(places[1].url).context["page"]
    assert [(row.name, row.url) for row in inside.places] == [("Xã Tân Kim", f"/ho-so/?xa={COMMUNE}")]
    assert inside.sums.total == 1


def test_the_queue_has_its_end_by_the_speed_of_the_last_days(officer, add_pages):
    add_pages(48, reading=Page.Reading.READ, read_at=NOW - timedelta(days=2))
    add_pages(96, first=100, reading=Page.Reading.WAITING)
    Page.objects.filter(number=1).update(read_at=None)
    speed, _failed = reading_speed(officer)
    assert (speed.left, round(speed.a_day)) == (96, 24)
    assert speed.ends_on == (NOW + timedelta(days=4)).date()
    assert speed.by_day[(NOW - timedelta(days=2)).date()] == 48


def test_without_any_speed_nobody_knows_the_end(officer, add_pages):
    Page.objects.update(read_at=None)
    add_pages(3, reading=Page.Reading.WAITING)
    assert reading_speed(officer)[0].ends_on is None


def test_verified_dossiers_are_counted_by_day(officer, lan_dossier):
    Dossier.objects.update(state=Dossier.State.VERIFIED, verified_at=NOW - timedelta(days=1))
    speed = verifying_speed(officer)
    assert (speed.left, speed.by_day[(NOW - timedelta(days=1)).date()], speed.ends_on) == (0, 1, None)


def test_hours_are_those_of_the_office(at_work, add_pages):
    add_pages(5, reading=Page.Reading.READ, read_at=NOW - timedelta(minutes=10))
    page = at_work.get("/so-hoa/tien-do/").context["page"]
    assert page.hours.bars[-1]["words"] == "10: 6"
    assert page.last_day == 6


def test_pages_that_wait_or_failed_lead_to_their_batches(at_work, add_pages):
    add_pages(1, reading=Page.Reading.FAILED)
    assert "Tủ 3" in words(at_work.get("/so-hoa/?doc=failed"))
    assert "Tủ 3" not in words(at_work.get("/so-hoa/?doc=waiting"))


def test_without_double_entry_there_is_no_rate_of_errors(at_work, lan_dossier):
    assert "chưa có tỷ lệ sai sót" in words(at_work.get("/so-hoa/tien-do/"))


def test_the_rate_of_errors_leads_to_its_page(at_work, monkeypatch):
    monkeypatch.setattr("ansinh.dossiers.pages.progress.rates", lambda *_said: ([], [], Rate("", "", entered=200, wrong=1)))
    answer = words(at_work.get("/so-hoa/tien-do/"))
    assert "0,5\u00a0% trong 200 ô nhập hai lần" in answer
    assert "/so-hoa/sai-sot/" in answer


def test_the_board_asks_the_same_number_of_questions_however_many_dossiers(at_work, lan_page, officer, still_clock):
    at_work.get("/so-hoa/tien-do/")
    with CaptureQueriesContext(connection) as one:
        at_work.get("/so-hoa/tien-do/")
    for n in range(3):
        actions.register_dossier(f"BB-{n}", category="sick", title="Lê Văn Bình", area_path=COMMUNE, by=officer)
    with CaptureQueriesContext(connection) as four:
        at_work.get("/so-hoa/tien-do/")
    assert len(four) == len(one)


def test_a_neighbour_counts_only_their_own(client, neighbour, lan_page):
    client.force_login(neighbour)
    page = client.get("/so-hoa/tien-do/").context["page"]
    assert (page.categories, page.last_day, page.verifying.left) == ((), 0, 0)


def test_who_sees_no_dossiers_has_no_board(client, accountant):
    client.force_login(accountant)
    assert client.get("/so-hoa/tien-do/").status_code == 404


def test_the_brief_counts_verified_dossiers_and_opens_them(at_work, lan_dossier, officer):
    Dossier.objects.update(state=Dossier.State.VERIFIED, verified_at=NOW - timedelta(days=1))
    assert verified(SimpleNamespace(account=officer, known_at=NOW)) == {COMMUNE: 1}
    assert verified(SimpleNamespace(account=officer, known_at=NOW - timedelta(days=2))) == {}
    assert "TB-00161" in words(at_work.get("/ho-so/", {"thang": "2023-06", "loc": "verified"}))
    assert "TB-00161" not in words(at_work.get("/ho-so/", {"loc": "read"}))
