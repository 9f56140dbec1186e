"""Words with digits in them: numbers, whose digits are never changed, and letters among which a digit was read by mistake."""
import re
import unicodedata
from functools import lru_cache

from .lexicon import Lexicon
from .strays import NEVER_PRINTED, is_lettered

# Signs for others that look the same; Ð is the Icelandic letter, and after Đ the same letter read twice.
_SAME = str.maketrans({"⁄": "/", "Ð": "Đ", "ð": "đ", "∕": "/"})
_TWICE = re.compile("Đ[Ðð]|đð")
_QUOTES = "\"'“”‘’`´ˆ˜°"
_LEAD = re.compile(rf"^[{re.escape(NEVER_PRINTED + _QUOTES)}]+(?=[\w(])")
_TRAIL = re.compile(rf"(?<=[\w.,;:%)])[{re.escape(NEVER_PRINTED + _QUOTES)}]+$")
_SIGNED = re.compile(r"(\W*\d+[A-Za-z]?/)([^\W_]{2,9}(?:-[^\W_]{2,9})*)(\W*)")
# What a reader makes of the capitals in the letters of an office.
_READ_AS = {"Q": "0OÖ", "Đ": "DÖO", "G": "6CÖ", "B": "8", "L": "1I", "I": "1", "S": "5", "T": "7I", "H": "N", "N": "H", "Y": "V", "C": "G"}
MOST_DIGITS, FEWEST_LETTERS = 2, 2


def tidied(text: str, lexicon: Lexicon) -> str:
    """A word with a digit: stray signs around it taken off, the letters after its stroke as offices write them; digits stay."""
    same = _TRAIL.sub("", _LEAD.sub("", _TWICE.sub("Đ", text).translate(_SAME)))
    signed = _SIGNED.fullmatch(same)
    if not signed:
        return same
    before, letters, after = signed.groups()
    return before + "-".join(_sign(part, lexicon) for part in letters.split("-")) + after


def is_misread_word(core: str) -> bool:
    """Whether it is a word, not a number or a code, although a digit was read into it: ``câ6`` or ``1ưu``, not ``B3``."""
    digits = sum(map(str.isdigit, core))
    letters = [c for c in core if c.isalpha()]
    if not 0 < digits <= MOST_DIGITS or len(letters) < FEWEST_LETTERS or digits + len(letters) < len(core) or digits >= len(letters):
        return False
    # No code has a vowel with a hat or a tone; one without must look like a word in all else.
    return any(map(_is_marked_vowel, core)) or core[0].isalpha() and all(c.islower() and is_lettered(c) for c in letters[1:])


def _is_marked_vowel(character: str) -> bool:
    return unicodedata.normalize("NFD", character)[0] in "aeiouyAEIOUY" and len(unicodedata.normalize("NFD", character)) > 1


def _sign(part: str, lexicon: Lexicon) -> str:
    """The office's letters that the part was probably printed as; the part itself where that is not certain."""
    if part in lexicon.signs:
        return part
    near = _signs_near(part, tuple(sorted(lexicon.signs)))
    return near[0] if len(near) == 1 else part


@lru_cache(maxsize=4096)
def _signs_near(part: str, signs: tuple[str, ...]) -> list[str]:
    """Signs as long as this that differ in one letter, one which is read so."""
    return [sign for sign in signs if len(sign) == len(part) > 1 and _is_read_as(sign, part)]


def _is_read_as(sign, part):
    wrong = [(meant, read) for meant, read in zip(sign, part, strict=True) if meant != read]
    return len(wrong) == 1 and wrong[0][1] in _READ_AS.get(wrong[0][0], "")
