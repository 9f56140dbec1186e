"""Templates from outside: what could run, reach out, or silently be missing is refused with its place and a remedy."""
import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import OxmlElement

from ansinh.documents.actions import take_template, withdraw_template
from ansinh.documents.kinds import kinds
from ansinh.documents.paper.build import default_template
from ansinh.documents.paper.package import packed, unpacked
from ansinh.documents.paper.template import check_template
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

    filled = Document(BytesIO(check_template(edited(cut), SLIP).docx(_values(SLIP))))
    assert filled.paragraphs[-1].text == "Xin gửi <họ và tên> và <số tiền> đồng"


def test_a_value_is_text_and_never_read_as_a_place_or_markup():
    values = _values(SLIP) | {"họ và tên": "{{ số tiền }} <w:p/> & {% x %}"}
    filled = Document(BytesIO(check_template(default_template("slip"), SLIP).docx(values)))
    assert "Ông (bà) {{ số tiền }} <w:p/> & {% x %}, sinh" in "\n".join(paragraph.text for paragraph in filled.paragraphs)


def test_capitals_in_the_template_give_capitals():
    filled = Document(BytesIO(check_template(default_template("slip"), SLIP).docx(_values(SLIP) | {"cơ quan": "Sở Nội vụ"})))
    assert filled.tables[0].cell(0, 0).paragraphs[0].text == "SỞ NỘI VỤ"


def _values(kind):
    return {name: f"<{name}>" for name in kind.known}


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


