"""Which kind of paper a page is, by its title, what the title is about, and phrases of its text; rules first."""
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby, takewhile
from pathlib import Path

from ansinh.dossiers.words import Word, box_of
from ansinh.engine.law.places import listed

from .near import likeness, places, squeezed

CUES = Path(__file__).resolve().parents[2] / "law" / "dossiers" / "cues.yaml"
# Points of a title that names one kind, of a title that many kinds share, of what it is about, of a phrase of the text.
OWN_TITLE, SHARED_TITLE, ABOUT, PHRASE = 10.0, 2.5, 5.0, 1.5
ENOUGH, SURE = 3.0, 12.0
TOP_SHARE, NO_CAPITALS, BEGINNING = 0.55, 0.3, 0.7
RECITALS = ("cancu", "xetdenghi", "xethoso", "theodenghi")


@dataclass(frozen=True)
class Cue:
    """Dấu hiệu of a kind of paper; phrases as squeezed words."""

    kind: str
    titles: tuple[tuple[str, ...], ...]
    about: tuple[tuple[str, ...], ...]
    words: tuple[tuple[str, ...], ...]


@cache
def cues() -> tuple[Cue, ...]:
    """The office's cues, from law/dossiers/cues.yaml."""
    return tuple(
        Cue(row.text("kind"), *(tuple(phrase(text) for text in row.get(key, [])) for key in ("title", "about", "words"))) for row in listed(CUES)
    )


def phrase(text: str) -> tuple[str, ...]:
    """A phrase as squeezed words."""
    return tuple(word for word in (squeezed(part) for part in text.split()) if word)


def kind_of(words: list[Word]) -> tuple[str, int]:
    """The kind of paper that a page begins, as a code of papers.yaml, and how sure that is (0..100); empty where unknown."""
    lines = [[word for word in line if squeezed(word.text)] for _number, line in groupby(words, lambda word: word.line)]
    lines = [line for line in lines if line]
    if not lines:
        return "", 0
    heads = _heads(lines)
    text = [squeezed(word.text) for line in lines for word in line]
    points = {cue.kind: _points(cue, heads, text) for cue in cues()}
    best, second = sorted(points.values(), reverse=True)[:2]
    if best < ENOUGH:
        return "", 0
    kind = max(points, key=points.get)
    return kind, round(min(99, 100 * min(1.0, best / SURE) * (1 - 0.5 * second / best)))


def _heads(lines: list[list[Word]]) -> list[tuple[str, float]]:
    """Lines of the upper part of the page, squeezed, and how much each looks like a title: titles are in capitals."""
    height = max(box_of(line).bottom for line in lines)
    upper = [line for line in lines if box_of(line).top < height * TOP_SHARE]
    texts = ["".join(word.text for word in line) for line in upper]
    # What a decision rests on names papers of other kinds.
    texts = list(takewhile(lambda text: not squeezed(text).startswith(RECITALS), texts))
    return [(squeezed(text), 1.0 if _is_in_capitals(text) else NO_CAPITALS) for text in texts]


def _is_in_capitals(text):
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) * 2 > len(letters)


def _points(cue: Cue, heads: list[tuple[str, float]], text: list[str]) -> float:
    shared = _shared_titles()
    title = max((_as_title(heads, "".join(t)) * (SHARED_TITLE if t in shared else OWN_TITLE) for t in cue.titles), default=0)
    about = ABOUT if any("".join(a) in head for a in cue.about for head, _look in heads) else 0
    return title + about + sum(PHRASE for words in cue.words if places(text, words))


def _as_title(heads: Iterable[tuple[str, float]], title: str) -> float:
    """How well the best line is the title, alone or as the beginning of a line."""
    return max((look * max(likeness(head, title), BEGINNING * likeness(head[: len(title)], title)) for head, look in heads), default=0.0)


@cache
def _shared_titles():
    titles = [title for cue in cues() for title in cue.titles]
    return frozenset(title for title in titles if titles.count(title) > 1)
