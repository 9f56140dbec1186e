"""The list as PDF/A-2b on A4, set by Typst with fonts of our own."""
import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

from ansinh import web

from ..models import PayList
from .content import content

HERE = Path(__file__).parent
FONTS = Path(web.__file__).with_name("fonts")
# A fixed moment keeps the bytes the same each time.
MADE = datetime(2021, 1, 1, tzinfo=UTC)


def list_pdf(paylist: PayList, *, department: str, place: str = "Thái Nguyên") -> bytes:
    """The printed list with its sheet of increases and decreases, as declared PDF/A-2b."""
    said = {**asdict(content(paylist)), "department": department, "place": place}
    said["title"] = f"Danh sách chi trả {said['number']}"
    return _compiler().compile(format="pdf", sys_inputs={"list": json.dumps(said)}, pdf_standards="a-2b", timestamp=MADE)


@cache
def _compiler():
    return typst.Compiler(str(HERE / "list.typ"), font_paths=[str(FONTS)], ignore_system_fonts=True)
