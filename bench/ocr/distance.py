"""How far what was read is from what is printed: edit distance in characters, whatever order the reader took the columns in."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from bench.ocr.forms.samples import Box, Sample

LEADER = re.compile(r"[.…]{3,}|…+|(?<=\s)\.\.(?=\s)")


def edits(read: str, truth: str) -> int:
    """Levenshtein distance: characters put in, left out or changed."""
    if len(read) < len(truth):
        read, truth = truth, read
    across = np.array([ord(letter) for letter in read], np.int32)
    places = np.arange(len(read) + 1)
    row = places.copy()
    for number, letter in enumerate(truth, 1):
        best = np.minimum(row[1:] + 1, row[:-1] + (across != ord(letter)))
        # Leaving out characters of a run is a running minimum once each place is taken off.
        row = np.minimum.accumulate(np.concatenate(([number], best)) - places) + places
    return int(row[-1])


def folded(text: str) -> str:
    """White space as one space, and without leaders: a reader that gives their dots is as right as one that leaves them out."""
    return " ".join(LEADER.sub(" ", unicodedata.normalize("NFC", text)).split())


def texts(read: Iterable[tuple[str, Box]], sample: Sample) -> tuple[str, str]:
    """Both texts in the order of the printed lines, so that only letters count and not which column came first.

    A read word belongs to the printed line that it overlaps most; one that overlaps none stays at the nearest line, unless its
    middle lies in a region of handwriting, a signature or a seal: then it is left out, for the truth has no words for it.
    """
    boxes = np.array([word.box for word in sample.words], float)
    lines: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for text, box in read:
        line = _line(box, boxes, sample)
        if line is not None:
            lines[line].append((box.left + box.width / 2, text))
    found = " ".join(text for line in sorted(lines) for _x, text in sorted(lines[line]))
    order = sorted(sample.words, key=lambda word: (word.line, word.box.left))
    return folded(found), folded(" ".join(word.text for word in order))


def _line(box: Box, boxes: np.ndarray, sample: Sample) -> int | None:
    left, top, width, height = boxes.T
    across = np.clip(np.minimum(left + width, box.right) - np.maximum(left, box.left), 0, None)
    down = np.clip(np.minimum(top + height, box.bottom) - np.maximum(top, box.top), 0, None)
    if (shared := across * down).max() > 0:
        return sample.words[int(shared.argmax())].line
    x, y = box.left + box.width / 2, box.top + box.height / 2
    if any(b.left <= x <= b.right and b.top <= y <= b.bottom for b in sample.ignored):
        return None
    return sample.words[int(np.hypot(left + width / 2 - x, 3 * (top + height / 2 - y)).argmin())].line
