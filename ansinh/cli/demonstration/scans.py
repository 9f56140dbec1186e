"""Invented papers of merit dossiers, drawn as an office scanner would give them: typed, slightly turned, grainy, with a red seal."""
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from ansinh import web
from ansinh.dossiers.reports.cover import separator_sheet
from ansinh.dossiers.words import Box

FONTS = Path(web.__file__).with_name("fonts")
DPI, A4 = 200, (1654, 2339)
MARGIN, LINE = 190, 58
INK, PAPER, SEAL = (44, 42, 52), (243, 236, 216), (178, 42, 40)
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

HEADS = {
    "injury_certificate": ("BỘ QUỐC PHÒNG", "GIẤY CHỨNG NHẬN BỊ THƯƠNG"),
    "medical_board_minutes": ("HỘI ĐỒNG GIÁM ĐỊNH Y KHOA", "BIÊN BẢN GIÁM ĐỊNH Y KHOA"),
    "allowance_decision": ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "QUYẾT ĐỊNH VỀ VIỆC TRỢ CẤP HẰNG THÁNG"),
}
# Label and field of each line; a line without a field is only printed.
LINES = {
    "injury_certificate": (
        ("Họ và tên:", "full_name"), ("Sinh ngày:", "birth"), ("Nguyên quán:", "home_place"), ("Nơi bị thương:", "place"),
        ("Tỷ lệ thương tật:", "injury_rate"),
    ),
    "medical_board_minutes": (
        ("Họ và tên:", "full_name"), ("Sinh ngày:", "birth"), ("Nơi cư trú:", "home_place"),
        ("Kết luận, tỷ lệ tổn thương cơ thể:", "injury_rate"),
    ),
    "allowance_decision": (
        ("Ông (bà):", "full_name"), ("Sinh ngày:", "birth"), ("Số hồ sơ:", "dossier_number"), ("Nơi cư trú:", "home_place"),
        ("Tỷ lệ tổn thương cơ thể:", "injury_rate"), ("Được hưởng trợ cấp từ tháng:", "entitled_from"),
    ),
}


@dataclass(frozen=True)
class Drawn:
    """A drawn paper: its picture, and the box of each field's value in pixels of the picture."""

    image: Image.Image
    boxes: dict[str, Box]


def draw(kind: str, values: dict[str, str], *, seed: int) -> Drawn:
    """One paper of a kind with the values printed on it; the same seed gives the same grain and turn."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", A4, PAPER)
    boxes = _written(ImageDraw.Draw(image), kind, values)
    _seal(image)
    turn = float(rng.uniform(-0.4, 0.4))
    image = image.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=PAPER).filter(ImageFilter.GaussianBlur(0.7))
    grain = rng.normal(0, 7, (A4[1], A4[0], 1))
    return Drawn(Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8)), boxes)


def parted(papers: list[Drawn]) -> bytes:
    """The papers as one TIFF, as they went through the scanner with a printed separator between two of them."""
    sheet = pdfium.PdfDocument(separator_sheet())[0].render(scale=DPI / 72).to_pil().convert("RGB")
    images = [image for paper in papers for image in (sheet, paper.image)][1:]
    data = io.BytesIO()
    images[0].save(data, "TIFF", save_all=True, append_images=images[1:], compression="jpeg", quality=72, dpi=(DPI, DPI))
    return data.getvalue()


def _font(style, size):
    return ImageFont.truetype(FONTS / f"Tinos-{style}.ttf", size)


def _written(pen, kind, values):
    office, title = HEADS[kind]
    small, plain, bold, large = _font("Regular", 30), _font("Regular", 38), _font("Bold", 38), _font("Bold", 46)
    pen.text((A4[0] * 0.26, 150), office, INK, _font("Bold", 30), anchor="mm")
    pen.text((A4[0] * 0.70, 150), MOTTO[0], INK, _font("Bold", 30), anchor="mm")
    pen.text((A4[0] * 0.70, 195), MOTTO[1], INK, small, anchor="mm")
    boxes = {"decision_number": _value(pen, "Số:", values["decision_number"], 260, small, small)}
    pen.text((A4[0] / 2, 420), title, INK, large, anchor="mm")
    y = 540
    for label, name in LINES[kind]:
        boxes[name] = _value(pen, label, values[name], y, plain, bold)
        y += LINE + 14
    boxes["decision_date"] = _value(pen, "", values["decision_date"], y + 120, plain, plain, left=900)
    pen.text((1120, y + 200), "NGƯỜI KÝ", INK, bold, anchor="mm")
    boxes["signer"] = _value(pen, "", values["signer"], y + 430, plain, bold, left=960)
    return boxes


def _value(pen, label, value, y, label_font, font, left=MARGIN):
    x = left + (label_font.getlength(label + " ") if label else 0)
    if label:
        pen.text((left, y), label, INK, label_font)
    pen.text((x, y), value, INK, font)
    found = pen.textbbox((x, y), value, font)
    return Box(round(found[0]), round(found[1]), round(found[2] - found[0]), round(found[3] - found[1]))


def _seal(image):
    layer = Image.new("L", image.size, 0)
    pen, (x, y) = ImageDraw.Draw(layer), (1010, 1420)
    for radius, width in ((140, 8), (96, 3)):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=150, width=width)
    image.paste(Image.new("RGB", image.size, SEAL), mask=layer)
