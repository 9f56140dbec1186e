"""Correcting what was read, knowing Vietnamese: the likeliest words of a line, each change kept beside what was read."""
import re
from dataclasses import dataclass, replace
from itertools import groupby

from ansinh.dossiers.words import Word
from ansinh.engine.text.syllables import is_syllable

from .homes import mended_names
from .lexicon import BREAK, CAPITAL, NUMBER, Lexicon, key, plain
from .noise import Piece, cleaned
from .shapes import skeleton, unlikeness

# A word keeps what was read unless another is likelier by far; the surer the reader was, the farther.
DOUBT, DOUBT_OF_A_SURE_WORD = 2.0, 6.0
CHOICES = 6
# Words alike are many: those seen beside a neighbour are looked at first.
GOES_WELL = 2.0
TOO_UNLIKE = 5.5
# A name can be any word, so what goes well with its neighbours says little against what was read.
DOUBT_OF_A_NAME = 2.0
# Letters whose capital looks like the small one, only larger; l and L in typescript.
SAME_SHAPE, OTHER_CASE, UNSEEN_CASE = frozenset("ckopsuvwxzl"), 2.0, 6.0
# nghiêng has seven letters; two more may have been read into it.
LONGEST_SYLLABLE = 9
# A short word between small letters may look like capitals; a gap wider than so many heights is one between cells.
LONGEST_SMALL, WIDE = 3, 1.4
# A line may go on with the sentence of the line above.
NEW_LINE = 0.5
_CORE = re.compile(r"^([^\w]*)(.*?)([^\w]*)$", re.DOTALL)


@dataclass(frozen=True)
class Correction:
    """Chữ đã sửa: ``place`` in the corrected words (of the next word where one was dropped), what was ``read``, by which rule."""

    place: int
    read: str
    rule: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that may have been printed: as looked up, as its neighbours know it, the cost of believing it, by which rule."""

    word: str
    key: str
    cost: float
    rule: str = ""
    case: str = ""


def correct(words: list[Word], lexicon: Lexicon) -> tuple[list[Word], list[Correction]]:
    """The words as they were probably printed, and every change; a word with a digit in it is never touched."""
    corrected, corrections, last = [], [], BREAK
    for _number, line in groupby(words, lambda word: word.line):
        pieces = cleaned(list(line), lexicon)
        texts, last = _likeliest([piece for piece in pieces if piece.word], last, lexicon)
        for number, text in mended_names([text for text, _rule in texts], lexicon).items():
            texts[number] = text, "place"
        likely = iter(texts)
        for piece in pieces:
            text, rule = next(likely) if piece.word else ("", piece.rule)
            if piece.read or piece.word and text != piece.word.text:
                corrections.append(Correction(len(corrected), piece.read or piece.word.text, rule or piece.rule))
            if piece.word:
                corrected.append(replace(piece.word, text=text))
    return corrected, corrections


def _likeliest(line: list[Piece], last: str, lexicon: Lexicon) -> tuple[list[tuple[str, str]], str]:
    """The likeliest way through the choices of a line, the rule of each step, and the line's last word."""
    cores = [_CORE.match(piece.word.text).groups() for piece in line]
    named = _in_names([core for _before, core, _after in cores])
    keys = [BREAK, *(key(core, inside=place > 0) if core else BREAK for place, (_, core, _) in enumerate(cores)), BREAK]
    shouted = sum(core.isupper() for _, core, _ in cores) * 3 > len(cores)
    columns = [
        _choices(core, piece, in_name, keys[place : place + 3], _cases(line, cores, place, shouted), lexicon)
        for place, ((_, core, _), piece, in_name) in enumerate(zip(cores, line, named, strict=True))
    ]
    way = _best_way(columns, last, lexicon)
    texts = [
        (before + (_dressed(choice, core) if choice and choice.rule else core) + after, choice.rule if choice else "")
        for (before, core, after), choice in zip(cores, way, strict=True)
    ]
    return texts, next((choice.key for choice in reversed(way) if choice), last)


def _choices(core: str, piece: Piece, in_name: bool, keys: list[str], cases: tuple[str, ...], lexicon: Lexicon) -> list[Choice] | None:
    """What a word may have been; ``None`` where the word is passed over."""
    if not core:
        return None
    if any(c.isdigit() for c in core):
        return [Choice(NUMBER, NUMBER, 0.0)]
    (before, own, after), read = keys, plain(core)
    if not core.isalpha() or len(core) > LONGEST_SYLLABLE or core.isupper() and (core in lexicon.signs or not is_syllable(core) and len(core) < 4):
        return [Choice(read, own, 0.0)]
    doubt = DOUBT + DOUBT_OF_A_SURE_WORD * (0.3 if piece.torn else max(0, piece.word.confidence) / 100) + (DOUBT_OF_A_NAME if in_name else 0)
    case = own.removesuffix(read)
    alike = ((unlikeness(read, word), word) for word in lexicon.alike.to(read) if word != read)
    found = [(cost - GOES_WELL * _goes_well(before, case + word, after, lexicon), cost, word) for cost, word in alike if cost < TOO_UNLIKE]
    rule = "neighbours" if is_syllable(read) else "syllable"
    choices = [Choice(read, own, 0.0)]
    choices += [Choice(word, case + word, doubt + cost, rule) for _rank, cost, word in sorted(found)[:CHOICES]]
    choices += [_other_case(choice, other) for other in cases for choice in choices]
    return choices


def _goes_well(before, word, after, lexicon):
    return lexicon.pair_seen(before, word) + lexicon.pair_seen(word, after)


def _cases(line, cores, place, shouted) -> tuple[str, ...]:
    """Which other letter cases a word may have been printed in: those that its shape does not tell apart."""
    core = cores[place][1]
    if len(core) < 2 or not core.isalpha():
        return ()
    if core.isupper():
        return () if shouted or len(core) > LONGEST_SMALL else (CAPITAL, "") if place else ("",)
    begins = place == 0 or not cores[place - 1][1] or cores[place - 1][2] or cores[place][0]
    gap = 0 if begins else line[place].word.box.left - line[place - 1].word.box.right
    if begins or gap > WIDE * line[place].word.box.height or not core[1:].islower() or skeleton(core)[0] not in SAME_SHAPE:
        return ()
    return (CAPITAL,) if core.islower() else ("",)


def _other_case(choice: Choice, case: str) -> Choice:
    return Choice(choice.word, case + choice.word, choice.cost + OTHER_CASE, choice.rule or "case", "capital" if case else "small")


def _best_way(columns, last, lexicon):
    """Viterbi's way: each word's choice, where a choice costs its own doubt and how ill it follows the one before."""
    ways = [(0.0, BREAK, ()), (NEW_LINE, last, ())]
    for column in columns:
        if column is None:
            ways = [(cost, before, (*way, None)) for cost, before, way in ways]
            continue
        ways = [min((_step(way, choice, lexicon) for way in ways), key=_cost) for choice in column]
    return min(ways, key=_cost)[2]


def _step(way, choice, lexicon):
    cost, before, chosen = way
    # Another case is believed only where the office writes it so after that very word.
    strange = UNSEEN_CASE if choice.case and not lexicon.pair_seen(before, choice.key) else 0.0
    return cost + choice.cost + strange + lexicon.surprise(before, choice.key), choice.key, (*chosen, choice)


def _cost(way):
    return way[0]


def _in_names(cores):
    """Which words stand beside another that begins with a capital, as in names; not in lines of capitals."""
    title = [core[:1].isupper() and core[1:].islower() for core in cores]
    return [here and (before or after) for before, here, after in zip([False, *title], title, [*title[1:], False], strict=False)]


def _dressed(choice: Choice, core: str) -> str:
    """The chosen word in the letter case of what was read, unless the case itself was chosen."""
    if not choice.case and len(core) > 1 and sum(c.isupper() for c in core) * 2 > len(core):
        return choice.word.upper()
    capital = choice.case == "capital" or choice.case != "small" and core[0].isupper()
    return choice.word[0].upper() + choice.word[1:] if capital else choice.word
