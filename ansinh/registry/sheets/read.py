"""A workbook read for one kind of import: matched columns as clean text, and everything an officer should be told."""

from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine.text import legacy
from ansinh.engine.text.names import normalise
from ansinh.web.refusal import Refusal

from .columns import RECEIPT_TITLES, Column
from .containers import Container, recognise
from .grids import Grid, grids
from .header import Header, find_header, is_numbering, missing_columns
from .look import column_letters

ENCODING_NAMES = {legacy.TCVN3: "TCVN3 (phông .VnTime)", legacy.VNI: "VNI (phông VNI-Times)"}
# Text that polars' own cleaning does not settle: the upper half of Latin-1 may be an old encoding.
_LATIN = "[\u00a1-\u00ff]"
_GENUINE = "[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u036f]"
_ODD_SPACE = r"[^\x21-\x7e\u00c0-\u1ef9 ]|^ | $|  |[\u0300-\u036f]"


@dataclass(frozen=True)
class Sheet:
    """Trang tính đã nhận: ``frame`` has ``row`` and the kind's columns as clean text, ``raw`` the same as written."""

    index: int
    name: str
    header: Header
    frame: pl.DataFrame
    raw: pl.DataFrame
    hidden: frozenset[int]
    formulas: dict[str, frozenset[int]]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Workbook:
    """Tệp đã đọc: the sheets that fit the kind, and notes on those that do not."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]


def read_workbook(data: bytes, name: str, columns: tuple[Column, ...]) -> Workbook:
    """Read a file for a kind of import; refused with place, cause and remedy where it cannot be read."""
    container = recognise(data, name)
    found, hidden = grids(container)
    notes = [_("Trang ẩn “%(name)s” không được đọc.") % {"name": sheet} for sheet in hidden]
    sheets = []
    for index, grid in enumerate(found):
        header = find_header(grid, columns)
        if header is None:
            notes += [_("Trang “%(name)s” không có dòng tiêu đề cần thiết nên không được đọc.") % {"name": grid.name}] * bool(
                len(grid.frame)
            )
            continue
        sheets.append(_sheet(index, grid, header, columns))
    if not sheets:
        raise _no_header(container, found, columns)
    return Workbook(tuple(sheets), tuple(notes))


def _no_header(container: Container, found: list[Grid], columns):
    fullest = max(found, key=lambda grid: len(grid.frame), default=None)
    if fullest is None or not len(fullest.frame):
        return Refusal(_("Tệp %(name)s không có dòng nào có chữ.") % {"name": container.name})
    missing = ", ".join(f"“{title}”" for title in missing_columns(fullest, columns)) or _("tên các cột")
    return Refusal(
        _(
            "Trang “%(sheet)s” của tệp %(name)s thiếu cột %(missing)s; đặt đúng tên cột ở dòng tiêu đề, hoặc lấy mẫu trống của phần mềm."
        )
        % {"sheet": fullest.name, "name": container.name, "missing": missing}
    )


def _sheet(index, grid, header, columns):
    body = grid.frame.filter(pl.col("row") > header.last_row)
    if len(body) and is_numbering([v for v in body.drop("row").row(0) if v]):
        body = body[1:]
    places = dict(header.known.items())
    raw = body.select("row", *(pl.col(place).alias(name) for name, place in places.items()))
    raw = raw.filter(pl.any_horizontal(pl.exclude("row").is_not_null()))
    frame, converted = clean(raw, [column.name for column in columns if column.is_text and column.name in places])
    rows = frozenset(raw["row"])
    hidden = frozenset(grid.seen.hidden & rows)
    by_place = {int(place[1:]): name for name, place in places.items()}
    formulas: dict[str, set[int]] = {}
    for row, column in grid.seen.formulas:
        if row in rows and column in by_place:
            formulas.setdefault(by_place[column], set()).add(row)
    notes = _notes(header, hidden, formulas, converted, columns)
    return Sheet(index, grid.name, header, frame, raw, hidden, {n: frozenset(r) for n, r in formulas.items()}, tuple(notes))


def _notes(header, hidden, formulas, converted, columns):
    titles = {column.name: column.title for column in columns}
    for place, words in header.unknown.items():
        if words in map(str, RECEIPT_TITLES):
            continue
        yield _("Cột %(letters)s “%(words)s” không dùng đến, giữ nguyên.") % {
            "letters": column_letters(int(place[1:])),
            "words": words[:60],
        }
    if hidden:
        shown = ", ".join(map(str, sorted(hidden)[:10]))
        yield _("Có %(count)d dòng ẩn, vẫn được đọc: %(rows)s%(more)s.") % {
            "count": len(hidden),
            "rows": shown,
            "more": "…" * (len(hidden) > 10),
        }
    for name, rows in formulas.items():
        yield _("Cột “%(title)s” có %(count)d ô công thức: dùng kết quả đã lưu trong tệp.") % {
            "title": titles[name],
            "count": len(rows),
        }
    for name, encoding, count, example in converted:
        yield _("Cột “%(title)s”: %(count)d ô viết theo bảng mã cũ, đoán là %(encoding)s, đã chuyển: %(example)s.") % {
            "title": titles[name],
            "count": count,
            "encoding": ENCODING_NAMES[encoding],
            "example": example,
        }


def clean(raw: pl.DataFrame, texts: list[str]) -> tuple[pl.DataFrame, list[tuple]]:
    """Old encodings converted, NFC, spaces collapsed; and (column, encoding, cells, example) of what was converted."""
    encodings = {name: _guess(raw[name]) for name in texts}
    whole = next((encoding for encoding in encodings.values() if encoding), None)
    converted, series = [], [raw["row"]]
    for name in raw.columns[1:]:
        column = raw[name]
        if name in encodings and (found := _convert(column, encodings[name] or whole)):
            changes, encoding = found
            count = int(column.is_in(list(changes)).sum())
            first = next(iter(changes))
            converted.append((name, encoding, count, f"{first} → {changes[first]}"))
            column = column.replace(changes)
        series.append(_tidy(column))
    return pl.DataFrame(series), converted


def _doubtful(column):
    is_latin = column.str.contains(_LATIN) & ~column.str.contains(_GENUINE)
    return column.filter(is_latin.fill_null(False)).unique(maintain_order=True).to_list()


def _guess(column):
    return legacy.guess(_doubtful(column))


def _convert(column, encoding):
    """The cells of a column in an old encoding and what they mean; doubtful ones follow the rest of the sheet."""
    if encoding is None:
        return None
    genuine = column.str.contains(_GENUINE).sum() or 0
    changes = {}
    for text in _doubtful(column):
        read, own, _sure = legacy.decode(text)
        if own == encoding or (own is None and not genuine):
            read = legacy.convert(text, encoding)
        if read != text:
            changes[text] = read
    return (changes, encoding) if changes else None


def _tidy(column):
    odd = column.filter(column.str.contains(_ODD_SPACE).fill_null(False)).unique()
    changes = {text: tidy for text in odd if (tidy := normalise(text)) != text}
    return column.replace(changes).replace({"": None}) if changes else column
