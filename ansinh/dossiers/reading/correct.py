"""Correcting what was read, knowing Vietnamese: the likeliest words of a line, each change kept beside what was read."""
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from ansinh.dossiers.words import Word
from ansinh.engine.text.syllables import is_syllable

from .lexicon import BREAK, CAPITAL, NUMBER, Lexicon, plain
from .shapes import unlikeness

# A word keeps what was read unless another is likelier by far; the surer the reader was, the farther.
DOUBT, DOUBT_OF_A_SURE_WORD = 1.5, 4.0
CHOICES = 6
TOO_UNLIKE = 5.5
# A name can be any word, so what goes well with its neighbours says little against what was read.
DOUBT_OF_A_NAME = 1.0
_CORE = re.compile(r"^([^\w]*)(.*?)([^\w]*)$", re.DOTALL)


@dataclass(frozen=True)
class Correction:
    """Chữ đã sửa: ``place`` in the corrected words, what was ``read`` there, and the rule that changed it."""

    place: int
    read: str
    rule: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that may have been printed: as looked up, what believing it costs, and the rule by which it came."""

    word: str
    cost: float
    rule: str
    capital: bool = False

    @property
    def key(self) -> str:
        """The word as its neighbours know it."""
        return CAPITAL + self.word if self.capital else self.word


def correct(words: list[Word], lexicon: Lexicon) -> tuple[list[Word], list[Correction]]:
    """The words as they were probably printed, and every change; a word with a digit in it is never touched."""
    corrected, corrections = [], []
    for _number, line in groupby(words, lambda word: word.line):
        for word, (text, rule) in zip(line := list(line), _likeliest(line, lexicon), strict=True):
            if text != word.text:
                corrections.append(Correction(len(corrected), word.text, rule))
            corrected.append(replace(word, text=text))
    return corrected, corrections


def _likeliest(line: list[Word], lexicon: Lexicon) -> Iterable[tuple[str, str]]:
    """The likeliest way through the choices of a line, and the rule of each step."""
    cores = [_CORE.match(word.text).groups() for word in line]
    named = _in_names([core for _before, core, _after in cores])
    columns = [
        _choices(core, word.confidence, in_name, place > 0, lexicon)
        for place, ((_, core, _), word, in_name) in enumerate(zip(cores, line, named, strict=True))
    ]
    for (before, core, after), choice in zip(cores, _best_way(columns, lexicon), strict=True):
        same = choice is None or not choice.rule
        yield before + (core if same else _dressed(choice.word, core)) + after, choice.rule if choice else ""


def _choices(core: str, confidence: int, in_name: bool, inside: bool, lexicon: Lexicon) -> list[Choice] | None:
    """What a word may have been; ``None`` where the word is passed over."""
    if not core:
        return None
    if any(c.isdigit() for c in core):
        return [Choice(NUMBER, 0.0, "")]
    if not core.isalpha():
        return [Choice(plain(core), 0.0, "")]
    read = plain(core)
    if core.isupper() and (core in lexicon.signs or not is_syllable(core) and len(core) < 4):
        return [Choice(read, 0.0, "")]
    doubt = DOUBT + DOUBT_OF_A_SURE_WORD * max(0, confidence) / 100 + (DOUBT_OF_A_NAME if in_name else 0)
    found = sorted((unlikeness(read, word), word) for word in lexicon.alike.to(read))[: CHOICES + 1]
    rule = "syllable" if not is_syllable(read) else "neighbours"
    capital = inside and core[0].isupper() and core[1:].islower()
    others = [Choice(word, doubt + cost, rule, capital) for cost, word in found if word != read and cost < TOO_UNLIKE]
    return [Choice(read, 0.0, "", capital), *others]


def _best_way(columns, lexicon):
    """Viterbi's way: each word's choice, where a choice costs its own doubt and how ill it follows the one before."""
    ways = [(0.0, BREAK, ())]
    for column in columns:
        if column is None:
            ways = [(cost, last, (*way, None)) for cost, last, way in ways]
            continue
        ways = [
            min(
                ((cost + choice.cost + lexicon.surprise(last, choice.key), choice.key, (*way, choice)) for cost, last, way in ways), key=_cost
            )
            for choice in column
        ]
    return min(ways, key=_cost)[2]


def _in_names(cores):
    """Which words stand beside another that begins with a capital, as in names; not in lines of capitals."""
    title = [core[:1].isupper() and core[1:].islower() for core in cores]
    return [here and (before or after) for before, here, after in zip([False, *title], title, [*title[1:], False], strict=False)]


def _dressed(word, core):
    """The word in the letter case of what was read."""
    if core.isupper() and len(core) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if core[0].isupper() else word


def _cost(way):
    return way[0]
