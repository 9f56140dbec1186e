"""Words inside scans: accents, neighbours, rights, order, and the index that follows a dossier on the move."""
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.dossiers import index
from ansinh.dossiers.models import Page, PageText
from ansinh.dossiers.queries.scans import MOST, found_pages, hits
from ansinh.dossiers.question import understood
from ansinh.office.models import Account, Right
from ansinh.registry import actions as registry
from tests.people import OTHER_COMMUNE


def words_of(text):
    """One line of words, each with a box of its own."""
    return [[word, 10 + 40 * n, 20, 36, 12, 95, 0] for n, word in enumerate(text.split())]


@pytest.fixture
def read(lan_page):
    """``read("Quyết định …")``: one more page of Lan's dossier with these words."""

    def make(text):
        number = lan_page.scan.pages.count() + 1
        page = Page.objects.create(
            scan=lan_page.scan, number=number, width=600, height=800, dpi=72, dossier=lan_page.dossier, paper=lan_page.paper, position=number,
            reading=Page.Reading.READ,
        )
        PageText.objects.create(page=page, words=words_of(text), confidence=95, reader="kiểm thử", cost=0)
        index.write([page])
        return page.pk

    return make


def found(text, account):
    return found_pages(understood(text), account)


def test_words_are_found_with_and_without_accents(read, officer):
    page = read("Giấy chứng nhận bị thương của đồng chí Đặng Văn Hòa")
    assert found("giay chung nhan", officer) == [page]
    assert found("GIẤY CHỨNG NHẬN", officer) == [page]
    assert found("dang van hoa", officer) == [page]
    assert found("Đặng Văn Hoà", officer) == [page]


def test_every_word_must_be_there(read, officer):
    read("Giấy chứng nhận")
    assert found("giấy quyết", officer) == []
    assert found("   ", officer) == []


def test_the_accents_as_typed_come_before_others_and_the_newest_first_among_each(read, officer):
    misread, first, second = read("bà Lán về"), read("bà Lan về"), read("bà Lan về")
    last = read("bà Lân về")
    assert found("Lân về", officer) == [last, second, first, misread]
    assert found("lan ve", officer) == [last, second, first, misread]
    assert found("Lán về", officer) == [misread, last, second, first]


def test_what_is_quoted_and_numbers_of_papers_stand_side_by_side(read, officer):
    page = read("Quyết định số 1187/QĐ-LĐTBXH ngày 5 tháng 6")
    apart = read("LĐTBXH ngày 5 QĐ LĐTBXH định quyết 1187 QĐ số quyết tâm")
    assert found("1187/qd-ldtbxh", officer) == [page]
    assert found('"quyết định số"', officer) == [page]
    assert found("quyet dinh so", officer) == [apart, page]
    assert found('"tháng 6 ngày"', officer) == []


def test_neighbours_go_on_from_word_to_word_as_if_there_were_no_signs(read, officer):
    page = read("Theo Quyết định số 1187/QĐ-LĐTBXH, ngày 5")
    read("Theo Quyết định số 1187, QĐ ngày 5 số 1187/QĐ ngày")
    assert found('"định số 1187 qđ lđtbxh ngày"', officer) == [page]


def test_of_neighbours_those_with_accents_as_typed_come_first_and_a_word_typed_bare_is_met_by_any(read, officer):
    exact, other, bare = read("ông Nguyễn Văn Ân về"), read("ông Nguyên Văn An về"), read("ong Nguyen Van An ve")
    assert found('"nguyễn văn an"', officer) == [exact, bare, other]
    assert found('"nguyen van an"', officer) == [bare, other, exact]
    assert found('"nguyễn văn ấn"', officer) == [bare, other, exact]


def test_a_phrase_is_looked_for_without_reading_boxes(read, officer):
    pages = [read("nay cấp giấy chứng nhận") for _ in range(3)]
    with CaptureQueriesContext(connection) as queries:
        assert found('"giấy chứng nhận"', officer) == pages[::-1]
    assert not [query["sql"] for query in queries if PageText._meta.db_table in query["sql"]]


def test_words_that_were_read_before_are_kept_by_the_migration(read, officer):
    page = read('nay cấp ["giấy chứng nhận')
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {index.SAID}")
    assert found('"giấy chứng nhận"', officer) == []
    import_module("ansinh.dossiers.migrations.0007_keep_what_pages_say").fill(apps, connection.schema_editor())
    assert index.said_on([page]) == {page: ["nay", "cấp", '["giấy', "chứng", "nhận"]}
    assert found('"giấy chứng nhận"', officer) == [page]


def test_a_neighbour_and_nobody_find_nothing(read, neighbour, nobody, officer):
    page = read("Huân chương kháng chiến")
    assert found("huân chương", officer) == [page]
    assert found("huân chương", neighbour) == []
    assert found("huân chương", nobody) == []


def test_an_account_of_another_field_finds_nothing(read, appoint):
    page = read("Huân chương kháng chiến")
    assert found("huân chương", appoint("merits", "officer", "19.", field="merit")) == [page]
    assert found("huân chương", appoint("children", "officer", "19.", field="children")) == []


def test_a_page_is_found_where_its_dossier_went(read, lan_dossier, officer, neighbour):
    page = read("Huân chương kháng chiến")
    type(lan_dossier).objects.filter(pk=lan_dossier.pk).update(area_path=OTHER_COMMUNE)
    assert found("huân chương", officer) == []
    index.index_pages([page])
    assert found("huân chương", neighbour) == [page]


def test_a_page_read_again_is_found_by_its_new_words_only(read, officer):
    page = read("Huân chương kháng chiến")
    PageText.objects.filter(pk=page).update(words=words_of("Huy chương vẻ vang"))
    index.index_pages([page])
    assert found("huan", officer) == []
    assert found("vẻ vang", officer) == [page]


def test_the_index_can_be_made_anew(read, officer):
    page = read("Huân chương kháng chiến")
    PageText.objects.filter(pk=page).update(words=words_of("Huy chương vẻ vang"))
    assert index.rebuild() == PageText.objects.count()
    assert found("vẻ vang", officer) == [page]


def test_pages_that_are_no_match_do_not_hide_those_behind_them(read, officer, monkeypatch):
    monkeypatch.setattr(index, "BATCH", 2)
    monkeypatch.setattr(index, "LARGEST", 3)
    pages = [read(text) for text in ("hạng nhì vẻ vang", "hạng nhì vẻ vang", *["nhì vẻ vang hạng nhì", "vẻ vang nhì vẻ"] * 9)]
    assert found('"hạng nhì vẻ"', officer) == pages[1::-1]


def test_hits_are_counted_to_one_beyond_two_hundred(read, officer):
    pages = [read("Huân chương") for _ in range(MOST + 5)]
    assert found("huan chuong", officer) == pages[:-MOST - 2:-1]


def test_a_snippet_shows_what_was_asked(read, officer):
    page = read("Nay cấp giấy chứng nhận thương binh")
    hit, = hits(understood("chung nhan"), officer, [page])
    assert [text for text, asked in hit.snippet if asked] == ["chứng", "nhận"]
    assert hit.page.dossier.code == "TB-00161"


@pytest.mark.parametrize("text", ["' OR 1=1 --", '"', '""', "a* NEAR(b)", "_merit_19", "tokens:x", "\x00'\\'", "日本 ½ ⑴ ﬁ"])
def test_what_is_typed_never_becomes_a_command(read, officer, text):
    read("Huân chương")
    assert found(text, officer) == []


def test_the_search_box_shows_scans_beside_persons_and_opens_the_rest_by_post(read, officer, client):
    pages = [read("Nay cấp giấy chứng nhận cho bà Dương Thị Lan") for _ in range(7)]
    client.force_login(officer)
    answer = client.post("/tim", {"q": "chứng nhận"}).content.decode()
    assert "Trong bản quét" in answer
    assert f"/trang/{pages[-1]}/" in answer
    assert f"/trang/{pages[0]}/" not in answer
    found = client.post("/tim/ban-quet/", {"q": "chứng nhận"})
    assert "7 trang" in found.content.decode()
    assert "<mark>chứng</mark>" in found.content.decode()
    assert "chung" not in found.request["PATH_INFO"] + found.request["QUERY_STRING"]


def test_a_found_page_shows_its_marks_without_a_word_in_the_address(read, officer, client):
    page = read("Nay cấp giấy chứng nhận")
    Page.objects.filter(pk=page).update(screen=Page.objects.first().screen)
    client.force_login(officer)
    client.post("/tim/ban-quet/", {"q": "chung nhan"})
    shown = client.get(f"/trang/{page}/").content.decode()
    assert shown.count("<rect ") == 2
    assert "<mark>nhận</mark>" in shown
    assert client.get(f"/trang/{page}/anh/").headers["Content-Type"] == "image/png"


def test_more_than_two_hundred_are_said_to_be_more_and_come_in_parts(read, officer, client):
    pages = [read("Huân chương") for _ in range(MOST + 1)]
    client.force_login(officer)
    first = client.post("/tim/ban-quet/", {"q": "huan chuong"}).content.decode()
    assert "hơn 200 trang" in first
    assert first.count("<mark>") == 100
    later = client.post("/tim/ban-quet/", {"q": "huan chuong", "tu": "150"}).content.decode()
    assert f"/trang/{pages[1]}/" in later
    assert f"/trang/{pages[0]}/" not in later


def test_a_neighbour_opens_neither_page_nor_image(read, neighbour, client):
    page = read("Huân chương")
    client.force_login(neighbour)
    assert client.get(f"/trang/{page}/").status_code == 404
    assert client.get(f"/trang/{page}/anh/").status_code == 404


def test_words_of_a_scan_are_shown_as_text(read, officer, client):
    page = read("<script>alert(1)</script> huân")
    client.force_login(officer)
    client.post("/tim/ban-quet/", {"q": "huân"})
    assert b"<script>alert" not in client.get(f"/trang/{page}/").content
    assert b"<script>alert" not in client.get("/tim/ban-quet/").content


def test_a_digitiser_may_search_though_persons_are_not_shown(read, appoint, client):
    read("Huân chương kháng chiến")
    client.force_login(appoint("scanner", "digitiser", "19."))
    answer = client.post("/tim", {"q": "chương"})
    assert answer.status_code == 302


def test_pages_are_found_where_their_person_moved(read, lan_dossier, areas, appoint, neighbour):
    page, province = read("Huân chương kháng chiến"), appoint("province", "officer", "19.")
    assert found("huân chương", neighbour) == []
    registry.move(lan_dossier.person, area=areas[OTHER_COMMUNE], since=date(2023, 2, 1), source="CT07", by=province)
    assert found("huân chương", neighbour) == [page]


@pytest.mark.parametrize("word", ['["x",', '\\', 'a"b', '[[1,"', "]],", '\\"['])
def test_a_word_of_any_signs_is_shown_as_it_was_read(read, officer, word):
    page = read(f"huân {word} chương")
    hit, = hits(understood("huan"), officer, [page])
    assert [text for text, _asked in hit.snippet] == ["huân", word, "chương"]


def test_a_right_to_every_field_of_one_place_opens_no_other_field_of_another(read, lan_dossier, appoint):
    page = read("Huân chương kháng chiến")
    account = appoint("both", "officer", "19.165.")
    Right.objects.create(account=account, role="officer", area_path="19.173.", field="children", since=date(2010, 1, 1))
    assert found("huân chương", account) == []
    assert not type(lan_dossier).objects.visible_to(account).exists()
    Right.objects.create(account=account, role="officer", area_path="19.173.", field="merit", since=date(2010, 1, 1))
    assert found("huân chương", Account.objects.get(pk=account.pk)) == [page]
