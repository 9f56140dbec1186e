"""An extract as one PDF: a cover with its number and code, then the pages as they were scanned."""
import json
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import segno
import typst

from ansinh import web
from ansinh.office.papers import door, opened_by

COVER = Path(__file__).with_name("extract.typ")
FONTS = Path(web.__file__).with_name("fonts")


def extract_pdf(said: dict, pages: bytes, *, made: datetime) -> bytes:
    """The cover, set by Typst as PDF/A-2b, with the pages after it."""
    qr = segno.make(opened_by(said["code"]), error="m", micro=False).svg_inline(border=1)
    inputs = {"extract": json.dumps(said | {"door": door()}), "qr": qr}
    cover = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=made.astimezone(UTC).replace(microsecond=0))
    out = BytesIO()
    with pikepdf.open(BytesIO(cover)) as whole, pikepdf.open(BytesIO(pages)) as scanned:
        whole.pages.extend(scanned.pages)
        whole.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


@cache
def _compiler():
    return typst.Compiler(str(COVER), font_paths=[str(FONTS)], ignore_system_fonts=True)
