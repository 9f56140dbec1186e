"""Schedules of amounts: read from files, refused where they have gaps, doubles or amounts that are not whole đồng."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .places import LawError, Place, read


@dataclass(frozen=True)
class Instrument:
    """Văn bản: an instrument of law with the days that say when an office may act on it."""

    number: str
    title: str
    signed: date
    in_force: date | None
    verified: bool
    note: str = ""
    touches: str = ""
    since: date | None = None
    annexes_missing: bool = False


@dataclass(frozen=True)
class Row:
    """One amount of one line (đồng), from the month ``since`` on, with the instrument it rests on."""

    line: str
    title: str
    since: date
    amount: int
    instrument: Instrument
    basis: str
    verified: bool


def instruments(path: Path) -> dict[str, Instrument]:
    """Every instrument by its number."""
    found: dict[str, Instrument] = {}
    for place in read(path):
        number = place.text("number")
        if number in found:
            place.refuse(f"instrument {number} stands twice; keep one", "number")
        found[number] = Instrument(
            number, place.text("title"), place.day("signed"), place.day("in_force") if place.get("in_force") else None,
            place.flag("verified"), place.text("note", ""), place.text("touches", ""), place.get("since"), place.get("annexes") == "missing",
        )
    return found


def rows(path: Path, known: dict[str, Instrument]) -> list[Row]:
    """The rows of one schedule file, checked."""
    data = read(path)
    if not isinstance(data, Place):
        raise LawError(f"{path.name}:1: a schedule must be a mapping with title, unit and lines")
    annex = data.text("annex", data.text("article", ""))
    found = [*_lines(data, annex, known), *_grades(data, annex, known)]
    if not found:
        data.refuse("the schedule has no lines; add lines or grades")
    return found


def refuse_doubles_and_gaps(all_rows: list[Row]):
    """A line has one amount a start and instrument, and every later text begins on a first of month."""
    seen = defaultdict(set)
    for row in all_rows:
        key = (row.since, row.instrument.number)
        if key in seen[row.line]:
            raise LawError(f"{row.line}: two amounts from {row.since} by {row.instrument.number}; keep one")
        seen[row.line].add(key)
    starts = {since for keys in seen.values() for since, _number in keys}
    for line, keys in seen.items():
        _refuse_gap(line, {since for since, _number in keys}, starts, seen)


def _refuse_gap(line, own, starts, seen):
    """A line that starts must go on with every later text that its neighbours of the same family have."""
    family = {s for other, keys in seen.items() if _family(other) == _family(line) for s, _n in keys}
    missing = sorted(since for since in family if since > min(own) and since not in own)
    if missing:
        raise LawError(f"{line}: gap, no amount from {missing[0]} although its table has one; add the row")


def _family(line):
    return line.rsplit("_", 1)[0] if line.rsplit("_", 1)[-1].isdigit() and line.startswith("wounded") else "annex"


def _lines(data, annex, known):
    for line in data.get("lines", []):
        for row in line.get("rows", []):
            yield _row(line.text("line"), line.text("title"), row, row.whole("amount"), annex, known)


def _grades(data, annex, known):
    grades = data.get("grades")
    if not grades:
        return
    for column in grades["columns"]:
        amounts = column["amounts"]
        for grade in amounts:
            if not isinstance(grade, int):
                amounts.refuse(f"grade {grade!r} must be a whole number", grade)
            yield _row(f"{grades.text('line')}_{grade}", grades.text("title").format(grade=grade), column, amounts.whole(grade), annex, known)
        expected = set(range(min(amounts), max(amounts) + 1))
        if gaps := sorted(expected - set(amounts)):
            amounts.refuse(f"gap: no amount for grade {gaps[0]}; add it")


def _row(line, title, place, amount, annex, known):
    number, since = place.text("basis"), place.day("since")
    if number not in known:
        place.refuse(f"{number} is not in instruments.yaml; add the instrument or mend the citation", "basis")
    if since.day != 1:
        place.refuse(f"since {since} is not the first of a month; amounts apply by whole months", "since")
    if amount < 0:
        place.refuse(f"{line}: amount {amount} is negative", "amount")
    instrument = known[number]
    verified = instrument.verified and place.flag("verified", True) if "verified" in place else instrument.verified
    basis = f"Nghị định {number}, {annex}" if number.endswith("NĐ-CP") else f"{number}, {annex}"
    return Row(line, title, since, amount, instrument, basis, verified)
