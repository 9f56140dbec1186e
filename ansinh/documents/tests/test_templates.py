"""Templates from outside: what could run, reach out, or silently be missing is refused with its place and a remedy."""
import zipfile
from copy import deepcopy
from io import BytesIO

import cv2
import numpy
import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from ansinh.documents.actions import take_template, withdraw_template
from ansinh.documents.kinds import kinds
from ansinh.documents.paper.build import default_template
from ansinh.documents.paper.package import packed, unpacked
from ansinh.documents.paper.template import check_template
from ansinh.documents.paper.word import word_of
from ansinh.documents.queries import template_bytes
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.web.refusal import Forbidden, Refusal

SLIP = kinds()["slip"]
RELS = "word/_rels/document.xml.rels"


def related(kind, target="https://example.vn/x"):
    base = unpacked(default_template("slip"))[RELS]
    line = f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" TargetMode="External"/>'
    return packed(unpacked(default_template("slip")) | {RELS: base.replace(b"</Relationships>", line.encode() + b"</Relationships>")})


def edited(edit):
    """The default slip after an edit as Word would do it."""
    document = Document(BytesIO(default_template("slip")))
    edit(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_element(name):
    return edited(lambda document: document.paragraphs[0]._p.append(OxmlElement(name)))


def bomb():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 60 * 2**20)
    return out.getvalue()


BAD = [
    (b"", "Không mở được"),
    (b"PK\x03\x04 broken", "Không mở được"),
    (default_template("slip")[:-200], "Không mở được"),
    (b"x" * (5 * 2**20 + 1), "lớn quá 5 MB"),
    (bomb(), "quá lớn khi mở ra"),
    (packed({"hello.txt": b"hello"}), "không phải tệp Word"),
    (packed(unpacked(default_template("slip")) | {"word/document.xml": b"<w:document"}), "Không đọc được nội dung"),
    (packed(unpacked(default_template("slip")) | {"word/vbaProject.bin": b"x"}), "có macro"),
    (packed(unpacked(default_template("slip")) | {"word/embeddings/oleObject1.bin": b"x"}), "đối tượng nhúng"),
    (packed(unpacked(default_template("slip")) | {"word/styles.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "viết lạ"),
    (related("attachedTemplate"), "lấy khuôn từ nơi khác"),
    (related("image"), "liên kết ra ngoài"),
    (related("hyperlink"), "liên kết ra ngoài"),
    (with_element("w:hyperlink"), "có liên kết, bản PDF không in được"),
    (with_element("w:ins"), "sửa có theo dõi"),
    (with_element("w:fldSimple"), "có trường"),
    (edited(lambda document: document.paragraphs[1].runs[0]._r.append(OxmlElement("w:drawing"))), "Đoạn .* có hình"),
    (edited(lambda document: document.paragraphs[1]._p.get_or_add_pPr().append(OxmlElement("w:numPr"))), "đánh số tự động"),
    (edited(lambda document: document.sections[0].header.paragraphs[0].add_run("MẬT")), "đầu trang"),
    (edited(lambda document: document.add_paragraph("{{ lương }}")), "không có chỗ điền nào tên “lương”"),
    (edited(lambda document: document.add_paragraph("{{ họ và tên")), "không thành cặp"),
    (edited(lambda document: document.add_paragraph("{{ 7*7 }}{% for x in y %}")), "không có chỗ điền nào tên “7\\*7”"),
    (default_template("grant"), "không có chỗ điền nào tên"),
]


@pytest.mark.parametrize(("data", "why"), BAD, ids=range(len(BAD)))
def test_a_bad_template_is_refused_with_its_cause(data, why):
    with pytest.raises(Refusal, match=why):
        check_template(data, SLIP)


def test_a_template_without_a_place_that_is_needed_is_refused_by_name():
    def without_amount(document):
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                run.text = run.text.replace("{{ số tiền }}", "500.000")

    with pytest.raises(Refusal, match="thiếu chỗ điền: {{ số tiền }}"):
        check_template(edited(without_amount), SLIP)


@pytest.mark.parametrize("kind", kinds())
def test_default_templates_pass_their_own_check_and_are_the_same_bytes_each_time(kind):
    check_template(default_template(kind), kinds()[kind])
    assert default_template.__wrapped__(kind) == default_template(kind)


def test_a_place_that_word_cut_into_runs_is_filled_as_one():
    def cut(document):
        paragraph = document.add_paragraph("Xin gửi {{ họ")
        for part in (" và", " tên }} và", " {{ số", " tiền }}", " đồng"):
            paragraph.add_run(part)

    filled = Document(BytesIO(made(edited(cut))))
    assert filled.paragraphs[-3].text == "Xin gửi <họ và tên> và <số tiền> đồng"


def test_a_value_is_text_and_never_read_as_a_place_or_markup():
    values = {"họ và tên": "{{ số tiền }} <w:p/> & {% x %}"}
    filled = Document(BytesIO(made(default_template("slip"), **values)))
    assert "Ông (bà) {{ số tiền }} <w:p/> & {% x %}, sinh" in "\n".join(paragraph.text for paragraph in filled.paragraphs)


def test_capitals_in_the_template_give_capitals():
    filled = Document(BytesIO(made(default_template("slip"), **{"tên cơ quan": "Sở Nội vụ"})))
    assert filled.tables[0].cell(0, 0).paragraphs[1].text == "SỞ NỘI VỤ"


def made(template, **values):
    """A slip of a template that passed its check, as Word gets it."""
    check_template(template, SLIP)
    return word_of(template).letter({name: f"<{name}>" for name in SLIP.known} | values)


def test_the_office_uses_its_own_template_until_it_is_withdrawn(chief, appoint, db):
    editor = appoint("editor", "officer", "19.")
    own = edited(lambda document: document.add_paragraph("Điện thoại hỏi: 0208.3855.000"))
    taken = take_template("slip", data=own, name="phieu.docx", by=editor)
    assert template_bytes("slip") == own
    withdraw_template(taken, by=editor)
    assert template_bytes("slip") == default_template("slip")
    undo(Entry.objects.get(act="documents.withdraw_template"), by=editor)
    assert template_bytes("slip") == own


def test_an_officer_of_one_district_does_not_change_the_provinces_templates(officer):
    with pytest.raises(Forbidden):
        take_template("slip", data=default_template("slip"), name="x.docx", by=officer)




RUN = '<w:r w:rsidR="00A1"><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="26"/></w:rPr><w:t>%s</w:t></w:r>'
# As Word and LibreOffice leave a line that was typed over several days: spelling marks, bookmarks, each piece with its own look.
AS_WORD_LEAVES_IT = (
    '<w:bookmarkStart w:id="0" w:name="_GoBack"/>' + RUN % "Xin mời {" + '<w:proofErr w:type="spellStart"/>' + RUN % "{ HỌ" + RUN % " VÀ TÊN"
    + '<w:proofErr w:type="spellEnd"/>' + RUN % " }" + RUN % "}, nhận {{" + RUN % " số tiền }} đồng" + '<w:bookmarkEnd w:id="0"/>'
)


def test_a_line_that_word_marked_and_cut_in_the_middle_of_its_braces_is_filled():
    def cut(document):
        paragraph = document.add_paragraph()
        for part in parse_xml(f'<w:p {nsdecls("w")}>{AS_WORD_LEAVES_IT}</w:p>'):
            paragraph._p.append(part)

    filled = Document(BytesIO(made(edited(cut), **{"họ và tên": "Lan", "số tiền": "1.000"})))
    assert filled.paragraphs[-3].text == "Xin mời LAN, nhận 1.000 đồng"


def test_a_template_cut_into_a_run_a_letter_is_filled_all_the_same():
    """The worst that an editor does to a text: the look written out at every letter, with its language."""
    def cut(document):
        for run in list(document.element.iter(qn("w:r"))):
            for letter in run.text:
                piece = deepcopy(run)
                piece.text = letter
                piece.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN"/>'))
                run.addprevious(piece)
            run.getparent().remove(run)

    filled = Document(BytesIO(made(edited(cut), **{"họ và tên": "Dương Thị Lan"})))
    assert "Kính gửi: Ông (bà) Dương Thị Lan, sinh" in "\n".join(paragraph.text for paragraph in filled.paragraphs)


def test_the_word_file_shows_the_code_as_a_square_that_a_telephone_reads():
    page = "https://an-sinh.thainguyen.gov.vn/kiem-tra/"
    document = Document(BytesIO(made(default_template("slip"), **{"mã kiểm tra": "VB-ACDE-FGHJ-KLMN", "trang kiểm tra": page})))
    picture = numpy.frombuffer(document.part.related_parts["rIdCheckMark"].blob, numpy.uint8)
    read, _corners, _straight = cv2.QRCodeDetector().detectAndDecode(cv2.imdecode(picture, cv2.IMREAD_GRAYSCALE))
    assert read == f"{page}?ma=VB-ACDE-FGHJ-KLMN"
    assert document.tables[-1].cell(0, 1).text == f"Quét mã vuông, hoặc mở {page} và gõ mã VB-ACDE-FGHJ-KLMN: văn bản thật thì mã có trong sổ."


def test_a_house_without_an_address_says_to_ask_the_office():
    document = Document(BytesIO(made(default_template("slip"), **{"mã kiểm tra": "VB-ACDE-FGHJ-KLMN", "trang kiểm tra": ""})))
    assert document.tables[-1].cell(0, 1).text.startswith("Đọc mã VB-ACDE-FGHJ-KLMN cho cơ quan phát hành")
