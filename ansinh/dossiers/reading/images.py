"""The image of a page out of its file, as its instructions say, in one channel and no larger than is read."""
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from .prepare import fitting_scale

# Sizes are checked here, before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None
MOST_PIXELS, LONGEST_SIDE = 120_000_000, 16_000
POINTS = 72
FORMATS = ("PNG", "JPEG", "TIFF")
TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


@dataclass(frozen=True)
class PageImage:
    """Ảnh của trang: its red channel, ``scale`` times the size of the page, and the resolution that makes."""

    grey: np.ndarray
    scale: float
    dpi: int


def page_image(path: Path, number: int, turn: int, cut: list[int] | None, dpi: int) -> PageImage:
    """The page as its instructions say: image ``number`` of the file, turned, then cut."""
    with path.open("rb") as file:
        is_pdf = b"%PDF-" in file.read(1024)
    grey, scale = _of_pdf(path, number, dpi) if is_pdf else _of_picture(path, number, dpi)
    if turn:
        grey = cv2.rotate(grey, TURNS[turn])
    if cut:
        left, top, width, height = (round(side * scale) for side in cut)
        grey = np.ascontiguousarray(grey[top : top + height, left : left + width])
    return PageImage(grey, scale, round(dpi * scale))


def _of_pdf(path, number, dpi):
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[number - 1]
        width, height = (side * dpi / POINTS for side in page.get_size())
        scale = fitting_scale(height, width, dpi)
        _check(round(width * scale), round(height * scale))
        bitmap = page.render(scale=scale * dpi / POINTS, rev_byteorder=True, prefer_bgrx=False).to_numpy()
        return np.ascontiguousarray(bitmap[:, :, 0]), scale
    finally:
        document.close()


def _of_picture(path, number, dpi):
    with Image.open(path, formats=FORMATS) as image:
        image.seek(number - 1)
        _check(*image.size)
        scale = fitting_scale(*image.size, dpi)
        wanted = tuple(round(side * scale) for side in image.size)
        # A JPEG gives a half or a quarter of itself without the whole ever being in memory.
        image.draft("L" if image.mode == "L" else "RGB", tuple(int(side * scale) for side in image.size))
        grey = np.asarray(_red(image))
    if scale < 1:
        grey = cv2.resize(grey, wanted, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(grey), scale


def _red(image):
    if image.mode.startswith(("I", "F")):
        values = np.asarray(image)
        return np.clip(values * (255 / (65535 if values.max() > 255 else 255)), 0, 255).astype(np.uint8)
    if "A" in image.mode or "transparency" in image.info:
        on_white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(on_white, image.convert("RGBA")).getchannel(0)
    if image.mode in ("L", "1"):
        return image.convert("L")
    return (image if image.mode == "RGB" else image.convert("RGB")).getchannel(0)


def _check(width, height):
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise MemoryError
