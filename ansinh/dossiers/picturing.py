"""The images of pages for a PDF, taken from their scans in a bounded child and put aside until the PDF is made."""
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from django.utils.translation import gettext as _

from ansinh.office.cabinet import local_path
from ansinh.office.copies import folder_aside
from ansinh.web.refusal import Refusal

from .archive.images import Picture, Sheet
from .archive.pdf import Side
from .bounded import Bounded
from .intake.bounds import Unfit
from .intake.reasons import reason_of
from .models import Page
from .opening import ask

TAKE = "ansinh.dossiers.archive.child:take_pictures"
# For one page: of the processor, and of memory, since the largest page is cut and coded at its full size.
SECONDS, MEMORY = 20, 1536 * 2**20


class Pictured:
    """Pages whose images lie aside: made into sides of a PDF as often as wanted, one image held at a time."""

    def __init__(self, pages: list[Page], taken: list[dict]):
        self.pages, self.taken = pages, taken

    def __iter__(self) -> Iterator[Side]:
        for page, said in zip(self.pages, self.taken, strict=True):
            words = page.text.as_words() if hasattr(page, "text") else []
            picture = Picture(**{**said, "data": Path(said["data"]).read_bytes()})
            yield Side(picture, page.width, page.height, page.dpi, words)


@contextmanager
def pictured(pages: list[Page], child: Bounded | None = None):
    """The pages with their images at hand; a scan that cannot be opened within bounds is refused with the page that it stopped."""
    with folder_aside() as folder:
        if child:
            yield Pictured(pages, list(_taken(pages, child, Path(folder))))
            return
        with Bounded(memory=MEMORY, seconds=SECONDS) as own:
            taken = list(_taken(pages, own, Path(folder)))
        yield Pictured(pages, taken)


def _taken(pages, child, folder):
    """One call for each page, so that each has the time of a page; a scan of many pages is fetched once."""
    place = 0
    for scan, of_scan in groupby(pages, key=lambda page: page.scan):
        with local_path(scan.file) as path:
            for page in of_scan:
                place += 1
                target = folder / str(place)
                target.mkdir()
                yield _one(page, child, path, target)


def _one(page, child, path, target):
    sheet = asdict(Sheet(page.number, page.turn, page.cut, page.dpi))
    try:
        return ask(child, TAKE, str(path), [sheet], str(target))["pictures"][0]
    except Unfit as unfit:
        said = {"n": page.position or page.number, "why": " ".join(reason_of(unfit.code, unfit.facts))}
        raise Refusal(_("Trang %(n)d không mở được để lập bản PDF: %(why)s") % said) from None
