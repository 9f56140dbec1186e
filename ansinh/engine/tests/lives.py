"""Drawn lives: what happened to a person, when the office learnt of each thing, and the lists it made meanwhile."""
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from hypothesis import strategies as st

from ansinh.engine import amounts
from ansinh.engine.cases.reading import Case, Event
from ansinh.engine.cases.simulation import simulate
from ansinh.engine.law import book
from ansinh.engine.months import as_date, as_month

FIRST, LAST = date(2021, 7, 1), date(2026, 12, 1)
MONTHS = range(as_month(FIRST), as_month(LAST) + 1)
DAYS = (book().lock_day(LAST) - FIRST).days
BIRTHS = {"elder": date(1941, 11, 20), "child": date(2008, 2, 29)}
SIGN = {"due": 1, "arrears": 1, "overpayment": -1, "cancellation": 1}

# Standing: what its paper states, and what a correction may state instead.
STANDINGS = {
    "wounded": ({"grade": 61}, "grade", (41, 65, 81, 90)),
    "chemical": ({"grade": 45}, "grade", (21, 61, 81)),
    "martyr_relative": ({"martyrs": 1}, "martyrs", (2, 3)),
    "injury_lump": ({"grade": 8}, "grade", (12, 20)),
    "disabled": ({"severity": "severe", "born": BIRTHS["elder"]}, "severity", ("especially_severe",)),
    "elder_80": ({"born": BIRTHS["elder"]}, "born", (date(1945, 3, 1),)),
    "elder_poor": ({"born": BIRTHS["elder"], "poverty": "poor"}, "born", (date(1960, 6, 30),)),
    "social_pension": ({"born": BIRTHS["elder"]}, "born", (date(1950, 7, 15),)),
    "assisted_child": ({"case": "a", "born": BIRTHS["child"]}, "born", (date(2018, 1, 31),)),
    "single_parent": ({"children": 1, "poverty": "poor"}, "children", (2, 3)),
    "hiv_adult": ({"poverty": "poor"}, "poverty", ("none",)),
    "death_aid": ({"people": 1}, "people", (2,)),
}
LEVELS = ((), ((date(2023, 12, 8), date(2022, 1, 1), 400_000),), ((date(2022, 3, 1), date(2022, 1, 1), 380_000), (date(2025, 1, 9), date(2024, 7, 1), 600_000)))

_days = st.integers(0, DAYS)
_day = _days.map(lambda n: FIRST + timedelta(n))


@dataclass(frozen=True)
class Thing:
    """What happened on a day; ``told`` is how many days after the first list the office learns of it."""

    verb: str
    standing: str
    day: date
    facts: dict
    told: int
    slip: bool = False


@st.composite
def lives(draw, slips=False) -> list[Thing]:
    """One person's standings, what changed in them, the household, and a death that may have been written down wrongly."""
    things = []
    for standing in draw(st.lists(st.sampled_from(sorted(STANDINGS)), min_size=1, max_size=3, unique=True)):
        things += draw(_entitlement(standing, slips))
    for day in draw(st.lists(_day, max_size=3, unique=True)):
        things.append(Thing("household", "", day, {"poverty": draw(st.sampled_from(("poor", "none")))}, draw(_days)))
    if draw(st.booleans()):
        wrong, right = draw(st.lists(_day, min_size=2, max_size=2, unique=True))
        things += [Thing("died", "", wrong, {}, draw(_days), slip=slips), *([] if slips else [Thing("died", "", right, {}, DAYS)])]
    return things


@st.composite
def _entitlement(draw, standing, slips):
    facts, name, others = STANDINGS[standing]
    since = draw(st.integers(0, DAYS - 400).map(lambda n: FIRST + timedelta(n)))
    undone = slips and draw(st.booleans())
    things = [Thing("standing", standing, since, facts, draw(_days), undone)]
    later = st.integers(0, 1200).map(lambda n: since + timedelta(n))
    for day in draw(st.lists(later, max_size=3, unique=True)):
        things.append(Thing("correct", standing, day, {name: draw(st.sampled_from(others))}, draw(_days), undone or slips))
    for day in draw(st.lists(later, max_size=3, unique=True)):
        things.append(Thing(draw(st.sampled_from(("suspend", "resume"))), standing, day, {}, draw(_days), undone))
    if draw(st.booleans()):
        things.append(Thing("stop", standing, draw(later), {}, draw(_days), undone or slips))
    return things


@st.composite
def provinces(draw, slips=False):
    """Some lives under one provincial level, and the months in which a list is made."""
    made = draw(st.sets(st.sampled_from(MONTHS[:-1]), min_size=2, max_size=9))
    return draw(st.lists(lives(slips), min_size=1, max_size=4)), draw(st.sampled_from(LEVELS)), frozenset({*made, MONTHS[-1]})


def cases(people, levels, *, told=lambda thing: thing.told, undo=False, slips=True) -> list[Case]:
    """The lives as cases: each thing learnt when ``told`` says, a slip undone some months later or never made."""
    made = []
    for number, things in enumerate(people):
        kept = [(thing, told(thing)) for thing in things if slips or not thing.slip]
        granted = {thing.standing: learnt for thing, learnt in kept if thing.verb == "standing"}
        events = [_event(thing, max(learnt, granted.get(thing.standing, 0)), undo) for thing, learnt in kept]
        events.sort(key=lambda event: (event.learnt, event.verb != "standing"))
        made.append(Case(str(number), tuple(events), MONTHS[0], MONTHS[-1], {}, None, levels, None))
    return made


def _event(thing, told, undo):
    learnt = FIRST + timedelta(told)
    if thing.verb == "died":
        learnt = max(learnt, thing.day)
    withdrawn = min(learnt + timedelta(200), FIRST + timedelta(DAYS)) if undo and thing.slip else None
    return Event(learnt, thing.verb, thing.standing, thing.day, thing.facts, None, withdrawn)


@dataclass
class Outcome:
    """After the last list: what was posted and what is due by entitlement and month, every list's rows, and broken promises."""

    posted: dict
    due: dict
    lists: list
    broken: list


def outcome(made: list[Case], lists_of: frozenset) -> Outcome:
    """The lists of these months and no others."""
    names = dict(enumerate(((c.name, e.standing) for c in made for e in c.events if e.verb == "standing"), 1))
    posted, claims, broken = {}, {}, []
    made_lists = [(month, found.sort("entitlement", "since", "kind"), parts) for month, found, parts in simulate(made, book(), without=without(lists_of))]
    for _month, found, _parts in made_lists:
        for row in found.iter_rows(named=True):
            _post(row, names, posted, claims, broken)
    due = _by_month(amounts.due(made_lists[-1][2]).to_native(), names)
    lists = [(month, found.write_json()) for month, found, _parts in made_lists]
    return Outcome({key: amount for key, amount in posted.items() if amount}, due, lists, broken)


def without(lists_of: frozenset) -> frozenset:
    """The months in which no list is made."""
    return frozenset(MONTHS) - lists_of


def _post(row, names, posted, claims, broken):
    change = row["amount"] * SIGN[row["kind"]]
    if row["amount"] <= 0 or change != row["after"] - row["before"]:
        broken.append(row)
    for month in range(row["since"], row["until"] + 1):
        key = (*names[row["entitlement"]], f"{as_date(month):%Y-%m}")
        posted[key] = posted.get(key, 0) + change
        if row["kind"] in ("overpayment", "cancellation"):
            claims[key] = claims.get(key, 0) - change
        if claims.get(key, 0) < 0 or posted[key] < 0:
            broken.append((key, row))


def _by_month(spans: pl.DataFrame, names) -> dict:
    """Spans as {(case, standing, month): đồng} through the last list."""
    return {
        (*names[row["entitlement"]], f"{as_date(month):%Y-%m}"): row["amount"]
        for row in spans.iter_rows(named=True) for month in range(row["since"], min(row["until"], MONTHS[-1]) + 1)
    }
