"""What people add to a paper: round red seals, signatures, notes by hand."""

import math

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from bench.ocr.forms import fonts
from bench.ocr.forms.samples import Box

BLUES = ((28, 48, 140), (20, 40, 110), (40, 40, 60))


def seal(image: Image.Image, centre, dpi: int, words: str, font_file: str, rng) -> Image.Image:
    """A seal of 35 mm pressed over what is there: two rings, a star, the office's name around."""
    size = round(36 / 25.4 * dpi)
    layer = Image.new("RGB", (size, size), "white")
    pen, red = ImageDraw.Draw(layer), (205 + int(rng.integers(30)), 40 + int(rng.integers(50)), 50 + int(rng.integers(50)))
    thick, middle = max(2, dpi // 90), size / 2
    pen.ellipse((2, 2, size - 3, size - 3), outline=red, width=thick)
    pen.ellipse((size * 0.2, size * 0.2, size * 0.8, size * 0.8), outline=red, width=max(1, thick // 2))
    star = [(middle + r * math.sin(k * math.pi / 5), middle - r * math.cos(k * math.pi / 5)) for k in range(10) for r in (size * (0.14 if k % 2 == 0 else 0.055),)]
    pen.polygon(star, fill=red)
    font = fonts.load(font_file, max(8, round(size * 0.08)))
    for place, letter in enumerate(words):
        angle = 2 * math.pi * place / len(words)
        sign = Image.new("RGBA", (font.size * 2, font.size * 2))
        ImageDraw.Draw(sign).text((font.size, font.size), letter, (*red, 255), font, anchor="mm")
        sign = sign.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
        at = middle + size * 0.4 * math.sin(angle) - font.size, middle - size * 0.4 * math.cos(angle) - font.size
        layer.paste(sign, (round(at[0]), round(at[1])), sign)
    layer = layer.rotate(float(rng.uniform(-25, 25)), fillcolor="white", resample=Image.Resampling.BICUBIC)
    box = round(centre[0] - middle), round(centre[1] - middle)
    under = image.crop((*box, box[0] + size, box[1] + size))
    image.paste(ImageChops.multiply(under, layer), box)
    return image


def signature(image: Image.Image, box: Box, dpi: int, rng):
    """Loops along a line, drawn with a pen that never leaves the paper."""
    count = int(rng.integers(5, 9))
    t = np.linspace(0, 1, 160)
    waves = rng.uniform(-1, 1, count)
    y = sum(w * np.sin((k + 1) * math.pi * t + k) for k, w in enumerate(waves)) / 3
    x = t + 0.09 * np.cos(2 * math.pi * count * t)
    points = [(box.left + px * box.width, box.top + (py + 1) / 2 * box.height) for px, py in zip(x, y, strict=True)]
    ImageDraw.Draw(image).line(points, BLUES[int(rng.integers(3))], max(2, dpi // 110), joint="curve")


def note(image: Image.Image, text: str, at, dpi: int, font_file: str, rng) -> Box:
    """Words by hand: slanted, uneven, rising. Returns where they stand."""
    font, ink = fonts.load(font_file, round(15 * dpi / 72)), BLUES[int(rng.integers(3))]
    x, y = at
    whole = Box(int(x), int(y), 1, 1)
    for word in text.split():
        width, height = round(font.getlength(word)) + 12, font.size * 2
        layer = Image.new("RGBA", (width, height))
        ImageDraw.Draw(layer).text((6, height * 0.7), word, (*ink, 255), font, anchor="ls")
        layer = layer.transform(layer.size, Image.Transform.AFFINE, (1, 0.25, -height * 0.15, 0, 1, float(rng.normal(0, 2))), Image.Resampling.BICUBIC)
        layer = layer.rotate(float(rng.normal(2, 2)), expand=True, resample=Image.Resampling.BICUBIC)
        image.paste(layer, (round(x), round(y)), layer)
        whole = whole.around(Box(round(x), round(y), layer.width, layer.height))
        x, y = x + width * 0.95, y - rng.uniform(0, dpi / 100)
    return whole
