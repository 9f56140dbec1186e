"""A page read: its image prepared, recognised, corrected knowing Vietnamese, its kind and fields suggested. Knows no database."""
import resource
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from ansinh.dossiers.words import Word

from .correct import Correction, correct
from .fields import Found, fields_of
from .images import page_image
from .kinds import kind_of
from .lexicon import Lexicon
from .prepare import prepare
from .recognise import reader_name, recognise


@dataclass(frozen=True)
class PageRead:
    """Trang đã đọc: words as corrected, what was changed, the kind of paper and values suggested, and what the work cost."""

    words: list[Word]
    corrections: list[Correction]
    confidence: int
    kind: str
    kind_confidence: int
    found: list[Found]
    cost_ms: int
    reader: str


def read_page(path: Path, *, number: int, turn: int, cut: list[int] | None, dpi: int, lexicon: Lexicon) -> PageRead:
    """Read image ``number`` of a file under the instructions of the page; boxes count in pixels of the page."""
    begun = _spent()
    image = page_image(path, number, turn, cut, dpi)
    recognised = recognise(prepare(image.grey, image.dpi, scale=image.scale))
    words, corrections = correct(recognised, lexicon)
    kind, sureness = kind_of(words)
    changed = frozenset(words[one.place].box for one in corrections if one.place < len(words))
    found = fields_of(kind, words, lexicon, changed, sureness)
    confidence = round(mean(word.confidence for word in words)) if words else 0
    return PageRead(words, corrections, confidence, kind, sureness, found, _spent() - begun, reader_name())


def _spent() -> int:
    """Processor time of this process and of those that it ran, in milliseconds."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round(1000 * sum(each.ru_utime + each.ru_stime for each in used))
