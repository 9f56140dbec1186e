"""Values that stand after their labels: to the right of it, in the next cell, or on the next line."""
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ansinh.dossiers.words import Word
from ansinh.engine.law.places import listed

from .kinds import phrase
from .lexicon import Lexicon
from .near import places
from .runs import WIDE, Run
from .value import Value
from .values import FINDERS

FILE = Path(__file__).resolve().parents[2] / "law" / "dossiers" / "labels.yaml"
# A short label with another first letter is another word: Ninh, ngày is not Sinh ngày.
SURE_LENGTH = 12
LONGEST_LABEL, LONGEST_ADDITION, HINTED, BELOW = 10, 8, 0.92, 2
# The first cell of the head of a table of many people or wounds.
COUNTS = ("tt", "stt", "sott")


@dataclass(frozen=True)
class Label:
    """Nhãn in a line: for which field, its rank, from which word to before which, and how well it fits."""

    field: str
    rank: int
    first: int
    last: int
    fit: float
    hinted: bool = False


@dataclass(frozen=True)
class Hint:
    """What a label may speak of, as squeezed words, and words that make it another field's."""

    field: str
    rank: int
    words: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """A value that may be the field's, by a rule; of a higher rank only where there is none of a lower."""

    field: str
    value: Value
    rule: str
    fit: float
    rank: int = 1


def labelled(wanted: dict[str, str], lines: list[Run], labels: list[list[Label]], lexicon: Lexicon) -> Iterable[Candidate]:
    """The values of labels of wanted fields, each by the first way that leads to one."""
    for number, line in enumerate(lines):
        heads = _heads_of_tables(line)
        for place, label in enumerate(labels[number]):
            if label.field not in wanted or line.words[label.first].line in heads:
                continue
            kind = wanted[label.field]
            following = labels[number][place + 1 :]
            right = _past_what_the_label_adds(line.part(label.last, following[0].first if following else None), label, kind)
            if right is None:
                continue
            # A name that no colon announces, or that stands elsewhere, begins with a family.
            announced = line.words[label.last - 1].text.endswith(":")
            after = beginning(lines, labels, number + 1)
            ways = [("hint" if label.hinted else "label", right)]
            if not following and len(right.words) < 2:
                ways += [("beside", other) for other in _beside(line.part(label.first, label.last), lines)] + [("next line", after)]
            if following and not right.words:
                ways += [("below", _below(line, label, following[0], lines[number + 1 : number + 2]))]
            for rule, run in ways:
                value = FINDERS[kind](run, lexicon) if run.words else None
                if value and (kind != "name" or rule in ("label", "hint") and announced or lexicon.is_family(value.plain.split()[0])):
                    yield Candidate(label.field, value, rule, label.fit, label.rank + (BELOW if rule == "below" else 0))
                    break


def _heads_of_tables(line: Run) -> set[int]:
    """Lines that are the head of a table with a row for each person or wound: its labels are not the paper's own."""
    return {
        word.line for place, word in enumerate(line.words)
        if line.squeezed[place] in COUNTS and (not place or line.words[place - 1].line != word.line)
    }


def _past_what_the_label_adds(right: Run, label: Label, kind: str) -> Run | None:
    """What follows ``Họ và tên người được hưởng:`` after the colon or the cell; ``None`` where the addition makes it another's."""
    first, bracketed = 0, False
    while first < min(LONGEST_ADDITION, len(right.words)):
        word = right.words[first]
        bracketed = bracketed or word.text.startswith("(")
        if not bracketed and not word.text[:1].islower():
            break
        bracketed, first = bracketed and ")" not in word.text, first + 1
        if word.text.endswith(":") or first < len(right.words) and _apart(word, right.words[first]):
            return None if _is_anothers(right.part(0, first), label) else right.part(first)
    # A name begins with a capital, so what a label adds before it is told without a colon.
    if kind == "name" and first and not bracketed:
        return None if _is_anothers(right.part(0, first), label) else right.part(first)
    return right


def _apart(word: Word, following: Word) -> bool:
    return word.line == following.line and following.box.left - word.box.right > WIDE * word.box.height


def _is_anothers(added: Run, label: Label) -> bool:
    words = f" {' '.join(filter(None, added.squeezed))} "
    return any(f" {other} " in words for hint in _hints() if hint.field == label.field for other in hint.without)


def _below(line: Run, label: Label, neighbour: Label, below: list[Run]) -> Run:
    """The words of the next line that stand under a label of a table's head."""
    left, right = line.words[label.first].box.left, line.words[neighbour.first].box.left
    return Run(tuple(word for other in below for word in other.words if left - word.box.height < word.box.left < right - word.box.height))


def beginning(lines: list[Run], labels: list[list[Label]], number: int) -> Run:
    """The beginning of a line down to its first label."""
    if number >= len(lines):
        return Run(())
    return lines[number].part(0, labels[number][0].first) if labels[number] else lines[number]


def labels_in(line: Run, kind: str = "") -> list[Label]:
    """Labels of a line from left to right; the best read and longest has its words first. Some are of some kinds of paper only."""
    seen = [
        Label(field, rank, first, last, fit)
        for field, rank, words, kinds in known_labels() if not kinds or kind in kinds
        for first, last, fit in places(line.squeezed, words)
        if fit == 1.0 or len("".join(words)) >= SURE_LENGTH or line.squeezed[first][:1] == words[0][:1]
    ]
    found: list[Label] = []
    for label in sorted(seen, key=lambda label: -label.fit):
        if not any(label.first < other.last and other.first < label.last for other in found):
            found.append(label)
    found += [hint for hint in _hinted(line) if not any(hint.first < other.last and other.first < hint.last for other in found)]
    return sorted(found, key=lambda label: label.first)


def _hinted(line: Run) -> Iterable[Label]:
    """Labels that no list holds: the words of a line down to a colon or to the next cell, told by what they speak of."""
    first = 0
    for number, word in enumerate(line.words):
        if number and word.line != line.words[number - 1].line:
            first = number
        cell = number + 1 < len(line.words) and _apart(word, line.words[number + 1])
        if (word.text.endswith(":") or cell) and number - first < LONGEST_LABEL:
            words = f" {' '.join(filter(None, line.squeezed[first : number + 1]))} "
            hint = next((hint for hint in _hints() if _speaks_of(words, hint)), None)
            if hint:
                yield Label(hint.field, hint.rank, first, number + 1, HINTED, hinted=True)
        if cell or word.text.endswith((":", ".", ";", ",")):
            first = number + 1


def _speaks_of(words: str, hint: Hint) -> bool:
    return any(f" {said} " in words for said in hint.words) and not any(f" {other} " in words for other in hint.without)


@cache
def _hints() -> tuple[Hint, ...]:
    def spaced(text):
        return " ".join(phrase(text)) or text

    return tuple(
        Hint(row.text("field"), row.whole("rank"), tuple(map(spaced, row["words"])), tuple(map(spaced, row["without"])))
        for row in listed(FILE) if "words" in row
    )


def _beside(label: Run, lines: list[Run]) -> list[Run]:
    """Lines that stand at the same height to the right of a label, the nearest first: the next cell of a table."""
    box = label.box
    level = [line for line in lines if line.box.left >= box.right and abs(line.box.top - box.top) < box.height]
    return sorted(level, key=lambda line: line.box.left)


@cache
def known_labels() -> tuple[tuple[str, int, tuple[str, ...], tuple[str, ...]], ...]:
    """The list of labels, longest first: field, rank, squeezed words, kinds of paper (all where empty)."""
    rows = [
        (row.text("field"), row.whole("rank", 1), phrase(text), tuple(row.get("kinds", [])))
        for row in listed(FILE) for text in row.get("label", [])
    ]
    return tuple(sorted(rows, key=lambda row: -len("".join(row[2]))))
