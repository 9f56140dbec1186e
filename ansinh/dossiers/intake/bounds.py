"""How much a file may ask for before it is refused, and the refusal as a value."""
from dataclasses import dataclass, field

MOST_BYTES = 4 * 2**30
MOST_PAGES = 2_000
# A page of 10,000 pixels is read; one of 30,000 is not a page.
LONGEST_SIDE = 16_000
MOST_PIXELS = 120_000_000
LOWEST_DPI, USUAL_DPI, HIGHEST_DPI = 72, 200, 600
SCREEN_SIDE = 2_000

MOST_MEMBERS = 2_000
MOST_UNPACKED = 8 * 2**30
MOST_OF_A_MEMBER = 2**30
# Scans hardly shrink; what shrinks a hundredfold is empty or an attack. Small archives of blank pages are let be.
MOST_SHRUNK, SHRUNK_COUNTS_FROM = 100, 64 * 2**20


@dataclass
class Unfit(Exception):
    """A file that cannot be taken: the code of the reason in reasons.py and what its sentence names."""

    code: str
    facts: dict = field(default_factory=dict)

    def __str__(self):
        return self.code


def check_size(width: int, height: int):
    """Refuse an image that would not fit into memory, by its declared size."""
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise Unfit("too_large", {"width": width, "height": height, "most": LONGEST_SIDE})
    if min(width, height) < 1:
        raise Unfit("damaged")


def check_count(pages: int):
    """Refuse a file of too many pages, or of none."""
    if pages > MOST_PAGES:
        raise Unfit("too_many_pages", {"pages": pages, "most": MOST_PAGES})
    if pages < 1:
        raise Unfit("no_pages")
