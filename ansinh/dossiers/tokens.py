"""What stands in the index of words: folded and accented keys, pairs of neighbours, where the page may be seen, how new it is."""
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise

from ansinh.engine.text.names import accented_key, fold

PIECE = re.compile(r"[^\W_]+")
LONGEST_PIECE, MOST_PIECES = 60, 5_000
# A page belongs to one window of each size: 1,024 pages, then eight times as many each. See ``windows_before``.
WINDOW_BITS = (10, 13, 16, 19, 22, 25)


@lru_cache(maxsize=65536)
def keys(text: str) -> tuple[tuple[str, str], ...]:
    """Plain and accented key of each piece of a word: ``1187/QĐ`` → ``(("1187", "1187"), ("qd", "qđ"))``."""
    pieces = PIECE.findall(unicodedata.normalize("NFKC", text))
    keyed = ((fold(piece), accented_key(piece)) for piece in pieces if len(piece) <= LONGEST_PIECE)
    return tuple((plain, accented) for plain, accented in keyed if PIECE.fullmatch(plain) and PIECE.fullmatch(accented))


def tokens_of(texts: Iterable[str]) -> set[str]:
    """All keys of a page's words, and each two neighbours joined, so that ``quyết định`` as one need not be looked for in the text."""
    keyed = list(chain.from_iterable(map(keys, texts)))[:MOST_PIECES]
    plain = [key for key, _accented in keyed]
    return {*plain, *(accented for _plain, accented in keyed), *map(pair, pairwise(plain))}


def pair(neighbours: tuple[str, str]) -> str:
    """Two neighbours as one token."""
    return "_".join(neighbours)


def place_token(area_path: str, field: str) -> str:
    """``19.173.``, ``merit`` → ``_merit_19_173``; no word of a page begins so."""
    return f"_{field}_{area_path.rstrip('.').replace('.', '_')}"


def place_tokens(area_path: str, field: str) -> set[str]:
    """The unit and all units above it, with and without the field: whoever has a right at one of them finds the page."""
    codes = area_path.rstrip(".").split(".")
    above = [".".join(codes[:n]) for n in range(1, len(codes) + 1)]
    return {place_token(path, said) for path in above for said in ("", field)}


def age_tokens(pk: int) -> set[str]:
    """The windows that a page belongs to."""
    return {_window(bits, pk >> bits) for bits in WINDOW_BITS}


def windows_before(newest: int) -> Iterable[list[str]]:
    """Groups of windows from the newest page to the oldest, each group about eight times as old as the one before.

    A common word fills the first of them, a rare one is soon looked for in all: no statistics are needed to choose a way.
    """
    place = newest >> WINDOW_BITS[0]
    yield [_window(WINDOW_BITS[0], place)]
    for bits in WINDOW_BITS:
        older = range(place & ~7, place) if bits < WINDOW_BITS[-1] else range(place)
        if older:
            yield [_window(bits, number) for number in reversed(older)]
        place >>= 3


def _window(bits, number):
    return f"_{bits}w_{number}"
