"""Cover sheets and separators are told from pages by their QR code."""
import cv2
import numpy as np

from .cover import is_ours

# The code is large on our sheets, so a small picture shows it; the larger one is tried where the small one shows its corners only.
FIRST_LOOK = 1_000


def payload_on(grey: np.ndarray) -> str:
    """What the QR code on a page says, if it is one of ours; else nothing."""
    detector = cv2.QRCodeDetector()
    small = _at_most(grey, FIRST_LOOK)
    found, corners = detector.detect(small)
    if not found:
        return ""
    for picture in (small, grey):
        payload = _decoded(detector, picture, (corners * (picture.shape[0] / small.shape[0])).astype(np.float32))
        if is_ours(payload):
            return payload
    return ""


def _decoded(detector, picture, corners):
    try:
        return detector.decode(picture, corners)[0]
    except cv2.error:
        return ""  # corners of something that is no code


def _at_most(grey, side):
    scale = side / max(grey.shape)
    return grey if scale >= 1 else cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
