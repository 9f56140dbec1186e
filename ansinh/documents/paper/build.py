"""Default templates, made from the words in kinds.yaml in the layout of Nghị định 30/2020/NĐ-CP; the office edits them in Word."""
import re
from functools import cache
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ..kinds import Kind, kinds
from .package import packed, unpacked

CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
FONT, BODY, SMALL = "Times New Roman", 13, 11
# The rules under the name, the motto and the subject; a drawn line could not be shown by both files. As long as the motto, or a third of it.
RULED, RULE, RULE_OF_MOTTO = 8, "—" * 9, "—" * 20
INDENT = Mm(10)
# Of the maker's own package only these parts are letters; the rest is a picture and other people's dates.
LEFT_OUT = re.compile(r"docProps/|customXml/|_rels/\.rels")
ROOT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    b"</Relationships>"
)


@cache
def default_template(code: str) -> bytes:
    """Mẫu có sẵn: the template of a kind as DOCX; the same bytes on every machine."""
    kind, document = kinds()[code], Document()
    _page(document)
    _head(document)
    _words(document, kind)
    _foot(document, kind)
    out = BytesIO()
    document.save(out)
    parts = {name: part for name, part in unpacked(out.getvalue()).items() if not LEFT_OUT.match(name)}
    parts["word/_rels/document.xml.rels"] = re.sub(rb"<Relationship [^>]*customXml[^>]*/>", b"", parts["word/_rels/document.xml.rels"])
    parts["[Content_Types].xml"] = re.sub(rb'<Override PartName="/(?:docProps|customXml)/[^>]*/>', b"", parts["[Content_Types].xml"])
    return packed({"[Content_Types].xml": parts.pop("[Content_Types].xml"), "_rels/.rels": ROOT, **parts})


def _page(document):
    section, usual = document.sections[0], document.styles["Normal"]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Mm(30), Mm(18), Mm(20), Mm(20)
    usual.font.name, usual.font.size = FONT, Pt(BODY)
    usual.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    usual.paragraph_format.space_after = Pt(0)


def _head(document):
    """Cơ quan, số bên trái; Quốc hiệu, tiêu ngữ, nơi và ngày bên phải (Điều 8)."""
    left, right = _two_columns(document, 70, 92)
    _add(left, "{{ CƠ QUAN CHỦ QUẢN }}", size=12, align=CENTER, first=True)
    _add(left, "**{{ TÊN CƠ QUAN }}**", size=12, align=CENTER)
    _add(left, RULE, size=RULED, align=CENTER)
    _add(left, "Số: {{ số, ký hiệu }}", align=CENTER, before=6)
    _add(right, "**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**", size=12, align=CENTER, first=True)
    _add(right, "**Độc lập – Tự do – Hạnh phúc**", align=CENTER)
    _add(right, RULE_OF_MOTTO, size=RULED, align=CENTER)
    _add(right, "{{ nơi }}, {{ ngày ký }}", align=CENTER, before=6, italic=True)


def _words(document, kind: Kind):
    _add(document, f"**{kind.name}**", size=14, align=CENTER, before=18)
    _add(document, f"**{kind.subject}**", align=CENTER, before=2)
    _add(document, RULE, size=RULED, align=CENTER, after=9)
    for line in kind.body:
        if line.startswith("= "):
            _add(document, f"**{line[2:]}**", align=CENTER, before=6, after=6)
        else:
            _add(document, line.removeprefix("~ "), align=JUSTIFY, before=3, after=3, indent=INDENT, italic=line.startswith("~ "))


def _foot(document, kind):
    """Nơi nhận bên trái; chức vụ, họ tên người ký bên phải (Điều 13)."""
    _add(document, "")
    left, right = _two_columns(document, 80, 82)
    _add(left, "**Nơi nhận:**", size=12, italic=True, first=True)
    for number, line in enumerate(kind.recipients, 1):
        _add(left, f"- {line}{'.' if number == len(kind.recipients) else ';'}", size=SMALL)
    _add(right, "**{{ CHỨC VỤ NGƯỜI KÝ }}**", align=CENTER, first=True)
    for _line in range(4):
        _add(right, "")
    _add(right, "**{{ người ký }}**", align=CENTER)
    _add(document, "Mã kiểm tra: {{ mã kiểm tra }}", size=10, before=12, italic=True)


def _two_columns(document, left, right):
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, (left, right), strict=True):
        column.width = column.cells[0].width = Mm(width)
    return table.rows[0].cells


def _add(where, words, *, size=BODY, align=None, before=0, after=0, indent=None, italic=False, first=False):
    paragraph = where.paragraphs[0] if first else where.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_before, shape.space_after, shape.first_line_indent = align, Pt(before), Pt(after), indent
    for number, text in enumerate(words.split("**")):
        if text:
            run = paragraph.add_run(text)
            run.font.size, run.bold, run.italic = Pt(size), number % 2 == 1, italic
