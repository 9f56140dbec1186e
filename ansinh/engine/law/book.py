"""The book of law: everything under law/, read once a process, and what of it a list of a month may use."""
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import polars as pl

from ..months import as_month
from .calendar import Calendar
from .places import LawError, mapping
from .rules import FACTS as FACTS
from .rules import MEDALS, Standing, rules, standings
from .schedules import Instrument, Row, instruments, refuse_doubles_and_gaps, rows

FOLDER = Path(__file__).resolve().parents[2] / "law"
FIELD = "merit"
NOT_MONTHLY = ("standard_level.yaml", "rules.yaml", "start_stop.yaml")
FAR = 9999 * 12
OTHER = 99  # martyrs, seniority units: beyond it a figure is a slip of the pen



@dataclass(frozen=True, eq=False)
class Law:
    """What a list of one month may use: amounts as spans of months, and the rules that draw them."""

    month: int
    amounts: pl.DataFrame
    rules: pl.DataFrame
    known_from: int

    @property
    def lines(self) -> pl.DataFrame:
        return self.amounts.select("line").unique()


@dataclass(frozen=True, eq=False)
class Book:
    """All law that is loaded."""

    digest: str
    instruments: dict[str, Instrument]
    standings: dict[str, Standing]
    calendar: Calendar
    schedule: tuple[Row, ...]
    levels: tuple[Row, ...]
    rules: pl.DataFrame

    def standing(self, code: str) -> Standing:
        if code not in self.standings:
            raise LawError(f"{code!r} is no standing of standings.yaml; one of {', '.join(self.standings)}")
        return self.standings[code]

    def lock_day(self, month: date) -> date:
        """Ngày khóa của danh sách tháng."""
        return self.calendar.lock_day(month)

    @lru_cache(maxsize=256)  # noqa: B019  (one book a process)
    def known_for(self, *, month: date, locked_on: date, drafts: bool = False) -> Law:
        """The law that the list of ``month``, locked on a day, may use.

        Rows signed by the lock day and in force by the first of the month; of those that apply to a month the one with
        the latest in-force day wins. ``drafts`` adds rows that are not in force (what-if only).
        """
        usable = [row for row in self.schedule if _usable(row.instrument, month, locked_on, drafts)]
        by_line = defaultdict(list)
        for row in usable:
            by_line[row.line].append(row)
        spans = [span for line_rows in by_line.values() for span in _spans(line_rows)]
        known_from = min((span["law_since"] for span in spans), default=FAR)
        return Law(as_month(month), pl.DataFrame(spans, schema=AMOUNTS), self.rules, known_from)

    def level(self, month: date) -> Row:
        """Mức chuẩn of a month, by everything that is loaded."""
        known = [row for row in self.levels if row.since <= month]
        return max(known, key=lambda row: row.since)

    @property
    def provisional_from(self) -> date | None:
        """The first month touched by a known text whose tables are not loaded: amounts from then on are *tạm tính*."""
        missing = [i.since for i in self.instruments.values() if i.annexes_missing and i.touches == FIELD]
        return min(missing, default=None)

    def is_provisional(self, month: date) -> bool:
        return self.provisional_from is not None and month >= self.provisional_from

    def complaint(self, code: str, facts: dict) -> str | None:
        """What is wrong with the facts of a standing, as a sentence; ``None`` when the law's tables can be read by them."""
        standing, grade = self.standing(code), facts.get("grade")
        if standing.grade and (grade is None or not standing.grade[0] <= grade <= standing.grade[1]):
            low, high = standing.grade
            return f"{standing.short}: tỷ lệ {'chưa ghi' if grade is None else grade}; bảng của diện này từ {low} đến {high} %."
        if code == "helper" and facts.get("medal") not in MEDALS:
            return f"{standing.short}: ghi hình thức khen thưởng (trước 1945 hoặc kháng chiến)."
        if "martyrs" in standing.facts and (facts.get("martyrs") or 0) < 1:
            return f"{standing.short}: ghi số liệt sĩ, ít nhất là 1."
        if too_many := next((name for name in ("martyrs", "seniority") if not 0 <= (facts.get(name) or 0) <= OTHER), None):
            return f"{standing.short}: {WORDS[too_many]} là {facts[too_many]}; ghi một số từ 0 đến {OTHER}."
        extra = [name for name, value in facts.items() if value and name not in standing.facts]
        return f"{standing.short}: không dùng đến {', '.join(extra)}." if extra else None

    def title(self, code: str, facts: dict) -> str:
        """How lists name an entitlement: ``Thương binh, 61 %``."""
        words = [self.standing(code).short]
        if facts.get("grade"):
            words.append(f"{facts['grade']} %")
        if (facts.get("martyrs") or 0) > 1:
            words.append(f"{facts['martyrs']} liệt sĩ")
        return ", ".join(words)


WORDS = {"martyrs": "số liệt sĩ", "seniority": "số thâm niên"}
AMOUNTS = {
    "line": pl.String, "title": pl.String, "law_since": pl.Int64, "law_until": pl.Int64, "unit_amount": pl.Int64,
    "basis": pl.String, "signed": pl.Date, "in_force": pl.Date, "applies_since": pl.Date, "verified": pl.Boolean,
}


@cache
def book() -> Book:
    """The office's book of law."""
    return load()


def load(folder: Path = FOLDER) -> Book:
    """Read a folder of law; refused with file, line and reason where it cannot be trusted. ``local/`` is read last."""
    known = instruments(folder / "instruments.yaml")
    national = [p for p in sorted((folder / FIELD).glob("*.yaml")) if p.name not in NOT_MONTHLY]
    found = tuple(row for path in [*national, *sorted((folder / "local").glob("*.yaml"))] for row in rows(path, known))
    refuse_doubles_and_gaps(found)
    by_code = standings(folder / "standings.yaml", folder / FIELD / "start_stop.yaml", known)
    drawn = rules(folder / FIELD / "rules.yaml", by_code, {row.line for row in found}, known)
    levels = tuple(rows(folder / FIELD / "standard_level.yaml", known))
    calendar = Calendar(mapping(folder / "calendar.yaml"))
    digest = _digest(known, by_code, drawn.rows(), found, levels, calendar.content)
    return Book(digest, known, by_code, calendar, found, levels, drawn)


def _usable(instrument, month, locked_on, drafts):
    if instrument.in_force is None:
        return drafts
    return instrument.signed <= locked_on and instrument.in_force <= month


def _spans(line_rows: list[Row]) -> Iterable[dict]:
    starts = sorted({row.since for row in line_rows})
    for index, start in enumerate(starts):
        row = max((r for r in line_rows if r.since <= start), key=lambda r: (r.instrument.in_force or date.max, r.since))
        until = as_month(starts[index + 1]) - 1 if index + 1 < len(starts) else FAR
        yield {
            "line": row.line, "title": row.title, "law_since": as_month(start), "law_until": until, "unit_amount": row.amount,
            "basis": row.basis, "signed": row.instrument.signed, "in_force": row.instrument.in_force,
            "applies_since": row.since, "verified": row.verified,
        }


def _digest(*content) -> str:
    """What the law says, whatever the comments, spaces and order of keys of its files."""
    return hashlib.sha256(repr(content).encode()).hexdigest()
