"""The small language of the wording files: a line is a row of cells.

    H left || right     two centred columns (heads, signatures)     C text   centred          P text   paragraph
    L text   flush left                                             F text   with a dotted leader to the margin
    T 1 4 2  a table begins, with these shares; R a | b | c  its rows
    G        room for signature and seal                            N text   a note by hand   (empty) a gap
A ``*`` after the letter is bold, ``/`` italic, ``+`` large. ``{slot}`` prints a value, ``{field=slot}`` is evidence too.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDING = Path(__file__).with_name("wording")
KINDS = (
    "allowance_decision", "medical_board_minutes", "injury_certificate", "death_notice", "relatives_list", "declaration",
    "certificate_request", "prison_confirmation", "heroic_mother_decision", "movement_slip", "extract_slip",
    "discharge_decision", "illness_certificate", "worship_minutes", "correction_decision",
)
_SLOT = re.compile(r"\{(?:(\w+)=)?(\w+)\}")
_OPEN, _CLOSE = "\x02", "\x03"


@dataclass(frozen=True)
class Token:
    """A word to print, and the field that it is evidence of."""

    text: str
    field: str | None


@dataclass(frozen=True)
class Cell:
    tokens: tuple[Token, ...]
    share: float
    centred: bool


@dataclass(frozen=True)
class Row:
    """``style`` is bold, italic, large or empty; ``role`` is text, table, sign, hand or gap."""

    cells: tuple[Cell, ...]
    style: str
    role: str
    indent: bool = False
    leader: bool = False


def _tokens(text: str, values) -> tuple[Token, ...]:
    def filled(match):
        field, slot = match.groups()
        return f" {_OPEN}{field} {values[slot].printed} {_CLOSE} " if field else values[slot].printed

    # A mark of punctuation belongs to the word before it, also when that word is a field's last.
    text = re.sub(rf" {_CLOSE} (?=[^\s\w({_OPEN}])", f"{_CLOSE}", re.sub(r"\s*\n\s*", " ", _SLOT.sub(filled, text)))
    text = re.sub(rf"(?<=\() {_OPEN}", _OPEN, text)
    found, field = [], None
    for part in text.split():
        opened, closed = re.search(rf"{_OPEN}(\w+)$", part), _CLOSE in part
        if opened:
            field, part = opened.group(1), part[: opened.start()]
        if word := part.replace(_CLOSE, ""):
            found.append(Token(word, field))
        field = None if closed else field
    return tuple(found)


@cache
def source(set_name: str, kind: str) -> tuple[str, ...]:
    return tuple((WORDING / set_name / f"{kind}.txt").read_text("utf-8").splitlines())


def rows(set_name: str, kind: str, values) -> list[Row]:
    """The paper's rows with the values put in."""
    made, shares = [], ()
    for line in source(set_name, kind):
        letter, mark, rest = line[:1], line[1:2].strip(), line[1:].lstrip("*/+ ")
        style = {"*": "bold", "/": "italic", "+": "large"}.get(mark, "")
        match letter:
            case "":
                made.append(Row((), "", "gap"))
            case "H":
                left, right = rest.split("||")
                cells = Cell(_tokens(left, values), 0.43, True), Cell(_tokens(right, values), 0.57, True)
                made.append(Row(cells, style, "text"))
            case "T":
                shares = [float(share) for share in rest.split()]
            case "R":
                cells = zip(rest.split("|"), shares, strict=True)
                made.append(Row(tuple(Cell(_tokens(t, values), s / sum(shares), False) for t, s in cells), style, "table"))
            case "G":
                made.append(Row((), "", "sign"))
            case _:
                role = "hand" if letter == "N" else "text"
                cell = Cell(_tokens(rest, values), 1.0, letter == "C")
                made.append(Row((cell,), style, role, indent=letter == "P", leader=letter == "F"))
    return made


def fields(set_name: str, kind: str) -> list[tuple[str, str]]:
    """Each field that the paper is evidence of, with the slot that holds its value."""
    return [(name, slot) for line in source(set_name, kind) for name, slot in _SLOT.findall(line) if name]
