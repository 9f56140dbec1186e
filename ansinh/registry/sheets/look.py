"""A light look at the XML of a workbook for what readers leave out: hidden rows, merged cells, formulas, extent."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import normpath

from defusedxml import ElementTree
from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

CHUNK = 4 * 2**20
MAX_AREA = 80_000_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_FILLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3}\d+)"[^>/]*><(?:\w+:)?[vif]')
_FORMULA = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d+)"[^>]*><(?:\w+:)?f\b')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


@dataclass
class Look:
    """What was seen of one sheet; rows from 1, columns from 0, merged cells as (row, column, row, column)."""

    name: str
    path: str
    hidden: set[int] = field(default_factory=set)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    first_column: int | None = None
    last_column: int = 0
    last_row: int = 0


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str, bool]]:
    """Name, part and visibility of each sheet, in order."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {node.get("Id"): node.get("Target", "") for node in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    nodes = [node for node in book.iter() if node.tag.endswith("}sheet")]
    strict = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
    found = [(n.get("name", ""), targets.get(n.get(_RELATION) or n.get(strict), ""), n.get("state", "visible")) for n in nodes]
    return [(name, _part(target), state == "visible") for name, target, state in found if "worksheets/" in target]


def look(archive: zipfile.ZipFile, name: str, path: str) -> Look:
    """Go once through a sheet's XML in pieces that end between rows."""
    seen = Look(name, path)
    number = 0
    for piece in pieces(archive, path):
        for row in _ROW.finditer(piece):
            explicit = _ROW_NUMBER.search(row[1])
            number = int(explicit[1]) if explicit else number + 1
            if _HIDDEN.search(row[1]):
                seen.hidden.add(number)
        _look_at_cells(piece, seen)
    refuse_stray(seen)
    return seen


def pieces(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The part in pieces, each of which ends before a row begins."""
    rest = b""
    with archive.open(path) as part:
        while chunk := part.read(CHUNK):
            rest += chunk
            starts = [m.start() for m in _ROW.finditer(rest)]
            cut = starts[-1] if starts else 0
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def column_index(letters: bytes | str) -> int:
    """``A`` is 0."""
    text = letters.decode() if isinstance(letters, bytes) else letters
    index = 0
    for letter in text:
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letters(index: int) -> str:
    """0 is ``A``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _part(target):
    return normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")


def _look_at_cells(piece, seen):
    filled = _FILLED.findall(piece)
    if filled:
        columns = [column_index(c) for c in {reference.rstrip(b"0123456789") for reference in filled}]
        seen.first_column = min(columns if seen.first_column is None else [*columns, seen.first_column])
        seen.last_column = max(*columns, seen.last_column)
        seen.last_row = max(seen.last_row, int(filled[-1].lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
    seen.formulas.update((int(row), column_index(column)) for column, row in _FORMULA.findall(piece))
    seen.merged.extend((int(r1), column_index(c1), int(r2), column_index(c2)) for c1, r1, c2, r2 in _MERGE.findall(piece))


def refuse_stray(seen: Look):
    """Refuse a sheet whose filled cells span more than can be held in memory, naming the last one."""
    width = seen.last_column - (seen.first_column or 0) + 1
    if width * seen.last_row > MAX_AREA:
        place = f"{column_letters(seen.last_column)}{seen.last_row}"
        raise Refusal(
            _("Trang “%(sheet)s” trải đến ô %(place)s, quá rộng để đọc; xóa ô lạc ở xa rồi lưu lại.")
            % {"sheet": seen.name, "place": place}
        )
