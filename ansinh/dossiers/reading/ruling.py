"""Dotted leaders and ruled lines taken off a page: the recogniser takes them for letters and spoils the whole line of text."""
import cv2
import numpy as np

# In inches: dots, the gap between two dots of a leader, the shortest leader, and the thickness of its row.
DOT, GAP, SHORTEST, ROW = 0.033, 0.11, 0.3, 0.045
# A line that is ruled is longer than any stroke of a letter, and thin.
RULE, THICKEST_RULE = 0.6, 0.03
INK = 215
WHITE = 255


def unruled(straight: np.ndarray, dpi: int) -> np.ndarray:
    """The page without leaders and ruled lines; letters that touch a line keep what is theirs."""
    ink = (straight < INK).astype(np.uint8)
    lines = _rules(ink, dpi) | _leaders(ink, dpi)
    if not lines.any():
        return straight
    page = straight.copy()
    page[cv2.dilate(lines, np.ones((5, 5), np.uint8)) > 0] = WHITE
    return page


def _rules(ink, dpi):
    """Long thin runs of ink, across and down."""
    length, thick = round(RULE * dpi), max(3, round(THICKEST_RULE * dpi))
    found = np.zeros_like(ink)
    for shape, thickness in (((1, length), (thick, 1)), ((length, 1), (1, thick))):
        # A grainy line has holes, which a short closing fills.
        whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(tuple(min(side, 5) for side in shape), np.uint8))
        runs = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        found |= runs & ~cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones(thickness, np.uint8))
    return found


def _leaders(ink, dpi):
    """Rows of dots that are no letters: small, many, one after another at one height."""
    dot, gap = max(2, round(DOT * dpi)), round(GAP * dpi)
    count, labels, found, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = np.zeros(count, np.uint8)
    small[1:] = found[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) <= dot
    dots = small[labels]
    rows = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    count, labels, found, _centres = cv2.connectedComponentsWithStats(rows, connectivity=8)
    leader = np.zeros(count, np.uint8)
    wide, high = found[1:, cv2.CC_STAT_WIDTH], found[1:, cv2.CC_STAT_HEIGHT]
    leader[1:] = (wide >= SHORTEST * dpi) & (high <= max(3, ROW * dpi))
    return dots & leader[labels]
