"""An extract as one PDF: a cover with its number and code, then the pages as they were scanned."""
import json
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import segno

from ansinh import web
from ansinh.office.papers import door, opened_by
from ansinh.office.typesetting import typeset

COVER = Path(__file__).with_name("extract.typ")
FONTS = Path(web.__file__).with_name("fonts")


def extract_pdf(said: dict, pages: bytes, *, made: datetime) -> bytes:
    """The cover, set by Typst as PDF/A-2b, with the pages after it."""
    qr = segno.make(opened_by(said["code"]), error="m", micro=False).svg_inline(border=1)
    inputs = {"extract": json.dumps(said | {"door": door()}), "qr": qr}
    [cover] = typeset(COVER, [inputs], fonts=FONTS, made=made)
    out = BytesIO()
    with pikepdf.open(BytesIO(cover)) as whole, pikepdf.open(BytesIO(pages)) as scanned:
        whole.pages.extend(scanned.pages)
        whole.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()

