"""Standings and the rules by which they draw lines of the schedules: a table, checked so that no part is drawn twice."""
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import polars as pl

from .places import Place, listed

FACTS = {"special": pl.Boolean, "attendant": pl.Boolean, "care": pl.Boolean, "remarried": pl.Boolean, "full_time": pl.Boolean}
ALL_FACTS = {*FACTS, "grade", "martyrs", "medal", "seniority"}
MEDALS = {"before1945", "resistance"}
PARTS = {"allowance", "supplement", "seniority", "attendant", "survivor", "care"}
FIRST_PARTS = {"allowance", "survivor"}
STANDING_KEYS = {"code", "vietnamese", "short", "file", "facts", "grade", "medals", "basis"}
RULE_KEYS = {"standing", "part", "line", "by_grade", "times_seniority", "grade", "martyrs", "medal", "article", *FACTS}
BEGIN_KEYS = {"standing", "month_of", "article", "words"}
BEGINS_BY = "131/2021/NĐ-CP"


@dataclass(frozen=True)
class Standing:
    """Diện in law: its names, the facts that its paper must state, the grades of its table, from which month it is due."""

    code: str
    vietnamese: str
    short: str
    file: str
    facts: tuple[str, ...]
    grade: tuple[int, int] | None
    basis: str
    begins: str = ""


RULES = {
    "standing": pl.String, "part": pl.String, "line": pl.String, "by_grade": pl.Boolean, "times_seniority": pl.Boolean,
    "grade_from": pl.Int64, "grade_to": pl.Int64, "martyrs_from": pl.Int64, "martyrs_to": pl.Int64,
    **{f"when_{fact}": kind for fact, kind in FACTS.items()}, "when_medal": pl.String, "article": pl.String,
}


def standings(path: Path, begins_path: Path, known: dict) -> dict[str, Standing]:
    """Every standing by its code, with the words on its first month."""
    begins = {place.text("standing"): _begin(place, known) for place in listed(begins_path)}
    found: dict[str, Standing] = {}
    for place in listed(path):
        place.only(STANDING_KEYS)
        code = place.text("code")
        if code in found:
            place.refuse(f"standing {code!r} stands twice; keep one", "code")
        if code not in begins:
            place.refuse(f"{code} has no rule of its first month; add it to {begins_path.name}", "code")
        found[code] = _standing(place, begins[code], known)
    return found


def rules(path: Path, by_code: dict[str, Standing], lines: set[str], known: dict) -> pl.DataFrame:
    """Which line each standing draws under which facts; refused where two could be drawn for one part, or none for a grade."""
    places = listed(path)
    rows = [_rule(place, by_code, lines, known) for place in places]
    for standing, part in sorted({(row["standing"], row["part"]) for row in rows}):
        same = [(p, r) for p, r in zip(places, rows, strict=True) if (r["standing"], r["part"]) == (standing, part)]
        _refuse_double(same)
    _refuse_grades_without_line(rows, by_code, path.name)
    return pl.DataFrame(rows, schema=RULES)


def _begin(place, known):
    place.only(BEGIN_KEYS)
    if BEGINS_BY not in known:
        place.refuse(f"{BEGINS_BY} is not in instruments.yaml; add the instrument")
    return f"{place.text('words')} ({BEGINS_BY} {place.text('article')})"


def _standing(place: Place, begins: str, known) -> Standing:
    facts = place.get("facts")
    if not isinstance(facts, list) or not set(map(str, facts)) <= ALL_FACTS:
        place.refuse(f"'facts' is {facts!r}, must be a list of {', '.join(sorted(ALL_FACTS))}", "facts")
    grade = place.span("grade") if "grade" in place else None
    _cited(place, "basis", known)
    return Standing(
        place.text("code"), place.text("vietnamese"), place.text("short"), place.text("file"), tuple(facts), grade, place.text("basis"), begins
    )


def _cited(place, key, known):
    """An article begins with the number of a loaded instrument."""
    number = place.text(key).split(" ")[0]
    if number not in known:
        place.refuse(f"{number} is not in instruments.yaml; add the instrument or mend the citation", key)


def _rule(place, by_code, lines, known):
    place.only(RULE_KEYS)
    standing, line, by_grade = place.text("standing"), place.text("line"), place.flag("by_grade", False)
    if standing not in by_code:
        place.refuse(f"{standing!r} is not in standings.yaml; mend the name", "standing")
    if place.text("part") not in PARTS:
        place.refuse(f"part {place['part']!r} must be one of {', '.join(sorted(PARTS))}", "part")
    (grade_from, grade_to), (martyrs_from, martyrs_to) = place.span("grade"), place.span("martyrs")
    if by_grade and grade_from is None:
        place.refuse("a rule by grade says its grades, like grade: [21, 100]", "by_grade")
    drawn = [f"{line}_{grade}" for grade in range(grade_from, grade_to + 1)] if by_grade else [line]
    if missing := [name for name in drawn if name not in lines]:
        place.refuse(f"line {missing[0]!r} is in no schedule; mend the name or load the table", "line")
    if "medal" in place and place["medal"] not in MEDALS:
        place.refuse(f"medal {place['medal']!r} must be one of {', '.join(sorted(MEDALS))}", "medal")
    _cited(place, "article", known)
    return {
        "standing": standing, "part": place["part"], "line": line, "by_grade": by_grade,
        "times_seniority": place.flag("times_seniority", False), "grade_from": grade_from, "grade_to": grade_to,
        "martyrs_from": martyrs_from, "martyrs_to": martyrs_to,
        **{f"when_{fact}": place.flag(fact) if fact in place else None for fact in FACTS},
        "when_medal": place.get("medal"), "article": place["article"],
    }


def _refuse_double(same):
    for (_place, one), (place, other) in combinations(same, 2):
        if _both_hold(one, other):
            place.refuse(
                f"{other['line']!r} and {one['line']!r} can both be drawn as {other['part']} of {other['standing']}; "
                "part their grades or facts"
            )


def _both_hold(one, other):
    if any(None not in (one[f], other[f]) and one[f] != other[f] for f in RULES if f.startswith("when_")):
        return False
    return _meet(one, other, "grade") and _meet(one, other, "martyrs")


def _meet(one, other, fact):
    low, high = f"{fact}_from", f"{fact}_to"
    if one[low] is None or other[low] is None:
        return True
    return one[low] <= other[high] and other[low] <= one[high]


def _refuse_grades_without_line(rows, by_code, file):
    covered = defaultdict(set)
    for row in rows:
        if row["part"] in FIRST_PARTS and row["grade_from"] is not None:
            covered[row["standing"]].update(range(row["grade_from"], row["grade_to"] + 1))
    for standing in by_code.values():
        wanted = set(range(standing.grade[0], standing.grade[1] + 1)) if standing.grade else set()
        if missing := sorted(wanted - covered[standing.code]):
            Place({}, (file, 1), {}).refuse(f"gap: {standing.code} draws no line at {missing[0]} %; add a rule")
