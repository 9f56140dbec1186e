"""The work of reading in a bounded child: a page in, plain values out."""
from pathlib import Path

import cv2

from ansinh.dossiers.words import Box

from .lexicon import load
from .reader import read_page

cv2.setNumThreads(1)


def read(path: str, number: int, turn: int, cut: list[int] | None, dpi: int, names: list[list[str]]) -> dict:
    """What was read of a page, as it is kept: words, corrections, found values, kind, confidence, cost.

    ``names``: family, middle and given words of the office's own register.
    """
    lexicon = load(tuple(map(tuple, names)))
    said = read_page(Path(path), number=number, turn=turn, cut=cut, dpi=dpi, lexicon=lexicon)
    return {
        "words": [[word.text, *_sides(word.box), word.confidence, word.line] for word in said.words],
        "corrections": [[correction.place, correction.read, correction.rule] for correction in said.corrections],
        "found": [[one.name, one.value, one.raw, *_sides(one.box), one.confidence, one.rule] for one in said.found],
        "kind": said.kind, "kind_confidence": said.kind_confidence, "confidence": said.confidence, "cost": said.cost_ms, "reader": said.reader,
    }


def _sides(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.width, box.height
