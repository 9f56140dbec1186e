"""Values known by their own look and the words around them, where no label of the list stands before them."""
from collections.abc import Iterable
from dataclasses import replace

from .homes import KINDS_OF_PLACE
from .labels import Candidate
from .lexicon import Lexicon
from .near import squeezed
from .people import name
from .runs import Run
from .value import Value
from .values import FINDERS, citizen, dossier_number, first_day, month, place, rate

# Ranks: below a label of the list, so that a value found so speaks only where no label does.
NEAR, LOOSE, LOOSEST = 2, 3, 4
AROUND, AHEAD, SENTENCE, BEFORE_A_RATE = 8, 7, 24, 12
ENTITLED = {"huong", "cap", "tra", "linh"}
OF_A_RATE = ("tyle", "tile", "tonthuong", "thuongtat", "suclaodong", "suygiam", "matsuc")
PERSON = {"ong", "ba", "cu", "me"}
# Titles of two words: of a doctor the second alone says nothing.
OF_TWO_WORDS = {("dong", "chi"), ("liet", "si"), ("quan", "nhan"), ("thuong", "binh"), ("benh", "binh")}
# Whose name comes after these is somebody else of the family or the place, except after a martyr's title.
OTHERS = {"gia", "dinh", "cha", "bo", "me", "vo", "chong", "con", "em", "anh", "thon", "xom", "duong", "gui"}
# Words of a label, however it is worded, that make its name another's than the paper's own.
ALSO_OTHERS = OTHERS | {"ky", "lap", "truong", "phong", "giam", "doc", "bac", "noi", "chu", "tich", "vien", "thay"}
OF_A_LABEL = 5
# A dossier's symbol and a new citizen number are told by their look alone.
PLAIN_SYMBOL, PLAIN_NUMBER = 0.9, 0.9


def scanned(wanted: dict[str, str], paragraphs: list[Run], lexicon: Lexicon) -> Iterable[Candidate]:
    """Candidates of all wanted fields that need no label."""
    for paragraph in paragraphs:
        yield from (candidate for candidate in _of(paragraph, lexicon) if candidate.field in wanted)


def _of(paragraph: Run, lexicon: Lexicon) -> Iterable[Candidate]:
    words = paragraph.squeezed
    for number, word in enumerate(words):
        ahead = paragraph.part(number + 1, number + 1 + AHEAD)
        before = words[max(0, number - AROUND) : number]
        if word in ("sinh", "tran", "mat", "chet") and _tells_a_death(word, before[-1:]):
            yield from _fallen(paragraph, number)
        if not ahead.words:
            continue
        if word == "tu" and ENTITLED & set(before) and (value := month(ahead, lexicon)):
            yield Candidate("entitled_from", value, "words around", 1.0, NEAR)
        if word == "tu" and not ENTITLED & set(before) and (value := month(ahead.part(0, 4), lexicon)) and value.fit == 1.0:
            yield Candidate("entitled_from", value, "look", 1.0, LOOSE)
        if word == "sinh" and not _tells_a_death(word, before[-1:]) and (value := FINDERS["birth"](ahead, lexicon)):
            yield Candidate("birth", value, "words around", 1.0, NEAR)
        titled = word in PERSON or (*before[-1:], word) in OF_TWO_WORDS
        if titled and not OTHERS & set(before[-2:]) and (value := name(ahead, lexicon)) and _is_certain(value, lexicon):
            yield Candidate("full_name", value, "words around", 1.0, NEAR)
        if value := _named_without_a_label(paragraph.words[number].text, before, ahead, lexicon):
            yield Candidate("full_name", value, "look", 1.0, LOOSE if paragraph.words[number].text.endswith(":") else LOOSEST)
        if "/" in paragraph.words[number].text and (value := dossier_number(paragraph.part(number, number + 3), lexicon)):
            yield from _symbol(value)
    if value := _rate_in(paragraph, lexicon):
        yield Candidate("injury_rate", value, "words around", 1.0, LOOSE)
    yield from _told_by_their_look(paragraph, lexicon)


def _named_without_a_label(word: str, before: list[str], ahead: Run, lexicon: Lexicon) -> Value | None:
    """A whole name after any colon or any word of a sentence, where no word before makes it another's."""
    if not word.endswith(":") and not word.islower() or ALSO_OTHERS & {*before[-OF_A_LABEL:], squeezed(word)} or word in KINDS_OF_PLACE:
        return None
    value = name(ahead, lexicon)
    whole = value and value.fit == 1.0 and len(value.plain.split()) > 2
    return value if whole and value.run.words[0] is ahead.words[0] else None


def _tells_a_death(word: str, before: list[str]) -> bool:
    """``hy sinh``, ``từ trần``, ``đã mất``, ``bị chết``."""
    return before in {"sinh": (["hy"], ["hi"]), "tran": (["tu"],), "mat": (["da"], ["ngay"]), "chet": (["da"], ["bi"], ["ngay"])}[word]


def _fallen(paragraph: Run, number: int) -> Iterable[Candidate]:
    """The day of a death said in a sentence: soon after the words, or in the same sentence before them."""
    later = first_day(paragraph.part(number + 1, number + 1 + AHEAD)) or first_day(paragraph.part(number + 1 + AHEAD, number + 1 + SENTENCE))
    if value := later or first_day(paragraph.part(max(0, number - SENTENCE), number)):
        yield Candidate("death_day", value, "words around", 1.0, NEAR)


def _symbol(value: Value) -> Iterable[Candidate]:
    if value.fit == 1.0:
        yield Candidate("dossier_number", replace(value, fit=PLAIN_SYMBOL), "look", 1.0, NEAR)


def _rate_in(paragraph, lexicon):
    """The last rate that words of a rate stand before: a conclusion comes after single wounds."""
    found = None
    for number, word in enumerate(paragraph.words):
        before = "".join(paragraph.squeezed[max(0, number - BEFORE_A_RATE) : number])
        if "%" in word.text and any(sign in before for sign in OF_A_RATE):
            found = rate(paragraph.part(max(0, number - 1), number + 1), lexicon) or found
    return found


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
