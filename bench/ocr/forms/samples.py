"""What is known of a generated page: every printed word with its box, the kind of paper, the fields."""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from PIL import Image


class Box(NamedTuple):
    """Pixels of the page turned upright by quarter turns, with its skew left as it is."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def around(self, other: "Box") -> "Box":
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Box(left, top, max(self.right, other.right) - left, max(self.bottom, other.bottom) - top)


@dataclass(frozen=True, slots=True)
class TruthWord:
    """A printed word. ``line`` counts visual lines; cells of one row that stand side by side share their lines."""

    text: str
    box: Box
    line: int


@dataclass(frozen=True, slots=True)
class TruthField:
    """``printed`` is what stands on the paper, ``value`` its plain form: ISO day, ISO month, digits, name as written."""

    field: str
    value: str
    printed: str
    box: Box


@dataclass(frozen=True, slots=True)
class Sample:
    """A scan. ``quarter_turns`` clockwise make it upright; ``ignored`` are boxes of notes by hand, signatures and seals: not in the text."""

    image: Image.Image
    dpi: int
    quarter_turns: int
    text: str
    words: tuple[TruthWord, ...]
    kind: str
    fields: tuple[TruthField, ...]
    ignored: tuple[Box, ...]
    level: int
    look: str
    font: str
    gutter: int | None


def text_of(words) -> str:
    return "\n".join(" ".join(word.text for word in line) for _number, line in groupby(words, lambda word: word.line))
