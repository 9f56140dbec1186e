"""Letters as PDF/A-2b, set by Typst with fonts of our own; the same letters give the same bytes."""
import json
from datetime import UTC, date, datetime, time
from pathlib import Path

from ansinh import web
from ansinh.office.typesetting import typeset

from .mark import square_of
from .template import Template

FONTS, LETTER = Path(web.__file__).with_name("fonts"), Path(__file__).with_name("letter.typ")


def letters_pdf(template: Template, said: list[dict[str, str]], *, title: str, signed_on: date) -> bytes:
    """One PDF of one or many letters of a template, each on pages of its own with its code as QR."""
    letters = json.dumps([_letter(template, values) for values in said], ensure_ascii=False)
    [pdf] = typeset(LETTER, [{"title": title, "letters": letters}], fonts=FONTS, made=datetime.combine(signed_on, time.min, UTC))
    return pdf


def _letter(template, values):
    qr = square_of(values).svg_inline(border=1)
    return {"blocks": template.shown(values), "code": values["mã kiểm tra"], "door": values["trang kiểm tra"], "qr": qr}
