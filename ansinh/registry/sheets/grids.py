"""Sheets of any file as frames of text, with the row numbers that the office sees."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest

import fastexcel
import polars as pl
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from ansinh.engine.text import legacy
from ansinh.engine.text.syllables import is_syllable
from ansinh.web.refusal import Refusal

from .containers import Container
from .look import Look, look, sheet_parts
from .ods_look import look_at_all

DELIMITERS = ",;\t|"
CSV_ROWS = 50_000
SAMPLE = 65_536
# Our own neutralised cells (a quote before = + - @) are read as they were.
NEUTRALISED = r"^'([=+\-@\t\r])"


@dataclass(frozen=True)
class Grid:
    """Trang tính as text: ``frame`` has ``row`` (number on the sheet) and ``c0, c1 …``; blank rows are left out."""

    name: str
    frame: pl.DataFrame
    seen: Look

    @property
    def width(self) -> int:
        return self.frame.width - 1


def grids(container: Container) -> tuple[list[Grid], list[str]]:
    """The visible sheets, and the names of hidden ones, which are not read."""
    try:
        return {"xlsx": _xlsx, "ods": _calamine, "xls": _calamine, "csv": _csv}[container.kind](container)
    except PasswordError as fault:
        raise Refusal(_("Tệp %(name)s đặt mật khẩu; bỏ mật khẩu, lưu lại rồi nạp lại.") % {"name": container.name}) from fault
    except (CalamineError, fastexcel.FastExcelError, KeyError, SyntaxError) as fault:
        raise Refusal(
            _("Không đọc được tệp %(name)s: tệp hỏng hoặc sai định dạng; mở và lưu lại dạng .xlsx rồi nạp lại.")
            % {"name": container.name}
        ) from fault


def _xlsx(container):
    reader = fastexcel.read_excel(container.data)
    found, hidden = [], []
    with container.archive() as archive:
        for name, path, visible in sheet_parts(archive):
            if not visible:
                hidden.append(name)
                continue
            seen = look(archive, name, path)
            table = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
            found.append(_grid(name, table, seen))
    return found, hidden


def _calamine(container):
    looks = _looks(container)
    book = CalamineWorkbook.from_filelike(io.BytesIO(container.data))
    found, hidden = [], []
    for meta in book.sheets_metadata:
        if meta.visible != SheetVisibleEnum.Visible:
            hidden.append(meta.name)
            continue
        sheet = book.get_sheet_by_name(meta.name)
        seen = looks.get(meta.name) or Look(meta.name, "", merged=_merged(sheet))
        rows = sheet.to_python(skip_empty_area=False)
        found.append(Grid(meta.name, _numbered(_frame([[_cell(v) for v in row] for row in rows])), seen))
    return found, hidden


def _looks(container):
    if container.kind != "ods":
        return {}
    with container.archive() as archive:
        return {seen.name: seen for seen in look_at_all(archive)}


def _merged(sheet):
    return [(a + 1, b, c + 1, d) for (a, b), (c, d) in sheet.merged_cell_ranges or []]


def _csv(container):
    text = decoded(container.data)
    delimiter = guess_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    parts = list(_csv_parts(reader, container.name))
    frame = pl.concat(parts, how="diagonal") if parts else pl.DataFrame()
    texts = pl.selectors.string()
    frame = frame.with_columns(texts.str.replace(NEUTRALISED, "$1"))
    return [Grid(_("bảng"), _numbered(frame), Look("", ""))], []


def _csv_parts(reader, name) -> Iterator[pl.DataFrame]:
    try:
        while rows := list(islice(reader, CSV_ROWS)):
            yield _frame(rows)
    except csv.Error as fault:
        raise Refusal(
            _("Không đọc được tệp %(name)s ở dòng %(line)d; lưu lại dạng .xlsx rồi nạp lại.")
            % {"name": name, "line": reader.line_num}
        ) from fault


def decoded(data: bytes) -> str:
    """The text of a CSV file: UTF-8 or UTF-16, else the old code page that gives more Vietnamese words."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return max((data.decode(page, errors="replace") for page in ("cp1258", "latin-1")), key=_vietnamese)


def guess_delimiter(text: str) -> str:
    """The mark that divides the first lines into the most columns, the same number on most lines."""
    lines = [line for line in islice(io.StringIO(text[:SAMPLE]), 50) if line.strip()]
    return max(DELIMITERS, key=lambda mark: sorted(line.count(mark) for line in lines)[len(lines) // 2] if lines else 0)


def _vietnamese(text):
    words = legacy.decode(text[:SAMPLE])[0].split() if len(text) < 200 else [legacy.decode(w)[0] for w in text[:SAMPLE].split()]
    return sum(is_syllable(word) for word in words if not word.isascii())


def _grid(name, table, seen):
    """Columns counted from the sheet's first, as fastexcel leaves empty ones before the data out."""
    start = seen.first_column or 0
    table = table.rename({old: f"c{start + place}" for place, old in enumerate(table.columns)})
    return Grid(name, _numbered(table), seen)


def _frame(rows):
    columns = list(zip_longest(*rows, fillvalue="")) if rows else []
    return pl.DataFrame([pl.Series(f"c{place}", column, dtype=pl.String) for place, column in enumerate(columns)])


def _numbered(table):
    """Row numbers from 1, empty cells null, rows without any text left out."""
    if not table.width:
        return pl.DataFrame({"row": pl.Series([], dtype=pl.Int64)})
    texts = pl.selectors.string()
    table = table.with_columns(pl.when(texts.str.strip_chars() != "").then(texts).name.keep())
    table = table.with_row_index("row", offset=1).with_columns(pl.col("row").cast(pl.Int64))
    return table.filter(pl.any_horizontal(pl.exclude("row").is_not_null()))


def _cell(value):
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)
