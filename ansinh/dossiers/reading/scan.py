"""Values known by their own look and the words around them, where no label of the list stands before them."""
from collections.abc import Iterable
from dataclasses import replace

from .labels import Candidate
from .lexicon import Lexicon
from .runs import Run
from .values import FINDERS, Value, citizen, dossier_number, first_day, month, name, place, rate

# Ranks: below a label of the list, so that a value found so speaks only where no label does.
NEAR, LOOSE = 2, 3
AROUND, AHEAD, SENTENCE = 8, 7, 24
ENTITLED = {"huong", "cap", "tra", "linh"}
OF_A_RATE = ("tyle", "tile", "tonthuong", "thuongtat", "suclaodong", "suygiam", "matsuc")
PERSON = {"ong", "ba", "chi", "cu", "si", "me"}
# A dossier's symbol and a new citizen number are told by their look alone.
PLAIN_SYMBOL, PLAIN_NUMBER = 0.9, 0.9


def scanned(wanted: dict[str, str], paragraphs: list[Run], lexicon: Lexicon) -> Iterable[Candidate]:
    """Candidates of all wanted fields that need no label."""
    for paragraph in paragraphs:
        yield from (candidate for candidate in _of(paragraph, lexicon) if candidate.field in wanted)


def _of(paragraph: Run, lexicon: Lexicon) -> Iterable[Candidate]:
    words, joined = paragraph.squeezed, "".join(paragraph.squeezed)
    for number, word in enumerate(words):
        ahead = paragraph.part(number + 1, number + 1 + AHEAD)
        before = words[max(0, number - AROUND) : number]
        if not ahead.words:
            continue
        if word == "tu" and ENTITLED & set(before) and (value := month(ahead, lexicon)):
            yield Candidate("entitled_from", value, "words around", 1.0, NEAR)
        if word == "tu" and not ENTITLED & set(before) and (value := month(ahead.part(0, 4), lexicon)) and value.fit == 1.0:
            yield Candidate("entitled_from", value, "look", 1.0, LOOSE)
        if word == "sinh" and before[-1:] == ["hy"]:
            yield from _fallen(paragraph, number)
        elif word == "sinh" and (value := FINDERS["birth"](ahead, lexicon)):
            yield Candidate("birth", value, "words around", 1.0, NEAR)
        if word in PERSON and (value := name(ahead, lexicon)) and _is_certain(value, lexicon):
            yield Candidate("full_name", value, "words around", 1.0, NEAR)
        if "/" in paragraph.words[number].text and (value := dossier_number(paragraph.part(number, number + 3), lexicon)):
            yield from _symbol(value)
    if any(sign in joined for sign in OF_A_RATE) and (value := _rate_in(paragraph, lexicon)):
        yield Candidate("injury_rate", value, "words around", 1.0, LOOSE)
    yield from _told_by_their_look(paragraph, lexicon)


def _fallen(paragraph: Run, number: int) -> Iterable[Candidate]:
    """The day of a death said in a sentence: soon after the words, or in the same sentence before them."""
    later = first_day(paragraph.part(number + 1, number + 1 + AHEAD)) or first_day(paragraph.part(number + 1 + AHEAD, number + 1 + SENTENCE))
    if value := later or first_day(paragraph.part(max(0, number - SENTENCE), number)):
        yield Candidate("death_day", value, "words around", 1.0, NEAR)


def _symbol(value: Value) -> Iterable[Candidate]:
    if value.fit == 1.0:
        yield Candidate("dossier_number", replace(value, fit=PLAIN_SYMBOL), "look", 1.0, NEAR)


def _rate_in(paragraph, lexicon):
    for number, word in enumerate(paragraph.words):
        if "%" in word.text and (value := rate(paragraph.part(max(0, number - 1), number + 1), lexicon)):
            return value
    return None


def _told_by_their_look(paragraph, lexicon):
    for number, word in enumerate(paragraph.words):
        if word.text[:1] == "0" and (value := citizen(paragraph.part(number, number + 4), lexicon)) and len(value.plain) == 12:
            yield Candidate("citizen_number", replace(value, fit=value.fit * PLAIN_NUMBER), "look", 1.0, LOOSE)
        if paragraph.squeezed[number] in ("xa", "phuong", "thi") and word.text[:1].islower():
            value = place(paragraph.part(number), lexicon)
            if value and "," in value.plain and value.fit > 0.9:
                yield Candidate("home_place", value, "look", 1.0, LOOSE)


def _is_certain(value: Value, lexicon: Lexicon) -> bool:
    return lexicon.is_family(value.plain.split()[0])
