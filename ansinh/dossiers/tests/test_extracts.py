"""Extracts: numbered in the year, journaled without names, made of the pages as scanned, checked by whoever holds the code."""
import io
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ansinh.dossiers.actions import make_extract
from ansinh.dossiers.models import Extract, Page
from ansinh.office.cabinet import read_file
from ansinh.office.models import Entry
from ansinh.web.refusal import Forbidden, Refusal
from tests.units import IN_2023


@pytest.fixture
def extract(lan_page, officer):
    return make_extract(lan_page.dossier, pages=[lan_page.pk], purpose="cấp lại giấy chứng nhận", receiver="bà Dương Thị Lan", by=officer)


def text_of(file):
    document = pypdfium2.PdfDocument(read_file(file))
    return [document[n].get_textpage().get_text_bounded() for n in range(len(document))]


def test_an_extract_is_numbered_in_its_year(in_2023, extract, lan_page, officer):
    second = make_extract(lan_page.dossier, pages=[lan_page.pk], purpose="đối chiếu", receiver="Phòng Thanh tra", by=officer)
    assert (str(extract), str(second)) == ("1/2023", "2/2023")
    assert extract.code != second.code
    assert IN_2023.year == 2023


def test_the_file_is_a_cover_with_the_code_and_the_pages_as_scanned(extract):
    cover, page = text_of(extract.file)
    assert extract.code in cover
    assert "cấp lại giấy chứng nhận" in " ".join(cover.split())
    assert page.split() == ["Dương", "Thị", "Lan"]
    assert b"pdfaid:part" in read_file(extract.file)


def test_the_journal_tells_of_it_without_a_name(extract):
    line = Entry.objects.get(act="dossiers.make_extract")
    assert line.facts == {"pages": extract.pages}
    assert "Lan" not in line.title


def test_pages_of_another_dossier_or_none_are_refused(extract, lan_page, officer, neighbour):
    said = {"purpose": "x", "receiver": "y"}
    with pytest.raises(Refusal, match="ít nhất một trang"):
        make_extract(lan_page.dossier, pages=[], **said, by=officer)
    with pytest.raises(Refusal, match="ít nhất một trang"):
        make_extract(lan_page.dossier, pages=[lan_page.pk, lan_page.pk + 99], **said, by=officer)
    with pytest.raises(Refusal, match="cấp cho ai"):
        make_extract(lan_page.dossier, pages=[lan_page.pk], purpose=" ", receiver="y", by=officer)
    with pytest.raises(Forbidden):
        make_extract(lan_page.dossier, pages=[lan_page.pk], **said, by=neighbour)
    assert Extract.objects.count() == 1


def test_an_officer_makes_one_on_the_page_and_takes_the_file(lan_page, officer, neighbour, client):
    client.force_login(officer)
    address = f"/ho-so/{lan_page.dossier_id}/trich-luc/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"receiver": "bà Lan", "purpose": "đối chiếu"}).status_code == 422
    answer = client.post(address, {"receiver": "bà Lan", "purpose": "đối chiếu", "pages": [lan_page.pk]})
    made = Extract.objects.get()
    assert answer.url == f"/trich-luc/{made.pk}/"
    assert made.code in client.get(answer.url).content.decode()
    assert client.get(f"{answer.url}tep/").content == read_file(made.file)
    client.force_login(neighbour)
    assert client.get(f"{answer.url}tep/").status_code == 404
    assert client.get(address).status_code == 404


def test_whoever_holds_the_code_can_check_it_and_learns_no_more(extract, neighbour, client):
    client.force_login(neighbour)
    answer = client.post("/trich-luc/", {"code": f" {extract.code.lower()} "}).content.decode()
    assert f"Có trích lục số {extract}" in answer
    assert "Lan" not in answer
    assert "Không có trích lục nào" in client.post("/trich-luc/", {"code": "TL-AAAA-AAAA-AAAA"}).content.decode()


def test_a_changed_file_is_told_from_the_one_given_out(extract, officer, client):
    client.force_login(officer)
    data = read_file(extract.file)
    good = SimpleUploadedFile("t.pdf", data)
    bad = SimpleUploadedFile("t.pdf", data.replace(b"%PDF-1.7", b"%PDF-1.6"))
    assert "đúng là tệp đã cấp" in client.post("/trich-luc/", {"code": extract.code, "file": good}).content.decode()
    assert "khác tệp đã cấp" in client.post("/trich-luc/", {"code": extract.code, "file": bad}).content.decode()


def test_an_extract_keeps_its_pages_in_the_order_of_the_dossier(lan_page, officer):
    second = Page.objects.create(
        scan=lan_page.scan, number=1, part=2, width=600, height=800, dpi=72, dossier=lan_page.dossier, position=0, reading=Page.Reading.READ
    )
    made = make_extract(lan_page.dossier, pages=[lan_page.pk, second.pk], purpose="x", receiver="y", by=officer)
    assert made.pages == [second.pk, lan_page.pk]
    assert len(pypdfium2.PdfDocument(io.BytesIO(read_file(made.file)))) == 3


def test_the_day_is_the_one_that_people_here_have(in_2023, extract):
    extract.made_in.at = datetime(2023, 5, 3, 18, 30, tzinfo=UTC)
    assert extract.given_on == date(2023, 5, 4)


def test_of_a_dossier_without_pages_nothing_is_given_out(lan_dossier, officer, client):
    client.force_login(officer)
    answer = client.get(f"/ho-so/{lan_dossier.pk}/trich-luc/")
    assert "chưa có trang nào" in answer.content.decode()
    assert "chưa có giấy nào" in client.get(f"/ho-so/{lan_dossier.pk}/ban-luu-tru/").content.decode()
