"""Life events in law: which event leads to which acts, tasks and letters, from which day, by which article."""
import dataclasses
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path

from ..months import as_month, last_day, next_month
from .book import FOLDER, Book
from .own import book
from .places import Place, listed

EVENT_KEYS = {"event", "acts", "followups", "letters", "family"}
COMMON = {"words", "article", "verified", "field", "standings", "grade", "cause", "when"}
KEYS = {
    "acts": COMMON | {"act", "day", "values"}, "followups": COMMON | {"code", "working_days"}, "letters": COMMON,
    "family": COMMON | {"grant", "note"},
}
DAYS: dict[str, Callable[[date], date]] = {
    "same_day": lambda day: day,
    "end_of_month": lambda day: last_day(as_month(day)),
    "first_of_month": lambda day: day.replace(day=1),
    "first_of_next_month": next_month,
}
ALWAYS = "always"


@dataclasses.dataclass(frozen=True)
class EventRule:
    """One line of an event: when it counts, in words, with its article; what else it says depends on its kind."""

    words: str
    article: str
    verified: bool
    field: str = ""
    standings: tuple[str, ...] = ()
    grade: tuple[int | None, int | None] = (None, None)
    cause: str = ""
    when: str = ALWAYS
    act: str = ""
    day: str = ""
    values: dict = dataclasses.field(default_factory=dict)
    code: str = ""
    working_days: int = 0
    grant: str = ""
    note: str = ""

    def day_of(self, event_day: date) -> date:
        """The day from which (or to the end of which) the act holds."""
        return DAYS[self.day](event_day)

    def fits(self, standing: str, grade: int | None, legal_field: str) -> bool:
        """Whether the line speaks of such an entitlement."""
        low, high = self.grade
        in_grade = low is None or (grade is not None and low <= grade <= high)
        return (not self.field or self.field == legal_field) and (not self.standings or standing in self.standings) and in_grade


@dataclasses.dataclass(frozen=True)
class EventLaw:
    """Sự kiện trong đời, as the law has it: acts on entitlements, tasks and letters that follow, what the family may claim."""

    event: str
    acts: tuple[EventRule, ...]
    followups: tuple[EventRule, ...]
    letters: tuple[EventRule, ...]
    family: tuple[EventRule, ...]


@cache
def life_events() -> dict[str, EventLaw]:
    """Every event of the office's law by its name."""
    return load_events(FOLDER / "life_events.yaml", book())


def load_events(path: Path, law: Book) -> dict[str, EventLaw]:
    """Read a file of events; refused with file, line and reason where an act, standing, day or article is not known."""
    found: dict[str, EventLaw] = {}
    for place in listed(path):
        place.only(EVENT_KEYS)
        name = place.text("event")
        if name in found:
            place.refuse(f"event {name!r} stands twice; keep one", "event")
        found[name] = EventLaw(name, *(tuple(_rules(place, kind, law)) for kind in KEYS))
    return found


def _rules(event: Place, kind: str, law: Book) -> Iterable[EventRule]:
    for place in event.places(kind):
        place.only(KEYS[kind])
        _cited(place, law)
        place.names(place.get("standings", ()), "standings", law.standings)
        place.names([place["grant"]] if "grant" in place else [], "grant", law.standings)
        if kind == "acts" and place.text("day") not in DAYS:
            place.refuse(f"day {place['day']!r} must be one of {', '.join(DAYS)}", "day")
        yield _rule(place, kind)


def _rule(place, kind):
    own = {
        "acts": lambda: {"act": place.text("act"), "day": place.text("day"), "values": dict(place.get("values", {}))},
        "followups": lambda: {"code": place.text("code"), "working_days": place.whole("working_days", 0)},
        "letters": dict,
        "family": lambda: {"grant": place.text("grant"), "note": place.text("note", "")},
    }
    return EventRule(
        words=place.text("words"), article=place.text("article", ""), verified=place.flag("verified"), field=place.text("field", ""),
        standings=tuple(place.get("standings", ())), grade=place.span("grade"), cause=place.text("cause", ""),
        when=place.text("when", ALWAYS), **own[kind](),
    )


def _cited(place, law):
    """An article begins with the number of a loaded instrument; a line without one can only be unverified."""
    number = place.text("article", "").split(" ")[0]
    if not number and place.flag("verified"):
        place.refuse("a verified line names its article; add it or write `verified: no`")
    if number and number not in law.instruments:
        place.refuse(f"{number} is not in instruments.yaml; add the instrument or mend the citation", "article")
