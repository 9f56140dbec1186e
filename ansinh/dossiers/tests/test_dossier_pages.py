"""The list of dossiers, a new one, one dossier, its pictures: as officers use them, and closed to neighbours."""
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.dossiers import actions
from ansinh.dossiers.models import Dossier, Page
from ansinh.office import clock
from ansinh.office.models import Entry
from tests.people import COMMUNE, OTHER_COMMUNE

NEW = {"code": "TB-00162", "category": "wounded", "sheets_on_paper": "12", "shelf": "Kho 2, giá 4"}


@pytest.fixture
def at_work(client, officer):
    """The officer's browser, signed in, in June 2023."""
    with clock.held_at(date(2023, 6, 1)):
        client.force_login(officer)
        yield client


@pytest.fixture
def register(officer, areas):
    def make(code, path=COMMUNE, **said):
        return actions.register_dossier(code, **{"category": "sick", "title": "Lê Văn Bình", "area_path": path, **said}, by=officer)

    return make


def words(answer):
    return answer.content.decode()


def test_the_list_shows_state_sheets_and_pages(at_work, lan_page):
    answer = words(at_work.get("/ho-so/"))
    assert "TB-00161" in answer
    assert "Đã ghi sổ" in answer
    assert "1 hồ sơ" in answer


def test_the_list_is_narrowed_by_kind_state_place_and_whereabouts(at_work, lan_dossier, register, officer):
    register("BB-1")
    assert "BB-1" not in words(at_work.get("/ho-so/", {"loai": "wounded"}))
    assert "BB-1" in words(at_work.get("/ho-so/", {"tinh_trang": "registered", "xa": COMMUNE}))
    assert "BB-1" not in words(at_work.get("/ho-so/", {"tinh_trang": "verified"}))
    actions.lend_dossier(lan_dossier, borrower="Thanh tra", purpose="đối chiếu", due_on=date(2023, 6, 30), by=officer)
    lent = words(at_work.get("/ho-so/", {"giay": "out"}))
    assert "TB-00161" in lent
    assert "BB-1" not in lent
    assert "TB-00161" not in words(at_work.get("/ho-so/", {"giay": "late"}))


def test_words_are_found_without_accents_and_stand_in_no_address(at_work, lan_dossier, register):
    register("BB-1")
    found = words(at_work.post("/ho-so/", {"tu": "duong thi"}))
    assert "TB-00161" in found
    assert "BB-1" not in found
    assert "BB-1" in words(at_work.get("/ho-so/", {"tu": "duong thi"}))


def test_nonsense_in_a_filter_is_ignored(at_work, lan_dossier):
    assert "TB-00161" in words(at_work.get("/ho-so/", {"loai": "x'", "xa": "99.", "sau": "mười"}))


def test_the_list_goes_on_from_where_it_ended(at_work, register, monkeypatch):
    monkeypatch.setattr("ansinh.dossiers.pages.dossiers.PART", 1)
    register("BB-1")
    register("BB-2")
    first = at_work.get("/ho-so/")
    assert "BB-2" not in words(first)
    assert "BB-2" in words(at_work.post("/ho-so/", {"sau": first.context["page"].next}))


def test_the_list_asks_the_same_number_of_questions_however_long(at_work, register, still_clock):
    register("BB-1")
    at_work.get("/ho-so/")
    with CaptureQueriesContext(connection) as one:
        at_work.get("/ho-so/")
    register("BB-2")
    register("BB-3")
    with CaptureQueriesContext(connection) as three:
        at_work.get("/ho-so/")
    assert len(three) == len(one)


def test_the_list_is_exported(at_work, lan_dossier):
    lines = b"".join(at_work.post("/ho-so/", {"tai": "csv"}).streaming_content).decode()
    assert "TB-00161,Dương Thị Lan,Thương binh,đã ghi sổ" in lines
    assert b"".join(at_work.get("/ho-so/", {"tai": "xlsx"}).streaming_content)[:2] == b"PK"


def test_a_dossier_is_registered_to_the_person_who_bears_a_number(at_work, lan_is_recognised):
    shown = words(at_work.post("/ho-so/moi/", {**NEW, "number": "TB/19/00161"}))
    assert "Hồ sơ của Dương Thị Lan" in shown
    answer = at_work.post("/ho-so/moi/", {**NEW, "number": "TB/19/00161", "confirmed": "yes"})
    made = Dossier.objects.get()
    assert answer.url == f"/ho-so/{made.pk}/"
    assert (made.person, made.title, made.area_path, made.sheets_on_paper) == (lan_is_recognised, "Dương Thị Lan", COMMUNE, 12)


def test_a_dossier_of_nobody_yet_needs_its_commune_and_title(at_work, areas):
    assert at_work.post("/ho-so/moi/", NEW).status_code == 422
    at_work.post("/ho-so/moi/", {**NEW, "title": "Lê Văn Bình", "place": "05920", "confirmed": "yes"})
    assert Dossier.objects.get().area_path == COMMUNE


def test_a_number_of_someone_elsewhere_finds_nobody(client, neighbour, lan_is_recognised):
    client.force_login(neighbour)
    answer = client.post("/ho-so/moi/", {**NEW, "number": "TB/19/00161"})
    assert answer.status_code == 422
    assert "Không thấy ai mang số này" in words(answer)


def test_the_form_begins_with_the_number_of_the_person_one_came_from(at_work, lan_is_recognised):
    assert 'value="TB/19/00161"' in words(at_work.get(f"/ho-so/moi/?nguoi={lan_is_recognised.pk}"))


def test_the_page_shows_papers_and_what_is_missing(at_work, lan_dossier_in_use):
    answer = words(at_work.get(f"/ho-so/{lan_dossier_in_use.pk}/"))
    assert "Quyết định trợ cấp" in answer
    assert "Biên bản giám định y khoa" in answer
    assert "Thiếu" in answer
    assert "chưa đối chiếu văn bản gốc" in answer
    assert "mới quét 1 mặt" in answer
    assert "vĩnh viễn (Nghị định 131/2021/NĐ-CP Điều 126, 128)" in answer
    assert "Phòng Thanh tra" in answer
    assert "1/2023" in answer


def test_opening_is_journaled_once_a_day_and_says_no_name(at_work, lan_dossier):
    at_work.get(f"/ho-so/{lan_dossier.pk}/")
    at_work.get(f"/ho-so/{lan_dossier.pk}/")
    line = Entry.objects.get(act="dossiers.open_dossier")
    assert (line.title, line.facts, line.key) == ("TB-00161", {}, f"dossiers.dossier:{lan_dossier.pk}")
    assert "Mở xem hồ sơ" in words(at_work.get(f"/ho-so/{lan_dossier.pk}/"))


def test_an_auditor_opens_it_too_and_is_journaled(client, auditor, lan_dossier):
    client.force_login(auditor)
    assert "Việc làm được" not in words(client.get(f"/ho-so/{lan_dossier.pk}/"))
    assert Entry.objects.get(act="dossiers.open_dossier").by == auditor


def test_the_page_asks_the_same_number_of_questions_however_many_pages(at_work, lan_page, still_clock):
    address = f"/ho-so/{lan_page.dossier_id}/"
    at_work.get(address)
    with CaptureQueriesContext(connection) as one:
        at_work.get(address)
    Page.objects.bulk_create(
        Page(scan=lan_page.scan, number=n, width=6, height=8, dpi=72, dossier=lan_page.dossier, position=n) for n in range(2, 9)
    )
    with CaptureQueriesContext(connection) as many:
        at_work.get(address)
    assert len(many) == len(one)


def test_a_neighbour_finds_nothing_of_it(client, neighbour, lan_page):
    client.force_login(neighbour)
    assert "TB-00161" not in words(client.get("/ho-so/"))
    address = f"/ho-so/{lan_page.dossier_id}/"
    assert client.get(address).status_code == 404
    assert client.get(f"{address}sua/").status_code == 404
    assert client.get(f"{address}cho-muon/").status_code == 404
    assert client.get(f"/trang/{lan_page.pk}/anh/").status_code == 404
    assert not Entry.objects.filter(act="dossiers.open_dossier").exists()


def test_who_sees_no_dossiers_has_no_such_pages(client, accountant):
    client.force_login(accountant)
    assert client.get("/ho-so/").status_code == 404
    assert client.get("/ho-so/moi/").status_code == 404


def test_the_picture_of_a_page_is_ours_and_kept_by_nobody(at_work, lan_page):
    answer = at_work.get(f"/trang/{lan_page.pk}/anh/")
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Entry.objects.filter(act="dossiers.open_dossier").count() == 1


def test_a_small_picture_is_small(at_work, lan_page):
    answer = at_work.get(f"/trang/{lan_page.pk}/anh/?co=nho")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.content[:2] == b"\xff\xd8"


@pytest.mark.parametrize("kind", ["image/svg+xml", "application/pdf", "text/html", ""])
def test_nothing_but_our_own_pictures_is_shown(at_work, lan_page, kind):
    type(lan_page.screen).objects.update(content_type=kind)
    assert at_work.get(f"/trang/{lan_page.pk}/anh/").status_code == 404


def test_a_dossier_is_corrected_and_keeps_its_person(at_work, lan_dossier):
    address = f"/ho-so/{lan_dossier.pk}/sua/"
    assert 'value="Dương Thị Lan"' in words(at_work.get(address))
    at_work.post(address, {"title": "Dương Thị Lân", "sheets_on_paper": "5", "shelf": "Tủ 3"})
    made = Dossier.objects.get()
    assert (made.title, made.sheets_on_paper, made.person) == ("Dương Thị Lân", 5, lan_dossier.person)
    assert "Hoàn tác" in words(at_work.get(f"/ho-so/{lan_dossier.pk}/"))


def test_a_dossier_is_taken_from_a_person(at_work, lan_dossier):
    at_work.post(f"/ho-so/{lan_dossier.pk}/sua/", {"title": "Dương Thị Lan", "is_of_nobody": "on"})
    assert Dossier.objects.get().person is None


def test_the_paper_file_is_lent_and_returned_on_the_page(at_work, lan_dossier):
    address = f"/ho-so/{lan_dossier.pk}/"
    at_work.post(f"{address}cho-muon/", {"borrower": "Thanh tra Sở", "purpose": "đối chiếu", "due_on": "30/06/2023"})
    answer = words(at_work.get(address))
    assert "Hồ sơ giấy đang ở Thanh tra Sở từ 01/06/2023, hẹn trả 30/06/2023." in answer
    assert "/cho-muon/" not in answer
    at_work.post(f"{address}nhan-lai/", {})
    assert "/cho-muon/" in words(at_work.get(address))


def test_a_loss_shows_its_consequences_first(at_work, lan_dossier):
    address = f"/ho-so/{lan_dossier.pk}/"
    said = {"on": "02/05/2023", "note": "biên bản 3/BB"}
    assert "Không cho mượn được nữa" in words(at_work.post(f"{address}mat-ban-goc/", said))
    at_work.post(f"{address}mat-ban-goc/", {**said, "confirmed": "yes"})
    assert "Mất bản gốc từ 02/05/2023. biên bản 3/BB" in words(at_work.get(address))
    at_work.post(f"{address}tim-thay/", {})
    assert Dossier.objects.get().lost_on is None


def test_a_person_shows_their_dossiers(at_work, lan_dossier, minh):
    assert f"/ho-so/{lan_dossier.pk}/" in words(at_work.get(f"/nguoi/{lan_dossier.person_id}/"))
    assert f"/ho-so/moi/?nguoi={minh.pk}" in words(at_work.get(f"/nguoi/{minh.pk}/"))


def test_the_rail_leads_there(at_work, areas):
    assert 'href="/ho-so/"' in words(at_work.get("/ho-so/"))


def test_a_dossier_elsewhere_is_not_in_the_list(at_work, appoint, areas):
    province = appoint("tinh", "officer", "19.")
    actions.register_dossier("BB-9", category="sick", title="Lê Văn Bình", area_path=OTHER_COMMUNE, by=province)
    assert "BB-9" not in words(at_work.get("/ho-so/"))
