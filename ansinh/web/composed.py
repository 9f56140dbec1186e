"""Pages that several modules make together: panels, events of a timeline, and what the search box finds.

Modules put them here from their ``desks.py``; a module that is not installed leaves no trace.
"""
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import wraps


@dataclass(frozen=True)
class Panel:
    """A sheet of a page: ``query(subject, account, known)`` gives its content, ``None`` leaves it out.

    ``page`` names the page (``person``), ``place`` its order, ``side`` the right column; the template gets ``panel.title``
    and ``panel.content``. ``known`` is the day up to which the office's knowledge counts, ``None`` is now.
    """

    page: str
    title: str
    place: int
    template: str
    query: Callable
    shown_to: Callable = lambda account: True
    side: bool = False


@dataclass(frozen=True)
class Filled:
    """A panel with its content, ready to be shown."""

    title: str
    template: str
    content: object
    side: bool


@dataclass(frozen=True)
class Event:
    """A line of a timeline: a day, words, what lies under them, đồng if any; ``tone`` is due, owe or law."""

    day: date
    words: str
    small: str = ""
    url: str = ""
    amount: int | None = None
    tone: str = ""


@dataclass(frozen=True)
class Found:
    """Something that the search box found."""

    words: str
    small: str
    url: str


@dataclass(frozen=True)
class Search:
    """What a module can find: ``query(text, account)`` gives a few ``Found``, best first; ``page`` is the address of all of them."""

    title: str
    query: Callable[[str, object], Iterable[Found]]
    page: str = ""


@dataclass(frozen=True)
class FoundHere:
    """What one module found; ``page`` is the name of the address that shows all of it, where it has one."""

    title: str
    hits: list[Found]
    page: str


@dataclass(frozen=True)
class AreaFigure:
    """A figure that is counted by unit and opens into its persons: ``persons(account)`` gives a query of their ids."""

    name: str
    title: str
    persons: Callable


PANELS: list[Panel] = []
AREA_FIGURES: list[AreaFigure] = []
TIMELINES: list[tuple[str, Callable]] = []
SEARCHES: list[Search] = []


def put(*things: Panel | Search | AreaFigure):
    """Put panels, searches and figures where pages will find them."""
    for thing in things:
        known = {Panel: PANELS, Search: SEARCHES, AreaFigure: AREA_FIGURES}[type(thing)]
        if thing not in known:
            known.append(thing)


def area_figure(name: str | None) -> AreaFigure | None:
    """The figure of this name, else the first that was put."""
    return next((figure for figure in AREA_FIGURES if figure.name == name), AREA_FIGURES[0] if AREA_FIGURES else None)


def put_events(page: str, query: Callable):
    """Let ``query(subject, account, known)`` give events to the timeline of a page."""
    if (page, query) not in TIMELINES:
        TIMELINES.append((page, query))


def panels_of(page: str, subject, account, *, known: date | None = None) -> list[Filled]:
    """The panels of a page that the account sees and that have something to say, in their order."""
    wanted = sorted((p for p in PANELS if p.page == page and p.shown_to(account)), key=lambda panel: panel.place)
    kept = _KEPT.set({})
    try:
        filled = [Filled(str(p.title), p.template, p.query(subject, account, known), p.side) for p in wanted]
    finally:
        _KEPT.reset(kept)
    return [panel for panel in filled if panel.content is not None]


_KEPT: ContextVar[dict | None] = ContextVar("kept", default=None)


def once_a_page(query: Callable) -> Callable:
    """What several panels ask for is found once while the panels of a page are filled; anywhere else each time."""
    @wraps(query)
    def asked(*args):
        kept = _KEPT.get()
        if kept is None:
            return query(*args)
        if (query, args) not in kept:
            kept[query, args] = query(*args)
        return kept[query, args]

    return asked


def timeline_of(page: str, subject, account, *, known: date | None = None) -> list[Event]:
    """The events that all modules know of a subject, newest first."""
    events = [event for place, query in TIMELINES if place == page for event in query(subject, account, known)]
    return sorted(events, key=lambda event: event.day, reverse=True)


def found_for(text: str, account) -> list[FoundHere]:
    """What every module finds; those that find nothing are left out."""
    results = (FoundHere(str(search.title), list(search.query(text, account)), search.page) for search in SEARCHES)
    return [found for found in results if found.hits]


DOORS: dict[str, Callable[[str], str]] = {}


def put_door(name: str, address: Callable[[str], str]):
    """Say which page opens a subject (``registry.person``) or carries out an act on it (``benefits.stop``): id in, address out."""
    DOORS[name] = address


def address_of(key: str, *, act: str = "") -> str:
    """The page of a subject named in a task or in the journal (``registry.person:12``), of the act on it where there is one."""
    kind, _colon, number = key.partition(":")
    door = DOORS.get(act) or DOORS.get(kind)
    return door(number) if door and number else ""


@dataclass(frozen=True)
class Checked:
    """All that a stranger learns of a paper by its code: nothing of whom it is about, who has it and what for."""

    words: str
    note: str
    day: date
    issuer: str
    sha256: str = ""
    is_void: bool = False


CHECKS: list[Callable[[str], Checked | None]] = []


def put_check(look: Callable[[str], Checked | None]):
    """Let the public page find a module's papers: code in, what may be said of it out."""
    if look not in CHECKS:
        CHECKS.append(look)


def checked(code: str) -> Checked | None:
    """The paper that bears a code; every module looks each time, so that the time tells nothing."""
    found = [look(code) for look in CHECKS]
    return next((paper for paper in found if paper), None)


UNDOINGS: list[Callable] = []


def put_undoing(query: Callable):
    """Let ``query(entries)`` say what undoing journal lines (ids, with their parts) changes in a module: effects out."""
    if query not in UNDOINGS:
        UNDOINGS.append(query)


def undoing(entries: Iterable[int]) -> list:
    """What undoing journal lines changes besides the rows that they recorded, as all modules know it."""
    entries = list(entries)
    return [effect for query in UNDOINGS for effect in query(entries)]


@dataclass(frozen=True)
class Draft:
    """A letter that could be issued to a person: the subject it rests on, for which kinds, with which values."""

    key: str
    words: str
    field: str
    kinds: tuple[str, ...]
    values: dict


DRAFTS: list[Callable] = []


def put_drafts(query: Callable):
    """Let ``query(person, account)`` give drafts of letters; values by the names that the kinds of letters ask for."""
    if query not in DRAFTS:
        DRAFTS.append(query)


def drafts_of(person, account) -> list[Draft]:
    """The drafts of a person that all modules know, within the reader's rights."""
    return [draft for query in DRAFTS for draft in query(person, account)]


PLACES: list[Callable[[Iterable[str]], dict[str, str]]] = []


def put_places(names: Callable[[Iterable[str]], dict[str, str]]):
    """Say how area paths are called today: paths in, names by path out."""
    PLACES[:] = [names]


def place_names(paths: Iterable[str]) -> dict[str, str]:
    """Names of area paths; a path that nobody can name stands for itself."""
    paths = set(paths)
    named = PLACES[0](paths) if PLACES else {}
    return {path: named.get(path, path) for path in paths}


PROOFS: list[Callable] = []


def put_proofs(query: Callable):
    """Let ``query(subject, account)`` say what is proved: kind of row, row id and name of the value in, address of the proof out."""
    if query not in PROOFS:
        PROOFS.append(query)


def proofs_of(subject, account) -> dict[tuple[str, int, str], str]:
    """Where the values of a subject are proved, within the reader's rights."""
    return {key: url for query in PROOFS for key, url in query(subject, account).items()}
