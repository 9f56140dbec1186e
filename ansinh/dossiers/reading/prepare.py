"""A page made fit for the recogniser: red channel, even background, straightened, lightly blurred; and the way back.

The steps and their figures were chosen by a trial on pages that are not those of the benchmark; each costs tens of milliseconds.
"""
import math
from dataclasses import dataclass

import cv2
import numpy as np

from ansinh.dossiers.words import Box

from .ruling import unruled

# More than this tells the recogniser nothing and costs it memory.
BEST_DPI, LEAST_DPI, MOST_PIXELS = 300, 72, 18_000_000
QUARTER = 4
# At a quarter of 300 dpi, letters are thinner and paper stains wider than these.
THICKER_THAN_LETTERS, WIDTH_OF_STAINS = 15, 21
BLUR_AT_300_DPI = 0.9
STEEPEST, COARSE, FINE = 5.0, 0.5, 0.1
MOST_POINTS, INK = 60_000, 160


@dataclass(frozen=True)
class Prepared:
    """Ảnh đã chuẩn bị: grey, straight; ``back`` leads from its pixels to those of the page (2 × 3)."""

    image: np.ndarray
    dpi: int
    angle: float
    back: np.ndarray

    def to_page(self, box: Box) -> Box:
        """The smallest box on the page that holds the one on the prepared image."""
        corners = np.array([[x, y, 1] for x in (box.left, box.right) for y in (box.top, box.bottom)], dtype=float) @ self.back.T
        (left, top), (right, bottom) = np.floor(corners.min(axis=0)), np.ceil(corners.max(axis=0))
        left, top = max(0, int(left)), max(0, int(top))
        return Box(left, top, max(1, int(right) - left), max(1, int(bottom) - top))


def prepare(image: np.ndarray, dpi: int, scale: float = 1.0) -> Prepared:
    """The page (BGR or grey) as the recogniser reads it best; the image may already be ``scale`` times the page."""
    grey = red(image)
    smaller = fitting_scale(*grey.shape, dpi)
    if smaller < 1:
        grey = cv2.resize(grey, None, fx=smaller, fy=smaller, interpolation=cv2.INTER_AREA)
    even = evened(grey)
    angle = skew(even)
    straight, back = _straightened(even, angle)
    working = max(LEAST_DPI, round(dpi * smaller))
    blurred = cv2.GaussianBlur(straight, (0, 0), BLUR_AT_300_DPI * working / 300)
    return Prepared(unruled(blurred, working), working, angle, back / (smaller * scale))


def red(image: np.ndarray) -> np.ndarray:
    """The red channel, in which red seals fade; a grey image is what it is."""
    return image if image.ndim == 2 else np.ascontiguousarray(image[:, :, 2])


def fitting_scale(height: int, width: int, dpi: int) -> float:
    """By how much an image is made smaller before it is read; 1 where it is not."""
    return min(1.0, BEST_DPI / dpi, math.sqrt(MOST_PIXELS / (height * width)))


def evened(grey: np.ndarray) -> np.ndarray:
    """The page divided by its background, estimated on a quarter-size copy where letters vanish."""
    height, width = grey.shape
    small = cv2.resize(grey, (max(1, width // QUARTER), max(1, height // QUARTER)), interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((THICKER_THAN_LETTERS, THICKER_THAN_LETTERS), np.uint8))
    paper = cv2.medianBlur(paper, WIDTH_OF_STAINS)
    return cv2.divide(grey, cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), scale=255)


def skew(even: np.ndarray) -> float:
    """Degrees by which the lines of text fall to the right; 0 where none is seen."""
    ys, xs = ink_points(even)
    if len(ys) < 100:
        return 0.0
    rough = _sharpest(xs, ys, np.arange(-STEEPEST, STEEPEST + COARSE / 2, COARSE))
    return round(_sharpest(xs, ys, np.arange(rough - COARSE, rough + COARSE + FINE / 2, FINE)), 2)


def ink_points(even: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of dark points on a third-size copy, a sample of them where there are many."""
    small = cv2.resize(even, None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(small < INK)
    step = max(1, len(ys) // MOST_POINTS)
    return ys[::step], xs[::step]


def profile(xs: np.ndarray, ys: np.ndarray, degrees: float) -> np.ndarray:
    """How many points lie on each line of text that falls by so many degrees."""
    rows = np.round(ys - xs * math.tan(math.radians(degrees))).astype(np.int64)
    return np.bincount(rows - rows.min())


def sharpness(lines: np.ndarray) -> float:
    """How clearly lines of text and gaps take turns."""
    return float(np.square(np.diff(lines.astype(float))).sum())


def _sharpest(xs, ys, angles) -> float:
    return float(max(angles, key=lambda angle: sharpness(profile(xs, ys, angle))))


def _straightened(even, angle):
    if abs(angle) < FINE:
        return even, np.array([[1.0, 0, 0], [0, 1, 0]])
    height, width = even.shape
    there = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    straight = cv2.warpAffine(even, there, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    return straight, cv2.invertAffineTransform(there)
