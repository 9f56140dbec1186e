"""The work of archiving in a bounded child: scans are opened, and the images of their pages written down for a PDF."""
from dataclasses import asdict, replace
from pathlib import Path

from ..intake.bounds import Unfit
from .images import Picture, Sheet, picture_of


def take_pictures(path: str, sheets: list[dict], folder: str) -> dict:
    """The images of these pages as facts, the bytes of each in a file of the folder; or ``unfit``."""
    try:
        return {"pictures": [_written(picture_of(Sheet(**sheet), Path(path)), Path(folder) / f"{n}") for n, sheet in enumerate(sheets)]}
    except Unfit as unfit:
        return {"unfit": unfit.code, "facts": unfit.facts}


def _written(picture: Picture, target: Path) -> dict:
    target.write_bytes(picture.data)
    return asdict(replace(picture, data=b"")) | {"data": str(target)}
