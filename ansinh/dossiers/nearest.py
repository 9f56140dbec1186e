"""Where on a page a value stands: the words nearest to it, accents, spaces and letter case aside."""
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from ansinh.engine.text.names import fold

from .words import Box, Word, box_of

LEAST_ALIKE, LEAST_TO_OFFER = 0.72, 0.4
LONGEST_SPAN = 14
# Letters that a reader takes for digits; only where the value is digits and the run holds one.
_LOOK_ALIKES = str.maketrans("liozsbg", "1102589")
_ISO = re.compile(r"^\d{4}(-\d{2}){0,2}$")


@dataclass(frozen=True)
class Place:
    """A run of words that may be the value: its words as read, its box, how alike it is (0..1)."""

    text: str
    box: Box
    alike: float


def nearest(words: Iterable[Word], value: str) -> Box | None:
    """The box of the words nearest to a plain value; ``None`` where nothing on the page is near."""
    found = places(words, value, limit=1)
    return found[0].box if found else None


def places(words: Iterable[Word], value: str, *, limit: int = 6, least: float = LEAST_ALIKE) -> list[Place]:
    """Runs of words on one line that are like the value, the most alike first; runs that share words are told once."""
    words = [word for word in words if _plain(word.text)]
    runs = _dated(words, value) if _ISO.match(value) and len(value) > 4 else _alike(words, _plain(value), least)
    found, taken = [], set()
    for alike, start, end in sorted(runs, key=lambda run: (-run[0], run[2] - run[1], run[1])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found.append(Place(" ".join(word.text for word in words[start:end]), box_of(words[start:end]), alike))
        if len(found) == limit:
            break
    return found


def _plain(text):
    """Letters and digits only, without marks; look-alikes of digits stay letters: they are what is to be found."""
    return fold(text).replace(" ", "")


def _alike(words, wanted, least) -> Iterator[tuple[float, int, int]]:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for start, end, text in _runs(words, len(wanted) * 2 + 2):
        if wanted.isdigit() and any(c.isdigit() for c in text):
            text = text.translate(_LOOK_ALIKES)
        if len(text) * 2 < len(wanted):
            continue
        matcher.set_seq1(text)
        if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and (alike := matcher.ratio()) >= least:
            yield alike, start, end


def _dated(words, value) -> Iterator[tuple[float, int, int]]:
    """Runs whose numbers are those of the day or month, in Vietnamese order; words such as *ngày* may stand between."""
    wanted = [int(part) for part in reversed(value.split("-"))]
    for start in range(len(words)):
        numbers = []
        for end in range(start, min(start + LONGEST_SPAN, len(words))):
            if words[end].line > words[start].line + 1:
                break
            numbers += [int(number) for number in re.findall(r"\d+", words[end].text)]
            if numbers == wanted and any(c.isdigit() for c in words[start].text):
                yield 1.0, start, end + 1
            if len(numbers) >= len(wanted):
                break


def _runs(words, longest) -> Iterator[tuple[int, int, str]]:
    for start in range(len(words)):
        text = ""
        for end in range(start, min(start + LONGEST_SPAN, len(words))):
            if words[end].line != words[start].line:
                break
            text += _plain(words[end].text)
            if len(text) > longest:
                break
            yield start, end + 1, text
