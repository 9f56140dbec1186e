"""Schedules of amounts: read from files, refused where they have gaps, doubles or amounts that are not whole đồng."""
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from .places import Place, fault, listed, mapping

INSTRUMENT_KEYS = {"number", "title", "signed", "in_force", "verified", "note", "touches", "since", "annexes", "replaces"}
SCHEDULE_KEYS = {"title", "unit", "annex", "article", "lines", "grades", "level", "round_to", "one_table"}


@dataclass(frozen=True)
class Instrument:
    """Văn bản: an instrument of law with the days that say when an office may act on it.

    Of one that is known but not loaded, ``since`` is the first month from which it ``replaces`` what others set.
    """

    number: str
    title: str
    signed: date
    in_force: date | None
    verified: bool
    note: str = ""
    touches: str = ""
    since: date | None = None
    annexes_missing: bool = False
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One amount of one line (đồng), from the month ``since`` on, with the instrument it rests on.

    A line of a schedule of factors holds ``factor`` instead of an amount: so many times ``level`` (the line of a mức
    chuẩn), rounded to ``round_to`` đồng. ``table`` names lines that change together.
    """

    line: str
    title: str
    since: date
    amount: int
    instrument: Instrument
    basis: str
    verified: bool
    factor: Fraction | None = None
    level: str = ""
    round_to: int = 1
    is_local: bool = False
    table: str = field(default="", compare=False, repr=False)
    where: str = field(default="", compare=False, repr=False)


def instruments(path: Path) -> dict[str, Instrument]:
    """Every instrument by its number."""
    return instruments_of(listed(path))


def instruments_of(places: Iterable[Place]) -> dict[str, Instrument]:
    """The same of a list that was read already."""
    found: dict[str, Instrument] = {}
    for place in places:
        place.only(INSTRUMENT_KEYS)
        number = place.text("number")
        if number in found:
            place.refuse(f"instrument {number} stands twice; keep one", "number", "instrument_twice", number=number)
        in_force = place.day("in_force") if place.get("in_force") else None
        if in_force and in_force < place.day("signed"):
            days = {"number": number, "in_force": in_force, "signed": place["signed"]}
            place.refuse(
                "{number} is in force on {in_force}, before it was signed on {signed}; mend one of the days".format(**days), "in_force",
                "in_force_before_signed", **days,
            )
        found[number] = Instrument(
            number, place.text("title"), place.day("signed"), in_force, place.flag("verified"), place.text("note", ""),
            place.text("touches", ""), place.day("since") if "since" in place else None, _annexes_missing(place),
            tuple(place.get("replaces", ())),
        )
    return found


def _annexes_missing(place):
    """A text whose annexes are not loaded says which field it touches, from when, and whose amounts it replaces."""
    if "annexes" not in place:
        return False
    if place["annexes"] != "missing" or "touches" not in place or "since" not in place or not isinstance(place.get("replaces"), list):
        place.refuse("write `annexes: missing` together with `touches`, `since` and `replaces`", "annexes", "annexes")
    return True


def rows(path: Path, known: dict[str, Instrument]) -> list[Row]:
    """The rows of one schedule file, checked; those under ``local/`` are the province's own."""
    return [replace(row, is_local=path.parent.name == "local") for row in rows_of(mapping(path), known)]


def rows_of(data: Place, known: dict[str, Instrument]) -> list[Row]:
    """The rows of a schedule that was read already."""
    data.only(SCHEDULE_KEYS)
    annex = data.text("annex", data.text("article", ""))
    found = [*_lines(data, annex, known), *_factors(data, annex, known), *_grades(data, annex, known)]
    if not found:
        data.refuse("the schedule has no lines; add lines or grades", None, "no_lines")
    return found


def refuse_doubles_and_gaps(all_rows: Iterable[Row]):
    """A line has one amount a start and in-force day, and goes on with every later text of its table."""
    by_line: dict[str, dict] = defaultdict(dict)
    for row in all_rows:
        key = (row.since, row.instrument.in_force)
        if earlier := by_line[row.line].get(key):
            said = {"line": row.line, "since": row.since, "number": row.instrument.number, "also": earlier.where}
            raise fault(row.where, "two_amounts", "{line}: two amounts from {since} by {number}, also at {also}; keep one".format(**said), **said)
        by_line[row.line][key] = row
    tables = defaultdict(set)
    for own in by_line.values():
        for (since, _in_force), row in own.items():
            tables[row.table].add(since)
    for line, own in by_line.items():
        _refuse_gap(line, own, tables[next(iter(own.values())).table])


def _refuse_gap(line, own, table):
    starts = {since for since, _in_force in own}
    if missing := sorted(since for since in table if since > min(starts) and since not in starts):
        where = max(own.values(), key=lambda row: row.since).where
        reason = f"{line}: gap, no amount from {missing[0]} although its table has one; add the row"
        raise fault(where, "gap", reason, line=line, since=missing[0])


def _lines(data, annex, known):
    for line in data.places("lines"):
        line.only({"line", "title", "rows", "factors"})
        table = _table(data, line.text("line"))
        for row in line.places("rows"):
            row.only({"since", "amount", "basis", "verified"})
            yield _row(line.text("line"), line.text("title"), row, row.whole("amount"), annex, known, table=table)


def _factors(data, annex, known):
    """Lines that are so many times a level (mức chuẩn, lương cơ sở); a factor is an exact decimal in quotes, like '2.5'."""
    for line in data.places("lines"):
        for row in line.places("factors"):
            row.only({"since", "factor", "basis", "verified"})
            yield _row(
                line.text("line"), line.text("title"), row, 0, annex, known, factor=_exact(row), level=data.text("level"),
                round_to=data.whole("round_to", 1), table=_table(data, line.text("line")),
            )


def _exact(row):
    try:
        return Fraction(row.text("factor"))
    except ValueError:
        row.refuse(f"factor {row['factor']!r} must be a decimal in quotes, like '2.5'", "factor", "no_factor", value=row["factor"])


def _table(data, line):
    """Lines of a file change together, unless the file says that each goes its own way."""
    return data.where[0] if data.flag("one_table", True) else line


def _grades(data, annex, known):
    if "grades" not in data:
        return
    grades = data["grades"]
    if not isinstance(grades, Place):
        data.refuse("'grades' must be a mapping with line, title and columns", "grades", "no_grades")
    grades.only({"line", "title", "columns"})
    for column in grades.places("columns"):
        column.only({"since", "basis", "verified", "amounts"})
        yield from _column(grades, column, annex, known)


def _column(grades, column, annex, known):
    """A column of a table: an amount for each grade, without a gap."""
    amounts = column.get("amounts")
    if not isinstance(amounts, Place) or not amounts:
        column.refuse("'amounts' must be a mapping of grades, like 61: 4016000", "amounts", "no_amounts_by_grade")
    for grade in amounts:
        if type(grade) is not int:
            amounts.refuse(f"grade {grade!r} must be a whole number", grade, "grade_no_number", value=grade)
        title = grades.text("title").replace("{grade}", str(grade))
        yield _row(f"{grades.text('line')}_{grade}", title, column, amounts.whole(grade), annex, known, table=grades.where[0])
    if gaps := sorted(set(range(min(amounts), max(amounts) + 1)) - set(amounts)):
        amounts.refuse(f"gap: no amount for grade {gaps[0]}; add it", None, "grade_gap", grade=gaps[0])


def _row(line, title, place, amount, annex, known, **more):
    number, since = place.text("basis"), place.day("since")
    if number not in known:
        place.refuse(f"{number} is not in instruments.yaml; add the instrument or mend the citation", "basis", "unknown_instrument", number=number)
    if since.day != 1:
        place.refuse(f"since {since} is not the first of a month; amounts apply by whole months", "since", "not_first_of_month", since=since)
    if amount < 0:
        place.refuse(f"{line}: amount {amount} is negative", "amount", "negative", amount=amount)
    instrument = known[number]
    verified = instrument.verified and place.flag("verified", True) if "verified" in place else instrument.verified
    basis = f"Nghị định {number}, {annex}" if number.endswith("NĐ-CP") else f"{number}, {annex}"
    file, place_line = place.where
    return Row(line, title, since, amount, instrument, basis, verified, where=f"{file}:{place_line}", **more)
