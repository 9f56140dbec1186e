"""Văn bản nạp thêm: a law file that comes after the package's own law, as a resolution of the province, a decree or a draft."""
import hashlib
from dataclasses import dataclass, replace

from .book import ASSISTANCE, FIELDS, LEVEL_OF, Book
from .places import LawError, Place, parsed
from .schedules import SCHEDULE_KEYS, Instrument, Row, instruments_of, refuse_doubles_and_gaps, rows_of

TEXT_KEYS = {"title", "instruments", "schedules"}
# Nghị định 20/2021 Điều 4 khoản 3: what the People's Council may set higher.
LEVELS_OF_PROVINCE = (LEVEL_OF[ASSISTANCE],)


@dataclass(frozen=True, eq=False)
class LawText:
    """One law file, read and checked by itself: its instruments and its rows."""

    name: str
    title: str
    instruments: dict[str, Instrument]
    rows: tuple[Row, ...]

    @property
    def since(self):
        """The first day from which an amount of it applies."""
        return min(row.since for row in self.rows)

    @property
    def is_in_force(self) -> bool:
        """Whether every text that its amounts rest on has a day from which it is in force."""
        return all(row.instrument.in_force for row in self.rows)


def text_of(data: bytes, name: str, book: Book) -> LawText:
    """A law file beside the law that is loaded; refused with file, line, reason and remedy."""
    place = parsed(data, name)
    if not isinstance(place, Place):
        raise LawError(f"{name}:1: the file must be one mapping with title, instruments and schedules")
    place.only(TEXT_KEYS)
    own = instruments_of(place.places("instruments"))
    for said, number in zip(place.places("instruments"), own, strict=True):
        if number in book.instruments and book.instruments[number].verified:
            said.refuse(f"{number} is loaded and verified; leave it out here and only cite it", "number")
    known = {**book.instruments, **own}
    rows = [row for schedule in place.places("schedules") for row in _schedule(schedule, known, book)]
    if not rows:
        place.refuse("the file has no amounts; add schedules with lines", "schedules")
    return LawText(name, place.text("title"), own, tuple(rows))


def with_texts(book: Book, texts: list[LawText], *, trial=False) -> Book:
    """The book with further texts; in a ``trial`` no other text that is not in force counts.

    A row takes the place of one of the same line, day and instrument that nobody has compared with the original.
    """
    new = [row for text in texts for row in text.rows]
    restated = {(row.line, row.since, row.instrument.number, row.is_local) for row in new}

    def kept(row):
        if trial and row.instrument.in_force is None:
            return False
        return row.verified or (row.line, row.since, row.instrument.number, row.is_local) not in restated

    lines = {row.line for row in new if not row.is_local}
    levels, own = tuple(filter(kept, book.levels)), {field: tuple(filter(kept, book.schedules[field])) for field in FIELDS}
    before = [row for row in (*levels, *own[FIELDS[0]], *own[FIELDS[1]]) if row.line in lines and not row.is_local]
    refuse_doubles_and_gaps([*before, *(row for row in new if not row.is_local)])
    refuse_doubles_and_gaps([*(row for row in levels if row.is_local), *(row for row in new if row.is_local)])
    level_lines = {row.line for row in book.levels}
    field_of = {row.line: field for field in FIELDS for row in book.schedules[field]}
    schedules = {field: (*own[field], *(row for row in new if field_of.get(row.line) == field)) for field in FIELDS}
    return replace(
        book, levels=(*levels, *(row for row in new if row.line in level_lines)), schedules=schedules,
        instruments={**book.instruments, **{number: found for text in texts for number, found in text.instruments.items()}},
        digest=_digest(book, texts),
    )


def fields_of(text: LawText, book: Book) -> list[str]:
    """The fields (lĩnh vực) whose amounts a text changes: those of its lines, and those that reckon by its levels."""
    lines = {row.line for row in text.rows}
    return [field for field in FIELDS if any(row.line in lines or row.level in lines for row in book.schedules[field])]


def _schedule(place, known, book):
    """The rows of one schedule of a law file; ``province: yes`` marks what the People's Council decided."""
    place.only(SCHEDULE_KEYS | {"province"})
    of_province = place.flag("province", False)
    schedule = Place({key: value for key, value in place.items() if key != "province"}, place.where, place.key_lines)
    lines = {row.line for row in (*book.levels, *book.schedule)}
    for row in rows_of(schedule, known):
        if row.line not in lines:
            raise LawError(f"{row.where}: {row.line!r} is no line of the loaded law, no rule would pay it; mend its name")
        if of_province and row.line not in LEVELS_OF_PROVINCE:
            raise LawError(f"{row.where}: a province does not decide {row.line!r}, only {', '.join(LEVELS_OF_PROVINCE)}; leave out province")
        yield replace(row, is_local=of_province)


def _digest(book, texts):
    """What the law says with these texts, whatever their files are called."""
    said = sorted(repr((sorted(text.instruments.items()), text.rows)) for text in texts)
    return hashlib.sha256(repr((book.digest, said)).encode()).hexdigest() if texts else book.digest
