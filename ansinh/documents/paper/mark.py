"""The check mark under a letter: its code as a square picture, beside the words that say where to check it. / Mã vuông."""
import re
from io import BytesIO
from xml.sax.saxutils import escape

import segno
from django.utils.translation import gettext as _
from docx.oxml import parse_xml

from ansinh.office.papers import ASKED

PICTURE, RELATIONS, TYPES = "word/media/check-mark.png", "word/_rels/document.xml.rels", "[Content_Types].xml"
RELATION = "rIdCheckMark"
# 22 mm, as in the PDF; Word counts in English metric units, table widths in twentieths of a point.
SIZE, WIDTHS, SCALE, BORDER = 22 * 36_000, (1_361, 7_900), 4, 1
# Any of the eight patterns is read alike; weighing all eight takes five times as long.
PATTERN = 3
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


def square_of(values: dict[str, str]) -> segno.QRCode:
    """The QR code of a letter: the page with its code typed in, as that page was called when it was issued; else the code itself."""
    page, code = values["trang kiểm tra"], values["mã kiểm tra"]
    return segno.make(f"{page}?{ASKED}={code}" if page else code, error="m", micro=False, mask=PATTERN)


def picture_of(values: dict[str, str]) -> bytes:
    """The QR code as PNG; the same code gives the same bytes."""
    out = BytesIO()
    square_of(values).save(out, kind="png", scale=SCALE, border=BORDER)
    return out.getvalue()


def with_picture(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of a template with room for the picture: its type and its relation, whatever it will show."""
    types, relations = parts[TYPES], parts.get(RELATIONS, NO_RELATIONS)
    if not re.search(rb'Extension="png"', types, re.I):
        types = re.sub(rb"(<Types\b[^>]*>)", rb'\1<Default Extension="png" ContentType="image/png"/>', types, count=1)
    line = f'<Relationship Id="{RELATION}" Type="{OFFICE}/image" Target="media/check-mark.png"/>'
    return parts | {TYPES: types, RELATIONS: re.sub(rb"</Relationships>\s*$", line.encode() + b"</Relationships>", relations)}


def mark_table(*, has_page: bool):
    """The mark as a table of one row whose words have the same places as the template."""
    said = _("Quét mã vuông, hoặc mở {{ trang kiểm tra }} và gõ mã ") if has_page else _("Đọc mã ")
    after = _(": văn bản thật thì mã có trong sổ.") if has_page else _(" cho cơ quan phát hành để kiểm tra: văn bản thật thì mã có trong sổ.")
    contents = (f"<w:r>{_drawing()}</w:r>", _run(said) + _run("{{ mã kiểm tra }}", "<w:b/>") + _run(after))
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p>{content}</w:p></w:tc>'
        for width, content in zip(WIDTHS, contents, strict=True)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    shape = '<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return parse_xml(f'<w:tbl xmlns:w="{MAIN}">{shape}<w:tblGrid>{grid}</w:tblGrid>{row}</w:tbl>')


def _run(text, strong=""):
    return f'<w:r><w:rPr>{strong}<w:sz w:val="20"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _drawing():
    kind, name = f"{DRAWING}/picture", escape(_("Mã kiểm tra của văn bản"))
    return (
        f'<w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{SIZE}" cy="{SIZE}"/><wp:docPr id="7421" name="check-mark" descr="{name}"/>'
        f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{kind}"><pic:pic xmlns:pic="{kind}">'
        '<pic:nvPicPr><pic:cNvPr id="7421" name="check-mark.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{OFFICE}" r:embed="{RELATION}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{SIZE}" cy="{SIZE}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
