"""Terms of an entitlement as rows of days, and what acts do to them: pure functions on lists of rows.

Each row remembers the values that its own decision set on its first day (``decides``), so the result does not depend on
the order in which the office learnt of the decisions.
"""
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from .months import as_month, last_day

IN_FORCE, SUSPENDED = "in_force", "suspended"


@dataclass(frozen=True)
class TermsRow:
    """One span of days (``until`` inclusive, ``None`` open) with its state and the facts of the standing."""

    since: date
    until: date | None = None
    state: str = IN_FORCE
    grade: int | None = None
    special: bool = False
    attendant: bool = False
    martyrs: int | None = None
    care: bool = False
    remarried: bool = False
    medal: str = ""
    full_time: bool = False
    seniority: int | None = None
    case: str = ""
    severity: str = ""
    children: int | None = None
    born: date | None = None
    poverty: str = ""
    people: int | None = None
    quantity: int | None = None
    decides: frozenset[str] = frozenset()

    @property
    def values(self) -> dict:
        """The facts by name, without span, state and memory."""
        return {name: getattr(self, name) for name in FACTS}


FACTS = tuple(f.name for f in fields(TermsRow) if f.name not in ("since", "until", "state", "decides"))


def grant(*, since: date, values: dict) -> list[TermsRow]:
    """A new entitlement from its decided first day: every value is decided on that day."""
    return [TermsRow(since=since, decides=frozenset((*FACTS, "state")), **values)]


def correct(rows: list[TermsRow], *, since: date, values: dict) -> list[TermsRow]:
    """Each named value holds from ``since`` until the next change already known of that same value."""
    pieces = _cut(rows, since, frozenset(values))
    return [_said(piece, since, values, pieces) for piece in pieces]


def suspend(rows: list[TermsRow], *, since: date) -> list[TermsRow]:
    """Nothing is due from this day until the next decision on the state."""
    return correct(rows, since=since, values={"state": SUSPENDED})


def resume(rows: list[TermsRow], *, since: date) -> list[TermsRow]:
    """Runs again from this day until the next decision on the state."""
    return correct(rows, since=since, values={"state": IN_FORCE})


def begin(rows: list[TermsRow], *, since: date) -> list[TermsRow]:
    """The entitlement's first day, earlier or later than was decided: what stood before a later day falls away."""
    kept = [row for row in rows if row.until is None or row.until >= since]
    return [replace(kept[0], since=since, decides=rows[0].decides), *kept[1:]] if kept else []


def stop(rows: list[TermsRow], *, until: date) -> list[TermsRow]:
    """The entitlement's last day, inclusive; a stop learnt later takes the place of an earlier one."""
    kept = [row for row in rows if row.since <= until]
    return [*kept[:-1], replace(kept[-1], until=until)] if kept else []


def die(rows: list[TermsRow], *, on: date) -> list[TermsRow]:
    """Ends with the month of death, unless it ended before."""
    end = last_day(as_month(on))
    already = rows[-1].until
    return rows if already is not None and already <= end else stop(rows, until=end)


def last_of(day: date) -> date:
    """The last day of a day's month."""
    return last_day(as_month(day))


def first_after(day: date) -> date:
    """The first day of the month after a day's."""
    return last_of(day) + timedelta(days=1)


def difference(before: Iterable[TermsRow], after: Iterable[TermsRow]) -> tuple[list[TermsRow], list[TermsRow]]:
    """Rows that no longer hold, and rows that hold now instead."""
    before, after = list(before), list(after)
    return [row for row in before if row not in after], [row for row in after if row not in before]


def _cut(rows, day, decided):
    """The rows with one boundary on ``day``, where this decision is remembered."""
    pieces = []
    for row in rows:
        if row.since < day and (row.until is None or row.until >= day):
            pieces += [replace(row, until=day - timedelta(days=1)), replace(row, since=day, decides=decided)]
        elif row.since == day:
            pieces.append(replace(row, decides=row.decides | decided))
        else:
            pieces.append(row)
    return pieces


def _said(piece, since, values, pieces):
    """The piece with those values that no later decision before it has set again."""
    if piece.since < since:
        return piece
    between = [p for p in pieces if since < p.since <= piece.since]
    return replace(piece, **{n: v for n, v in values.items() if not any(n in p.decides for p in between)})
