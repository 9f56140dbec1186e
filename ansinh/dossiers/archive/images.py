"""The image of a page as a PDF may hold it: the bytes of a JPEG or PNG as they came, anything else without loss."""
import io
import struct
import zlib
from dataclasses import dataclass, field

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image

from ..models import Page

FORMATS = ("JPEG", "PNG", "TIFF")
# Grey and colour of a scan are mostly noise: stronger coding costs four times the work for a tenth of the size.
LEVEL, LEVEL_OF_BITS = 1, 6
# How far the sides of an image in a PDF may differ from those of its page.
SKEW = 0.01
# Grey and colour pixels compress best as differences from the row above, at little cost; rows of bits are left as they are.
UP, PREDICTED = 2, {"L": 1, "RGB": 3}


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


def picture_of(page: Page, data: bytes) -> Picture:
    """The image of a page from the bytes of its scan; only a page that was cut out of its image is decoded and cut."""
    if data.startswith(b"%PDF"):
        whole = _photograph_in(page, data) if page.cut is None else None
        return Picture(**whole, turn=page.turn) if whole else _coded(_upright(page, _from_pdf(page, data)))
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if page.cut is None and (whole := _as_it_came(image, data)):
            return Picture(**whole, turn=page.turn)
        image.seek(page.number - 1)
        return _coded(_upright(page, image))


def _as_it_came(image, data):
    if image.format == "JPEG" and image.mode in ("L", "RGB"):
        return {"data": data, **_shape(image, 8), "coding": "/DCTDecode"}
    if image.format == "PNG":
        return _png_as_it_came(image, data)
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


def _photograph_in(page, data):
    """The one JPEG that makes up a page of a scanner's PDF; ``None`` where the page is anything else."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        sheet = pdf.pages[page.number - 1]
        images = list(sheet.get_images().values()) if "/Rotate" not in sheet else []
        if len(images) != 1 or images[0].get("/Filter") != "/DCTDecode" or b"Tj" in _content(sheet):
            return None
        width, height = float(sheet.mediabox[2] - sheet.mediabox[0]), float(sheet.mediabox[3] - sheet.mediabox[1])
        raw = images[0].read_raw_bytes()
    with Image.open(io.BytesIO(raw), formats=("JPEG",)) as image:
        same = abs(image.width * height - image.height * width) < SKEW * image.width * height
        return _as_it_came(image, raw) if same else None


def _content(sheet):
    sheet.contents_coalesce()
    return sheet.Contents.read_bytes()


def _from_pdf(page, data):
    document = pypdfium2.PdfDocument(data)
    try:
        return document[page.number - 1].render(scale=page.dpi / 72).to_pil()
    finally:
        document.close()


def _upright(page, image):
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    image = image if image.mode in ("1", "L") else image.convert("RGB")
    turned = image.rotate(-page.turn, expand=True) if page.turn else image
    if page.cut is None:
        return turned
    left, top, width, height = page.cut
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
