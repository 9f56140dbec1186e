"""The work done in a bounded child: a file is inspected, and its pages are made into pictures. / Tách trang."""
from pathlib import Path

import cv2
import numpy as np

from ..reading.upright import gutter, quarter_turn
from . import archives, pdfs, pictures
from .bounds import Unfit
from .cover import SEPARATOR, dossier_code
from .kinds import FileKind, kind_of, lies
from .looks import is_blank, look_of
from .sheets import payload_on

# Rotations of OpenCV by degrees clockwise.
ROTATIONS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
QUALITY = 72
# A page whose colours differ so little, in 99.9 % of its points, is kept as grey.
COLOURED, SHARE_COLOURED = 24, 0.001


def inspect(path: str, name: str) -> dict:
    """What a file is, how many pages it has, remarks; or ``unfit`` with the reason."""
    try:
        kind = kind_of(Path(path))
        remarks = [("named_otherwise", {"kind": kind.value.upper()})] if lies(kind, name) else []
        if kind is FileKind.ZIP:
            return {"kind": kind.value, "pages": 0, "remarks": remarks, "members": archives.members(Path(path))}
        pages, more = _reader(kind).inspect(Path(path))
    except Unfit as unfit:
        return {"unfit": unfit.code, "facts": unfit.facts}
    return {"kind": kind.value, "pages": pages, "remarks": remarks + more, "members": []}


def unpack(path: str, name: str, target: str) -> dict:
    """One file of an archive, written to a path of our own; or ``unfit``."""
    try:
        with open(target, "wb") as into:
            archives.unpack(Path(path), name, into)
    except Unfit as unfit:
        return {"unfit": unfit.code, "facts": unfit.facts}
    return {}


def take_pages(path: str, kind: str, first: int, last: int, folder: str) -> dict:
    """The pages from ``first`` to ``last`` as facts, their screen pictures written into a folder; or ``unfit``."""
    try:
        images = _reader(FileKind(kind)).pictures(Path(path), range(first, last + 1))
        found = [page for image in images for page in _pages_of(image, Path(folder))]
    except Unfit as unfit:
        return {"unfit": unfit.code, "facts": unfit.facts}
    return {"pages": found}


def take_again(path: str, number: int, before: int, turn: int, cut: list | None, folder: str) -> dict:
    """One page under changed instructions; ``cut`` was said under the turn ``before``. Or ``unfit``."""
    try:
        reader = _reader(kind_of(Path(path)))
        (picture,) = reader.pictures(Path(path), range(number, number + 1))
    except Unfit as unfit:
        return {"unfit": unfit.code, "facts": unfit.facts}
    if cut:
        cut = turned_cut(cut, turn - before, *turned_size(picture.width, picture.height, before))
    width, height = turned_size(picture.width, picture.height, turn)
    shown = _cut(_turned(picture.shown, turn), cut, width)
    target = Path(folder) / f"{number}.jpg"
    target.write_bytes(_encoded(shown))
    width, height = cut[2:] if cut else (width, height)
    return {"cut": cut, "width": width, "height": height, "look": look_of(_grey(shown)), "screen": str(target)}


def turned_cut(cut: list, turn: int, width: int, height: int) -> list:
    """A cut on an image of this size as it stands after the image was turned clockwise."""
    left, top, wide, high = cut
    return {
        0: [left, top, wide, high], 90: [height - top - high, left, high, wide], 180: [width - left - wide, height - top - high, wide, high],
        270: [top, width - left - wide, high, wide],
    }[turn % 360]


def turned_size(width: int, height: int, turn: int) -> tuple[int, int]:
    """Width and height after a quarter turn."""
    return (height, width) if turn in (90, 270) else (width, height)


def _reader(kind):
    return pdfs if kind is FileKind.PDF else pictures


def _pages_of(picture, folder) -> list[dict]:
    """The page of an image, upright; or its two pages where it holds two."""
    shown, turn = _turned(picture.shown, picture.turn), picture.turn
    payload = payload_on(_grey(shown))
    if payload:
        return [_page(picture, turn, None, 0, shown, folder, payload)]
    more = quarter_turn(shown)
    shown, turn = _turned(shown, more), (turn + more) % 360
    parted = gutter(shown)
    if parted is None:
        return [_page(picture, turn, None, 0, shown, folder)]
    width, height = turned_size(picture.width, picture.height, turn)
    at = round(parted * width / shown.shape[1])
    cuts = [[0, 0, at, height], [at, 0, width - at, height]]
    return [_page(picture, turn, cut, part, _cut(shown, cut, width), folder) for part, cut in enumerate(cuts, start=1)]


def _page(picture, turn, cut, part, shown, folder, payload="") -> dict:
    grey = _grey(shown)
    kind = "separator" if payload == SEPARATOR else "cover" if payload else "blank" if is_blank(grey) else "page"
    width, height = cut[2:] if cut else turned_size(picture.width, picture.height, turn)
    target = folder / f"{picture.number}-{part}.jpg"
    target.write_bytes(_encoded(shown))
    return {
        "number": picture.number, "part": part, "width": width, "height": height, "dpi": picture.dpi, "turn": turn, "cut": cut, "kind": kind,
        "code": dossier_code(payload) if kind == "cover" else "", "look": look_of(grey) if kind == "page" else "", "screen": str(target),
    }


def _cut(shown, cut, width):
    """The part of a picture that a cut on its original, ``width`` pixels wide, leaves."""
    if not cut:
        return shown
    scale = shown.shape[1] / width
    left, top, wide, high = (round(side * scale) for side in cut)
    return shown[top : top + max(high, 1), left : left + max(wide, 1)]


def _turned(shown, turn):
    return cv2.rotate(shown, ROTATIONS[turn]) if turn else shown


def _grey(shown):
    return np.ascontiguousarray(cv2.cvtColor(shown, cv2.COLOR_RGB2GRAY))


def _encoded(shown) -> bytes:
    small = cv2.resize(shown, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA) if min(shown.shape[:2]) >= 4 else shown
    coloured = (np.ptp(small, axis=2) > COLOURED).mean() > SHARE_COLOURED
    pixels = cv2.cvtColor(shown, cv2.COLOR_RGB2BGR) if coloured else _grey(shown)
    _done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, QUALITY, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    return data.tobytes()
