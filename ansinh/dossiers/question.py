"""What was typed in the search box, understood for scans, and where it stands among the words of a page."""
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from ansinh.engine.text.names import normalise

from .tokens import keys, pair

QUOTED = re.compile("[\"“”]([^\"“”]*)[\"“”]")
MOST_TERMS = 12


@dataclass(frozen=True)
class Term:
    """A word, or several that stand side by side; ``accented`` is the same with the accents that were typed."""

    plain: tuple[str, ...]
    accented: tuple[str, ...]

    @property
    def has_accents(self) -> bool:
        return self.plain != self.accented

    def tokens(self, *, accented: bool) -> Iterator[str]:
        yield from self.plain
        yield from map(pair, pairwise(self.plain))
        if accented:
            yield from (key for key, plain in zip(self.accented, self.plain, strict=True) if key != plain)


@dataclass(frozen=True)
class Question:
    """All terms must stand on a page; pages with the accents as typed come first."""

    terms: tuple[Term, ...]

    @property
    def ways(self) -> tuple[bool, ...]:
        """With the accents as typed, then without, since tones are what is misread most."""
        return (True, False) if any(term.has_accents for term in self.terms) else (False,)

    def tokens(self, *, accented: bool) -> list[str]:
        """What the index must hold of a page, each once."""
        return list(dict.fromkeys(chain.from_iterable(term.tokens(accented=accented) for term in self.terms)))

    def is_loose(self, *, accented: bool) -> bool:
        """Whether the index alone cannot tell: it knows two neighbours, not three, and no neighbours with accents."""
        return any(len(term.plain) > (1 if accented and term.has_accents else 2) for term in self.terms)


def understood(text: str) -> Question:
    """Words that must all be there; ``"nguyễn văn an"`` in quotes and ``1187/QĐ-LĐTBXH`` stand side by side."""
    text = normalise(text)
    quoted = QUOTED.findall(text)
    terms = (_term(chunk) for chunk in [*quoted, *QUOTED.sub(" ", text).split()])
    return Question(tuple(dict.fromkeys(term for term in terms if term.plain))[:MOST_TERMS])


def found_in(question: Question, texts: Sequence[str], *, accented: bool) -> bool:
    """Whether every term stands on a page of these words, side by side where it must."""
    pieces = _Pieces(texts)
    return all(next(pieces.places(term, accented=accented), None) is not None for term in question.terms)


def marks(question: Question, texts: Sequence[str]) -> set[int]:
    """Places in ``texts`` of what was asked; where the accents as typed are on the page, only those."""
    pieces, found = _Pieces(texts), set()
    word = [place for place, text in enumerate(texts) for _key in keys(text)]
    for term in question.terms:
        starts = term.has_accents and list(pieces.places(term, accented=True)) or pieces.places(term, accented=False)
        found.update(word[start + n] for start in starts for n in range(len(term.plain)))
    return found


def _term(chunk):
    keyed = [key for word in chunk.split() for key in keys(word)]
    return Term(tuple(plain for plain, _accented in keyed), tuple(accented for _plain, accented in keyed))


class _Pieces:
    """The pieces of a page's words in their order, by their keys."""

    def __init__(self, texts):
        self.keyed = list(chain.from_iterable(map(keys, texts)))
        self.plain = [plain for plain, _accented in self.keyed]

    def places(self, term, *, accented):
        """Where a term begins; a word that was typed without accents is met by any."""
        wanted, size = list(term.plain), len(term.plain)
        typed = [(n, key) for n, key in enumerate(term.accented) if key != wanted[n]] if accented else []
        start = -1
        for _again in range(self.plain.count(wanted[0])):
            start = self.plain.index(wanted[0], start + 1)
            if self.plain[start : start + size] == wanted and all(self.keyed[start + n][1] == key for n, key in typed):
                yield start
