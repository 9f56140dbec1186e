"""Image files, and a page as a picture of the size of a screen beside the facts of its original."""
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile, UnidentifiedImageError

from .bounds import HIGHEST_DPI, LOWEST_DPI, SCREEN_SIDE, USUAL_DPI, Unfit, check_count, check_size

# Sizes are checked by ourselves, with a reason; half an image is no image.
Image.MAX_IMAGE_PIXELS = None
ImageFile.LOAD_TRUNCATED_IMAGES = False
FORMATS = ("PNG", "JPEG", "TIFF")
ORIENTATION = 0x0112
TURNS = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}
FAULTS = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, OverflowError, ZeroDivisionError, EOFError, UnidentifiedImageError)


@dataclass
class Picture:
    """One image of a file: number from 1, size and resolution of the original, the turn that its file asks for, and its picture.

    ``shown`` is RGB, not larger than a screen, not yet turned.
    """

    number: int
    width: int
    height: int
    dpi: int
    turn: int
    shown: np.ndarray


def inspect(path: Path) -> tuple[int, list[tuple[str, dict]]]:
    """Count of images; their sizes are checked where they are declared."""
    with _opened(path) as image:
        count = _frames(image)
        check_count(count)
        check_size(*image.size)
    return count, []


def pictures(path: Path, numbers: range):
    """The images of these numbers, from 1."""
    with _opened(path) as image:
        for number in numbers:
            yield _picture(image, number)


def _opened(path):
    try:
        return Image.open(path, formats=FORMATS)
    except FAULTS:
        raise Unfit("damaged") from None


def _frames(image):
    try:
        return getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    except FAULTS:
        raise Unfit("cut_short") from None


def _picture(image, number) -> Picture:
    _seek(image, number)
    width, height = image.size
    check_size(width, height)
    dpi, turn = _dpi(image), _turn(image)
    # A JPEG gives a half or a quarter of itself much cheaper than the whole.
    image.draft("RGB" if image.mode != "L" else "L", (SCREEN_SIDE, SCREEN_SIDE))
    shown = _rgb(image, number)
    if image.format == "TIFF":
        width, height = image.size  # it was turned as its tag says
    if max(shown.size) > SCREEN_SIDE:
        shown.thumbnail((SCREEN_SIDE, SCREEN_SIDE), Image.Resampling.BOX, reducing_gap=None)
    return Picture(number, width, height, dpi, turn, np.asarray(shown))


def _seek(image, number):
    try:
        if number > 1 or image.format == "TIFF":
            image.seek(number - 1)
    except FAULTS:
        raise Unfit("page_damaged", {"number": number}) from None


def _rgb(image, number):
    try:
        image.load()
        if image.mode.startswith(("I", "F")):
            return _from_deep(image)
        if "A" in image.mode or "transparency" in image.info:
            on_white = Image.new("RGBA", image.size, "white")
            return Image.alpha_composite(on_white, image.convert("RGBA")).convert("RGB")
        return image.convert("RGB")
    except FAULTS as fault:
        code = "cut_short" if "truncated" in str(fault) else "page_damaged"
        raise Unfit(code, {"number": number}) from None


def _from_deep(image):
    """More than 8 bits of grey, brought into 8."""
    values = np.asarray(image).astype(np.float32)
    most = 65535 if values.max() > 255 else 255
    return Image.fromarray(np.clip(values * (255 / most), 0, 255).astype(np.uint8)).convert("RGB")


def _dpi(image):
    try:
        found = round(float(image.info.get("dpi", (0, 0))[0]))
    except FAULTS:
        found = 0
    return found if LOWEST_DPI <= found <= HIGHEST_DPI else USUAL_DPI


def _turn(image):
    """The quarter turn that a camera asks for; a TIFF is turned when it is opened."""
    if image.format == "TIFF":
        return 0
    try:
        return TURNS.get(image.getexif().get(ORIENTATION), 0)
    except FAULTS:
        return 0
