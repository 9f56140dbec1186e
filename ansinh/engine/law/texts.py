"""Văn bản nạp thêm: a law file that comes after the package's own law, as a resolution of the province, a decree or a draft."""
import hashlib
from dataclasses import dataclass, replace

import polars as pl

from .book import ASSISTANCE, FIELDS, LEVEL_OF, Book
from .facts import Standing
from .places import Place, fault, parsed
from .rules import OWN_MONTHLY, RULES, lines_of, refuse_grades_without_line, rules_of, standings_of
from .schedules import SCHEDULE_KEYS, Instrument, Row, instruments_of, refuse_doubles_and_gaps, rows_of

TEXT_KEYS = {"title", "instruments", "schedules", "standings", "start_stop", "rules"}
# Nghị định 20/2021 Điều 4 khoản 3: what the People's Council may set higher.
LEVELS_OF_PROVINCE = (LEVEL_OF[ASSISTANCE],)


@dataclass(frozen=True, eq=False)
class LawText:
    """One law file, read and checked by itself: its instruments and rows, and the groups and rules that it brings.

    A rule has no day of its own: it draws lines of the same file only, and they say from which month.
    """

    name: str
    title: str
    instruments: dict[str, Instrument]
    rows: tuple[Row, ...]
    standings: dict[str, Standing]
    rules: tuple[dict, ...]

    def field_of(self, rule: dict, book: Book) -> str:
        """The field of a rule's standing, a new one or one that is loaded."""
        return {**book.standings, **self.standings}[rule["standing"]].field

    @property
    def since(self):
        """The first day from which an amount of it applies."""
        return min(row.since for row in self.rows)

    @property
    def single_level(self) -> Row | None:
        """The row of a text that decides one mức chuẩn and nothing else."""
        return self.rows[0] if len(self.rows) == 1 and self.rows[0].line in LEVEL_OF.values() else None

    def at(self, amount: int) -> "LawText":
        """The same text of one mức chuẩn with another amount."""
        return replace(self, rows=(replace(self.single_level, amount=amount),))

    @property
    def is_in_force(self) -> bool:
        """Whether every text that its amounts rest on has a day from which it is in force."""
        return all(row.instrument.in_force for row in self.rows)


def text_of(data: bytes, name: str, book: Book) -> LawText:
    """A law file beside the law that is loaded; refused with file, line, reason and remedy."""
    place = parsed(data, name)
    if not isinstance(place, Place):
        raise fault(f"{name}:1", "no_text", "the file must be one mapping with title, instruments and schedules")
    place.only(TEXT_KEYS)
    own = instruments_of(place.places("instruments"))
    for said, number in zip(place.places("instruments"), own, strict=True):
        if number in book.instruments and book.instruments[number].verified:
            said.refuse(f"{number} is loaded and verified; leave it out here and only cite it", "number", "instrument_loaded", number=number)
    known = {**book.instruments, **own}
    rows = [row for schedule in place.places("schedules") for row in _schedule(schedule, known)]
    if not rows:
        place.refuse("the file has no amounts; add schedules with lines", "schedules", "no_amounts")
    standings = standings_of(place.places("standings"), place.places("start_stop"), known, book.standings)
    found = LawText(name, place.text("title"), own, tuple(rows), standings, tuple(_rules(place, rows, standings, known, book)))
    _refuse_lines_nobody_draws(found, book)
    return found


def _rules(place, rows, standings, known, book):
    """The rules of a text, beside those that are loaded: they draw its own new lines."""
    loaded = {OWN_MONTHLY, *(row.line for row in (*book.levels, *book.schedule))}
    lines = {row.line for row in rows}
    for rule in place.places("rules"):
        if rule.get("line") in loaded:
            reason = f"{rule['line']!r} is paid already, from its own day; give the rule a new line of this file"
            rule.refuse(reason, "line", "rule_of_loaded_line", line=rule["line"])
    before = [row for field in FIELDS for row in book.rules[field].iter_rows(named=True)]
    found = rules_of(place.places("rules"), {**book.standings, **standings}, lines, known, before)
    refuse_grades_without_line(found, standings, place.where[0])
    return found


def _refuse_lines_nobody_draws(text, book):
    lines = {row.line for row in (*book.levels, *book.schedule)} | set(_drawn(text, book))
    for row in text.rows:
        if row.line not in lines:
            reason = f"{row.line!r} is no line of the loaded law, no rule would pay it; mend its name or add a rule"
            raise fault(row.where, "line_nobody_draws", reason, line=row.line)
        if row.is_local and row.line not in LEVELS_OF_PROVINCE:
            allowed = ", ".join(LEVELS_OF_PROVINCE)
            reason = f"a province does not decide {row.line!r}, only {allowed}; leave out province"
            raise fault(row.where, "not_of_province", reason, line=row.line, allowed=allowed)


def _drawn(text, book) -> dict[str, str]:
    """The new lines that the rules of a text draw, with their field."""
    by_rule = ((rule, text.field_of(rule, book)) for rule in text.rules)
    return {line: field for rule, field in by_rule for line in lines_of(rule)}


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
    standings = {**book.standings, **{code: found for text in texts for code, found in text.standings.items()}}
    level_lines = {row.line for row in book.levels}
    field_of = {row.line: field for field in FIELDS for row in book.schedules[field]}
    field_of |= {line: field for text in texts for line, field in _drawn(text, replace(book, standings=standings)).items()}
    return replace(
        book, standings=standings, rules={field: _with_rules(book.rules[field], texts, field, standings) for field in FIELDS},
        schedules={field: (*own[field], *(row for row in new if field_of.get(row.line) == field)) for field in FIELDS},
        levels=(*levels, *(row for row in new if row.line in level_lines)),
        instruments={**book.instruments, **{number: found for text in texts for number, found in text.instruments.items()}},
        digest=_digest(book, texts),
    )


def fields_of(text: LawText, book: Book) -> list[str]:
    """The fields (lĩnh vực) whose amounts a text changes: of its lines and rules, and those that reckon by its levels."""
    lines, drawn = {row.line for row in text.rows}, set(_drawn(text, book).values())
    return [field for field in FIELDS if field in drawn or any(row.line in lines or row.level in lines for row in book.schedules[field])]


def _with_rules(loaded, texts, field, standings):
    further = [rule for text in texts for rule in text.rules if standings[rule["standing"]].field == field]
    return pl.concat([loaded, pl.DataFrame(further, schema=RULES)]) if further else loaded


def _schedule(place, known):
    """The rows of one schedule of a law file; ``province: yes`` marks what the People's Council decided."""
    place.only(SCHEDULE_KEYS | {"province"})
    of_province = place.flag("province", False)
    schedule = Place({key: value for key, value in place.items() if key != "province"}, place.where, place.key_lines)
    return [replace(row, is_local=of_province) for row in rows_of(schedule, known)]


def _digest(book, texts):
    """What the law says with these texts, whatever their files are called."""
    said = sorted(repr((sorted(text.instruments.items()), text.rows, sorted(text.standings.items()), text.rules)) for text in texts)
    return hashlib.sha256(repr((book.digest, said)).encode()).hexdigest() if texts else book.digest
