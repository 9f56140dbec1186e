"""Which way a page lies, and where an image of two pages is to be parted; by the places of letters; read only in doubt."""
from dataclasses import dataclass

import cv2
import numpy as np

from .prepare import evened, prepare, profile, red, sharpness
from .recognise import missing, recognise

# Letters are seen well enough on so small a copy; what is larger or smaller than a letter there is none.
SMALL, SMALLEST_LETTER, LARGEST_LETTER, FEWEST_POINTS = 1260, 4, 70, 6
PALEST_INK = 215
STEEPEST, STEP = 4.0, 0.25
FEWEST_LETTERS = 60
# Where feet and heads of letters are nearly as well in line (few lines, many capitals), the page is read both ways up.
DOUBT, READ_SIDE, READ_DPI, READABLE = 1.35, 1600, 140, 60
# Two pages side by side: wider than high, and between them a band, near the middle, that letters leave free.
WIDER, MIDDLE, FREE_BAND, STRAY, LEAST_SHARE = 1.1, (0.35, 0.65), 0.015, 0.004, 0.1


@dataclass(frozen=True)
class Letters:
    """Left, right, top and bottom edges of what may be letters, in pixels of a small copy that is ``scale`` of the image."""

    left: np.ndarray
    right: np.ndarray
    top: np.ndarray
    bottom: np.ndarray
    scale: float
    width: int
    height: int


def quarter_turn(image: np.ndarray) -> int:
    """Degrees clockwise (0, 90, 180, 270) by which the image is turned to stand upright; 0 where that cannot be told.

    Letters stand on lines: their feet are in line, more than their heads, and both more than their sides.
    """
    seen = _letters(image)
    if len(seen.left) < FEWEST_LETTERS:
        return 0
    feet_below, feet_above = _in_line((seen.left + seen.right) / 2, seen.bottom, seen.top)
    feet_right, feet_left = _in_line((seen.top + seen.bottom) / 2, seen.right, seen.left)
    found = {0: feet_below, 180: feet_above, 90: feet_right, 270: feet_left}
    best = max(found, key=found.get)
    opposite = (best + 180) % 360
    return best if found[best] >= DOUBT * found[opposite] else _readable(image, best, opposite)


def gutter(image: np.ndarray) -> int | None:
    """The column at which an image that holds two pages is to be parted; ``None`` where it holds one."""
    seen = _letters(image)
    if seen.width < seen.height * WIDER or len(seen.left) < FEWEST_LETTERS:
        return None
    covered = np.zeros(seen.width + 1)
    np.add.at(covered, seen.left, 1)
    np.add.at(covered, seen.right, -1)
    first, last = (round(seen.width * share) for share in MIDDLE)
    begin, end = _longest(np.cumsum(covered)[first:last] <= len(seen.left) * STRAY)
    parted = first + (begin + end) // 2
    share = (seen.right < parted).mean()
    if end - begin < seen.width * FREE_BAND or not LEAST_SHARE <= share <= 1 - LEAST_SHARE:
        return None
    return round(parted / seen.scale)


def _readable(image, best, opposite) -> int:
    """Of two ways up the one in which words are found; without Tesseract a page that may be upright stays as it lies."""
    if missing():
        return 0 if 0 in (best, opposite) else best
    scale = min(1.0, READ_SIDE / max(image.shape))
    small = cv2.resize(red(image), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return max((best, opposite), key=lambda turn: _legible(np.ascontiguousarray(np.rot90(small, -turn // 90))))


def _legible(image) -> int:
    return sum(len(word.text) for word in recognise(prepare(image, READ_DPI)) if word.confidence >= READABLE)


def _letters(image) -> Letters:
    grey = red(image)
    scale = min(1.0, SMALL / max(grey.shape))
    small = evened(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    ink, _same = cv2.threshold(small, 0, 255, cv2.THRESH_OTSU)
    _count, _labels, found, _centres = cv2.connectedComponentsWithStats((small < min(ink, PALEST_INK)).astype(np.uint8), connectivity=8)
    left, top, width, height, points = found[1:].T
    longer = np.maximum(width, height)
    kept = (longer < LARGEST_LETTER) & (longer >= SMALLEST_LETTER) & (points >= FEWEST_POINTS)
    if kept.any():
        # Marks above and below letters are smaller than these.
        kept &= longer >= 0.7 * np.median(longer[kept])
    left, top, width, height = left[kept], top[kept], width[kept], height[kept]
    return Letters(left, left + width, top, top + height, scale, small.shape[1], small.shape[0])


def _in_line(along, one, other) -> tuple[float, float]:
    """How well one edge of letters and the other are in line, at the angle at which either is best."""
    angles = np.arange(-STEEPEST, STEEPEST + STEP / 2, STEP)
    best = max(angles, key=lambda angle: max(_lined_up(along, one, angle), _lined_up(along, other, angle)))
    return _lined_up(along, one, best), _lined_up(along, other, best)


def _lined_up(along, edge, angle):
    return sharpness(profile(along, edge, angle))


def _longest(free: np.ndarray) -> tuple[int, int]:
    """Begin and end of the longest run of true."""
    steps = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
    runs = list(zip(steps[::2], steps[1::2], strict=True))
    return max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
