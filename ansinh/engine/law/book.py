"""The book of law: everything under law/, read once a process, and what of it a list of a month may use."""
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from ..months import as_month
from .calendar import Calendar
from .facts import Standing
from .facts import complaint as complaint_of
from .food import FoodOccasion, food_occasions
from .known import FAR as FAR
from .known import Law, law_of, winner
from .limits import Limit, limits
from .places import LawError, mapping
from .rules import rules, standings
from .schedules import Instrument, Row, instruments, refuse_doubles_and_gaps, rows
from .sweep import AgeLimit, Exclusive, age_limits, exclusive_rules

FOLDER = Path(__file__).resolve().parents[2] / "law"
MERIT, ASSISTANCE = "merit", "assistance"
FIELDS = (MERIT, ASSISTANCE)
NOT_SCHEDULES = ("rules.yaml", "start_stop.yaml")
# How a citation names a text: ``77/2024/NĐ-CP``.
NUMBER = re.compile(r"\d+/\d{4}/[\w-]+")
# The mức chuẩn of each field, by its line.
LEVEL_OF = {MERIT: "standard_level", ASSISTANCE: "assistance_level"}


@dataclass(frozen=True, eq=False)
class Book:
    """All law that is loaded."""

    digest: str
    instruments: dict[str, Instrument]
    standings: dict[str, Standing]
    calendar: Calendar
    schedules: dict[str, tuple[Row, ...]]
    levels: tuple[Row, ...]
    rules: dict[str, pl.DataFrame]
    limits: tuple[Limit, ...]
    exclusive: dict[str, Exclusive]
    ages: dict[str, AgeLimit]
    food: dict[str, FoodOccasion]

    @property
    def schedule(self) -> tuple[Row, ...]:
        """The rows of every field."""
        return tuple(row for field in FIELDS for row in self.schedules[field])

    def standing(self, code: str) -> Standing:
        if code not in self.standings:
            raise LawError(f"{code!r} is no standing of standings.yaml; one of {', '.join(self.standings)}")
        return self.standings[code]

    def field_of(self, code: str) -> str:
        """The field (lĩnh vực) of a standing; an unknown one counts as merit, so that the act itself can refuse it."""
        return next((standing.field for standing in self.standings.values() if standing.code == code), MERIT)

    def lock_day(self, month: date) -> date:
        """Ngày khóa của danh sách tháng."""
        return self.calendar.lock_day(month)

    @lru_cache(maxsize=256)  # noqa: B019  (one book a process)
    def known_for(self, *, month: date, locked_on: date, drafts: bool = False, field: str = MERIT) -> Law:
        """The law of a field that the list of ``month``, locked on a day, may use.

        Rows signed by the lock day and in force by the first of the month; of those that apply to a month the one with
        the latest in-force day wins. ``drafts`` adds rows that are not in force (what-if only).
        """
        usable = [row for row in self.schedules[field] if _usable(row.instrument, month, locked_on, drafts)]
        levels = [row for row in self.levels if _usable(row.instrument, month, locked_on, drafts)]
        return law_of(month, field, self.rules[field], usable, levels)

    def level(self, month: date, field: str = MERIT) -> Row:
        """Mức chuẩn of a month, by everything that is loaded; the greater of national and provincial."""
        own = [row for row in self.levels if row.line == LEVEL_OF[field]]
        sides = (winner([row for row in own if row.is_local is local], as_month(month)) for local in (False, True))
        return max(filter(None, sides), key=lambda row: row.amount)

    def national_level(self, day: date, field: str = MERIT) -> int:
        """Mức chuẩn of the whole country in the month of a day, by everything that is loaded; 0 before the first."""
        row = winner([row for row in self.levels if row.line == LEVEL_OF[field] and not row.is_local], as_month(day))
        return row.amount if row else 0

    def provisional_from(self, field: str = MERIT) -> date | None:
        """The first month touched by a known text that is not loaded: from then on there are amounts that are *tạm tính*."""
        return min((text.since for text in self.instruments.values() if text.touches == field and text.annexes_missing), default=None)

    def is_provisional(self, month: date, field: str = MERIT) -> bool:
        """Whether some amounts of a month may be *tạm tính*; which of them, ``awaited`` says by what they rest on."""
        first = self.provisional_from(field)
        return first is not None and month >= first

    def awaited(self, basis: str, even_loaded: bool = False) -> Instrument | None:
        """The text known but not loaded that replaces, from its ``since`` on, one that an amount rests on: from then it is *tạm tính*.

        Another thing than a row that was not checked against the text itself (*chưa kiểm chứng*, ``verified``). ``even_loaded``
        says what was awaited then, also of a text that has been loaded since.
        """
        cited = set(NUMBER.findall(basis))
        found = (text for text in self.instruments.values() if (text.annexes_missing or even_loaded) and cited.intersection(text.replaces))
        return min(found, key=lambda text: text.since, default=None)

    def awaited_in(self, basis: str, month: date, even_loaded: bool = False) -> str:
        """The number of the text by which an amount of a month is *tạm tính*; nothing where it is not."""
        text = self.awaited(basis, even_loaded)
        return text.number if text and month >= text.since else ""

    @lru_cache(maxsize=16)  # noqa: B019  (one book a process)
    def with_local(self, amount: int, *, decided: date, since: date) -> "Book":
        """This book with a provincial level of assistance (đồng) in force from its first day or its decision (cases, what-if)."""
        title, basis = "Mức chuẩn trợ giúp xã hội của tỉnh", "Nghị quyết của Hội đồng nhân dân tỉnh"
        text = Instrument(basis, title, decided, max(decided, since), True)
        row = Row(LEVEL_OF[ASSISTANCE], title, since, amount, text, basis, True, is_local=True)
        return replace(self, levels=(*self.levels, row))

    def complaint(self, code: str, facts: dict) -> str | None:
        """What is wrong with the facts of a standing, as a sentence; ``None`` when the law's tables can be read by them."""
        return complaint_of(self.standing(code), facts)

    def title(self, code: str, facts: dict) -> str:
        """How lists name an entitlement: ``Thương binh, 61 %``."""
        words = [self.standing(code).short]
        if facts.get("grade"):
            words.append(f"{facts['grade']} %")
        if (facts.get("martyrs") or 0) > 1:
            words.append(f"{facts['martyrs']} liệt sĩ")
        if facts.get("severity"):
            words.append(SEVERITY_WORDS[facts["severity"]])
        if facts.get("children"):
            words.append(f"{facts['children']} con")
        return ", ".join(words)


SEVERITY_WORDS = {"severe": "nặng", "especially_severe": "đặc biệt nặng"}


def load(folder: Path = FOLDER) -> Book:
    """Read a folder of law; refused with file, line and reason where it cannot be trusted. ``local/`` is read last."""
    known = instruments(folder / "instruments.yaml")
    levels = [row for path in _yaml(folder / "levels") for row in rows(path, known)]
    local = [row for path in _yaml(folder / "local") for row in rows(path, known)]
    level_lines = {row.line for row in levels}
    own = {field: [row for path in _yaml(folder / field) for row in rows(path, known)] for field in FIELDS}
    own[ASSISTANCE] += [row for row in local if row.line not in level_lines]
    refuse_doubles_and_gaps([*levels, *own[MERIT], *own[ASSISTANCE]])
    levels += [row for row in local if row.line in level_lines]
    by_code = standings(folder / "standings.yaml", [folder / field / "start_stop.yaml" for field in FIELDS], known)
    drawn = {field: rules(folder / field / "rules.yaml", by_code, {row.line for row in own[field]}, known) for field in FIELDS}
    calendar = Calendar(mapping(folder / "calendar.yaml"))
    schedules = {field: tuple(own[field]) for field in FIELDS}
    digest = _digest(known, by_code, [drawn[field].rows() for field in FIELDS], schedules, levels, calendar.content)
    return Book(
        digest, known, by_code, calendar, schedules, tuple(levels), drawn, limits(folder / "limits.yaml", by_code, known),
        exclusive_rules(folder / "sweep" / "exclusive.yaml", by_code), age_limits(folder / "sweep" / "ages.yaml", by_code),
        food_occasions(folder / "food_relief.yaml", known),
    )


def _yaml(folder):
    return [path for path in sorted(folder.glob("*.yaml")) if path.name not in NOT_SCHEDULES]


def _usable(instrument, month, locked_on, drafts):
    if instrument.in_force is None:
        return drafts
    return instrument.signed <= locked_on and instrument.in_force <= month


def _digest(*content) -> str:
    """What the law says, whatever the comments, spaces and order of keys of its files."""
    return hashlib.sha256(repr(content).encode()).hexdigest()
