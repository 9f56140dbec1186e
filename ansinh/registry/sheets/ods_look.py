"""A light look at an OpenDocument sheet: hidden rows, merged cells, formulas, and what repeated cells would swell to."""

import zipfile

from defusedxml import ElementTree

from .look import Look, refuse_stray

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def look_at_all(archive: zipfile.ZipFile) -> list[Look]:
    """Every sheet of the document, in order; a swollen one is refused."""
    seen, place = [], [0]
    with archive.open("content.xml") as part:
        for event, node in ElementTree.iterparse(part, events=("start", "end")):
            if event == "start" and node.tag == f"{_TABLE}table":
                seen.append(Look(node.get(f"{_TABLE}name", ""), "content.xml"))
                place = [0]
            elif event == "end" and node.tag == f"{_TABLE}table-row" and seen:
                _look_at_row(node, seen[-1], place)
                node.clear()
    return seen


def _look_at_row(node, seen, place):
    repeated = int(node.get(f"{_TABLE}number-rows-repeated", 1))
    number, column, filled = place[0] + 1, 0, False
    place[0] += repeated
    for cell in node:
        times = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        if cell.get(f"{_OFFICE}value-type") or len(cell):
            filled = True
            seen.first_column = column if seen.first_column is None else min(seen.first_column, column)
            seen.last_column = max(seen.last_column, column + times - 1)
        _look_at_cell(cell, seen, (number, column))
        column += times
    if filled:
        seen.last_row = number + repeated - 1
        refuse_stray(seen)
        if node.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            seen.hidden.update(range(number, number + repeated))


def _look_at_cell(cell, seen, place):
    row, column = place
    if cell.get(f"{_TABLE}formula"):
        seen.formulas.add((row, column))
    down = int(cell.get(f"{_TABLE}number-rows-spanned", 1))
    across = int(cell.get(f"{_TABLE}number-columns-spanned", 1))
    if down > 1 or across > 1:
        seen.merged.append((row, column, row + down - 1, column + across - 1))
