"""A workbook read for one kind of import: matched columns as clean text, and everything an officer should be told."""

import re
from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine.text import legacy
from ansinh.engine.text.names import fold, normalise
from ansinh.web.refusal import Refusal

from .columns import RECEIPT_TITLES, Column
from .containers import Container, recognise
from .grids import Grid, grids
from .header import Header, find_header, is_numbering, missing_columns
from .look import column_letters

# Folded words with which the lines below a list begin.
# A person may be called Tống, Công or Chu Tích, so these alone are not enough.
_TOTAL = (
    r"^((tong cong|tong so|nguoi lap|ke toan|thu truong|giam doc|bang chu|so tien bang chu|ngay thang nam)( |$)|"
    r"(tong|cong)( [0-9]| trang nay| nguoi|$)|chu tich( ubnd| uy ban|$))"
)
# Folded words with which a heading of a group begins, where nothing else stands on its row.
_GROUP = (
    r"^(([ivx]+|[a-h]|[0-9]+) )?(xa|phuong|thi tran|thanh pho|thi xa|huyen|quan|thon|xom|to dan pho|khu|dien|nhom|muc|phan|loai|"
    r"doi tuong|nguoi|thuong binh|benh binh|than nhan|ba me)( |$)"
)
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
    raw = body.select("row", *(_cells(name, header) for name in header.known))
    raw = raw.filter(pl.any_horizontal(pl.exclude("row").is_not_null()))
    texts = [column.name for column in columns if column.is_text and column.name in header.known]
    frame, converted = clean(raw, texts)
    is_data = _is_data(frame, header, columns) & ~frame["row"].is_in(list(_totals(body, header, columns)))
    passed_over = frame.filter(~is_data)
    frame, raw = frame.filter(is_data), raw.filter(is_data)
    rows = frozenset(raw["row"])
    hidden = frozenset(grid.seen.hidden & rows)
    formulas = _formulas(grid, header, rows)
    notes = [*_notes(header, hidden, formulas, converted, columns), *_passed_over(passed_over)]
    return Sheet(index, grid.name, header, frame, raw, hidden, formulas, tuple(notes))


def _cells(name, header):
    """A column's cells; those under one merged title are joined by spaces."""
    places = (header.known[name], *header.joined[name])
    cells = pl.col(places[0]) if len(places) == 1 else pl.concat_str(*places, separator=" ", ignore_nulls=True)
    return pl.when(cells != "").then(cells).alias(name)


def _is_data(frame, header, columns):
    """Not data: totals and signatures, repeated headers, and headings of groups alone on their row."""
    required = [column for column in columns if column.required and column.name in header.known]
    if not required:
        return pl.repeat(True, len(frame), eager=True)
    first = required[0]
    folded = pl.Series("folded", [fold(text) if text else "" for text in frame[first.name]], dtype=pl.String)
    titles = [fold(text) for text in (first.title, *first.synonyms)]
    alone = frame.select(pl.sum_horizontal(pl.exclude("row").is_not_null()) == 1).to_series()
    return ~(folded.str.contains(_TOTAL) | folded.is_in(titles) | (alone & folded.str.contains(_GROUP)))


def _totals(body, header, columns):
    """Rows without a name that a word in any column, also an unknown one, shows to be a total or a signature."""
    required = next((column.name for column in columns if column.required and column.name in header.known), None)
    nameless = body.filter(pl.col(header.known[required]).is_null()) if required else body.clear()
    for row, *cells in nameless.iter_rows():
        if any(text and re.match(_TOTAL, fold(text)) for text in cells):
            yield row


def _passed_over(rows):
    """Rows of the sheet that are no data are named, so that every row is accounted for."""
    if len(rows):
        words = [next((cell for cell in cells if cell), "") for _row, *cells in rows.head(5).iter_rows()]
        shown = "; ".join(f"{row} “{text[:40]}”" for row, text in zip(rows["row"], words, strict=False))
        yield _("Có %(count)d dòng không phải dòng dữ liệu (tiêu đề nhóm, dòng cộng, chữ ký), bỏ qua: %(rows)s%(more)s.") % {
            "count": len(rows), "rows": shown, "more": "…" * (len(rows) > 5)}


def _formulas(grid, header, rows):
    by_place = {int(place[1:]): name for name, place in header.known.items()}
    found: dict[str, set[int]] = {}
    for row, column in grid.seen.formulas:
        if row in rows and column in by_place:
            found.setdefault(by_place[column], set()).add(row)
    return {name: frozenset(places) for name, places in found.items()}


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
