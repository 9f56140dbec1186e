"""The receipt: the same sheet back with three more columns, every other cell as it was."""

import csv
import io
import re
import zipfile
from xml.sax.saxutils import escape

import xlsxwriter

from .columns import RECEIPT_TITLES
from .containers import recognise
from .grids import decoded, grids, guess_delimiter
from .look import column_letters, look, pieces, sheet_parts
from .neutral import neutral
from .read import Sheet

Answers = dict[int, tuple[str, str, str]]

_ROW = re.compile(rb"<((?:\w+:)?)row\b([^>]*?)(/?)>(?:(.*?)</\1row>)?", re.DOTALL)
_NUMBER = re.compile(rb'\br="(\d+)"')
_SPANS = re.compile(rb'\s*\bspans="[^"]*"')
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*/>")
# Formulas that reach out of the sheet are taken away; their stored result stays.
_REACHING_OUT = re.compile(
    rb"<((?:\w+:)?)f\b[^>]*>[^<]*(?:\||WEBSERVICE|HYPERLINK|CALL\(|REGISTER|RTD\(|EXEC\()[^<]*</\1f>", re.IGNORECASE
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_receipt(data: bytes, name: str, sheets: list[Sheet], answers: dict[int, Answers]) -> tuple[bytes, str]:
    """The file with columns *Kết quả, Lý do, Gợi ý sửa* and its name; ``answers``: sheet index → row → three texts.

    ``.xlsx`` keeps every other cell byte for byte, ``.csv`` stays ``.csv``, ``.xls`` and ``.ods`` come back as ``.xlsx``.
    """
    container = recognise(data, name)
    stem = name.rsplit(".", 1)[0]
    if container.kind == "xlsx":
        return _same_workbook(container, sheets, answers), f"{stem}-ket-qua.xlsx"
    if container.kind == "csv":
        return _same_csv(container, sheets[0], answers.get(0, {})), f"{stem}-ket-qua.csv"
    return _new_workbook(container, sheets, answers), f"{stem}-ket-qua.xlsx"


def _rows_to_write(sheet, answers) -> Answers:
    titles = tuple(str(title) for title in RECEIPT_TITLES)
    return {sheet.header.last_row: titles, **answers}


def _own_column(sheet, free):
    """The column where the answers of an earlier receipt stand, else the first free one."""
    first = str(RECEIPT_TITLES[0])
    return next((int(place[1:]) for place, words in sheet.header.words.items() if words == first), free)


def _same_workbook(container, sheets, answers):
    by_name = {sheet.name: sheet for sheet in sheets}
    out = io.BytesIO()
    with container.archive() as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        touched = {path: by_name[name] for name, path, _visible in sheet_parts(archive) if name in by_name}
        for member in archive.infolist():
            if member.filename not in touched:
                written.writestr(member, archive.read(member))
                continue
            sheet = touched[member.filename]
            column = _own_column(sheet, look(archive, sheet.name, member.filename).last_column + 1)
            texts = _rows_to_write(sheet, answers.get(sheet.index, {}))
            with written.open(member.filename, "w", force_zip64=True) as part:
                for piece in _with_answers(pieces(archive, member.filename), texts, column):
                    part.write(piece)
    return out.getvalue()


def _with_answers(parts, texts, column):
    place = [0]
    letters = "|".join(column_letters(column + offset) for offset in range(len(RECEIPT_TITLES))).encode()
    earlier = re.compile(rb'<((?:\w+:)?)c r="(?:%s)\d+"[^>]*?(?:/>|>.*?</\1c>)' % letters, re.DOTALL)

    def answered(found):
        prefix, attributes, closed, inside = found.groups()
        explicit = _NUMBER.search(attributes)
        place[0] = int(explicit[1]) if explicit else place[0] + 1
        inside = b"" if closed else earlier.sub(b"", inside or b"")
        if place[0] not in texts:
            return b"<%srow%s>%s</%srow>" % (prefix, attributes, inside, prefix)
        attributes = _SPANS.sub(b"", attributes)
        cells = _cells(prefix, texts[place[0]], place[0], column)
        return b"<%srow%s>%s%s</%srow>" % (prefix, attributes, inside, cells, prefix)

    for piece in parts:
        yield _REACHING_OUT.sub(b"", _ROW.sub(answered, _DIMENSION.sub(b"", piece)))


def _cells(prefix, texts, row, column):
    p = prefix.decode()
    made = (
        f'<{p}c r="{column_letters(column + place)}{row}" t="inlineStr"><{p}is>'
        f'<{p}t xml:space="preserve">{escape(_legal(text))}</{p}t></{p}is></{p}c>'
        for place, text in enumerate(texts)
        if text
    )
    return "".join(made).encode()


def _same_csv(container, sheet, answers):
    text = decoded(container.data)
    delimiter = guess_delimiter(text)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    column = _own_column(sheet, max(map(len, rows), default=0))
    texts = _rows_to_write(sheet, answers)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    for number, row in enumerate(rows, 1):
        kept = [*row[:column], *[""] * (column - len(row))] if number in texts else row[:column]
        writer.writerow([neutral(cell) for cell in [*kept, *texts.get(number, ())]])
    return out.getvalue().encode("utf-8-sig")


def _new_workbook(container, sheets, answers):
    by_index = {sheet.index: sheet for sheet in sheets}
    found, _hidden = grids(container)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    for index, grid in enumerate(found):
        page = book.add_worksheet(grid.name[:31])
        sheet = by_index.get(index)
        texts = _rows_to_write(sheet, answers.get(index, {})) if sheet else {}
        column = _own_column(sheet, grid.width) if sheet else grid.width
        for row, *cells in grid.frame.iter_rows():
            for place, cell in enumerate([*cells[:column], *texts.get(row, ())]):
                if cell:
                    page.write_string(row - 1, place, _legal(cell))
    book.close()
    return out.getvalue()


def _legal(text):
    return _ILLEGAL.sub("", text)[:32_000]
