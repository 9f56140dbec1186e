"""Screens of documents: from a person to a letter, the list, templates; each only for whom it concerns."""
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from ansinh.documents.kinds import kinds
from ansinh.documents.models import Letter, LetterTemplate
from ansinh.documents.paper.build import default_template
from ansinh.office import clock

TYPED = {
    "scheme": "trợ cấp thương binh hằng tháng", "amount": "2.055.000", "since": "01/07/2023", "basis": "Nghị định 55/2023/NĐ-CP", "field": "merit",
}


@pytest.fixture
def letter(lan, signer, client, officer):
    """Issued on the pages, as an officer does it."""
    client.force_login(officer)
    with clock.held_at(date(2023, 7, 5)):
        client.post(f"/van-ban/nguoi/{lan.pk}/cho-huong/", TYPED | {"signer": signer.pk, "confirmed": "yes"})
    return Letter.objects.get()


def test_the_whole_text_is_seen_before_a_number_is_taken(lan, signer, client, officer):
    client.force_login(officer)
    shown = client.post(f"/van-ban/nguoi/{lan.pk}/cho-huong/", TYPED | {"signer": signer.pk}).content.decode()
    assert "Mức hưởng: 2.055.000 đồng (bằng chữ: hai triệu không trăm năm mươi lăm nghìn đồng)." in shown
    assert "…/QĐ-" in shown
    assert not Letter.objects.exists()


def test_what_is_missing_is_said_beside_its_field(lan, signer, client, officer):
    client.force_login(officer)
    answer = client.post(f"/van-ban/nguoi/{lan.pk}/cho-huong/", TYPED | {"signer": signer.pk, "amount": "hai triệu", "confirmed": "yes"})
    assert answer.status_code == 422
    assert not Letter.objects.exists()


def test_a_letter_is_found_on_the_page_of_its_person_and_in_the_list(letter, lan, client):
    assert "01/QĐ-SLĐTBXH" in client.get(f"/nguoi/{lan.pk}/").content.decode()
    assert "01/QĐ-SLĐTBXH" in client.get("/van-ban/?so=1&nam=2023&loai=cho-huong&hieu_luc=con").content.decode()
    assert "Không có văn bản nào" in client.get("/van-ban/?so=2").content.decode()


def test_both_files_are_taken_from_its_page(letter, client):
    assert letter.code in client.get(f"/van-ban/{letter.pk}/").content.decode()
    assert client.get(f"/van-ban/{letter.pk}/pdf/").content.startswith(b"%PDF")
    assert client.get(f"/van-ban/{letter.pk}/word/").content.startswith(b"PK")


def test_a_letter_is_voided_on_its_page(letter, client):
    client.post(f"/van-ban/{letter.pk}/huy/", {"reason": "in sai"})
    assert "Đã hủy" in client.get(f"/van-ban/{letter.pk}/").content.decode()
    assert "Không có văn bản nào" in client.get("/van-ban/?hieu_luc=con").content.decode()


@pytest.mark.parametrize("part", ["", "pdf/", "word/", "huy/", "cung-luot/"])
def test_the_neighbour_finds_no_letter(letter, client, neighbour, part):
    client.force_login(neighbour)
    assert client.get(f"/van-ban/{letter.pk}/{part}").status_code == 404


def test_who_only_reads_issues_nothing(lan, signer, client, auditor):
    client.force_login(auditor)
    assert client.get(f"/van-ban/nguoi/{lan.pk}/").status_code == 404
    assert client.post(f"/van-ban/nguoi/{lan.pk}/cho-huong/", TYPED | {"signer": signer.pk, "confirmed": "yes"}).status_code == 404


def test_without_anybody_who_signs_the_page_says_what_to_do(lan, client, officer):
    client.force_login(officer)
    answer = client.get(f"/van-ban/nguoi/{lan.pk}/cho-huong/")
    assert answer.status_code == 422
    assert "Chưa có tài khoản nào được ký" in answer.content.decode()


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.code)
def test_every_kind_can_be_begun_and_its_template_taken_and_seen(lan, signer, client, officer, kind):
    client.force_login(officer)
    assert kind.title in client.get(f"/van-ban/nguoi/{lan.pk}/").content.decode()
    assert client.get(f"/van-ban/nguoi/{lan.pk}/{kind.slug}/").status_code == 200
    assert client.get(f"/van-ban/mau/{kind.slug}/tep/").content == default_template(kind.code)
    assert client.get(f"/van-ban/mau/{kind.slug}/xem-thu/").content.startswith(b"%PDF")


def test_an_edited_template_is_given_used_and_withdrawn(client, appoint):
    document = Document(BytesIO(default_template("slip")))
    document.add_paragraph("Hỏi: 0208 3855 000")
    out = BytesIO()
    document.save(out)
    client.force_login(appoint("editor", "officer", "19."))
    out.seek(0)
    out.name = "phieu.docx"
    assert client.post("/van-ban/mau/phieu-linh-tien/", {"file": out}).status_code == 302
    assert "phieu.docx" in client.get("/van-ban/mau/").content.decode()
    own = LetterTemplate.objects.get()
    assert client.get(f"/van-ban/mau/{own.pk}/thoi-dung/").status_code == 200
    client.post(f"/van-ban/mau/{own.pk}/thoi-dung/")
    assert "phieu.docx" not in client.get("/van-ban/mau/").content.decode()


def test_a_bad_template_is_refused_on_the_page_with_its_cause(client, appoint):
    client.force_login(appoint("editor", "officer", "19."))
    bad = BytesIO(default_template("grant"))
    bad.name = "nham.docx"
    answer = client.post("/van-ban/mau/phieu-linh-tien/", {"file": bad})
    assert answer.status_code == 422
    assert "không có chỗ điền nào tên" in answer.content.decode()
    assert not LetterTemplate.objects.exists()
