"""Lists as PDF/A-2b on A4, set by Typst with fonts of our own."""
import json
from datetime import UTC, datetime
from pathlib import Path

from ansinh import web
from ansinh.office.typesetting import Typesetting, begin

from ..models import PayList
from .content import ListContent, content

HERE = Path(__file__).parent
FONTS = Path(web.__file__).with_name("fonts")
# A fixed moment keeps the bytes the same each time.
MADE = datetime(2021, 1, 1, tzinfo=UTC)
# The typesetter takes 200 MB for so many lines, and its start costs a third of a second.
LINES_AT_ONCE = 1_000


def list_pdf(paylist: PayList, *, department: str, place: str = "Thái Nguyên") -> bytes:
    """The printed list with its sheet of increases and decreases, as declared PDF/A-2b."""
    return list_pdfs([content(paylist)], department=department, place=place).taken()[0]


def list_pdfs(said: list[ListContent], *, department: str, place: str = "Thái Nguyên") -> Typesetting:
    """The same of several lists, begun in one process: let them have ``LINES_AT_ONCE`` lines in all."""
    inputs = [{"list": json.dumps(_printed(one, department, place))} for one in said]
    return begin(HERE / "list.typ", inputs, fonts=FONTS, made=MADE)


def _printed(said, department, place):
    return {**vars(said), "department": department, "place": place, "title": f"Danh sách chi trả {said.number}"}
