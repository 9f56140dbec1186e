"""A run of words as one text in which each character still knows its word: values are found in the text, boxes by words."""
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby

from ansinh.dossiers.words import Box, Word, box_of

from .near import squeezed

FULL_LINE, LONGEST_PARAGRAPH = 0.82, 120
# A gap of so many heights stands between cells, not between words.
WIDE = 1.5
_GLUED = re.compile(r"([^\W\d_]{2,}[):]?:)(?=[\w(])")


@dataclass(frozen=True)
class Run:
    """Words that follow one another."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with one space between them."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def squeezed(self) -> list[str]:
        """Each word without case, accents and signs."""
        return [squeezed(word.text) for word in self.words]

    @cached_property
    def box(self) -> Box:
        """The box around all words."""
        return box_of(self.words)

    @cached_property
    def _starts(self):
        return list(accumulate((len(word.text) + 1 for word in self.words), initial=0))

    def between(self, start: int, end: int) -> "Run":
        """The words of which any character stands from ``start`` to before ``end`` of the text."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return Run(self.words[first : last + 1])

    def part(self, first: int, last: int | None = None) -> "Run":
        """The words from number ``first`` to before number ``last``."""
        return Run(self.words[first:last])

    def then(self, other: "Run") -> "Run":
        """This run and the other after it."""
        return Run(self.words + other.words)


def told_apart(words: Sequence[Word]) -> list[Word]:
    """The words with ``sinh:12/3/1950`` taken apart after the colon, and the thin stroke of a fraction as the one of a date."""
    found: list[Word] = []
    for word in words:
        text = word.text.replace("\u2044", "/")
        glued = _GLUED.match(text)
        if glued:
            wide = round(word.box.width * glued.end() / len(text))
            found.append(replace(word, text=text[: glued.end()], box=replace(word.box, width=wide)))
            word, text = replace(word, box=replace(word.box, left=word.box.left + wide, width=word.box.width - wide)), text[glued.end() :]
        found.append(word if text == word.text else replace(word, text=text))
    return found


def lines_of(words: Sequence[Word]) -> list[Run]:
    """The lines of a page, in the order in which they were read."""
    return [Run(tuple(line)) for _number, line in groupby(words, lambda word: word.line)]


def paragraphs_of(lines: list[Run]) -> list[Run]:
    """Lines that reach the right margin joined with the line below, where the sentence goes on."""
    margin = FULL_LINE * max((line.box.right for line in lines), default=0)
    found: list[Run] = []
    for line in lines:
        open_end = bool(found) and found[-1].words[-1].box.right > margin
        if open_end and len(found[-1].words) < LONGEST_PARAGRAPH:
            found[-1] = found[-1].then(line)
        else:
            found.append(line)
    return found
