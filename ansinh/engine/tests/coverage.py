"""What the worked cases exercise: which rules pay, which are cut by concurrency, at which ages they begin and end."""
from dataclasses import dataclass, field
from functools import cache

import yaml

from ansinh.engine.cases.reading import Case, Event, read_cases
from ansinh.engine.cases.simulation import steps
from ansinh.engine.law import book
from ansinh.engine.law.book import FIELDS, FOLDER
from ansinh.engine.months import as_month

OLDEST = 199


@dataclass
class Exercised:
    """Of all worked cases: (standing, line, part) that pay, (standing, part) that is cut, ages in months at both ends."""

    pays: set = field(default_factory=set)
    cut: set = field(default_factory=set)
    begins: set = field(default_factory=set)
    ends: set = field(default_factory=set)


def all_cases() -> list[Case]:
    """Every worked case of the law."""
    return [case for path in sorted((FOLDER / "cases").glob("*.yaml")) for case in read_cases(path, book())]


@cache
def exercised() -> Exercised:
    """All cases reckoned once."""
    cases, found = all_cases(), Exercised()
    grants = dict(enumerate(((case, event) for case in cases for event in case.events if event.verb == "standing"), 1))
    for _step, (_differences, parts) in steps(cases, book()):
        for row in parts.select("entitlement", "line", "part", "since", "until", "amount", "cut_by").unique().iter_rows():
            _note(found, *grants[row[0]], *row[1:])
    return found


def _note(found: Exercised, case: Case, grant: Event, line, part, since, until, amount, cut_by):
    if cut_by:
        found.cut.add((grant.standing, part))
    if amount:
        found.pays.add((grant.standing, line, part))
    if born := _birth(case, grant):
        found.begins.add((grant.standing, line, since - as_month(born)))
        found.ends |= {(grant.standing, line, until + 1 - as_month(born))} if until < case.last else set()


def _birth(case, grant):
    """The day of birth by which the entitlement was reckoned in the end."""
    said = [event.facts["born"] for event in case.events if event.standing == grant.standing and "born" in event.facts]
    return said[-1] if said else None


def rules() -> list[dict]:
    """Every row of both tables of rules."""
    return [row for name in FIELDS for row in book().rules[name].iter_rows(named=True)]


def is_paid(rule: dict) -> bool:
    """Whether some case is paid by this row; a schedule by grade has a line for each grade."""
    start = f"{rule['line']}_"
    return any(
        standing == rule["standing"] and part == rule["part"] and (line == rule["line"] or (rule["by_grade"] and line.startswith(start)))
        for standing, line, part in exercised().pays
    )


def name_of(rule: dict) -> str:
    """A row of the rules in few words."""
    return f"{rule['standing']} {rule['part']} {rule['line']} {rule['age_from']}–{rule['age_to']}"


def without_beginning() -> list[str]:
    """Rows that begin at an age which no case reaches."""
    return [name_of(r) for r in rules() if r["age_from"] and (r["standing"], r["line"], r["age_from"] * 12) not in exercised().begins]


def without_end() -> list[str]:
    """Rows that end at an age which no case passes; with ``through_birthday`` the month of the birthday is still paid."""
    bounded = [r for r in rules() if r["age_to"] is not None and r["age_to"] < OLDEST]
    return [
        name_of(r) for r in bounded if (r["standing"], r["line"], r["age_to"] * 12 + bool(r["through_birthday"])) not in exercised().ends
    ]


def start_stop() -> set[str]:
    """Every standing that has a row in the tables of starting and stopping."""
    return {row["standing"] for name in FIELDS for row in yaml.safe_load((FOLDER / name / "start_stop.yaml").read_text("utf-8"))}


def verbs() -> set[tuple[str, str]]:
    """(field, what happened) of every event on a standing, and of deaths of who has one."""
    found = set()
    for case in all_cases():
        fields = {book().field_of(event.standing) for event in case.events if event.standing}
        found |= {(book().field_of(event.standing), event.verb) for event in case.events if event.standing}
        found |= {(name, "died") for name in fields if any(event.verb == "died" for event in case.events)}
    return found
