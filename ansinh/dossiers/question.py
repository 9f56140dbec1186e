"""What was typed in the search box, understood for scans, and where it stands among the words of a page."""
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from ansinh.engine.text.names import normalise

from .tokens import keys, pair
from .words import Word

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


def found_in(question: Question, words: Sequence[Word], *, accented: bool) -> bool:
    """Whether every term stands on the page, side by side where it must."""
    pieces = _pieces(words)
    return all(next(_places(term, pieces, accented), None) is not None for term in question.terms)


def marks(question: Question, words: Sequence[Word]) -> set[int]:
    """Places in ``words`` of what was asked; where the accents as typed are on the page, only those."""
    pieces, found = _pieces(words), set()
    for term in question.terms:
        places = term.has_accents and list(_places(term, pieces, True)) or _places(term, pieces, False)
        found.update(pieces[start + n][2] for start in places for n in range(len(term.plain)))
    return found


def _term(chunk):
    keyed = [key for word in chunk.split() for key in keys(word)]
    return Term(tuple(plain for plain, _accented in keyed), tuple(accented for _plain, accented in keyed))


def _pieces(words):
    return [(plain, accented, place) for place, word in enumerate(words) for plain, accented in keys(word.text)]


def _places(term, pieces, accented):
    """Where a term begins among the pieces; a word that was typed without accents is met by any."""
    wanted = [
        (1, key) if accented and key != plain else (0, plain) for plain, key in zip(term.plain, term.accented, strict=True)
    ]
    for start in range(len(pieces) - len(wanted) + 1):
        if all(pieces[start + n][which] == key for n, (which, key) in enumerate(wanted)):
            yield start
