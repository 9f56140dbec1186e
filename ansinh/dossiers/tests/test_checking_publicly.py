"""The public door of extracts: a code is enough, it tells of no person, and wrong codes are all alike."""
import io

import pypdfium2
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.dossiers.actions import make_extract
from ansinh.office.cabinet import read_file
from ansinh.office.models import Entry
from ansinh.office.papers import CHECKED_AT

WRONG = ["TL-AAAA-AAAA-AAAA", "TL", "x" * 4000, "' OR 1=1 --", "<b>TL</b>", "TL-AAAA-AAAA-AAAÀ", "\x00", "%"]


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def extract(in_2023, lan_page, officer):
    return make_extract(lan_page.dossier, pages=[lan_page.pk], purpose="cấp lại giấy chứng nhận", receiver="bà Dương Thị Lan", by=officer)


def asked(client, code):
    return client.get(CHECKED_AT, {"ma": code})


def test_whoever_holds_an_extract_checks_it_without_an_account(extract, client):
    answer = asked(client, f" {extract.code.lower()} ")
    shown = answer.content.decode()
    assert f"Có trích lục số {extract}/TLHS" in shown
    assert extract.file.sha256 in shown
    assert f"{extract.made_in.at:%d/%m/%Y}" in shown
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_tells_nothing_of_the_person_and_writes_nothing(extract, client):
    before = Entry.objects.count()
    shown = asked(client, extract.code).content.decode()
    for private in ("Lan", extract.dossier.code, extract.receiver, extract.purpose):
        assert private not in shown
    assert Entry.objects.count() == before


def test_wrong_codes_of_every_kind_are_answered_alike_after_the_same_work(extract, client):
    answers = [asked(client, code) for code in WRONG]
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert "Không có giấy tờ nào mang mã này" in answers[0].content.decode()
    with CaptureQueriesContext(connection) as good:
        asked(client, extract.code)
    with CaptureQueriesContext(connection) as bad:
        asked(client, WRONG[2])
    assert len(good) == len(bad)


def test_the_page_has_no_script_and_only_looks(extract, client):
    shown = client.get(CHECKED_AT).content.decode()
    assert "<script" not in shown
    assert "Không có giấy tờ nào" not in shown
    assert client.post(CHECKED_AT, {"ma": extract.code}).status_code == 405


def test_who_asks_too_often_waits(extract, client, monkeypatch):
    monkeypatch.setattr("ansinh.office.checking.RATES", {"check_paper": "2/m/ip,600/m/key"})
    asked(client, WRONG[0])
    asked(client, WRONG[0])
    answer = asked(client, extract.code)
    assert answer.status_code == 429
    assert "Hỏi quá nhiều lần" in answer.content.decode()
    assert extract.file.sha256 not in answer.content.decode()
    assert client.get(CHECKED_AT).status_code == 200


def test_the_cover_leads_there_where_the_house_has_an_address(in_2023, lan_page, officer, settings):
    settings.ADDRESS = "https://ansinh.example.vn"
    made = make_extract(lan_page.dossier, pages=[lan_page.pk], purpose="x", receiver="y", by=officer)
    cover = pypdfium2.PdfDocument(io.BytesIO(read_file(made.file)))[0].get_textpage().get_text_bounded()
    assert "https://ansinh.example.vn/kiem-tra/" in "".join(cover.split())
