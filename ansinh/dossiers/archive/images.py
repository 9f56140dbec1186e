"""The image of a page as a PDF may hold it: the bytes of a JPEG or PNG as they came, anything else without loss."""
import io
import math
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image

from ..intake.bounds import check_size

PDF, FORMATS = b"%PDF", ("JPEG", "PNG", "TIFF")
# Grey and colour of a scan are mostly noise: stronger coding costs four times the work for a tenth of the size.
LEVEL, LEVEL_OF_BITS = 1, 6
# Sizes are checked by our own bounds.
Image.MAX_IMAGE_PIXELS = None
# How far the sides of an image in a PDF may differ from those of its page.
SKEW = 0.01
# Grey and colour pixels compress best as differences from the row above, at little cost; rows of bits are left as they are.
UP, PREDICTED = 2, {"L": 1, "RGB": 3}


@dataclass(frozen=True)
class Sheet:
    """Which image of a scan a page is, and the instructions under which it is read."""

    number: int
    turn: int
    cut: list[int] | None
    dpi: int


@dataclass(frozen=True)
class Picture:
    """An image for a PDF: its bytes, size in pixels, colour, coding, and the quarter turns still to make."""

    data: bytes
    width: int
    height: int
    space: str
    bits: int
    coding: str
    turn: int = 0
    parameters: dict = field(default_factory=dict)


def picture_of(sheet: Sheet, path: Path) -> Picture:
    """The image of a page from the file of its scan; only a page that was cut out of its image is decoded and cut."""
    with path.open("rb") as file:
        is_pdf = file.read(len(PDF)) == PDF
    if is_pdf:
        whole = _photograph_in(sheet, path) if sheet.cut is None else None
        return Picture(**whole, turn=sheet.turn) if whole else _coded(_upright(sheet, _from_pdf(sheet, path)))
    with Image.open(path, formats=FORMATS) as image:
        if sheet.cut is None and (whole := _as_it_came(image, path)):
            return Picture(**whole, turn=sheet.turn)
        check_size(*image.size)
        image.seek(sheet.number - 1)
        return _coded(_upright(sheet, image))


def _as_it_came(image, path):
    if image.format == "JPEG" and image.mode in ("L", "RGB"):
        return {"data": path.read_bytes(), **_shape(image, 8), "coding": "/DCTDecode"}
    if image.format == "PNG":
        return _png_as_it_came(image, path.read_bytes())
    return None


def _png_as_it_came(image, data):
    """PNG and PDF code pixels alike, so that the parts of a plain PNG are taken over unopened."""
    bits, colour, _packing, _filtering, interlaced = data[24:29]
    parts = list(_png_parts(data))
    if colour not in (0, 2) or interlaced or any(kind == b"tRNS" for kind, _part in parts):
        return None
    colours = 3 if colour == 2 else 1
    parameters = {"/Predictor": 15, "/Colors": colours, "/BitsPerComponent": bits, "/Columns": image.width}
    shape = {"width": image.width, "height": image.height, "space": "/DeviceRGB" if colours == 3 else "/DeviceGray", "bits": bits}
    return {"data": b"".join(part for kind, part in parts if kind == b"IDAT"), **shape, "coding": "/FlateDecode", "parameters": parameters}


def _png_parts(data):
    place = 8
    while place + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        yield kind, data[place + 8 : place + 8 + length]
        place += 12 + length


def _photograph_in(sheet, path):
    """The one JPEG that makes up a page of a scanner's PDF; ``None`` where the page is anything else."""
    with pikepdf.open(path) as pdf:
        shown = pdf.pages[sheet.number - 1]
        images = list(shown.get_images().values()) if "/Rotate" not in shown else []
        if len(images) != 1 or images[0].get("/Filter") != "/DCTDecode" or b"Tj" in _content(shown):
            return None
        width, height = float(shown.mediabox[2] - shown.mediabox[0]), float(shown.mediabox[3] - shown.mediabox[1])
        raw = images[0].read_raw_bytes()
    with Image.open(io.BytesIO(raw), formats=("JPEG",)) as image:
        same = abs(image.width * height - image.height * width) < SKEW * image.width * height
        plain = same and image.mode in ("L", "RGB")
        return {"data": raw, **_shape(image, 8), "coding": "/DCTDecode"} if plain else None


def _content(shown):
    shown.contents_coalesce()
    return shown.Contents.read_bytes()


def _from_pdf(sheet, path):
    document = pypdfium2.PdfDocument(path)
    try:
        page, scale = document[sheet.number - 1], sheet.dpi / 72
        check_size(*(math.ceil(side * scale) for side in page.get_size()))
        return page.render(scale=scale).to_pil()
    finally:
        document.close()


def _upright(sheet, image):
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    image = image if image.mode in ("1", "L") else image.convert("RGB")
    turned = image.rotate(-sheet.turn, expand=True) if sheet.turn else image
    if sheet.cut is None:
        return turned
    left, top, width, height = sheet.cut
    return turned.crop((left, top, left + width, top + height))


def _coded(image):
    if image.mode == "1":
        return Picture(zlib.compress(image.tobytes(), LEVEL_OF_BITS), **_shape(image, 1), coding="/FlateDecode")
    colours = PREDICTED[image.mode]
    rows, width = image.tobytes(), image.width * colours
    parameters = {"/Predictor": 15, "/Colors": colours, "/BitsPerComponent": 8, "/Columns": image.width}
    return Picture(zlib.compress(_differences(rows, width), LEVEL), **_shape(image, 8), coding="/FlateDecode", parameters=parameters)


def _differences(pixels, width):
    """Each row as its difference from the row above, with the mark of that filter before it."""
    rows = np.frombuffer(pixels, np.uint8).reshape(-1, width)
    found = np.empty((len(rows), width + 1), np.uint8)
    found[:, 0] = UP
    found[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=found[1:, 1:])
    return found.tobytes()


def _shape(image, bits):
    return {"width": image.width, "height": image.height, "space": "/DeviceRGB" if image.mode == "RGB" else "/DeviceGray", "bits": bits}
