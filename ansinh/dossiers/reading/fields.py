"""What a paper says, as suggestions: values found by their labels, the head and the foot of the page, never more than suggested."""
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ansinh.dossiers.catalogue import catalogue
from ansinh.dossiers.words import Box, Word
from ansinh.engine.law.places import listed

from .kinds import phrase
from .lexicon import Lexicon
from .near import places, squeezed
from .runs import Run, lines_of
from .values import FINDERS, Value, first_day, name, paper_number

LABELS = Path(__file__).resolve().parents[2] / "law" / "dossiers" / "labels.yaml"
STOP = "stop"
# How often each way of finding a value is right on pages read well.
TRUST = {"label": 0.97, "next line": 0.88, "beside": 0.9, "head": 0.96, "place and day": 0.95, "foot": 0.93}
AGREED, CONTRADICTED = 0.5, 0.55
HEAD_SHARE = 0.42


@dataclass(frozen=True)
class Found:
    """Điều máy đọc: a value for a field in plain form, as it was read, where, how sure (0..100), by which rule."""

    name: str
    value: str
    raw: str
    box: Box
    confidence: int
    rule: str


@dataclass(frozen=True)
class Label:
    """Nhãn found in a line: for which field, from which word to before which, and how well it fits."""

    field: str
    first: int
    last: int
    fit: float


@dataclass(frozen=True)
class Candidate:
    """A value that may be the field's, by a rule."""

    field: str
    value: Value
    rule: str
    fit: float


def fields_of(kind: str, words: list[Word], lexicon: Lexicon) -> list[Found]:
    """The values of a paper of this kind (any kind where empty) that stand on the page; one for each field at most."""
    papers = catalogue().papers
    wanted = {field.code: field.type for field in (papers[kind].fields if kind in papers else catalogue().fields.values())}
    lines = lines_of(words)
    if not lines:
        return []
    candidates = [candidate for candidate in _candidates(wanted, lines, lexicon) if candidate.field in wanted]
    text = "".join(squeezed(word.text) for word in words)
    found = []
    for field in wanted:
        own = [candidate for candidate in candidates if candidate.field == field]
        if own:
            found.append(_settled(field, own, text))
    return found


def _candidates(wanted, lines: list[Run], lexicon: Lexicon) -> Iterable[Candidate]:
    labels = [_labels_in(line) for line in lines]
    yield from _labelled(wanted, lines, labels, lexicon)
    if "decision_number" in wanted:
        yield from _numbered(lines, lexicon)
    if "decision_date" in wanted:
        yield from _dated(lines, at_the_head="decision_number" in wanted)
    if "signer" in wanted:
        yield from _signed(lines, lexicon)


def _labelled(wanted, lines, labels, lexicon) -> Iterable[Candidate]:
    """Values after their labels: to the right, beside in the next cell, or on the next line."""
    for number, (line, found) in enumerate(zip(lines, labels, strict=True)):
        for place, label in enumerate(found):
            if label.field not in wanted:
                continue
            kind = wanted[label.field]
            end = found[place + 1].first if place + 1 < len(found) else len(line.words)
            right = line.part(label.last, end)
            whole = end == len(line.words)
            for rule, run in _where_values_stand(right, line, label, lines, labels, number, kind, whole):
                if run.words and (value := FINDERS[kind](run, lexicon)):
                    yield Candidate(label.field, value, rule, label.fit)
                    break


def _where_values_stand(right, line, label, lines, labels, number, kind, whole):
    after = _unlabelled(lines, labels, number + 1)
    if right.words:
        yield "label", right.then(after) if whole and kind in ("place", "name", "day", "birth", "month") else right
    if len(right.words) < 2 and whole:
        box = line.part(label.first, label.last).box
        for other in lines:
            if other.box.left >= box.right and abs(other.box.top - box.top) < box.height:
                yield "beside", other
        yield "next line", after


def _unlabelled(lines, labels, number):
    """The beginning of a line down to its first label."""
    if number >= len(lines):
        return Run(())
    return lines[number].part(0, labels[number][0].first) if labels[number] else lines[number]


@cache
def _labels() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = [(row.text("field"), phrase(text)) for row in listed(LABELS) for text in row["label"]]
    return tuple(sorted(rows, key=lambda row: -len("".join(row[1]))))


def _labels_in(line: Run) -> list[Label]:
    """Labels of a line from left to right; the longest has its words first."""
    found = []
    for field, words in _labels():
        for first, last, fit in places(line.squeezed, words):
            if not any(first < other.last and other.first < last for other in found):
                found.append(Label(field, first, last, fit))
    return sorted(found, key=lambda label: label.first)


def _numbered(lines, lexicon) -> Iterable[Candidate]:
    """The paper's own number at its head, after ``Số``."""
    for line in _upper(lines):
        for place, word in enumerate(line.squeezed):
            if word in ("so", "s0", "50") and (value := paper_number(line.part(place + 1, place + 5), lexicon)):
                yield Candidate("decision_number", value, "head", 1.0)
                return


def _dated(lines, *, at_the_head) -> Iterable[Candidate]:
    """The day beside the place at the head; at the foot on papers that people write themselves."""
    upper = _upper(lines)
    for line in upper if at_the_head else reversed(lines):
        for place, word in enumerate(line.squeezed):
            if word == "ngay" and (value := first_day(line.part(place, place + 6))):
                yield Candidate("decision_date", value, "place and day", 1.0)
                return


def _upper(lines):
    bottom = max(line.box.bottom for line in lines)
    return [line for line in lines if line.box.top < bottom * HEAD_SHARE]


OFFICIALS = tuple(
    squeezed(text) for text in (
        "giám đốc", "phó giám đốc", "thủ trưởng đơn vị", "chủ tịch", "phó chủ tịch", "trưởng ban", "trưởng phòng", "chỉ huy trưởng", "chính ủy",
        "bộ trưởng", "thứ trưởng", "chủ tịch nước", "cục trưởng", "tham mưu trưởng", "ủy ban nhân dân", "phó chỉ huy trưởng", "phó trưởng ban",
    )
)


def _signed(lines, lexicon) -> Iterable[Candidate]:
    """The name under an official's title at the foot."""
    bottom = max(line.box.bottom for line in lines)
    lower = [line for line in lines if line.box.top > bottom * HEAD_SHARE]
    titles = [part for line in lower for part in _titles(line)]
    for title in titles:
        below = [part for line in lower if line.box.top > title.box.bottom for part in _names(line, lexicon) if _under(part.run.box, title.box)]
        if below:
            yield Candidate("signer", below[-1], "foot", 1.0)


def _titles(line: Run) -> Iterable[Run]:
    for first in range(len(line.words)):
        for last in range(first + 1, min(len(line.words), first + 5) + 1):
            title = line.part(first, last)
            if "".join(title.squeezed) in OFFICIALS and title.text.isupper():
                yield title


def _names(line: Run, lexicon) -> Iterable[Value]:
    """Names in a line of signatures, each where a wide gap or the line begins."""
    first = 0
    for place in range(1, len(line.words) + 1):
        wide = place == len(line.words) or line.words[place].box.left - line.words[place - 1].box.right > 2 * line.words[place].box.height
        if wide:
            if value := name(line.part(first, place), lexicon):
                yield value
            first = place


def _under(box: Box, title: Box) -> bool:
    middle = box.left + box.width / 2
    return title.left - title.width / 2 < middle < title.right + title.width / 2


def _settled(field, own: list[Candidate], text: str) -> Found:
    """The best candidate; where places of the page agree it is surer, where they contradict each other less sure."""
    best = max(own, key=_sureness)
    sure = _sureness(best)
    if any(other.value.plain != best.value.plain for other in own):
        sure *= CONTRADICTED
    elif len(own) > 1 or text.count(squeezed(best.value.plain)) > 1:
        sure += (1 - sure) * AGREED
    run = best.value.run
    return Found(field, best.value.plain, run.text, run.box, max(1, min(99, round(100 * sure))), best.rule)


def _sureness(candidate: Candidate) -> float:
    seen = [max(0, word.confidence) / 100 for word in candidate.value.run.words]
    return TRUST[candidate.rule] * candidate.fit * candidate.value.fit * (0.5 * min(seen) + 0.5 * sum(seen) / len(seen))
