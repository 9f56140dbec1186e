"""What stands at the head and the foot of a paper without a label: its number, its day, who signed it."""
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from ansinh.dossiers.words import Box
from ansinh.engine.law.places import listed

from .kinds import phrase
from .labels import Candidate, Label
from .lexicon import Lexicon, plain
from .near import places
from .runs import Run
from .values import Value, first_day, name, paper_number

OFFICIALS = Path(__file__).resolve().parents[2] / "law" / "dossiers" / "officials.yaml"
HEAD, FOOT, SECOND_CHOICE, THIRD_CHOICE, LAST_PART = 0.42, 0.42, 0.7, 0.5, 0.7
# Words after which a day is not the paper's own: from, until, issued, born, fallen, wounded, enlisted, dead, discharged.
OTHER_DAYS = {"tu", "den", "cap", "sinh", "thuong", "ngu", "chet", "mat", "tran", "vien", "truoc", "trong", "bat", "tha", "hang"}
_YEAR = re.compile(r"(?:19|20)\d\d[.,;]?")
NAME_WORDS, LONELY = (2, 5), 6


def numbered(lines: list[Run], lexicon: Lexicon) -> Iterable[Candidate]:
    """The paper's own number at its head, after ``Số``."""
    for line in _upper(lines):
        for place, word in enumerate(line.squeezed):
            if word in ("so", "s0", "50", "sot") and (value := paper_number(line.part(place + 1, place + 5), lexicon)):
                yield Candidate("decision_number", value, "head", 1.0)
                return
        if (value := paper_number(line.part(0, 2), lexicon)) and value.fit == 1.0 and value.run.words[0] is line.words[0]:
            # The word Số is thin and easily lost.
            yield Candidate("decision_number", value, "head", SECOND_CHOICE)
            return


def dated(lines: list[Run], labels: list[list[Label]], *, at_the_head: bool) -> Iterable[Candidate]:
    """The day beside the place at the head; at the foot on papers that people write themselves, or where the head has none."""
    upper, lower = ([number for number, line in enumerate(lines) if line in part] for part in (_upper(lines), _lower(lines)))
    places = (upper, lower[::-1]) if at_the_head else (lower[::-1], upper)
    ways = [(places[0], _begins_a_column, 1.0), (places[0], _is_of_nothing_else, SECOND_CHOICE)]
    ways += [(places[1], _begins_a_column, SECOND_CHOICE), (places[1], _is_of_nothing_else, THIRD_CHOICE)]
    for numbers, stands_well, fit in ways:
        for number in numbers:
            if value := _day_in(lines, number, labels[number], stands_well):
                yield Candidate("decision_date", value, "place and day", fit)
                return


def _day_in(lines: list[Run], number: int, labels: list[Label], stands_well) -> Value | None:
    line = lines[number]
    for place, word in enumerate(line.squeezed):
        if word == "ngay" and stands_well(line, place) and not any(label.first <= place < label.last for label in labels):
            run = line.part(place, place + 6)
            if value := first_day(run) or first_day(_with_year_below(run, lines[number + 1 : number + 3])):
                return value
    return None


def _is_of_nothing_else(line: Run, place: int) -> bool:
    """Whether no word before a day says what else happened then."""
    return not place or line.squeezed[place - 1] not in OTHER_DAYS


def signed(lines: list[Run], lexicon: Lexicon) -> Iterable[Candidate]:
    """The name under an official's title at the foot."""
    lower = _lower(lines)
    titles = [part for line in lower for part in _titles(line)]
    for title in titles:
        below = [
            found for line in lower if line.box.top > title.box.bottom for part in _columns(line)
            if (found := _name_in(part, lexicon)) and _under(found.run.box, title.box)
        ]
        if below:
            yield Candidate("signer", max(below, key=lambda value: (value.fit, value.run.box.top)), "foot", 1.0)
    if not titles:
        yield from _last_on_the_right(lines, lexicon)


def _last_on_the_right(lines: list[Run], lexicon: Lexicon) -> Iterable[Candidate]:
    """Without a known title, the name that stands last on the right."""
    right, bottom = max(line.box.right for line in lines), max(line.box.bottom for line in lines)
    names = [
        found for line in lines if line.box.top > LAST_PART * bottom for part in _columns(line)
        if part.box.left + part.box.width / 2 > right / 2 and len(part.words) <= NAME_WORDS[1] + 1
        if (found := _name_in(part, lexicon)) and lexicon.is_family(found.plain.split()[0])
    ]
    if names:
        yield Candidate("signer", names[-1], "last on the right", 1.0, 2)


def _begins_a_column(line: Run, place: int) -> bool:
    """Whether a day may be the paper's own: at the beginning, after a place's name, not inside a sentence."""
    if not place:
        return True
    before, word = line.words[place - 1], line.words[place]
    return before.text.endswith(",") or before.text[:1].isupper() or word.box.left - before.box.right > 2 * word.box.height


def _with_year_below(run: Run, below: list[Run]) -> Run:
    """A day whose year stands on the next line, under it."""
    for line in below:
        for place, word in enumerate(line.words):
            middle = word.box.left + word.box.width / 2
            if _YEAR.fullmatch(word.text) and middle > run.box.left - 2 * run.box.width:
                year = line.part(place - 1, place + 1) if place and line.squeezed[place - 1] == "nam" else line.part(place, place + 1)
                return run.then(year)
    return run


def _upper(lines):
    bottom = max(line.box.bottom for line in lines)
    return [line for line in lines if line.box.top < bottom * HEAD]


def _lower(lines):
    bottom = max(line.box.bottom for line in lines)
    return [line for line in lines if line.box.top > bottom * FOOT]


@cache
def _officials():
    return tuple(phrase(text) for row in listed(OFFICIALS) for text in row["titles"])


def _titles(line: Run) -> Iterable[Run]:
    """Titles of officials in capitals; the longest of those that overlap."""
    found = []
    for words in sorted(_officials(), key=len, reverse=True):
        for first, last, _fit in places(line.squeezed, words):
            part = line.part(first, last)
            alone = len(line.words) <= LONELY or sum(c.isupper() for c in part.text) * 2 > len(part.text)
            if alone and not any(first < end and start < last for start, end in found):
                found.append((first, last))
                yield part


def _columns(line: Run) -> Iterable[Run]:
    """A line of signatures cut at its wide gaps."""
    first = 0
    for place in range(1, len(line.words) + 1):
        if place == len(line.words) or line.words[place].box.left - line.words[place - 1].box.right > 2 * line.words[place].box.height:
            yield line.part(first, place)
            first = place


def _name_in(column: Run, lexicon: Lexicon) -> Value | None:
    """The most name-like row of words in a column, among strokes of signature and seal."""
    found = [
        value for length in range(NAME_WORDS[1], NAME_WORDS[0] - 1, -1) for first in range(len(column.words) - length + 1)
        if (value := name(column.part(first, first + length), lexicon)) and len(value.run.words) == length
    ]
    begun = [value for value in found if plain(value.run.words[0].text) in lexicon.family]
    if begun:
        return max(begun, key=lambda value: (len(value.run.words), value.fit))
    return max((replace(value, fit=value.fit * 0.6) for value in found), key=lambda value: value.fit, default=None)


def _under(box: Box, title: Box) -> bool:
    middle = box.left + box.width / 2
    return title.left - title.width / 2 < middle < title.right + title.width / 2
