"""Stray ink: what a reader makes of specks, folds, seals and signatures, told from words by size and by how unsure the reader was."""
import unicodedata
from collections.abc import Iterable
from statistics import median

from ansinh.dossiers.words import Word

# Signs that no paper prints; those that papers print, but alone only by mistake.
NEVER_PRINTED = "|_‹›«»\\~^`¿£¬¦°†‡•⁄¢§®©™¡¥€{}[]<>=¤*#@"
TORN_OFF, SELDOM_ALONE = "ˆ˜´¨¸·", ".,;'!?“”‘’\""
DASHES = "-–—"
ALONE = frozenset(NEVER_PRINTED + TORN_OFF + SELDOM_ALONE + DASHES + "…:")
# Less sure than this, strokes of a pen, letters of a wrong size and single signs may be stray ink.
STRAY, UNSURE, SURE_SIGN = 18, 40, 60
# In heights of the page's words: a speck, letters too low or too narrow for letters, and strokes of a pen.
SPECK, LOW, NARROW, TALL, LETTERS_OF_A_STROKE = 0.3, 0.5, 0.22, 1.6, 3


def letter_height(words: Iterable[Word]) -> float:
    """How high the words of a page stand, as a rule; 0 where it has none."""
    return median([word.box.height for word in words if sum(map(is_lettered, word.text)) > 1] or [0])


def is_lettered(character: str) -> bool:
    """Whether it is a letter or a digit; a mark that stands by itself is none."""
    return character.isalnum() and unicodedata.category(character) != "Lm"


def is_speck(word: Word, height: float) -> bool:
    """Whether it is far too low for a letter or a digit."""
    return word.box.height < SPECK * height


def is_stray(word: Word, height: float) -> bool:
    """Whether a word without a digit is stray ink; ``height``: of the page's words, 0 where it is not known."""
    if not any(map(is_lettered, word.text)):
        return _is_stray_sign(word, height)
    letters = sum(map(is_lettered, word.text))
    is_small = word.box.height < LOW * height or letters > 1 and word.box.width < NARROW * letters * height
    if is_speck(word, height) or is_small and word.confidence < UNSURE:
        return True
    return word.confidence < STRAY and height > 0 and word.box.height > TALL * height and letters <= LETTERS_OF_A_STROKE


def _is_stray_sign(word: Word, height: float) -> bool:
    text = word.text
    if not ALONE.issuperset(text):
        return False
    if text in DASHES:
        return word.confidence < STRAY or word.box.width < NARROW * height
    if text == ":":
        return word.confidence < STRAY or is_speck(word, height)
    return is_speck(word, height) or word.confidence < SURE_SIGN or text[0] in NEVER_PRINTED + TORN_OFF or len(text) > 1
