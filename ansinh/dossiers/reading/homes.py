"""Homes: a commune in its district in its province; a name misread by a letter or a mark becomes the one that stands there."""
import re
from dataclasses import dataclass

from ansinh.engine.text.names import accented_key

from .lexicon import Area, Lexicon
from .near import distance, squeezed

KINDS = ("xã", "phường", "thị trấn", "huyện", "thành phố", "thị xã", "tỉnh", "quận")
# Words that say what a place is.
KINDS_OF_PLACE = frozenset("xã xa phường thị trấn huyện thành phố tỉnh quận xóm thôn bản tổ làng khu tp tx tt".split())
_PART = re.compile(rf"(?:({'|'.join(KINDS)})\s)?(.*)", re.IGNORECASE | re.DOTALL)
# Shorter names have too many neighbours a letter away.
SHORTEST_NEAR, LONGEST_NAME = 4, 4
# A home of one part only was probably cut off.
ALONE = 0.5
_SIGNS = ",.;:()"


@dataclass(frozen=True)
class Home:
    """A home in plain form, the share of known areas, whether a name was mended, whether each part stands in the next as written."""

    text: str
    known: float
    mended: bool
    firm: bool


def home(text: str, lexicon: Lexicon) -> Home:
    """Read ``xã …, huyện …, tỉnh …``; each part is looked for under the part after it."""
    parts, above, known, mended, nested = [], None, 0, False, 0
    for part in reversed(re.split(r"\s?[,;]\s?", text)):
        kind, name = _PART.fullmatch(part.strip()).groups()
        plain = re.sub(r"[^\w\s-]", "", name).strip()
        area = standing(kind or "", plain, above, lexicon)
        known += area is not None
        nested += area is not None and above is not None and area.above == above.name
        right = area.name if area and accented_key(area.name) != accented_key(plain) else plain
        mended = mended or right != plain or plain != name
        parts.append(f"{kind} {right}" if kind else right)
        above = area
    if len(parts) == 1:
        known *= ALONE
    return Home(", ".join(reversed(parts)), known / len(parts), mended, not mended and len(parts) > 1 and nested == len(parts) - 1)


def standing(kind: str, name: str, above: Area | None, lexicon: Lexicon) -> Area | None:
    """The area of this name under the one above, or the only one that looks like it; ``None`` where there is none."""
    same = [area for area in lexicon.areas_named(name) if not kind or area.kind == kind.lower()] or lexicon.areas_named(name)
    exact = [area for area in same if accented_key(area.name) == accented_key(name)]
    if exact:
        return next((area for area in exact if above and area.above == above.name), exact[0])
    bones = squeezed(name)
    under = [area for area in lexicon.areas if (not above or area.above == above.name) and (not kind or area.kind == kind.lower())]
    near = {area.name: area for area in under if _looks_like(squeezed(area.name), bones)}
    return next(iter(near.values())) if len(near) == 1 and (above or kind.lower() == "tỉnh") else None


def _looks_like(known: str, read: str) -> bool:
    return known == read or min(len(known), len(read)) >= SHORTEST_NEAR and distance(known, read, 1) <= 1


def mended_names(texts: list[str], lexicon: Lexicon) -> dict[int, str]:
    """Words of a line that misspell a commune or district which the next part names the one above; by their number in the line."""
    parts, found = list(_parts(texts)), {}
    for (kind, first, last), (above_kind, above_first, above_last) in zip(parts, parts[1:], strict=False):
        if above_first - last > 2:
            continue
        above = standing(above_kind, _name(texts, above_first, above_last), None, lexicon)
        area = standing(kind, _name(texts, first, last), above, lexicon) if above else None
        if area and area.above == above.name and len(area.name.split()) == last - first:
            for number, word in zip(range(first, last), area.name.split(), strict=True):
                core = texts[number].strip(_SIGNS)
                if core.isalpha() and accented_key(core) != accented_key(word) and not core.isupper():
                    found[number] = texts[number].replace(core, word)
    return found


def _parts(texts: list[str]):
    """Each ``xã Tân Cương`` of a line: its kind, from which word to before which the name stands."""
    low = [text.lower() for text in texts]
    for number in range(len(texts)):
        for length in (2, 1):
            kind = " ".join(low[number : number + length])
            if kind in KINDS:
                last = first = number + length
                while last < len(texts) and last - first < LONGEST_NAME and texts[last][:1].isupper():
                    last += 1
                    if not texts[last - 1][-1].isalnum():
                        break
                if last > first:
                    yield kind, first, last
                break


def _name(texts, first, last):
    return " ".join(texts[first:last]).strip(_SIGNS)
