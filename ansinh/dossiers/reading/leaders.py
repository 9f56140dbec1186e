"""Rows of dots that lead the eye to the margin are painted over: a recogniser makes letters of them, and of what stands beside."""
import cv2
import numpy as np

# Inches: how large a dot is at most, how far the next one is, how much higher or lower it may stand.
DOT, REACH, BAND = 1 / 33, 1 / 9, 1 / 40
FEWEST = 8
INK = 160


def without_leaders(straight: np.ndarray, dpi: int) -> np.ndarray:
    """The straight page without rows of eight or more small dots; single dots, full stops and marks of letters stay."""
    ink = (straight < INK).astype(np.uint8)
    _count, _labels, shapes, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = np.flatnonzero((shapes[:, cv2.CC_STAT_WIDTH] <= DOT * dpi) & (shapes[:, cv2.CC_STAT_HEIGHT] <= DOT * dpi))
    dots = small[in_rows(middles[small], dpi)]
    if not len(dots):
        return straight
    cleaned, margin = straight.copy(), max(1, dpi // 150)
    for left, top, width, height, _area in shapes[dots]:
        cleaned[max(0, top - margin) : top + height + margin, max(0, left - margin) : left + width + margin] = 255
    return cleaned


def in_rows(middles: np.ndarray, dpi: int) -> np.ndarray:
    """Which points (x, y) stand in a row; bands of the page are looked at twice, so that no row lies on the edge of both."""
    found = np.zeros(len(middles), bool)
    for shift in (0.0, 0.5):
        bands = np.floor(middles[:, 1] / (BAND * dpi) + shift)
        order = np.lexsort((middles[:, 0], bands))
        parted = (np.diff(bands[order]) != 0) | (np.diff(middles[order, 0]) > REACH * dpi)
        row = np.concatenate(([0], np.cumsum(parted)))[: len(order)]
        found[order] |= np.bincount(row, minlength=1)[row] >= FEWEST
    return found
