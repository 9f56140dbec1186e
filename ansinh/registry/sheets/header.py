"""Where the header of a sheet is and which of its columns mean what, whatever titles stand above it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ansinh.engine.text import legacy
from ansinh.engine.text.names import fold, normalise

from .columns import Column
from .grids import Grid

SEARCHED_ROWS = 40
MAX_HEADER_LINES = 3
_NUMBERING = re.compile(r"^\(?([0-9]{1,3}|[a-zA-Z])\)?$")


@dataclass(frozen=True)
class Header:
    """Dòng tiêu đề: its rows on the sheet, the words of each column, and the columns known and unknown.

    ``joined`` are the further columns under one merged title: họ đệm and tên under *Họ và tên*.
    """

    first_row: int
    last_row: int
    words: dict[str, str]
    known: dict[str, str]
    titles: tuple[str, ...]
    joined: dict[str, tuple[str, ...]]

    @property
    def unknown(self) -> dict[str, str]:
        used = {*self.known.values(), *(place for places in self.joined.values() for place in places)}
        return {place: words for place, words in self.words.items() if place not in used and words}


def find_header(grid: Grid, columns: tuple[Column, ...]) -> Header | None:
    """The block of lines that names the most columns of the kind; ``None`` where a required one is in none of them."""
    lines = _lines(grid)
    blocks = [
        _header(lines, start, count, columns)
        for start in range(len(lines))
        for count in range(1, MAX_HEADER_LINES + 1)
        if start + count <= len(lines)
    ]
    required = {column.name for column in columns if column.required}
    blocks = [block for block in blocks if len(block.known) > 1 and required <= block.known.keys()]
    return max(blocks, key=lambda block: (len(block.known), -(block.last_row - block.first_row), -block.first_row), default=None)


def missing_columns(grid: Grid, columns: tuple[Column, ...]) -> list[str]:
    """Titles of the required columns that the best block of lines lacks: for the sentence that refuses the sheet."""
    lines = _lines(grid)
    best = max((_header(lines, start, 1, columns) for start in range(len(lines))), key=lambda h: len(h.known), default=None)
    known = best.known if best else {}
    return [column.title for column in columns if column.required and column.name not in known]


def is_numbering(values: list[str]) -> bool:
    """Whether a line only numbers the columns: (1) (2) (3) or A B 1 2."""
    numbers = [_NUMBERING.match(value.strip()) for value in values]
    if len(numbers) < 3 or not all(numbers):
        return False
    digits = [int(found[1]) for found in numbers if found[1].isdigit()]
    return len(digits) > 1 and all(later == earlier + 1 for earlier, later in zip(digits, digits[1:], strict=False))


def _lines(grid):
    """The first lines as (row, {place: text}), text of merged cells spread over the columns they cover."""
    head = grid.frame.head(SEARCHED_ROWS)
    lines = []
    for record in head.iter_rows(named=True):
        row = record.pop("row")
        cells = {place: normalise(legacy.decode(text)[0]) for place, text in record.items() if text}
        for top, left, bottom, right in grid.seen.merged:
            if top <= row <= bottom and (text := cells.get(f"c{left}")) and right - left < 200:
                cells |= {f"c{place}": text for place in range(left, right + 1)}
        lines.append((row, cells))
    return lines


def _header(lines, start, count, columns):
    block = lines[start : start + count]
    words: dict[str, list[str]] = {}
    for _row, cells in block:
        for place, text in cells.items():
            said = words.setdefault(place, [])
            if text not in said:
                said.append(text)
    titles = tuple(" ".join(dict.fromkeys(cells.values())) for _row, cells in lines[:start])
    said = {place: " ".join(texts) for place, texts in words.items()}
    known = _match(words, columns)
    return Header(block[0][0], block[-1][0], said, known, titles, {name: _followers(place, said) for name, place in known.items()})


def _followers(place, said):
    """Columns to the right with the very same words, as a merged title leaves them."""
    found = []
    while said.get(following := f"c{int(place[1:]) + len(found) + 1}") == said[place]:
        found.append(following)
    return tuple(found)


def _match(words, columns):
    """Column name → place, by exact synonym first, then by a synonym inside the header's words; each place once."""
    found: dict[str, tuple[int, str]] = {}
    taken: dict[str, tuple[int, str]] = {}
    scores = sorted(
        ((score, column.name, place) for place, said in words.items() for column in columns if (score := _score(said, column))),
        key=lambda item: (-item[0], int(item[2][1:])),
    )
    for score, name, place in scores:
        if name not in found and place not in taken:
            found[name] = taken[place] = (score, place)
    return {name: place for name, (_score, place) in found.items()}


def _score(said, column):
    """1000 for the very words; below it the length of the longest synonym that the header contains as whole words."""
    wanted = _wanted(column)
    candidates = [fold(" ".join(said)), fold(said[-1]), fold(re.sub(r"\(.*?\)", " ", " ".join(said)))]
    if any(candidate in wanted for candidate in candidates):
        return 1000
    padded = f" {candidates[0]} "
    return max((len(synonym) for synonym in wanted if len(synonym) > 3 and f" {synonym} " in padded), default=0)


@lru_cache(maxsize=1024)
def _wanted(column):
    return [fold(text) for text in (column.title, *column.synonyms)]
