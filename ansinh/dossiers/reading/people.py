"""Names of people as papers print them: where one begins and ends, and how much like a whole name it is."""
import re
from collections.abc import Sequence

from ansinh.dossiers.words import Word
from ansinh.engine.text.names import proper_case, unify_tones
from ansinh.engine.text.syllables import is_syllable

from .homes import KINDS_OF_PLACE
from .lexicon import Lexicon, plain
from .near import squeezed
from .runs import Run
from .shapes import skeleton
from .value import Value

_WORD = re.compile(r"[^\W\d_]+")
TITLES = {"ông", "bà", "đồng", "chí", "đ/c", "cụ", "liệt", "sĩ", "mẹ", "là", "anh", "chị", "cho", "của"}
STOPS_A_NAME = re.compile(r"[,;.:()/\"“”0-9]")
_AROUND_A_NAME = ",;.:()\"“”"
# A name that ends so was cut off, and one that begins so lost its family.
NEVER_LAST, NEVER_FIRST = {"thị", "văn"}, {"văn", "thị", "đức", "ngọc", "hữu", "xuân", "quang", "trọng", "công", "đình", "bá"}
LONGEST_NAME, MENDED, HALF, BROKEN = 6, 0.9, 0.5, 0.8


def name(run: Run, lexicon: Lexicon) -> Value | None:
    """A person's name at the very beginning, after titles; in normal letter case also where it is printed in capitals."""
    first = 0
    while first < min(6, len(run.words)) and _is_before_a_name(run.words, first):
        first += 1
    last = first
    while last < len(run.words) and last - first < LONGEST_NAME and _may_be_of_a_name(run.words[last].text):
        if last - first > 1 and _ends_with_its_line(run.words, last, last - first, lexicon):
            break
        last += 1
        if STOPS_A_NAME.search(_with_letters(run.words[last - 1].text)):
            break
    taken = run.part(first, last)
    words = [word for part in taken.words for word in _WORD.findall(_with_letters(part.text))]
    if not 2 <= len(words) <= LONGEST_NAME:
        return None
    if plain(words[0]) in KINDS_OF_PLACE or squeezed(words[0]) == "phuong" and lexicon.areas_named(" ".join(words[1:])):
        return None
    family = _family(words[0], lexicon)
    broken = taken.words[0].line != taken.words[-1].line or last < len(run.words) and _may_go_on(run.words[last - 1], run.words[last], lexicon)
    fit = _fit_of_a_name(words, family, lexicon) * (BROKEN if broken else 1)
    return Value(proper_case(" ".join([family or words[0], *words[1:]])), taken, fit)


def _may_go_on(last: Word, following: Word, lexicon: Lexicon) -> bool:
    """Whether the line ended where a name may go on with the first word of the next."""
    return last.line != following.line and plain(following.text.strip(_AROUND_A_NAME)) in lexicon.given


def _is_before_a_name(words: Sequence[Word], place: int) -> bool:
    text = words[place].text
    low = plain(text.strip(":,.()"))
    if low == "đồng":
        # Đồng chí is a title, and Đồng a family.
        return place + 1 < len(words) and plain(words[place + 1].text.strip(":,.()")) == "chí"
    return not any(c.isalnum() for c in text) or low in TITLES


def _ends_with_its_line(words: Sequence[Word], place: int, length: int, lexicon: Lexicon) -> bool:
    """Whether a name of so many words ends where its line does, before the word at ``place``."""
    before, after = words[place - 1], words[place]
    if before.line == after.line or plain(before.text) in NEVER_LAST:
        return False
    number = place + 1 < len(words) and words[place + 1].text[:1].isdigit()
    if number or after.text.endswith(":") or plain(_with_letters(after.text).strip(_AROUND_A_NAME)) not in lexicon.given:
        return True
    alone = place + 1 == len(words) or words[place + 1].line != after.line
    return length > 2 and not alone and not after.text.endswith((",", ".", ";"))


def _with_letters(text: str) -> str:
    """A word of letters in which O was read, or typed, as a zero."""
    core = text.strip(_AROUND_A_NAME)
    letters = core.replace("0", "")
    if "0" not in core or len(letters) < 2 or not letters.isalpha():
        return text
    return text.replace("0", "O") if letters.isupper() else re.sub("^0", "O", text).replace("0", "o")


def _may_be_of_a_name(text: str) -> bool:
    core = _with_letters(text).strip(_AROUND_A_NAME)
    return core.isalpha() and core[0].isupper() and (core.isupper() or core[1:].islower())


def _family(word: str, lexicon: Lexicon) -> str:
    """The family name that was printed: as read, or the only one that differs in marks; empty where there is none."""
    if plain(word) in lexicon.family:
        return word
    same = [] if lexicon.is_name_word(word) else [family for family in lexicon.family if skeleton(family) == skeleton(word)]
    return same[0] if len(same) == 1 else ""


def _fit_of_a_name(words: list[str], family: str, lexicon: Lexicon) -> float:
    """How much like a whole name the words are: begun by a family, none unknown, none that is no syllable, not cut off."""
    known = sum(lexicon.is_name_word(word) for word in words[1:]) / (len(words) - 1)
    fit = 0.3 + 0.4 * bool(family) + 0.3 * known
    if family and family != words[0]:
        fit *= MENDED
    if not all(is_syllable(unify_tones(word.lower())) for word in words):
        fit *= HALF
    if plain(words[-1]) in NEVER_LAST or plain(words[0]) in NEVER_FIRST:
        fit *= HALF
    return fit
