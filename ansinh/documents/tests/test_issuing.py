"""Letters: their numbers, codes, bytes, voiding, and what a stranger may learn of them."""
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.core.cache import cache

from ansinh.documents.actions import issue_letter, issue_letters, void_letter
from ansinh.documents.kinds import kinds
from ansinh.documents.models import Letter
from ansinh.documents.paper.pdf import letters_pdf
from ansinh.documents.paper.template import opened
from ansinh.documents.queries import letter_docx, letter_pdf
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.cabinet import read_file
from ansinh.office.models import Entry
from ansinh.office.papers import CHECKED_AT
from ansinh.web.refusal import Forbidden, Refusal

ASKED = {
    "scheme": "trợ cấp thương binh hằng tháng", "amount": 2_055_000, "since": date(2023, 7, 1), "basis": "Nghị định 55/2023/NĐ-CP",
    "reason": "tỷ lệ tổn thương giảm", "manner": "trừ dần 150.000 đồng mỗi tháng", "reply_by": date(2023, 8, 12), "month": "07/2023",
    "channel": "bưu điện xã Tân Kim", "details": "tháng này 2.055.000 đồng",
}


@pytest.fixture
def issue(lan, signer, officer):
    def make(kind="grant", on=date(2023, 7, 5), **changes):
        with clock.held_at(on):
            return issue_letter(lan, kind=kind, field="merit", signer=signer, values=ASKED | changes, by=officer)

    return make


def words_of(pdf):
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return " ".join("".join(page.get_textpage().get_text_bounded() for page in document).split())


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_issued_with_its_default_template(issue, lan, kind):
    letter = issue(kind)
    said = words_of(read_file(letter.file))
    assert letter.symbol == f"01/{kinds()[kind].series}-SLĐTBXH"
    for part in (letter.symbol, lan.name, letter.code, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lục Thị Nhài", "Thái Nguyên, ngày 05 tháng 7 năm 2023"):
        assert part in said


def test_the_amount_is_written_with_dots_and_in_words(issue):
    assert "2.055.000 đồng (bằng chữ: hai triệu không trăm năm mươi lăm nghìn đồng)" in words_of(read_file(issue().file))


def test_a_letter_is_declared_pdf_a_and_word_opens_its_twin(issue):
    letter = issue()
    with pikepdf.open(BytesIO(read_file(letter.file))) as pdf, pdf.open_metadata() as described:
        assert described.pdfa_status == "2B"
    assert letter_docx(letter)[:2] == b"PK"


def test_the_same_letter_has_the_same_bytes_years_later(issue):
    letter = issue()
    pdf, docx = letter_pdf(letter), letter_docx(letter)
    with clock.held_at(date(2031, 1, 1)):
        again = Letter.objects.get(pk=letter.pk)
        assert (letter_pdf(again), letter_docx(again)) == (pdf, docx)
        made_anew = letters_pdf(opened(read_file(again.template)), [again.values], title=f"{again.title} {again.symbol}", signed_on=again.signed_on)
    assert made_anew == pdf


def test_numbers_go_on_within_a_series_and_year_and_are_never_given_twice(issue, officer):
    issue("grant")
    void_letter(issue("stop"), reason="sai tên chế độ", by=officer)
    assert [issue("change").symbol, issue("recovery_notice").symbol] == ["03/QĐ-SLĐTBXH", "01/TB-SLĐTBXH"]
    assert issue("grant", on=date(2024, 1, 2)).symbol == "01/QĐ-SLĐTBXH"


def test_the_office_is_called_as_on_the_day(issue):
    assert issue(on=date(2025, 3, 3)).symbol == "01/QĐ-SNV"


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Giám đốc Sở", "Giám đốc"), ("Phó Giám đốc Sở", "KT. Giám đốc\nPhó Giám đốc"), ("Trưởng phòng Người có công", "TL. Giám đốc\nTrưởng phòng Người có công")],
)
def test_who_signs_stands_under_the_form_of_signing(issue, signer, title, shown):
    signer.title = title
    signer.save()
    assert issue().values["chức vụ người ký"] == shown


def test_who_does_not_sign_is_refused(lan, officer):
    with pytest.raises(Refusal, match="không thuộc người ký"):
        issue_letter(lan, kind="grant", field="merit", signer=officer, values=ASKED, by=officer)


@pytest.mark.parametrize(("asked", "why"), [({"amount": 0}, "lớn hơn 0"), ({"amount": None}, "phải ghi: Số tiền"), ({"basis": ""}, "phải ghi: Căn cứ")])
def test_a_letter_without_what_it_must_say_is_refused_and_takes_no_number(issue, asked, why):
    with pytest.raises(Refusal, match=why):
        issue(**asked)
    assert not Letter.objects.exists()


def test_only_officers_of_the_place_issue_and_the_journal_keeps_no_words(issue, lan, signer, neighbour):
    with pytest.raises(Forbidden):
        issue_letter(lan, kind="grant", field="merit", signer=signer, values=ASKED, by=neighbour)
    issue()
    assert "2055000" not in str(Entry.objects.get(act="documents.issue_letter").facts)


def test_voiding_needs_a_reason_happens_once_and_is_taken_back(issue, officer):
    letter = issue()
    with pytest.raises(Refusal, match="lý do"):
        void_letter(letter, reason=" ", by=officer)
    void_letter(letter, reason="in sai ngày", by=officer)
    with pytest.raises(Refusal, match="đã được hủy"):
        void_letter(letter, reason="in sai ngày", by=officer)
    undo(letter.voided_in, by=officer)
    assert Letter.objects.standing().get() == letter


def test_letters_issued_together_share_a_file_and_each_has_its_pages(lan, minh, signer, officer):
    said = [{"name": person.name, "born": "1948", "home": "xã Tân Kim", "values": ASKED} for person in (lan, minh)]
    first, second = issue_letters([lan, minh], kind="slip", field="merit", signer=signer, said=said, abouts=["", ""], by=officer)
    assert (first.file, first.page, second.page) == (second.file, 1, 2)
    assert minh.name in words_of(letter_pdf(second))
    assert lan.name not in words_of(letter_pdf(second))
    assert letter_pdf(second) == letter_pdf(second)


def test_whoever_holds_a_letter_checks_it_and_learns_nothing_of_the_person(issue, lan, client):
    cache.clear()
    letter = issue()
    shown = client.get(CHECKED_AT, {"ma": letter.code}).content.decode()
    assert f"Có văn bản số {letter.symbol}" in shown
    assert letter.file.sha256 in shown
    for private in (lan.name, "2.055.000", "thương binh"):
        assert private not in shown


def test_a_voided_letter_is_told_to_be_void(issue, officer, client):
    cache.clear()
    letter = issue()
    with clock.held_at(date(2023, 7, 9)):
        void_letter(letter, reason="ký nhầm cho bà Lan", by=officer)
    shown = client.get(CHECKED_AT, {"ma": letter.code}).content.decode()
    assert "đã bị hủy ngày 09/07/2023" in shown
    assert "ký nhầm" not in shown
