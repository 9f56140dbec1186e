"""Reading worked cases; anything unclear is refused with file, line, reason and remedy."""
import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ..law import Book, LawError
from ..law.facts import FLAGS, WHOLE, WORDS
from ..law.places import Place, read
from ..months import as_date, as_month
from ..terms import FACTS

VERBS = ("standing", "stop", "suspend", "resume", "correct", "died", "poor", "near_poor", "local")
HOUSEHOLD = ("poor", "near_poor")
COMMON = ("learnt", "withdrawn")
SUMS = ("due", "arrears", "recovery", "cancelled")
CASE_KEYS = {"case", "born", "sex", "events", "lists", "expect", "note"}
SEXES = ("male", "female")
# Days beyond these are slips of the pen; months of lists are those of which a calendar can be read.
EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)
FIRST_LIST = as_month(date(2000, 1, 1))


# A martyr's relative without a number is of one martyr, and so is who worships one.
NO_NUMBER = {"martyr_relative": {"martyrs": 1}, "martyr_worship": {"martyrs": 1}}
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class CaseError(LawError):
    """A case cannot be read."""


@dataclass(frozen=True)
class Event:
    """What the office learnt on a day: ``verb`` of ``standing`` from or until ``day``, with facts; ``withdrawn`` when it was undone."""

    learnt: date
    verb: str
    standing: str
    day: date
    facts: dict
    place: Place = field(compare=False, repr=False)
    withdrawn: date | None = None

    def is_known(self, on: date) -> bool:
        """Whether the office went by it at the end of a day: learnt and not undone."""
        return self.learnt <= on and (self.withdrawn is None or on < self.withdrawn)


@dataclass(frozen=True)
class Case:
    """One case: its events in the order of learning, the months of its lists, and what is expected of some of them."""

    name: str
    events: tuple[Event, ...]
    first: int
    last: int
    expect: dict[int, dict[str, int]]
    born: date | None
    local: tuple[tuple[date, date, int], ...]
    place: Place = field(compare=False, repr=False)


def read_cases(path: Path, book: Book) -> list[Case]:
    """Every case of a file."""
    data = read(path)
    if not isinstance(data, list) or not data or not all(isinstance(item, Place) for item in data):
        raise CaseError(f"{path.name}:1: the file must be a list of cases, each beginning with `- case:` in the first column")
    cases = [_case(place, book) for place in data]
    names = set()
    for case in cases:
        if case.name in names:
            case.place.refuse(f"case {case.name!r} stands twice; give it another name", "case")
        names.add(case.name)
    return cases


def _case(place, book):
    place.only(CASE_KEYS)
    name = place.text("case").strip() or place.refuse("the case has no name; give it one", "case")
    born = _born(place)
    if "sex" in place and place["sex"] not in SEXES:
        place.refuse(f"sex {place['sex']!r} must be one of {', '.join(SEXES)}", "sex")
    first, last = _lists(place)
    said = place.places("events") or place.refuse("'events' is missing; say what the office learnt", "events")
    local = tuple(sorted(_local(event) for event in said if "local" in event))
    events = [_undone(_event(event, book, born)) for event in said if "local" not in event]
    events = sorted(events, key=lambda e: e.learnt)
    _check_order(events, book)
    return Case(name, tuple(events), first, last, _expect(place, first, last), born if "born" in place else None, local, place)


def _local(place) -> tuple[date, date, int]:
    """The province's own level of assistance: when it was decided, from which day it applies, đồng.

    ``{learnt: 2021-12-10, local: {standard: 400000, since: 2022-01-01}}``
    """
    place.only({"learnt", "local"})
    said = place["local"]
    if not isinstance(said, Place):
        place.refuse("'local' must be a mapping like {standard: 400000, since: 2022-01-01}", "local")
    said.only({"standard", "since"})
    since = _day(said, "since")
    if since.day != 1:
        said.refuse(f"since {since} is not the first of a month; amounts apply by whole months", "since")
    return _day(place, "learnt"), since, said.whole("standard")


def _born(place) -> date:
    """The day of birth; of a year alone its first day, of an unknown one the earliest."""
    value = place.get("born", EARLIEST)
    if isinstance(value, int) and not isinstance(value, bool) and EARLIEST.year <= value <= LATEST.year:
        return date(value, 1, 1)
    return _day(place, "born") if "born" in place else EARLIEST


def _lists(place):
    lists = place.get("lists")
    if not isinstance(lists, Place):
        place.refuse("'lists' must be {from: 2023-06, to: 2023-10}", "lists")
    lists.only({"from", "to"})
    first, last = _month(lists, lists.get("from"), "from"), _month(lists, lists.get("to"), "to")
    if last < first:
        lists.refuse("'to' is before 'from'; write the earlier month first", "to")
    return first, last


def _month(place, value, key) -> int:
    text = str(value)
    found = MONTH.fullmatch(text)
    if not found:
        place.refuse(f"{text!r} is no month; write it like 2023-06", key)
    month = as_month(date(int(found[1]), int(found[2]), 1))
    if not FIRST_LIST <= month <= as_month(LATEST):
        place.refuse(f"{text} is not a month of lists; from 2000-01 to {LATEST:%Y-%m}", key)
    return month


def _day(place, key) -> date:
    day = place.day(key)
    if not EARLIEST <= day <= LATEST:
        place.refuse(f"{key!r} is {day}; write a day from {EARLIEST} to {LATEST}", key)
    return day


def _event(place, book, born):
    verbs = [verb for verb in VERBS if verb in place]
    if len(verbs) != 1:
        place.refuse(f"an event says exactly one of {', '.join(VERBS)}; here: {', '.join(verbs) or 'none'}")
    verb, learnt = verbs[0], _day(place, "learnt")
    if verb == "died":
        place.only({*COMMON, "died"})
        return _after_birth(Event(learnt, verb, "", _day(place, "died"), {}, place), born)
    if verb in HOUSEHOLD:
        place.only({*COMMON, verb, "since"})
        poverty = verb if place.flag(verb) else "none"
        return _after_birth(Event(learnt, "household", "", _day(place, "since"), {"poverty": poverty}, place), born)
    standing, when = place.text(verb), "until" if verb == "stop" else "since"
    if standing not in book.standings:
        place.refuse(f"{standing!r} is no standing; one of {', '.join(book.standings)}", verb)
    place.only({*COMMON, verb, when} | (set(FACTS) if verb in ("standing", "correct") else set()))
    facts = {name: _fact(place, name, book.standing(standing)) for name in FACTS if name in place}
    if verb == "standing" and "born" in book.standing(standing).facts and "born" not in facts and born > EARLIEST:
        facts["born"] = born
    if verb == "correct" and not facts:
        place.refuse("a correction names what it corrects, for instance grade: 65")
    return _after_birth(Event(learnt, verb, standing, _day(place, when), facts, place), born)


def _undone(event):
    if "withdrawn" not in event.place:
        return event
    withdrawn = _day(event.place, "withdrawn")
    if withdrawn < event.learnt:
        event.place.refuse(f"what was learnt on {event.learnt} cannot be undone on {withdrawn}, before that; mend one of the days", "withdrawn")
    return replace(event, withdrawn=withdrawn)


def _after_birth(event, born):
    if event.day < born or event.learnt < born:
        event.place.refuse(f"{min(event.day, event.learnt)} is before the birth on {born}; mend one of the days")
    if event.verb == "died" and event.learnt < event.day:
        event.place.refuse(f"a death on {event.day} cannot be learnt on {event.learnt}, before it happened; mend one of the days")
    return event


def _fact(place, name, standing):
    if name not in standing.facts:
        place.refuse(f"{standing.code} has no {name!r}; it takes {', '.join(standing.facts) or 'no facts'}", name)
    if name in WHOLE:
        return place.whole(name)
    if name in FLAGS:
        return place.flag(name)
    if name == "born":
        return _day(place, name)
    word = place.text(name)
    return word if word in WORDS[name] else place.refuse(f"{name} {word!r} must be one of {', '.join(sorted(WORDS[name]))}", name)


def _check_order(events, book):
    """In the order of learning: nothing is changed before it was granted, and the law's tables can be read by the facts."""
    granted: dict[str, date] = {}
    facts: dict[str, dict] = {}
    for event in events:
        if event.verb in ("died", "household"):
            continue
        if event.verb == "standing":
            granted[event.standing], facts[event.standing] = event.day, dict(NO_NUMBER.get(event.standing, {}))
        elif event.standing not in granted:
            event.place.refuse(f"{event.standing} was not granted before {event.learnt}; put its `standing:` event first", event.verb)
        elif event.day < granted[event.standing]:
            event.place.refuse(f"{event.day} is before the entitlement began on {granted[event.standing]}; mend one of the days")
        facts[event.standing] |= event.facts
        if complaint := book.complaint(event.standing, facts[event.standing]):
            event.place.refuse(complaint)


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
        sums.only(SUMS)
        found[month] = {name: _sum(sums, name) for name in SUMS}
    return found


def _sum(sums, name):
    amount = sums.whole(name, 0)
    return amount if amount >= 0 else sums.refuse(f"{name!r} is {amount}; sums are never below 0, use recovery", name)
