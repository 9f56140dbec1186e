"""Words as they stand on a page: text, place, how sure the reader was. Every part of the module speaks in these."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Box:
    """Vùng trên trang: pixels of the page as turned upright by quarter turns, before any straightening."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to the right of the box."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row below the box."""
        return self.top + self.height

    def around(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Box(left, top, max(self.right, other.right) - left, max(self.bottom, other.bottom) - top)


@dataclass(frozen=True, slots=True)
class Word:
    """Từ trên trang: its text, its box, confidence 0..100, and the number of its text line on the page, from 0."""

    text: str
    box: Box
    confidence: int
    line: int


def text_of(words: Iterable[Word]) -> str:
    """The words as text: a space between words, a line break between lines."""
    return "\n".join(" ".join(word.text for word in line) for _number, line in groupby(words, lambda word: word.line))


def box_of(words: Iterable[Word]) -> Box:
    """The smallest box that holds all the words; at least one is needed."""
    first, *others = (word.box for word in words)
    for box in others:
        first = first.around(box)
    return first
