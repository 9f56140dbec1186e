"""Papers drawn one after another: the same set, seed and number always give the same scan."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import numpy as np
from PIL import Image

from bench.ocr.forms import damage, drawing, fonts, marks, markup
from bench.ocr.forms.case import case
from bench.ocr.forms.samples import Box, Sample, TruthField, TruthWord, text_of

SETS = {"development": 1, "unseen": 2, "fresh": 3}
PAPERS = ((255, 255, 255), (250, 246, 236), (244, 236, 216), (236, 226, 202))
SEALS = {
    "development": "SỞ LAO ĐỘNG THƯƠNG BINH VÀ XÃ HỘI • ", "unseen": "ỦY BAN NHÂN DÂN • TỈNH THÁI NGUYÊN • ", "fresh": "★ PHÒNG CHÍNH SÁCH ★ BAN CHỈ HUY ",
}  # fmt: skip
SEAL_FONTS = {
    "development": "truetype/croscore/Tinos-Bold.ttf", "unseen": "truetype/freefont/FreeSerifBold.ttf",
    "fresh": "../texmf/fonts/opentype/public/tex-gyre/texgyrebonum-bold.otf",
}  # fmt: skip
LEADERS = {"development": 0.04, "unseen": 0.07, "fresh": 0.055}
BOOKLET = (5.85, 8.27)
TYPED_SHARE, TURNED_SHARE, BOOKLET_SHARE = 0.6, 0.12, 0.06


def papers(set_name: str, count: int, seed: int = 0, *, level: int | None = None, kind: str | None = None) -> Iterator[Sample]:
    """``count`` scans of a set: kinds and levels of damage take turns unless one is asked for."""
    for number in range(count):
        rng = np.random.default_rng((SETS[set_name], seed, number))
        chosen = kind or markup.KINDS[number % len(markup.KINDS)]
        values = case(rng, set_name, "female" if chosen == "heroic_mother_decision" else None)
        yield scan(set_name, chosen, number % 4 if level is None else level, values, rng)


def scan(set_name: str, kind: str, level: int, values, rng, *, plain: bool = False) -> Sample:
    """One paper with given particulars. ``plain``: one page, upright."""
    typed, dpi = rng.random() < TYPED_SHARE, int(rng.choice((200, 300)))
    booklet, turned = rng.random() < BOOKLET_SHARE, rng.random() < TURNED_SHARE
    look = _look(set_name, typed, level, rng)
    rows = markup.rows(set_name, kind, values)
    halves = _halves(rows) if booklet and not plain else [rows]
    paper = PAPERS[0] if not level else _pick(rng, PAPERS)
    sheets = [_sheet(half, look, dpi, BOOKLET if len(halves) > 1 else drawing.A4, set_name, level, paper, rng) for half in halves]
    page, ignored, gutter = _side_by_side(sheets)
    quarters = int(rng.integers(1, 4)) if turned and not plain else 0
    return _scanned(page, ignored, gutter, quarters, set_name, kind, level, look, values, rng)


def _look(set_name, typed: bool, level: int, rng) -> drawing.Look:
    face = _pick(rng, (fonts.TYPED if typed else fonts.PRINTED)[set_name])
    ink = (30, 30, 46) if typed and level else (0, 0, 0)
    points = float(rng.choice((11, 12) if typed else (12, 13)))
    unsteady = 0.7 * min(level, 2) + 0.3 if typed else 0.0
    return drawing.Look(face, points, float(rng.uniform(1.35, 1.6)), ink, unsteady, LEADERS[set_name])


def _pick(rng, choices):
    return choices[int(rng.integers(len(choices)))]


def _halves(rows):
    """A booklet lies open: the upper half of the rows on its left page."""
    middle = len(rows) // 2
    while rows[middle].role == "table":
        middle += 1
    return rows[:middle], rows[middle:]


def _sheet(rows, look: drawing.Look, dpi: int, size, set_name, level: int, paper, rng):
    """A page with seal, signatures and notes, in the largest letters that fit; and where handwriting stands."""
    for points in np.arange(look.points, 5, -0.5):
        smaller = replace(look, points=float(points))
        if page := drawing.draw(rows, smaller, dpi, paper, rng, size):
            return page, _marked(page, set_name, level, rng)
    raise ValueError("the wording does not fit on a page")


def _marked(page: drawing.Page, set_name, level: int, rng) -> list[Box]:
    width, ignored = page.image.width, []
    for y in page.signatures:
        for share in (0.22, 0.68)[int(rng.random() < 0.6) :]:
            box = Box(round(width * share), y, round(1.3 * page.dpi), round(0.45 * page.dpi))
            marks.signature(page.image, box, page.dpi, rng)
            ignored.append(box)
        centre = width * rng.uniform(0.52, 0.62), y + page.dpi * rng.uniform(0.1, 0.5)
        marks.seal(page.image, centre, page.dpi, SEALS[set_name], SEAL_FONTS[set_name], rng)
        ignored.append(_seal_box(centre, page))
    for tokens, y in page.hand if level else ():
        text = " ".join(token.text for token in tokens)
        ignored.append(marks.note(page.image, text, (width * 0.16, y + page.dpi * 0.1), page.dpi, fonts.HAND[set_name], rng))
    return ignored


def _seal_box(centre, page) -> Box:
    side = round(36 / 25.4 * page.dpi)
    left, top = round(centre[0] - side / 2), round(centre[1] - side / 2)
    return Box(max(0, left), max(0, top), min(side, page.image.width - left), min(side, page.image.height - top))


def _side_by_side(sheets):
    """One page as it is, or two beside each other with the fold between them."""
    (page, ignored), *others = sheets
    if not others:
        return page, ignored, None
    (right, more), gutter = others[0], page.image.width
    whole = Image.new("RGB", (gutter + right.image.width, page.image.height))
    whole.paste(page.image, (0, 0))
    whole.paste(right.image, (gutter, 0))
    for shift in range(page.dpi // 20):
        grey = 120 + shift * 6
        whole.paste((grey,) * 3, (gutter - shift // 2, 0, gutter - shift // 2 + 1, whole.height))
    page.words += [_shifted(word, gutter, page.line) for word in right.words]
    page.marked += [(name, _shifted(word, gutter, page.line)) for name, word in right.marked]
    page.image = whole
    return page, ignored + [_moved(box, gutter) for box in more], gutter


def _moved(box: Box, x: int) -> Box:
    return Box(box.left + x, box.top, box.width, box.height)


def _shifted(word: TruthWord, x: int, lines: int) -> TruthWord:
    return TruthWord(word.text, _moved(word.box, x), word.line + lines)


def _scanned(page, ignored, gutter, quarters, set_name, kind, level, look, values, rng) -> Sample:
    worn = damage.LEVELS[set_name][level]
    picture, matrix = damage.worn(np.asarray(page.image).copy(), worn, page.dpi, set_name != "development", rng)
    picture = damage.through_jpeg(picture, int(rng.integers(*worn.jpeg)))
    height, width = picture.shape[:2]

    def put(box: Box) -> Box:
        moved = damage.moved_box(box, matrix)
        left, top = max(0, moved.left), max(0, moved.top)
        return Box(left, top, min(width, moved.right) - left, min(height, moved.bottom) - top)

    words = tuple(TruthWord(word.text, put(word.box), word.line) for word in page.words)
    fields = tuple(_fields(page.marked, set_name, kind, values, put))
    image = Image.fromarray(np.ascontiguousarray(np.rot90(picture, quarters)))
    return Sample(
        image, page.dpi, quarters, text_of(words), words, kind, fields, tuple(put(box) for box in ignored), level,
        "print" if not look.unsteady else "typescript", look.face.name, gutter,
    )


def _fields(marked, set_name, kind, values, put) -> Iterator[TruthField]:
    slots = dict(markup.fields(set_name, kind))
    for name, found in groupby(marked, lambda pair: pair[0]):
        words = [word for _name, word in found]
        box = words[0].box
        for word in words[1:]:
            box = box.around(word.box)
        value = values[slots[name]]
        yield TruthField(name, value.plain, value.printed, put(box))
