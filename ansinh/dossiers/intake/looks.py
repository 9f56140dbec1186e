"""What a page looks like: whether it is blank, and a print of 64 bits by which the same page is found again."""
import cv2
import numpy as np

SIDE = 1_000
MARGIN = 0.04
# Ink is this much darker than the paper around it; what shines through from the back is paler.
DARKER = 45
# Letters of a text line at this size; dust is smaller, edges and folds are longer.
LETTER_HEIGHTS, SMALLEST_AREA = (6, 60), 12
FEWEST_LETTERS = 6
MOST_INK = 0.003
WAVES = 32


def is_blank(grey: np.ndarray) -> bool:
    """Whether nothing is written on the page: hardly any ink, and hardly anything of the size of letters."""
    ink = _ink(grey)
    if ink.mean() / 255 > MOST_INK:
        return False
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights, areas = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_AREA]
    letters = (heights >= LETTER_HEIGHTS[0]) & (heights <= LETTER_HEIGHTS[1]) & (areas >= SMALLEST_AREA)
    return int(letters.sum()) < FEWEST_LETTERS


def look_of(grey: np.ndarray) -> str:
    """Dấu ảnh: which of the 64 coarsest waves of the picture are stronger than their median, as 16 hex digits."""
    small = cv2.resize(grey, (WAVES, WAVES), interpolation=cv2.INTER_AREA).astype(np.float32)
    coarsest = cv2.dct(small)[1:9, 1:9]
    return np.packbits((coarsest > np.median(coarsest)).ravel()).tobytes().hex()


def _ink(grey):
    scale = SIDE / max(grey.shape)
    small = grey if scale >= 1 else cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    down, across = (round(length * MARGIN) for length in small.shape)
    small = small[down : small.shape[0] - down or None, across : small.shape[1] - across or None]
    paper = cv2.medianBlur(cv2.resize(small, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), 31)
    paper = cv2.resize(paper, small.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return ((cv2.subtract(paper, small) > DARKER) * np.uint8(255)).astype(np.uint8)
