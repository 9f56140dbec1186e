"""Stray ink: what a reader makes of specks, folds, seals and signatures, told from words by size and by how unsure the reader was."""
import re
import unicodedata
from collections.abc import Iterable
from statistics import median

from ansinh.dossiers.words import Word
from ansinh.engine.text.syllables import is_syllable

from .lexicon import Lexicon, plain

# Signs that no paper prints; those that papers print, but alone only by mistake.
NEVER_PRINTED = "|_‹›«»\\~^`¿£¬¦°†‡•⁄¢§®©™¡¥€{}[]<>=¤*#@"
TORN_OFF, SELDOM_ALONE = "ˆ˜´¨¸·", ".,;'!?“”‘’\""
DASHES = "-–—"
ALONE = frozenset(NEVER_PRINTED + TORN_OFF + SELDOM_ALONE + DASHES + "…:")
# A word less sure than this may be stray ink.
STRAY, SURE_SIGN = 18, 60
# In heights of the page's words: a speck, letters too low or too narrow for letters, and strokes of a pen.
SPECK, LOW, NARROW, TALL, LETTERS_OF_A_STROKE = 0.3, 0.5, 0.22, 1.6, 3
# A word that looks like none in use by so much is no word.
LIKE_NO_WORD = 5.0


def letter_height(words: Iterable[Word]) -> float:
    """How high the words of a page stand, as a rule; 0 where it has none."""
    return median([word.box.height for word in words if sum(map(is_lettered, word.text)) > 1] or [0])


def is_lettered(character: str) -> bool:
    """Whether it is a letter or a digit; a mark that stands by itself is none."""
    return character.isalnum() and unicodedata.category(character) != "Lm"


def is_speck(word: Word, height: float) -> bool:
    """Whether it is far too low for a letter or a digit."""
    return word.box.height < SPECK * height


def is_stray(word: Word, height: float, lexicon: Lexicon) -> bool:
    """Whether a word without a digit is stray ink; ``height``: of the page's words, 0 where it is not known."""
    if not any(map(is_lettered, word.text)):
        return _is_stray_sign(word, height)
    letters = sum(map(is_lettered, word.text))
    if word.box.height < LOW * height or letters > 1 and word.box.width < NARROW * letters * height:
        return True
    if word.confidence >= STRAY:
        return False
    core = word.text.strip(".,;:!?()\"“”'")
    if height and word.box.height > TALL * height and letters <= LETTERS_OF_A_STROKE:
        return True
    is_word = is_syllable(core) or core.isalpha() and len(core) < 8 and core.isupper()
    # Two words may have been run into one by a mark torn off.
    parts = ["".join(filter(is_lettered, core)), *(part for part in re.split(r"[\W_]+", core) if len(part) > 1)]
    return not is_word and min(lexicon.nearest(plain(part)) for part in parts) > LIKE_NO_WORD


def _is_stray_sign(word: Word, height: float) -> bool:
    text = word.text
    if not ALONE.issuperset(text):
        return False
    if text in DASHES:
        return word.confidence < STRAY or word.box.width < NARROW * height
    if text == ":":
        return word.confidence < STRAY or is_speck(word, height)
    return is_speck(word, height) or word.confidence < SURE_SIGN or text[0] in NEVER_PRINTED + TORN_OFF or len(text) > 1
