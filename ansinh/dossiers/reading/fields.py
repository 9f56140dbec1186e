"""What a paper says, as suggestions: values found by their labels, the head and the foot of the page, never more than suggested."""
from collections.abc import Iterable
from dataclasses import dataclass

from ansinh.dossiers.catalogue import catalogue
from ansinh.dossiers.words import Box, Word

from .ends import dated, numbered, signed
from .labels import Candidate, labelled, labels_in
from .lexicon import Lexicon, plain
from .near import squeezed
from .runs import Run, lines_of, paragraphs_of
from .scan import scanned

# How often each way of finding a value is right on pages read well.
TRUST = {
    "label": 0.98, "next line": 0.85, "beside": 0.9, "below": 0.75,
    "head": 0.96, "place and day": 0.95, "foot": 0.9, "words around": 0.88, "look": 0.8,
    "last on the right": 0.7,
}
# What is left of the doubt where places of the page agree, and of the sureness where they contradict each other.
SAID_AGAIN = {"full_name", "home_place", "dossier_number", "citizen_number"}
AGREED, CONTRADICTED, OTHER_ACCENTS, OTHER_LABEL = 0.5, 0.55, 0.75, 0.85


@dataclass(frozen=True)
class Found:
    """Điều máy đọc: a value for a field in plain form, as it was read, where, how sure (0..100), by which rule."""

    name: str
    value: str
    raw: str
    box: Box
    confidence: int
    rule: str


def fields_of(kind: str, words: list[Word], lexicon: Lexicon) -> list[Found]:
    """The values of a paper of this kind (any kind where empty) that stand on the page; one for each field at most."""
    papers = catalogue().papers
    wanted = {field.code: field.type for field in (papers[kind].fields if kind in papers else catalogue().fields.values())}
    lines = lines_of(words)
    if not lines:
        return []
    text = _joined(" ".join(word.text for word in words))
    candidates = list(_candidates(wanted, lines, lexicon))
    own = {field: [candidate for candidate in candidates if candidate.field == field] for field in wanted}
    return [_settled(field, found, text) for field, found in own.items() if found]


def _candidates(wanted: dict[str, str], lines: list[Run], lexicon: Lexicon) -> Iterable[Candidate]:
    paragraphs = paragraphs_of(lines)
    yield from labelled(wanted, paragraphs, [labels_in(paragraph) for paragraph in paragraphs], lexicon)
    yield from scanned(wanted, paragraphs, lexicon)
    if "decision_number" in wanted:
        yield from numbered(lines, lexicon)
    if "decision_date" in wanted:
        yield from dated(lines, [labels_in(line) for line in lines], at_the_head="decision_number" in wanted)
    if "signer" in wanted:
        yield from signed(lines, lexicon)


def _settled(field: str, found: list[Candidate], text: str) -> Found:
    """The best candidate; where places of the page agree it is surer, where they contradict each other less sure."""
    rank = min(candidate.rank for candidate in found)
    own = [candidate for candidate in found if candidate.rank == rank]
    # A board writes the rates of single wounds first and concludes with the whole.
    best = max(reversed(own) if field == "injury_rate" else own, key=_sureness)
    sure = _sureness(best)
    if any(other.value.plain != best.value.plain for other in own):
        sure *= CONTRADICTED
    elif any(other.rule == "label" and other.value.plain != best.value.plain for other in found):
        # Home and birthplace both stand on the page, and the field may mean either.
        sure *= OTHER_LABEL
    elif len(own) > 1 or field in SAID_AGAIN and text.count(_joined(best.value.plain)) > 1:
        sure += (1 - sure) * AGREED
    elif field in SAID_AGAIN and squeezed(text).count(squeezed(best.value.plain)) > 1:
        # Said again with other accents: one of the two is wrong.
        sure *= OTHER_ACCENTS
    run = best.value.run
    return Found(field, best.value.plain, run.text, run.box, max(1, min(99, round(100 * sure))), best.rule)


def _joined(text: str) -> str:
    return "".join(c for c in plain(text) if c.isalnum())


def _sureness(candidate: Candidate) -> float:
    value = candidate.value
    seen = [max(0, word.confidence) / 100 for word in value.run.words]
    read = 0.5 * min(seen) + 0.5 * sum(seen) / len(seen)
    return TRUST[candidate.rule] * candidate.fit * value.fit * (read + (1 - read) * value.checked)
