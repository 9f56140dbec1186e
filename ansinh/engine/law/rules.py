"""Standings and the rules by which they draw lines of the schedules: a table, checked so that no part is drawn twice."""
from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import combinations
from pathlib import Path

import polars as pl

from .facts import ALL, FLAGS, MEDALS, NEEDED_WORDS, POVERTY, SEVERITIES, Standing
from .places import Place, listed

PARTS = {"allowance", "supplement", "seniority", "attendant", "survivor", "care", "assistance", "care_support", "lump_sum", "travel"}
FIRST_PARTS = {"allowance", "survivor", "assistance", "care_support", "lump_sum"}
FIELDS = {"merit", "assistance"}
TIMES = {"seniority", "children", "people", "quantity", "martyrs", "quantity_people"}
RANGED = ("grade", "martyrs", "children")
SPANS = (*RANGED, "age")
# The line of a rule that pays so many times what the person's own entitlements give in the month.
OWN_MONTHLY = "own_monthly"
STANDING_KEYS = {"code", "vietnamese", "short", "file", "facts", "grade", "medals", "basis", "field", "once", "several", "counts"}
RULE_KEYS = {
    "standing", "part", "line", "by_grade", "times", "times_own", "at_most", "medal", "severity", "poverty", "through_birthday", "or_unknown",
    "beside", "article", *SPANS, *FLAGS,
}
BEGIN_KEYS = {"standing", "month_of", "article", "words"}

RULES = {
    "standing": pl.String, "part": pl.String, "line": pl.String, "by_grade": pl.Boolean, "times": pl.String, "times_own": pl.Int64,
    "at_most": pl.Int64, **{f"{name}_{end}": pl.Int64 for name in SPANS for end in ("from", "to")},
    "through_birthday": pl.Boolean, "or_unknown": pl.Boolean, "beside": pl.Boolean,
    **{f"when_{fact}": pl.Boolean for fact in FLAGS}, **{f"when_{fact}": pl.String for fact in NEEDED_WORDS}, "poverty": pl.String,
    "article": pl.String,
}
# Columns that bind a rule to facts; an empty one binds it to none.
CONDITIONS = (*(f"{name}_{end}" for name in RANGED for end in ("from", "to")), *(f"when_{fact}" for fact in (*FLAGS, *NEEDED_WORDS)), "poverty")


def standings(path: Path, begins_paths: list[Path], known: dict) -> dict[str, Standing]:
    """Every standing by its code, with the words on its first month."""
    return standings_of(listed(path), [place for begins in begins_paths for place in listed(begins)], known)


def standings_of(places: Iterable[Place], begins_places: Iterable[Place], known: dict, before: Collection[str] = ()) -> dict[str, Standing]:
    """The same of lists that were read already; ``before`` are the standings that are loaded."""
    first_months = list(begins_places)
    begins = {place.text("standing"): _begin(place, known) for place in first_months}
    found: dict[str, Standing] = {}
    for place in places:
        place.only(STANDING_KEYS)
        code = place.text("code")
        if code in found or code in before:
            place.refuse(f"standing {code!r} stands twice; keep one", "code", "standing_twice", standing=code)
        if code not in begins:
            place.refuse(f"{code} has no rule of its first month; add it to start_stop.yaml", "code", "no_first_month", standing=code)
        found[code] = _standing(place, begins[code], known)
    for place in first_months:
        place.names([place["standing"]], "standing", found)
    return found


def rules(path: Path, by_code: dict[str, Standing], lines: set[str], known: dict) -> pl.DataFrame:
    """Which line each standing draws under which facts; refused where two could be drawn for one part, or none for a grade."""
    rows = rules_of(listed(path), by_code, lines, known)
    refuse_grades_without_line(rows, by_code, path.name)
    return pl.DataFrame(rows, schema=RULES)


def rules_of(places: Iterable[Place], by_code: dict, lines: set[str], known: dict, before: Iterable[dict] = ()) -> list[dict]:
    """The same of a list that was read already; ``before`` are the rules that are loaded, beside which these must stand."""
    told = [(place, _rule(place, by_code, lines, known)) for place in places]
    keys = {(row["standing"], row["part"]) for _place, row in told}
    loaded = [(Place({}, ("", 0), {}), row) for row in before if (row["standing"], row["part"]) in keys]
    for key in sorted(keys):
        _refuse_double([pair for pair in (*loaded, *told) if (pair[1]["standing"], pair[1]["part"]) == key])
    return [row for _place, row in told]


def _begin(place, known):
    place.only(BEGIN_KEYS)
    _cited(place, "article", known)
    return f"{place.text('words')} ({place['article']})"


def _standing(place: Place, begins: str, known) -> Standing:
    facts = place.get("facts")
    if not isinstance(facts, list) or not set(map(str, facts)) <= ALL:
        allowed = ", ".join(sorted(ALL))
        place.refuse(f"'facts' is {facts!r}, must be a list of {allowed}", "facts", "no_facts", allowed=allowed)
    if "field" in place:
        _one_of(place, "field", FIELDS)
    _cited(place, "basis", known)
    return Standing(
        place.text("code"), place.text("vietnamese"), place.text("short"), place.text("file"), tuple(facts),
        place.span("grade") if "grade" in place else None, place.text("basis"), begins, place.text("field", "merit"),
        place.flag("once", False), place.flag("several", False), place.text("counts", ""),
    )


def _cited(place, key, known):
    """An article begins with the number of a loaded instrument."""
    said = place.text(key)
    if not any(said == number or said.startswith(f"{number} ") for number in known):
        number = said.split(" ")[0]
        place.refuse(f"{number} is not in instruments.yaml; add the instrument or mend the citation", key, "unknown_instrument", number=number)


def _rule(place, by_code, lines, known):
    place.only(RULE_KEYS)
    standing, by_grade = place.text("standing"), place.flag("by_grade", False)
    place.names([standing], "standing", by_code)
    _one_of(place, "part", PARTS)
    if by_grade and "grade" not in place:
        place.refuse("a rule by grade says its grades, like grade: [21, 100]", "by_grade", "by_grade")
    place.text("line")
    for key, allowed in (("medal", MEDALS), ("severity", SEVERITIES), ("poverty", POVERTY), ("times", TIMES)):
        if key in place:
            _one_of(place, key, allowed)
    _cited(place, "article", known)
    rule = {
        **{key: place[key] for key in ("standing", "part", "line", "article")}, "by_grade": by_grade,
        **{key: place.get(key) for key in ("times", "poverty")}, **{f"when_{key}": place.get(key) for key in ("medal", "severity")},
        **{key: place.whole(key) if key in place else None for key in ("times_own", "at_most")},
        **{key: place.flag(key, False) for key in ("through_birthday", "or_unknown", "beside")},
        **{f"{name}_{end}": bound for name in SPANS for end, bound in zip(("from", "to"), place.span(name), strict=True)},
        **{f"when_{fact}": place.flag(fact) if fact in place else None for fact in FLAGS},
    }
    _refuse_unknown_line(place, rule, lines)
    return rule


def _one_of(place, key, allowed):
    if place.text(key) not in allowed:
        words = ", ".join(sorted(allowed))
        place.refuse(f"{key} {place[key]!r} must be one of {words}", key, "not_one_of", value=place[key], allowed=words)


def lines_of(rule: dict) -> list[str]:
    """The lines that a rule can draw."""
    if not rule["by_grade"]:
        return [rule["line"]]
    return [f"{rule['line']}_{grade}" for grade in range(rule["grade_from"], rule["grade_to"] + 1)]


def _refuse_unknown_line(place, rule, lines):
    if missing := [name for name in lines_of(rule) if name not in lines and name != OWN_MONTHLY]:
        place.refuse(f"line {missing[0]!r} is in no schedule; mend the name or load the table", "line", "unknown_line", line=missing[0])


def _refuse_double(same):
    for (_place, one), (place, other) in combinations(same, 2):
        if _both_hold(one, other):
            place.refuse(
                f"{other['line']!r} and {one['line']!r} can both be drawn as {other['part']} of {other['standing']}; "
                "part their grades, ages or facts", "line", "drawn_twice", line=other["line"], other=one["line"], standing=other["standing"],
            )
        if one["or_unknown"] and other["or_unknown"] and not _facts_part(one, other):
            reason = f"{other['standing']}: two rules are for an unknown birth; keep or_unknown on one"
            place.refuse(reason, "or_unknown", "unknown_birth_twice", standing=other["standing"])


def _both_hold(one, other):
    return not _facts_part(one, other) and all(_meet(one, other, name) for name in ("grade", "martyrs", "children")) and _ages_meet(one, other)


def _facts_part(one, other):
    """Whether a flag or a word keeps the two rules apart."""
    return any(None not in (one[f], other[f]) and one[f] != other[f] for f in RULES if f.startswith("when_"))


def _meet(one, other, fact):
    low, high = f"{fact}_from", f"{fact}_to"
    if one[low] is None or other[low] is None:
        return True
    return one[low] <= other[high] and other[low] <= one[high]


def _ages_meet(one, other):
    """Ages are from full years to under full years, so [0, 4] and [4, 16] do not meet."""
    if one["age_from"] is None or other["age_from"] is None:
        return True
    return one["age_from"] < other["age_to"] and other["age_from"] < one["age_to"]


def refuse_grades_without_line(rows: Iterable[dict], by_code: dict[str, Standing], file: str):
    """Refuse standings of ``by_code`` whose rules leave a grade of their table without a line."""
    covered = defaultdict(set)
    for row in rows:
        if row["part"] in FIRST_PARTS and row["grade_from"] is not None:
            covered[row["standing"]].update(range(row["grade_from"], row["grade_to"] + 1))
    for standing in {row["standing"] for row in rows} & set(by_code):
        grade = by_code[standing].grade
        wanted = set(range(grade[0], grade[1] + 1)) if grade else set()
        if missing := sorted(wanted - covered[standing]):
            reason = f"gap: {standing} draws no line at {missing[0]} %; add a rule"
            Place({}, (file, 1), {}).refuse(reason, None, "grade_without_rule", standing=standing, grade=missing[0])
