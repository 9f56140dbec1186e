"""How sure a suggestion is: signs of doubt that can be measured, weighed by a table fitted on the development papers."""
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from ansinh.dossiers.words import Box, Word
from ansinh.engine.law.places import listed

from .labels import Candidate
from .lexicon import Lexicon, plain
from .near import squeezed
from .shapes import letters, skeleton

FILE = Path(__file__).resolve().parents[2] / "law" / "dossiers" / "sureness.yaml"
# A value's fields of digits are read wrongly where the page's zeros are taken for other digits or letters.
_MIXED = re.compile(r"[^\W\d_]\d|\d[^\W\d_]")
_MIXED_BY_RULE = re.compile(r"[/%]|[-–]|\d(?:A|B|C|D|Đ|H|h|g)$|^[A-ZĐ]\d")
_DAYS = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_YEARS = re.compile(r"(?<!\d)(\d{4})(?!\d)")
MONTHS, FIRST_YEAR, LAST_YEAR = 12, 1875, 2035
MANY_MIXED, MANY_IMPOSSIBLE = 3, 2
# Of these a page has several, and only a label says whose or which.
OF_MANY = {"full_name", "injury_rate"}
# A correction says the wrong value and the right one.
OLD_AND_NEW = {"full_name", "birth", "citizen_number", "home_place"}
SAID_AGAIN = {"full_name", "home_place", "dossier_number", "citizen_number"}


@dataclass(frozen=True)
class PageSigns:
    """What the page says of its own reading: how weak it is, how many figures mix with letters, how many days cannot be."""

    text: str
    weak: float
    mixed: float
    impossible: float


def page_signs(words: Sequence[Word]) -> PageSigns:
    """The signs of a page; at least one word is needed."""
    weak = 1 - sum(max(0, word.confidence) for word in words) / 100 / len(words)
    mixed = sum(bool(_MIXED.search(word.text) and not _MIXED_BY_RULE.search(word.text)) for word in words)
    impossible = sum(_is_impossible(word.text) for word in words)
    return PageSigns(joined(" ".join(word.text for word in words)), weak, min(1.0, mixed / MANY_MIXED), min(1.0, impossible / MANY_IMPOSSIBLE))


def joined(text: str) -> str:
    """Only letters and digits, as they are looked up."""
    return "".join(c for c in plain(text) if c.isalnum())


def _is_impossible(text: str) -> bool:
    if found := _DAYS.search(text):
        return int(found[2]) > MONTHS or not FIRST_YEAR <= int(found[3]) <= LAST_YEAR
    found = _YEARS.fullmatch(text.strip(".,;"))
    return bool(found) and int(found[1]) > LAST_YEAR


def signs(kind: str, best: Candidate, found: Sequence[Candidate], page: PageSigns, changed: frozenset[Box], lexicon: Lexicon) -> dict[str, float]:
    """What speaks for and against the best of all candidates for a field, each from 0 to 1."""
    value, own = best.value, [other for other in found if other.rank == best.rank]
    seen = [max(0, word.confidence) / 100 for word in value.run.words]
    digits = any(c.isdigit() for c in value.plain)
    # That a commune lies in its district does not say which of two homes is meant.
    elsewhere = best.field == "home_place" and any(_elsewhere(best, other) for other in found)
    return {
        "always": 1.0, f"field {best.field}": 1.0, f"way {best.rule}": 1.0,
        "weakest word": 1 - min(seen), "weak words": 1 - sum(seen) / len(seen), "label unlike": 1 - best.fit, "shape unlike": 1 - value.fit,
        "lower rank": float(best.rank > 1), "checked": 0.0 if elsewhere else value.checked, "weak page": page.weak,
        "weakest figures": digits * (1 - min(seen)), "second choice": float(best.rule == "place and day" and best.fit < 1),
        "mixed figures": page.mixed * digits, "impossible days": page.impossible * digits,
        "mended": float(any(word.box in changed for word in value.run.words)), "mark lost": _marks_lost(best, lexicon),
        "cut off": _cut_off(best, lexicon), "says what was wrong": float(kind == "correction_decision" and best.field in OLD_AND_NEW),
        "without a label": float(best.field in OF_MANY and best.rule in ("words around", "look")),
        "kind unknown": float(not kind),
        "far from its label": float(best.rule in ("next line", "below", "last on the right")),
        **_agreement(best, own, found, page), "another home": float(elsewhere),
    }  # fmt: skip


def _agreement(best: Candidate, own: Sequence[Candidate], found: Sequence[Candidate], page: PageSigns) -> dict[str, float]:
    """Whether other places of the page say the same, the same with other accents, or something else."""
    words, others = best.value.plain, [other for other in found if other is not best]
    if any(other.value.plain != words for other in own):
        return {"contradicted": 1.0}
    if any(other.rule in ("label", "hint") and other.value.plain != words for other in others):
        return {"other label": 1.0}
    if best.field in SAID_AGAIN and page.text.count(joined(words)) > 1 or any(_other_place(best, other) for other in others):
        return {"said again": 1.0}
    if best.field in SAID_AGAIN and squeezed(page.text).count(squeezed(words)) > 1:
        return {"other accents": 1.0}
    return {}


def _other_place(best: Candidate, other: Candidate) -> bool:
    return other.value.plain == best.value.plain and other.value.run.box != best.value.run.box


def _elsewhere(best: Candidate, other: Candidate) -> bool:
    one, two = best.value.plain.lower(), other.value.plain.lower()
    return one not in two and two not in one


def _cut_off(best: Candidate, lexicon: Lexicon) -> float:
    """A home without its province, or a name of two words that ends as a middle name does."""
    words = best.value.plain.split()
    if best.field == "home_place":
        return float(not best.value.plain.split(", ")[-1].startswith(("tỉnh ", "thành phố ")) or len(best.value.plain.split(", ")) == 1)
    return float(best.field in ("full_name", "signer") and len(words) == 2 and plain(words[1]) in lexicon.middle)


def _marks_lost(best: Candidate, lexicon: Lexicon) -> float:
    """Words of a name without a tone that are also names with one: a mark may have been lost; Lê for Lễ."""
    if best.field not in ("full_name", "signer"):
        return 0.0
    last = best.value.plain.split()[-1]
    return float(not letters(plain(last))[1] and any(skeleton(given) == skeleton(last) and letters(given)[1] for given in lexicon.given))


@cache
def weights() -> dict[str, float]:
    """The weight of each sign."""
    return {row.text("sign"): float(row["weight"]) for row in listed(FILE) if "sign" in row}


def confidence(found: dict[str, float], table: dict[str, float] | None = None) -> int:
    """How likely a suggestion with these signs is right by the table, 1 to 99."""
    table = weights() if table is None else table
    score = sum(table.get(sign, 0.0) * amount for sign, amount in found.items())
    return max(1, min(99, int(100 / (1 + exp(-score)))))
