"""What years and a scanner do to a page, in four levels; the sets are damaged in different ways and amounts."""

from dataclasses import dataclass

import cv2
import numpy as np

from bench.ocr.forms.samples import Box

Span = tuple[float, float]


@dataclass(frozen=True)
class Damage:
    """Each span is drawn from evenly, per page. Lengths are pixels at 300 dpi; ``ribbon`` is the share of ink that is left."""

    skew: Span
    ribbon: Span
    blur: Span
    noise: Span
    shade: Span
    jpeg: tuple[int, int]
    folds: int = 0
    stains: int = 0
    specks: int = 0
    through: float = 0.0


CLEAN = Damage((0, 0), (1, 1), (0, 0), (0, 0), (0, 0), (92, 97))
LEVELS = {
    "development": (
        CLEAN,
        Damage((0.2, 0.6), (0.85, 1), (0.3, 0.6), (2, 4), (0, 10), (78, 86), specks=20),
        Damage((0.9, 1.6), (0.6, 0.85), (0.7, 1.0), (6, 9), (10, 30), (52, 62), folds=1, stains=1, specks=60),
        Damage((1.8, 2.8), (0.5, 0.75), (1.0, 1.4), (10, 14), (25, 55), (34, 42), folds=2, stains=2, specks=120),
    ),
    "unseen": (
        CLEAN,
        Damage((0.1, 0.8), (0.8, 1), (0.2, 0.7), (1, 6), (5, 15), (74, 88), folds=1, specks=10, through=0.03),
        Damage((0.7, 1.8), (0.65, 0.9), (0.5, 1.1), (3, 8), (5, 40), (48, 66), folds=1, stains=2, specks=90, through=0.05),
        Damage((1.6, 3.0), (0.55, 0.8), (0.8, 1.3), (6, 10), (20, 60), (32, 46), folds=3, stains=3, specks=160, through=0.08),
    ),
    "fresh": (
        CLEAN,
        Damage((0.2, 0.9), (0.82, 0.98), (0.3, 0.6), (2, 5), (8, 18), (72, 84), stains=1, specks=30),
        Damage((0.6, 1.9), (0.62, 0.88), (0.6, 1.0), (4, 8), (10, 42), (46, 62), folds=2, stains=1, specks=70, through=0.04),
        Damage((1.4, 2.9), (0.52, 0.8), (0.9, 1.3), (8, 12), (20, 58), (34, 46), folds=2, stains=3, specks=140, through=0.06),
    ),
}


def worn(picture: np.ndarray, damage: Damage, dpi: int, coarse: bool, rng) -> tuple[np.ndarray, np.ndarray]:
    """The page after wear, and the matrix that moved its points. ``coarse``: grain in clumps, fading in bands."""
    unit = dpi / 300
    picture = _faded(picture, rng.uniform(*damage.ribbon), coarse, rng)
    if damage.through:
        picture = _showing_through(picture, damage.through, rng)
    for _ in range(int(rng.integers(damage.folds + 1))):
        _fold(picture, dpi, rng)
    for _ in range(int(rng.integers(damage.stains + 1))):
        picture = _stained(picture, dpi, rng)
    picture, moved = _skewed(picture, rng.uniform(*damage.skew) * rng.choice((-1, 1)))
    if (sigma := rng.uniform(*damage.blur) * unit) > 0.1:
        picture = cv2.GaussianBlur(picture, (0, 0), sigma)
    picture = _shaded(picture, rng.uniform(*damage.shade), coarse, rng)
    _speckle(picture, damage.specks, dpi, rng)
    return _grained(picture, rng.uniform(*damage.noise), coarse, rng), moved


def through_jpeg(picture: np.ndarray, quality: int) -> np.ndarray:
    """RGB in and out, as the scanner's own JPEG left it."""
    packed = cv2.imencode(".jpg", picture[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(packed, cv2.IMREAD_COLOR)[:, :, ::-1]


def moved_box(box: Box, matrix: np.ndarray) -> Box:
    corners = np.array([(x, y, 1) for x in (box.left, box.right) for y in (box.top, box.bottom)])
    at = corners @ matrix.T
    (left, top), (right, bottom) = np.floor(at.min(0)).astype(int), np.ceil(at.max(0)).astype(int)
    return Box(int(left), int(top), int(right - left), int(bottom - top))


def _field(shape, cells: tuple[int, int], low: float, high: float, rng) -> np.ndarray:
    """Random numbers that change slowly over the page."""
    small = rng.uniform(low, high, cells).astype(np.float32)
    return cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def _faded(picture, left: float, bands: bool, rng):
    """Less ink, here more and there less: a tired ribbon."""
    if left > 0.99:
        return picture
    strength = _field(picture.shape, (60, 3) if bands else (24, 16), left - 0.12, min(1, left + 0.12), rng)
    paper = np.percentile(picture[::16, ::16].reshape(-1, 3), 90, axis=0).astype(np.float32)
    return np.clip(paper - (paper - picture) * strength[:, :, None], 0, 255).astype(np.uint8)


def _showing_through(picture, share: float, rng):
    """The writing of the other side, mirrored and soft."""
    other = cv2.GaussianBlur(np.roll(picture[:, ::-1], int(rng.integers(30, 200)), axis=0), (0, 0), 4)
    lost = ((255 - other.astype(np.float32)) * share).astype(np.uint8)
    return cv2.subtract(picture, lost)


def _fold(picture, dpi, rng):
    """A line across or down the page, dark on one side of the crease and light on the other."""
    across = rng.random() < 0.7
    length = picture.shape[0 if across else 1]
    at, width = int(length * rng.uniform(0.2, 0.8)), max(2, dpi // 60)
    for start, change in ((at - width, -int(rng.integers(15, 50))), (at, int(rng.integers(10, 40)))):
        part = picture[start : start + width] if across else picture[:, start : start + width]
        part[:] = np.clip(part.astype(np.int16) + change, 0, 255)


def _stained(picture, dpi, rng):
    """A brown ring with a paler middle, as of a cup or of damp."""
    height, width = picture.shape[:2]
    centre = int(rng.integers(width)), int(rng.integers(height))
    axes = int(dpi * rng.uniform(0.4, 1.4)), int(dpi * rng.uniform(0.4, 1.2))
    turn = int(rng.integers(180))
    mask = np.zeros((height, width), np.float32)
    cv2.ellipse(mask, centre, axes, turn, 0, 360, 0.5, -1)
    cv2.ellipse(mask, centre, axes, turn, 0, 360, 1.0, max(3, dpi // 30))
    mask = cv2.GaussianBlur(mask, (0, 0), dpi / 50)[:, :, None] * rng.uniform(0.3, 0.9)
    return (picture * (1 - mask * np.array([0.2, 0.32, 0.5], np.float32))).astype(np.uint8)


def _skewed(picture, degrees: float):
    if not degrees:
        return picture, np.array([[1.0, 0, 0], [0, 1.0, 0]])
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    margin = tuple(int(part) for part in np.median(picture[:8].reshape(-1, 3), axis=0))
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=margin), matrix


def _shaded(picture, depth: float, blotched: bool, rng):
    if depth < 1:
        return picture
    if blotched:
        light = _field(picture.shape, (5, 4), -depth, 0, rng)
    else:
        light = np.add.outer(np.linspace(0, -depth, picture.shape[0]), np.linspace(0, -depth / 2, picture.shape[1])).astype(np.float32)
        light = np.ascontiguousarray(light[:: rng.choice((-1, 1)), :: rng.choice((-1, 1))])
    return np.clip(picture + light[:, :, None], 0, 255).astype(np.uint8)


def _speckle(picture, count: int, dpi, rng):
    height, width = picture.shape[:2]
    for _ in range(int(rng.integers(count + 1))):
        grey = int(rng.integers(40, 140))
        cv2.circle(picture, (int(rng.integers(width)), int(rng.integers(height))), int(rng.integers(1, max(2, dpi // 90))), (grey,) * 3, -1)


def _grained(picture, sigma: float, coarse: bool, rng):
    if sigma < 0.5:
        return picture
    scale = 2 if coarse else 1
    small = rng.standard_normal((-(-picture.shape[0] // scale), -(-picture.shape[1] // scale)), np.float32) * np.float32(sigma)
    if coarse:
        small = cv2.resize(small, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR) * np.float32(1.2)
    return np.clip(picture + small[:, :, None], 0, 255).astype(np.uint8)
