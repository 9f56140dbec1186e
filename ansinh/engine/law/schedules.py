"""Schedules of amounts: read from files, refused where they have gaps, doubles or amounts that are not whole đồng."""
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .places import LawError, Place, listed, mapping

INSTRUMENT_KEYS = {"number", "title", "signed", "in_force", "verified", "note", "touches", "since", "annexes"}
SCHEDULE_KEYS = {"title", "unit", "annex", "article", "lines", "grades"}


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
    where: str = field(default="", compare=False, repr=False)


def instruments(path: Path) -> dict[str, Instrument]:
    """Every instrument by its number."""
    found: dict[str, Instrument] = {}
    for place in listed(path):
        place.only(INSTRUMENT_KEYS)
        number = place.text("number")
        if number in found:
            place.refuse(f"instrument {number} stands twice; keep one", "number")
        in_force = place.day("in_force") if place.get("in_force") else None
        if in_force and in_force < place.day("signed"):
            place.refuse(f"{number} is in force on {in_force}, before it was signed on {place['signed']}; mend one of the days", "in_force")
        found[number] = Instrument(
            number, place.text("title"), place.day("signed"), in_force, place.flag("verified"), place.text("note", ""),
            place.text("touches", ""), place.day("since") if "since" in place else None, _annexes_missing(place),
        )
    return found


def _annexes_missing(place):
    """A text whose annexes are not loaded says which field it touches, and from when."""
    if "annexes" not in place:
        return False
    if place["annexes"] != "missing" or "touches" not in place or "since" not in place:
        place.refuse("write `annexes: missing` together with `touches` and `since`", "annexes")
    return True


def rows(path: Path, known: dict[str, Instrument]) -> list[Row]:
    """The rows of one schedule file, checked."""
    data = mapping(path)
    data.only(SCHEDULE_KEYS)
    annex = data.text("annex", data.text("article", ""))
    found = [*_lines(data, annex, known), *_grades(data, annex, known)]
    if not found:
        data.refuse("the schedule has no lines; add lines or grades")
    return found


def refuse_doubles_and_gaps(all_rows: Iterable[Row]):
    """A line has one amount a start and in-force day, and goes on with every later text of its table."""
    by_line: dict[str, dict] = defaultdict(dict)
    for row in all_rows:
        key = (row.since, row.instrument.in_force)
        if earlier := by_line[row.line].get(key):
            raise LawError(f"{row.where}: {row.line}: two amounts from {row.since} by {row.instrument.number}, also at {earlier.where}; keep one")
        by_line[row.line][key] = row
    tables = defaultdict(set)
    for line, own in by_line.items():
        tables[_family(line)].update(since for since, _in_force in own)
    for line, own in by_line.items():
        _refuse_gap(line, own, tables[_family(line)])


def _refuse_gap(line, own, table):
    starts = {since for since, _in_force in own}
    if missing := sorted(since for since in table if since > min(starts) and since not in starts):
        where = max(own.values(), key=lambda row: row.since).where
        raise LawError(f"{where}: {line}: gap, no amount from {missing[0]} although its table has one; add the row")


def _family(line):
    return line.rsplit("_", 1)[0] if line.rsplit("_", 1)[-1].isdigit() and line.startswith("wounded") else "annex"


def _lines(data, annex, known):
    for line in data.places("lines"):
        line.only({"line", "title", "rows"})
        for row in line.places("rows"):
            row.only({"since", "amount", "basis", "verified"})
            yield _row(line.text("line"), line.text("title"), row, row.whole("amount"), annex, known)


def _grades(data, annex, known):
    if "grades" not in data:
        return
    grades = data["grades"]
    if not isinstance(grades, Place):
        data.refuse("'grades' must be a mapping with line, title and columns", "grades")
    grades.only({"line", "title", "columns"})
    for column in grades.places("columns"):
        column.only({"since", "basis", "verified", "amounts"})
        yield from _column(grades, column, annex, known)


def _column(grades, column, annex, known):
    """A column of a table: an amount for each grade, without a gap."""
    amounts = column.get("amounts")
    if not isinstance(amounts, Place) or not amounts:
        column.refuse("'amounts' must be a mapping of grades, like 61: 4016000", "amounts")
    for grade in amounts:
        if type(grade) is not int:
            amounts.refuse(f"grade {grade!r} must be a whole number", grade)
        title = grades.text("title").replace("{grade}", str(grade))
        yield _row(f"{grades.text('line')}_{grade}", title, column, amounts.whole(grade), annex, known)
    if gaps := sorted(set(range(min(amounts), max(amounts) + 1)) - set(amounts)):
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
    file, place_line = place.where
    return Row(line, title, since, amount, instrument, basis, verified, f"{file}:{place_line}")
