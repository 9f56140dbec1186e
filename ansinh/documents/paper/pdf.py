"""Letters as PDF/A-2b, set by Typst with fonts of our own; the same letters give the same bytes."""
from datetime import date
from pathlib import Path

from ansinh import web

from .mark import square_of
from .template import Template
from .typeset import typeset

FONTS = Path(web.__file__).with_name("fonts")


def letters_pdf(template: Template, said: list[dict[str, str]], *, title: str, signed_on: date) -> bytes:
    """One PDF of one or many letters of a template, each on pages of its own with its code as QR."""
    return typeset([_letter(template, values) for values in said], title=title, signed_on=signed_on, fonts=FONTS)


def _letter(template, values):
    qr = square_of(values).svg_inline(border=1)
    return {"blocks": template.shown(values), "code": values["mã kiểm tra"], "door": values["trang kiểm tra"], "qr": qr}
