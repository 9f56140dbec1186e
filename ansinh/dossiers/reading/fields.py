"""What a paper says, as suggestions: values found by their labels, the head and the foot of the page, never more than suggested."""
from collections.abc import Iterable
from dataclasses import dataclass

from ansinh.dossiers.catalogue import catalogue
from ansinh.dossiers.words import Box, Word

from .ends import dated, numbered, signed
from .labels import Candidate, labelled, labels_in
from .lexicon import Lexicon
from .runs import Run, lines_of, paragraphs_of, told_apart
from .scan import scanned
from .sure import confidence, page_signs, signs

# Of several candidates of a rank, the first of these ways is preferred a little.
WAYS = {
    "label": 1.0, "hint": 0.95, "next line": 0.85, "beside": 0.9, "below": 0.75,
    "head": 1.0, "place and day": 1.0, "foot": 1.0, "words around": 0.9, "look": 0.8, "last on the right": 0.7,
}
NEARLY = 0.8
# A kind less sure than this is as good as unknown: another kind may carry other fields.
KIND_SURE = 50


@dataclass(frozen=True)
class Found:
    """Điều máy đọc: a value for a field in plain form, as it was read, where, how sure (0..100), by which rule."""

    name: str
    value: str
    raw: str
    box: Box
    confidence: int
    rule: str


def fields_of(kind: str, words: list[Word], lexicon: Lexicon, changed: frozenset[Box] = frozenset(), kind_sure: int = 99) -> list[Found]:
    """The values of a paper of this kind (any kind where empty) that stand on the page, one for each field at most.

    ``changed`` are the boxes of words that correction changed; ``kind_sure`` is how sure the kind is, 0 to 99.
    """
    return [_settled(best, found) for best, found in found_with_signs(kind, words, lexicon, changed, kind_sure)]


def found_with_signs(
    kind: str, words: list[Word], lexicon: Lexicon, changed: frozenset[Box], kind_sure: int = 99,
) -> Iterable[tuple[Candidate, dict[str, float]]]:
    """The best candidate for each field that has any, and the signs of its doubt."""
    papers = catalogue().papers
    wanted = {field.code: field.type for field in (papers[kind].fields if kind in papers else catalogue().fields.values())}
    apart = told_apart(words)
    lines = lines_of(apart)
    if not lines:
        return
    page, candidates = page_signs(apart), list(_candidates(kind, wanted, lines, lexicon))
    for field in wanted:
        if found := [candidate for candidate in candidates if candidate.field == field]:
            best = _best(field, found)
            yield best, signs(kind if kind_sure >= KIND_SURE else "", best, found, page, changed, lexicon)


def _candidates(kind: str, wanted: dict[str, str], lines: list[Run], lexicon: Lexicon) -> Iterable[Candidate]:
    paragraphs = paragraphs_of(lines)
    yield from labelled(wanted, paragraphs, [labels_in(paragraph, kind) for paragraph in paragraphs], lexicon)
    yield from scanned(wanted, paragraphs, lexicon)
    if "decision_number" in wanted:
        yield from numbered(lines, lexicon)
    if "decision_date" in wanted:
        yield from dated(lines, [labels_in(line, kind) for line in lines], at_the_head="decision_number" in wanted)
    if "signer" in wanted:
        yield from signed(lines, lexicon, of_an_office="decision_number" in wanted)


def _best(field: str, found: list[Candidate]) -> Candidate:
    rank = min(candidate.rank for candidate in found)
    own = [candidate for candidate in found if candidate.rank == rank]
    if field == "injury_rate":
        # A board writes the rates of single wounds first and concludes with the whole.
        return [candidate for candidate in own if _strength(candidate) >= NEARLY * max(map(_strength, own))][-1]
    return max(own, key=_strength)


def _settled(best: Candidate, found: dict[str, float]) -> Found:
    return Found(best.field, best.value.plain, best.value.run.text, best.value.run.box, confidence(found), best.rule)


def _strength(candidate: Candidate) -> float:
    value = candidate.value
    seen = [max(0, word.confidence) / 100 for word in value.run.words]
    read = 0.5 * min(seen) + 0.5 * sum(seen) / len(seen)
    return WAYS[candidate.rule] * candidate.fit * value.fit * (read + (1 - read) * value.checked)
