"""What stands at the head and the foot of a paper without a label: its number, its day, who signed it."""
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import takewhile
from pathlib import Path

from ansinh.dossiers.words import Box
from ansinh.engine.law.places import listed

from .kinds import RECITALS, phrase
from .labels import Candidate, Label
from .lexicon import Lexicon
from .near import places
from .people import name
from .runs import Run
from .value import Value
from .values import first_day, paper_number

OFFICIALS = Path(__file__).resolve().parents[2] / "law" / "dossiers" / "officials.yaml"
HEAD, FOOT, SECOND_CHOICE, THIRD_CHOICE, LAST_PART = 0.42, 0.42, 0.7, 0.5, 0.7
# The head of a half page is long for its page: so many first lines belong to it too.
HEAD_LINES = 8
# Words after which a day is not the paper's own: from, until, issued, born, fallen, wounded, enlisted, dead, discharged.
OTHER_DAYS = {"tu", "den", "cap", "sinh", "thuong", "ngu", "chet", "mat", "tran", "vien", "truoc", "trong", "bat", "tha", "hang"}
_YEAR = re.compile(r"(?:19|20)\d\d[.,;]?")
NAME_WORDS, LONELY = (2, 5), 6
_QUOTES, CUT_OFF = "\"“”'.,", 0.4
REST_OF_A_DAY, LONGEST_REST = {"thang", "nam", "ngay"}, 5


def numbered(lines: list[Run], lexicon: Lexicon) -> Iterable[Candidate]:
    """The paper's own number at its head, after ``Số``."""
    for line in takewhile(lambda line: not "".join(line.squeezed).startswith(RECITALS), _upper(lines)):
        for place, word in enumerate(line.squeezed):
            following = line.part(place + 1 if any(line.squeezed[place + 1 : place + 2]) else place + 2, place + 6)
            if word in ("so", "s0", "50", "sot") and (value := _paper_number_at(following, lexicon)):
                yield Candidate("decision_number", value, "head", 1.0)
                return
        if (value := _paper_number_at(line.part(0, 2), lexicon)) and value.fit == 1.0:
            # The word Số is thin and easily lost.
            yield Candidate("decision_number", value, "head", SECOND_CHOICE)
            return


def _paper_number_at(run: Run, lexicon: Lexicon) -> Value | None:
    """A number that begins the run: one that stands later belongs to what is named between, as a dossier's does."""
    value = paper_number(run, lexicon) if run.words else None
    return value if value and value.run.words[0] is run.words[0] else None


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
            if value := first_day(run) or first_day(_with_rest_below(run, lines[number + 1 : number + 3])):
                return value
    return None


def _is_of_nothing_else(line: Run, place: int) -> bool:
    """Whether no word before a day says what else happened then, and no number that it is the day of another paper."""
    before = line.squeezed[place - 1] if place else ""
    return before not in OTHER_DAYS and not any(c.isdigit() for c in before)


def signed(lines: list[Run], lexicon: Lexicon, *, of_an_office: bool) -> Iterable[Candidate]:
    """The name under an official's title at the foot; on papers that people write themselves the last name is their own."""
    lower = _lower(lines)
    titles = [part for line in lower for part in _titles(line)]
    for title in titles:
        below = [
            found for line in lower if line.box.top > title.box.bottom for part in _columns(line)
            if (found := _name_in(part, lexicon)) and _under(found.run.box, title.box)
        ]
        if below:
            yield Candidate("signer", max(below, key=lambda value: (value.fit, value.run.box.top)), "foot", 1.0)
    if not titles and of_an_office:
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


def _with_rest_below(run: Run, below: list[Run]) -> Run:
    """A day that a narrow column broke: its month or year stands on the next line, under it."""
    for line in below:
        under = [place for place, word in enumerate(line.words) if word.box.left + word.box.width / 2 > run.box.left - 2 * run.box.width]
        for place in under:
            if _YEAR.fullmatch(line.words[place].text):
                begun = place
                while begun and begun - 1 in under and place - begun < LONGEST_REST and _is_of_a_day(line.squeezed[begun - 1]):
                    begun -= 1
                return run.then(line.part(begun, place + 1))
    return run


def _is_of_a_day(word: str) -> bool:
    return word in REST_OF_A_DAY or word.isdigit() and len(word) < 3


def _upper(lines):
    bottom = max(line.box.bottom for line in lines)
    return [line for number, line in enumerate(lines) if line.box.top < bottom * HEAD or number < HEAD_LINES]


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
    begun = [value for value in found if lexicon.is_family(value.plain.split()[0])]
    if begun:
        best = max(begun, key=lambda value: (len(value.run.words), value.fit))
        return replace(best, fit=best.fit * CUT_OFF) if _lost_its_beginning(best, column) else best
    return max((replace(value, fit=value.fit * 0.6) for value in found), key=lambda value: value.fit, default=None)


def _lost_its_beginning(value: Value, column: Run) -> bool:
    """Whether another word with a capital stands before the name, as a family that was misread does."""
    first = column.words.index(value.run.words[0])
    before = column.words[first - 1] if first else None
    return before is not None and before.text.strip(_QUOTES)[:1].isupper() and value.run.words[0].box.left - before.box.right < before.box.height


def _under(box: Box, title: Box) -> bool:
    middle = box.left + box.width / 2
    return title.left - title.width / 2 < middle < title.right + title.width / 2
