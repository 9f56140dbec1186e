"""Who lives in the simulated province, where, and what is drawn for each month; nothing here knows the database."""
import os
from dataclasses import dataclass
from datetime import date
from random import Random

FIRST = date(2021, 7, 1)
LAST = date.fromisoformat(os.environ.get("PROVINCE_LAST", "2031-06-01"))
PEOPLE = int(os.environ.get("PROVINCE_PEOPLE", "60"))
SEED = int(os.environ.get("PROVINCE_SEED", "2021"))
LONG_AGO, MERGER = date(2010, 1, 1), date(2025, 7, 1)
PROVINCE, DISTRICT = "19.", "19.173."
# Two of the communes become one on the day of the merger.
COMMUNES = (("05920", "Tân Kim"), ("05923", "Tân Thành"), ("05926", "Úc Kỳ"))
MERGED, SUCCESSOR = ("05920", "05923"), ("05930", "Tân Khánh")
SURNAMES, GIVEN = ("Dương", "Lý", "Ma", "Tạ", "Trần", "Vi", "Hoàng", "Nông"), ("Lan", "Páo", "Lường", "Lập", "Sửu", "Sao", "Hiền", "Bình")
OLD, YOUNGER, AGEING = date(1940, 5, 1), date(1943, 9, 15), date(1965, 5, 10)
# Standing: its facts, and what a correction changes.
STANDINGS = {
    "wounded": ({"grade": 61}, {"grade": 81}),
    "chemical": ({"grade": 45}, {"grade": 61}),
    "martyr_relative": ({"martyrs": 1}, {"martyrs": 2}),
    "disabled": ({"severity": "severe", "born": AGEING}, {"severity": "especially_severe"}),
    "single_parent": ({"children": 1, "poverty": "poor"}, {"children": 2}),
    "elder_80": ({"born": OLD}, {"born": YOUNGER}),
}
# What may be granted besides what everybody has from the first day.
FURTHER = {**{code: facts for code, (facts, _change) in STANDINGS.items()}, "social_pension": {"born": OLD}}
LUMP_SUMS = {"injury_lump": {"grade": 8}, "death_aid": {"people": 1}}
ACTS_ON_RIGHTS = ("benefits.grant", "benefits.correct", "benefits.suspend", "benefits.resume", "benefits.stop")
# How often each kind of thing is learnt, of so many.
KINDS = {
    "correct": 3, "suspend": 1, "resume": 1, "stop": 1, "lump_sum": 2, "second": 2, "take_back": 2, "death": 2, "undo_event": 3, "move": 2,
    "imprisonment": 2, "release": 2, "birth": 1, "marriage": 1, "move_out": 1, "return_home": 1,
}
THINGS_A_MONTH = 4
LEVEL_LEARNT, LEVEL_SINCE, LEVEL = date(2023, 12, 1), date(2023, 1, 1), 400_000


@dataclass(frozen=True)
class Thing:
    """One thing that the office learns in a month: by which paper, about whom, how many days late."""

    number: str
    kind: str
    which: int
    ago: int

    @property
    def paper(self) -> str:
        return f"QĐ {self.number}"


def names() -> list[str]:
    """Everybody of the first day, each with a number at the end of the name."""
    return [f"{SURNAMES[n % 8]} {'Thị' if n % 2 else 'Văn'} {GIVEN[n // 8 % 8]} {n}" for n in range(PEOPLE)]


def standing_of(place: int) -> str:
    """What the person at this place of the names was granted on the first day."""
    return sorted(STANDINGS)[place % len(STANDINGS)]


def months(last: date = LAST) -> list[date]:
    """Every month of a list from the first through ``last``."""
    count = (last.year - FIRST.year) * 12 + last.month - FIRST.month + 1
    return [date(FIRST.year + (FIRST.month - 1 + n) // 12, (FIRST.month - 1 + n) % 12 + 1, 1) for n in range(count)]


def things(month: date) -> list[Thing]:
    """What the office learns before the month's lists."""
    dice = Random(f"{SEED} {month}")
    kinds, weights = tuple(KINDS), tuple(KINDS.values())
    return [
        Thing(f"{month:%Y-%m}/{place}", dice.choices(kinds, weights)[0], dice.randrange(10**6), dice.randrange(300))
        for place in range(THINGS_A_MONTH)
    ]


def is_drawn(word: str, one_in: int) -> bool:
    """A die for a word: the same on every machine and after every new beginning."""
    return Random(f"{SEED} {word}").randrange(one_in) == 0


def handed_over(number: str, position: int, total: int) -> int:
    """What the provider hands over of a line: all, a part, or nothing because nobody was at home."""
    thrown = Random(f"{SEED} {number} {position}").randrange(24)
    if thrown == 0:
        return 0
    return max(total * 2 // 5, 1) if thrown == 1 else total


def brought_back(lines: list[tuple[str, int, int]], month: date) -> tuple[str, int] | None:
    """Which line of three months ago (number, position, total) the post brings back in this month; each quarter one."""
    held = sorted((number, position) for number, position, total in lines if handed_over(number, position, total))
    return held[(month.year * 12 + month.month) * 7 % len(held)] if held and month.month % 3 == 0 else None


def before(month: date, count: int) -> date:
    """So many months before a month."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)
