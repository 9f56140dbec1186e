"""The product's reader, stage by stage, so that each can be measured; the only part of the bench that knows it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from unittest import mock

import numpy as np

from ansinh.dossiers.reading import labels, upright
from ansinh.dossiers.reading.correct import correct
from ansinh.dossiers.reading.fields import Found, fields_of, found_with_signs
from ansinh.dossiers.reading.kinds import kind_of, phrase
from ansinh.dossiers.reading.lexicon import load
from ansinh.dossiers.reading.prepare import Prepared, prepare
from ansinh.dossiers.reading.recognise import recognise
from ansinh.dossiers.reading.sure import confidence
from ansinh.dossiers.words import Word


@dataclass(frozen=True)
class Part:
    """A page of the scan, made ready: two for an image of two pages; ``left`` is where it begins in the upright image."""

    ready: Prepared
    left: int


class Stages:
    """What the reader does with an image, in its order."""

    def __init__(self):
        self.lexicon = load()
        self.changed = frozenset()
        self.kind_sure = 0

    def turn(self, image: np.ndarray) -> int:
        """Degrees clockwise that make it upright."""
        return upright.quarter_turn(image)

    def prepare(self, standing: np.ndarray, dpi: int) -> list[Part]:
        middle = upright.gutter(standing)
        cuts = [0, standing.shape[1]] if middle is None else [0, middle, standing.shape[1]]
        return [Part(prepare(np.ascontiguousarray(standing[:, a:b]), dpi), a) for a, b in zip(cuts, cuts[1:], strict=False)]

    def recognise(self, parts: list[Part]) -> list[list[Word]]:
        return [[_moved(word, part.left) for word in recognise(part.ready)] for part in parts]

    def correct(self, pages: list[list[Word]]) -> list[list[Word]]:
        both = [correct(words, self.lexicon) for words in pages]
        self.changed = frozenset(words[one.place].box for words, corrections in both for one in corrections if one.place < len(words))
        return [words for words, _corrections in both]

    def kind(self, pages: list[list[Word]]) -> str:
        kind, self.kind_sure = next(((kind, sure) for kind, sure in map(kind_of, pages) if kind), ("", 0))
        return kind

    def words(self, image: np.ndarray, dpi: int) -> list[list[Word]]:
        """All stages down to words as recognised."""
        return self.recognise(self.prepare(np.rot90(image, -self.turn(image) // 90), dpi))

    def signs(self, kind: str, pages: list[list[Word]]) -> Iterator[tuple[str, str, dict[str, float]]]:
        """Field, value and signs of every suggestion."""
        for words in pages:
            for best, signs in found_with_signs(kind, words, self.lexicon, self.changed, self.kind_sure):
                yield best.field, best.value.plain, signs

    @staticmethod
    def sure(signs: dict[str, float], table: dict[str, float]) -> int:
        return confidence(signs, table)

    def fields(self, kind: str, pages: list[list[Word]]) -> list[Found]:
        """Of several pages, the surest suggestion for each field."""
        best: dict[str, Found] = {}
        for found in (one for words in pages for one in fields_of(kind, words, self.lexicon, self.changed, self.kind_sure)):
            if found.name not in best or found.confidence > best[found.name].confidence:
                best[found.name] = found
        return list(best.values())


@contextmanager
def unlisted(lines: Iterable[str]):
    """The reader as if no label that stands in these lines were in its list."""
    texts = [" " + " ".join(phrase(line)) + " " for line in lines]
    known = tuple(row for row in labels.known_labels() if not any(f" {' '.join(row[2])} " in text for text in texts))
    with mock.patch.object(labels, "known_labels", lambda: known):
        yield


def _moved(word: Word, x: int) -> Word:
    return replace(word, box=replace(word.box, left=word.box.left + x)) if x else word
