"""Reading worked cases; anything unclear is refused with file, line, reason and remedy."""
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..law import Book, LawError
from ..law.places import Place, read
from ..months import as_date, as_month
from ..terms import FACTS

VERBS = ("standing", "stop", "suspend", "resume", "correct", "died")
SUMS = ("due", "arrears", "recovery", "cancelled")
CASE_KEYS = {"case", "born", "sex", "events", "lists", "expect", "note"}
WHOLE_FACTS = {"grade", "martyrs", "seniority"}
MEDALS = ("before1945", "resistance")


class CaseError(LawError):
    """A case cannot be read."""


@dataclass(frozen=True)
class Event:
    """What the office learnt on a day: ``verb`` of ``standing`` from or until ``day``, with facts."""

    learnt: date
    verb: str
    standing: str
    day: date
    facts: dict
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True)
class Case:
    """One case: its events in the order of learning, the months of its lists, and what is expected of some of them."""

    name: str
    events: tuple[Event, ...]
    first: int
    last: int
    expect: dict[int, dict[str, int]]
    place: Place = field(compare=False, repr=False)


def read_cases(path: Path, book: Book) -> list[Case]:
    """Every case of a file."""
    data = read(path)
    if not isinstance(data, list) or not all(isinstance(item, Place) for item in data):
        raise CaseError(f"{path.name}:1: the file must be a list of cases, each beginning with `- case:` in the first column")
    cases = [_case(place, book) for place in data]
    names = set()
    for case in cases:
        if case.name in names:
            case.place.refuse(f"case {case.name!r} stands twice; give it another name", "case")
        names.add(case.name)
    return cases


def _case(place, book):
    _only(place, CASE_KEYS)
    name = place.text("case")
    events = place.get("events") or place.refuse("'events' is missing; say what the office learnt", "events")
    lists = place.get("lists")
    if not isinstance(lists, Place):
        place.refuse("'lists' must be {from: 2023-06, to: 2023-10}", "lists")
    _only(lists, {"from", "to"})
    first, last = _month(lists, lists.get("from"), "from"), _month(lists, lists.get("to"), "to")
    if last < first:
        lists.refuse("'to' is before 'from'", "to")
    read_events = [_event(event, book, place) for event in events]
    _check_order(read_events)
    expect = _expect(place, first, last)
    return Case(name, tuple(sorted(read_events, key=lambda e: e.learnt)), first, last, expect, place)


def _only(place, allowed):
    for key in place:
        if key not in allowed:
            place.refuse(f"{key!r} is not known here; one of {', '.join(sorted(map(str, allowed)))}", key)


def _month(place, value, key) -> int:
    text = str(value)
    year, _, month = text.partition("-")
    if not (len(year) == 4 and year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        place.refuse(f"{text!r} is no month; write it like 2023-06", key)
    return as_month(date(int(year), int(month), 1))


def _event(place, book, case):
    if not isinstance(place, Place):
        case.refuse("each event must be a mapping like {learnt: 2010-01-05, standing: wounded, …}", "events")
    verbs = [verb for verb in VERBS if verb in place]
    if len(verbs) != 1:
        place.refuse(f"an event says exactly one of {', '.join(VERBS)}; here: {', '.join(verbs) or 'none'}")
    verb, learnt = verbs[0], place.day("learnt")
    if verb == "died":
        _only(place, {"learnt", "died"})
        return Event(learnt, verb, "", place.day("died"), {}, place)
    standing, when = place.text(verb), "until" if verb == "stop" else "since"
    if standing not in book.standings:
        place.refuse(f"{standing!r} is no standing; one of {', '.join(book.standings)}", verb)
    allowed = {"learnt", verb, when} | (set(FACTS) if verb in ("standing", "correct") else set())
    _only(place, allowed)
    facts = {name: _fact(place, name) for name in FACTS if name in place}
    _check_facts(place, verb, standing, facts, book)
    return Event(learnt, verb, standing, place.day(when), facts, place)


def _fact(place, name):
    if name in WHOLE_FACTS:
        return place.whole(name)
    if name != "medal":
        return place.flag(name)
    medal = place.text(name)
    return medal if medal in MEDALS else place.refuse(f"medal {medal!r} must be one of {', '.join(MEDALS)}", name)


def _check_facts(place, verb, standing, facts, book):
    if verb == "correct" and not facts:
        place.refuse("a correction names what it corrects, for instance grade: 65")
    known = book.standing(standing).facts
    for name in facts:
        if name not in known:
            place.refuse(f"{standing} has no {name!r}; it takes {', '.join(known) or 'no facts'}", name)
    if verb == "standing" and (complaint := book.complaint(standing, _filled(standing, facts))):
        place.refuse(complaint)


def _filled(standing, facts):
    """A martyr's relative without a number is of one martyr."""
    return {"martyrs": 1, **facts} if standing == "martyr_relative" else facts


def _check_order(events):
    granted = {}
    for event in events:
        if event.verb == "standing":
            granted.setdefault(event.standing, event.day)
        elif event.verb != "died" and event.standing not in granted:
            event.place.refuse(f"{event.standing} was not granted before; put its `standing:` event first", event.verb)
        elif event.verb != "died" and event.day < granted[event.standing]:
            event.place.refuse(f"{event.day} is before the entitlement began on {granted[event.standing]}")


def _expect(place, first, last):
    expect = place.get("expect")
    if not isinstance(expect, Place):
        place.refuse("'expect' must be a mapping of months, like 2023-10: {due: 4016000}", "expect")
    found = {}
    for key, sums in expect.items():
        month = _month(expect, key, key)
        if not first <= month <= last:
            expect.refuse(f"{key} is not among the lists {as_date(first):%Y-%m} to {as_date(last):%Y-%m}", key)
        if not isinstance(sums, Place):
            expect.refuse(f"{key} must be a mapping like {{due: 4016000, arrears: 0, recovery: 0}}", key)
        _only(sums, SUMS)
        found[month] = {name: sums.whole(name, 0) for name in SUMS}
    return found
