"""Finding known phrases in what was read although letters of them are wrong: without accents, a few letters off."""
from functools import lru_cache

from .shapes import skeleton

# One letter in so many may be wrong, and a short phrase must be right.
LETTERS_FOR_A_FAULT = 8


@lru_cache(maxsize=16384)
def squeezed(text: str) -> str:
    """The letters and digits of a text without case and accents, and nothing between them."""
    return "".join(c for c in skeleton(text) if c.isalnum())


@lru_cache(maxsize=65536)
def distance(one: str, other: str, limit: int) -> int:
    """How many letters differ; ``limit`` + 1 where more do than that."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, match in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != match)))
        if min(row) > limit:
            return limit + 1
        above = row
    return min(above[-1], limit + 1)


def likeness(read: str, phrase: str) -> float:
    """1 where two squeezed texts are the same, 0 where they differ in more letters than reading gets wrong."""
    if read == phrase:
        return 1.0
    limit = len(phrase) // LETTERS_FOR_A_FAULT
    faults = distance(read, phrase, limit) if limit else 1
    return 1 - faults / (limit + 1) * 0.7 if faults <= limit else 0.0


def places(words: list[str], phrase: tuple[str, ...]) -> list[tuple[int, int, float]]:
    """Where a phrase stands among squeezed words: first, one past the last, likeness; a word may have been split or joined."""
    whole, found = "".join(phrase), []
    for first in range(len(words)):
        if not words[first] or not _begins(words[first], whole):
            continue
        best = max(
            ((likeness("".join(words[first:last]), whole), -abs(last - first - len(phrase)), last) for last in _ends(first, len(phrase), len(words))),
            default=(0.0, 0, first),
        )
        if best[0] > 0:
            found.append((first, best[2], best[0]))
    return found


def _ends(first, length, count):
    return range(first + max(1, length - 1), min(count, first + length + 1) + 1)


def _begins(word, whole):
    """A quick look that saves most of the work: of the first three letters two are right."""
    return word[:2] == whole[:2] or word[1:3] == whole[1:3] or word[0] == whole[0] and word[2:3] == whole[2:3]
