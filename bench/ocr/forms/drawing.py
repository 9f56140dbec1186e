"""Rows of words put on an A4 page with Pillow; keeps each word's box as it draws."""

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from bench.ocr.forms import fonts
from bench.ocr.forms.markup import Cell, Row, Token
from bench.ocr.forms.samples import Box, TruthWord

A4 = (8.268, 11.693)  # inches
LEFT, RIGHT, TOP, BOTTOM = 1.18, 0.7, 0.75, 0.6


@dataclass(frozen=True)
class Look:
    """How a paper was written: typeface, size, how unsteady the machine was (0 for print), inches between a leader's dots."""

    face: fonts.Face
    points: float
    spacing: float
    ink: tuple[int, int, int]
    unsteady: float
    dots: float = 0.04

    def font(self, style: str, dpi: int):
        size = self.points * self.face.scale * (1.15 if style == "large" and not self.face.plain else 1)
        file = {"bold": self.face.bold, "large": self.face.bold, "italic": self.face.italic}.get(style, self.face.regular)
        return fonts.load(file, round(size * dpi / 72))


@dataclass
class Page:
    """The drawn page and what stands on it."""

    image: Image.Image
    dpi: int
    words: list[TruthWord] = field(default_factory=list)
    marked: list[tuple[str, TruthWord]] = field(default_factory=list)
    hand: list[tuple[tuple[Token, ...], int]] = field(default_factory=list)
    signatures: list[int] = field(default_factory=list)
    y: int = 0
    line: int = 0
    overfull: bool = False


def wrapped(tokens, font, width: int, indent: int) -> list[list[Token]]:
    space, lines, x = font.getlength(" "), [[]], indent
    for token in tokens:
        length = font.getlength(token.text)
        if lines[-1] and x + length > width:
            lines.append([])
            x = 0
        lines[-1].append(token)
        x += length + space
    return lines


def draw(rows: list[Row], look: Look, dpi: int, paper, rng, size=A4) -> Page | None:
    """The page, or nothing when the rows do not fit."""
    width, height = (round(side * dpi) for side in size)
    page = Page(Image.new("RGB", (width, height), paper), dpi, y=round(TOP * dpi))
    pen = ImageDraw.Draw(page.image)
    for row in rows:
        _row(page, pen, row, look, rng)
        if page.overfull or page.y > height - BOTTOM * dpi:
            return None
    return page


def _row(page: Page, pen, row: Row, look: Look, rng):
    font, step = look.font(row.style, page.dpi), round(look.points * page.dpi / 72 * look.spacing)
    if row.role == "gap":
        page.y += step // 3
    elif row.role == "sign":
        page.signatures.append(page.y)
        page.y += step * 3
    elif row.role == "hand":
        page.hand.append((row.cells[0].tokens, page.y))
        page.y += step * 2
    else:
        _cells(page, pen, row, look, font, step, rng)


def _cells(page: Page, pen, row: Row, look: Look, font, step: int, rng):
    left, right = round(LEFT * page.dpi), page.image.width - round(RIGHT * page.dpi)
    pad, inset = (step // 5 if row.role == "table" else 0), (step // 5 if len(row.cells) > 1 else 0)
    edges = left + np.cumsum([0, *(round(cell.share * (right - left)) for cell in row.cells)])
    indent = round(0.4 * page.dpi) if row.indent else 0
    columns = [wrapped(c.tokens, font, int(b - a) - 2 * inset, indent) for c, a, b in zip(row.cells, edges, edges[1:], strict=False)]
    longest = (max((font.getlength(t.text) for t in cell.tokens), default=0) for cell in row.cells)
    page.overfull |= any(length > b - a - inset for length, a, b in zip(longest, edges, edges[1:], strict=False))
    depth = max(map(len, columns))
    for k in range(depth):
        baseline = page.y + pad + round(step * (k + 0.78))
        for cell, lines, a, b in zip(row.cells, columns, edges, edges[1:], strict=False):
            if k < len(lines):
                end = _line(page, pen, lines[k], cell, (int(a) + inset + (0 if k else indent), int(b) - inset), baseline, look, font, row.style, rng)
        page.line += 1
    if row.leader:
        _leader(pen, (end + step // 3, right), baseline, look, page.dpi)
    bottom = page.y + depth * step + 2 * pad
    if row.role == "table":
        thick = max(1, page.dpi // 150)
        for a, b in zip(edges, edges[1:], strict=False):
            pen.rectangle((a, page.y, b, bottom), outline=look.ink, width=thick)
    page.y = bottom


def _line(page: Page, pen, tokens: list[Token], cell: Cell, span, baseline, look: Look, font, style, rng) -> int:
    space, (x, end) = font.getlength(" "), span
    if cell.centred:
        x += max(0, (end - x - sum(font.getlength(t.text) for t in tokens) - space * (len(tokens) - 1)) / 2)
    for token in tokens:
        box = _word(pen, token.text, x, baseline, look, font, style, page.dpi, rng)
        word = TruthWord(token.text, box, page.line)
        page.words.append(word)
        if token.field:
            page.marked.append((token.field, word))
        x += font.getlength(token.text) + space
    return round(x)


def _word(pen, text, x, baseline, look: Look, font, style, dpi, rng) -> Box:
    twice = look.face.plain and style in ("bold", "large")
    if not look.unsteady:
        pen.text((x, baseline), text, look.ink, font, anchor="ls")
        if twice:
            pen.text((x + 1, baseline), text, look.ink, font, anchor="ls")
    else:
        _typed(pen, text, x, baseline, look, font, dpi, twice, rng)
    left, top, right, bottom = pen.textbbox((x, baseline), text, font, anchor="ls")
    return Box(round(left), round(top), max(1, round(right - left)), max(1, round(bottom - top)))


def _typed(pen, text, x, baseline, look: Look, font, dpi, twice, rng):
    """A typewriter strikes each letter by itself: a little high or low, a little dark or light."""
    lift = np.round(rng.normal(0, look.unsteady * dpi / 300, len(text))).astype(int)
    grey = rng.integers(0, 70, len(text))
    for letter, dy, light in zip(text, lift, grey, strict=True):
        ink = tuple(min(255, part + int(light)) for part in look.ink)
        for shift in (0, 1) if twice else (0,):
            pen.text((x + shift, baseline + int(dy)), letter, ink, font, anchor="ls")
        x += font.getlength(letter)


def _leader(pen, span, baseline, look: Look, dpi):
    size = max(1, round(look.dots * dpi / 6))
    for dot in range(*span, max(4, round(look.dots * dpi))):
        pen.ellipse((dot, baseline - size, dot + size, baseline), fill=look.ink)
