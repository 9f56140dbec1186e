"""Files as scanners and troublemakers make them, drawn in the tests."""
import io
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image, ImageDraw, ImageFont

from ansinh import web

FONT = Path(web.__file__).with_name("fonts") / "Tinos-Regular.ttf"


def drawn(seed=1, width=620, height=877) -> Image.Image:
    """A page with a dozen lines of words, too few for one to tell how it lies; another seed, other words."""
    rng = np.random.default_rng(seed)
    page = Image.new("L", (width, height), 245)
    pen = ImageDraw.Draw(page)
    for row in range(60, height - 80, height // 13):
        left = width // 10 + int(rng.integers(0, width // 4))
        for _word in range(int(rng.integers(2, 5))):
            long = int(rng.integers(width // 20, width // 6))
            pen.rectangle((left, row, min(left + long, width - 60), row + int(rng.integers(9, 15))), fill=30)
            left += long + 18
    return page


def blank(width=620, height=877) -> Image.Image:
    """A page with nothing on it but grain."""
    grain = np.random.default_rng(5).normal(244, 3, (height, width))
    return Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))


def as_bytes(image: Image.Image, kind="PNG", **options) -> bytes:
    """An image as a file."""
    data = io.BytesIO()
    image.copy().save(data, kind, **({"dpi": (75, 75)} | options))  # saving leaves settings of a format on an image
    return data.getvalue()


def tiff(*images) -> bytes:
    """A TIFF of several images."""
    return as_bytes(images[0], "TIFF", save_all=True, append_images=[image.copy() for image in images[1:]], compression="tiff_lzw")


def pdf(*images) -> bytes:
    """A scanner's PDF: each page one JPEG."""
    data = io.BytesIO()
    images[0].copy().save(data, "PDF", save_all=True, append_images=[image.copy() for image in images[1:]], resolution=75)
    return data.getvalue()


def pdf_with(change) -> bytes:
    """A PDF of one page after ``change(pdf)``."""
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(drawn()))) as document:
        change(document)
        document.save(data)
    return data.getvalue()


def locked_pdf(password="mật khẩu") -> bytes:
    """A PDF that opens with a password only."""
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(drawn()))) as document:
        document.save(data, encryption=pikepdf.Encryption(user=password, owner=password))
    return data.getvalue()


def long_pdf(pages: int) -> bytes:
    """A PDF of many empty pages."""
    data = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page(page_size=(200, 200))
        document.save(data)
    return data.getvalue()


def packed(files: dict[str, bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of files by name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def linked(name="trang-1.jpg", target="/etc/passwd") -> bytes:
    """A ZIP with a symbolic link beside a good page."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        entry = zipfile.ZipInfo(name)
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, target)
        archive.writestr("trang-2.png", as_bytes(drawn()))
    return data.getvalue()


def huge_png(side: int) -> bytes:
    """A PNG of a few bytes that declares a huge image."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def typed(lines: int = 24, width=1240, height=1754) -> Image.Image:
    """A page of words in letters, at 150 dpi, by which one sees how it lies."""
    page = Image.new("L", (width, height), 248)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, 30)
    for line in range(lines):
        pen.text((150, 150 + line * 56), f"Quyết định số {line}87/QĐ-LĐTBXH về việc trợ cấp hằng tháng", font=font, fill=30)
    return page
