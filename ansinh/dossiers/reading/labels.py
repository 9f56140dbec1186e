"""Values that stand after their labels: to the right of it, in the next cell, or on the next line."""
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ansinh.engine.law.places import listed

from .kinds import phrase
from .lexicon import Lexicon
from .near import places
from .runs import Run
from .values import FINDERS, Value

FILE = Path(__file__).resolve().parents[2] / "law" / "dossiers" / "labels.yaml"
LONGEST_LABEL, LONGEST_ADDITION, HINTED, BELOW = 10, 7, 0.92, 2


@dataclass(frozen=True)
class Label:
    """Nhãn in a line: for which field, its rank, from which word to before which, and how well it fits."""

    field: str
    rank: int
    first: int
    last: int
    fit: float


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
        for place, label in enumerate(labels[number]):
            if label.field not in wanted:
                continue
            kind = wanted[label.field]
            following = labels[number][place + 1 :]
            right = _past_what_the_label_adds(line.part(label.last, following[0].first if following else None), label)
            if right is None:
                continue
            after = beginning(lines, labels, number + 1)
            ways = [("label", right)]
            if not following and len(right.words) < 2:
                ways += [("beside", other) for other in _beside(line.part(label.first, label.last), lines)] + [("next line", after)]
            if following and not right.words:
                ways += [("below", _below(line, label, following[0], lines[number + 1 : number + 2]))]
            for rule, run in ways:
                if run.words and (value := FINDERS[kind](run, lexicon)):
                    yield Candidate(label.field, value, rule, label.fit, label.rank + (BELOW if rule == "below" else 0))
                    break


def _past_what_the_label_adds(right: Run, label: Label) -> Run | None:
    """What follows ``Họ và tên người được hưởng:`` after the colon; ``None`` where the addition makes it another's."""
    for number, word in enumerate(right.words[:LONGEST_ADDITION]):
        if not word.text[:1].islower():
            break
        if word.text.endswith(":"):
            added = f" {' '.join(right.squeezed[: number + 1])} "
            others = (other for hint in _hints() if hint.field == label.field for other in hint.without)
            return None if any(f" {other} " in added for other in others) else right.part(number + 1)
    return right


def _below(line: Run, label: Label, neighbour: Label, below: list[Run]) -> Run:
    """The words of the next line that stand under a label of a table's head."""
    left, right = line.words[label.first].box.left, line.words[neighbour.first].box.left
    return Run(tuple(word for other in below for word in other.words if left - word.box.height < word.box.left < right - word.box.height))


def beginning(lines: list[Run], labels: list[list[Label]], number: int) -> Run:
    """The beginning of a line down to its first label."""
    if number >= len(lines):
        return Run(())
    return lines[number].part(0, labels[number][0].first) if labels[number] else lines[number]


def labels_in(line: Run) -> list[Label]:
    """Labels of a line from left to right; the longest has its words first."""
    found = []
    for field, rank, words in _labels():
        for first, last, fit in places(line.squeezed, words):
            if not any(first < other.last and other.first < last for other in found):
                found.append(Label(field, rank, first, last, fit))
    found += [hint for hint in _hinted(line) if not any(hint.first < other.last and other.first < hint.last for other in found)]
    return sorted(found, key=lambda label: label.first)


def _hinted(line: Run) -> Iterable[Label]:
    """Labels that no list holds: the words down to a colon, told by what they speak of."""
    first = 0
    for number, word in enumerate(line.words):
        if word.text.endswith(":") and number - first < LONGEST_LABEL:
            words = f" {' '.join(filter(None, line.squeezed[first : number + 1]))} "
            hint = next((hint for hint in _hints() if _speaks_of(words, hint)), None)
            if hint:
                yield Label(hint.field, hint.rank, first, number + 1, HINTED)
        if word.text.endswith((":", ".", ";", ",")):
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
def _labels() -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    rows = [(row.text("field"), row.whole("rank", 1), phrase(text)) for row in listed(FILE) for text in row.get("label", [])]
    return tuple(sorted(rows, key=lambda row: -len("".join(row[2]))))
