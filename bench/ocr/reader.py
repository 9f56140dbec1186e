"""The product's reader, stage by stage, so that each can be measured; the only part of the bench that knows it."""

from dataclasses import dataclass, replace

import numpy as np

from ansinh.dossiers.reading import upright
from ansinh.dossiers.reading.correct import correct
from ansinh.dossiers.reading.fields import Found, fields_of
from ansinh.dossiers.reading.kinds import kind_of
from ansinh.dossiers.reading.lexicon import load
from ansinh.dossiers.reading.prepare import Prepared, prepare
from ansinh.dossiers.reading.recognise import recognise
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
        return [correct(words, self.lexicon)[0] for words in pages]

    def kind(self, pages: list[list[Word]]) -> str:
        return next((kind for kind, _sure in map(kind_of, pages) if kind), "")

    def fields(self, kind: str, pages: list[list[Word]]) -> list[Found]:
        """Of several pages, the surest suggestion for each field."""
        best: dict[str, Found] = {}
        for found in (one for words in pages for one in fields_of(kind, words, self.lexicon)):
            if found.name not in best or found.confidence > best[found.name].confidence:
                best[found.name] = found
        return list(best.values())


def _moved(word: Word, x: int) -> Word:
    return replace(word, box=replace(word.box, left=word.box.left + x)) if x else word
