"""Correcting what was read, knowing Vietnamese: the likeliest words of a line, each change kept beside what was read."""
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from ansinh.dossiers.words import Word
from ansinh.engine.text.syllables import is_syllable

from .codes import is_misread_word
from .homes import mended_names
from .lexicon import BREAK, CAPITAL, CAPITALS, NUMBER, Lexicon, key, plain
from .noise import Piece, cleaned
from .shapes import NEVER, skeleton, unlikeness
from .strays import letter_height

# A word keeps what was read unless another is likelier by far; the surer the reader was, the farther.
DOUBT, DOUBT_OF_A_SURE_WORD = 1.0, 8.0
CHOICES = 8
DOUBT_OF_A_CAPITAL, FREE_CASE = 6.0, 0.5
# A cell is a heading in capitals where at least two words in three are.
SHOUTED = 2
# A digit inside a word of small letters was read by mistake, whatever it was.
MISREAD, TORN, ALONE_IN_CAPITALS = 4.0, 3.0, 4.0
# A number in words is a number: it never becomes another one, and another word seldom becomes one.
NUMBER_WORDS = frozenset("không một hai ba bốn năm sáu bảy tám chín mười mươi mốt tư lăm trăm nghìn ngàn triệu linh lẻ".split())
DOUBT_OF_A_NUMBER = 2.0
# Words alike are many: those seen beside a neighbour are looked at first.
GOES_WELL = 4.0
TOO_UNLIKE = 5.5
# A name can be any word, so what goes well with its neighbours says little against what was read.
DOUBT_OF_A_NAME = 2.0
# Letters whose capital looks like the small one, only larger; l and L in typescript; those that rise above others or hang below them
# are taken for capitals, but capitals not for them.
SAME_SHAPE, RISES, OTHER_CASE, UNSEEN_CASE = frozenset("ckopsuvwxzl"), frozenset("kpl"), 2.0, 6.0
# nghiêng has seven letters; two more may have been read into it.
LONGEST_SYLLABLE = 9
# A short word between small letters may look like capitals; a gap wider than so many heights is one between cells.
LONGEST_SMALL, WIDE = 3, 1.4
# A line may go on with the sentence of the line above.
NEW_LINE = 0.5
# The small tilde and circumflex count as letters for Python, but are torn-off marks.
_CORE = re.compile(r"^([\Wˆ˜ˇ]*)(.*?)([\Wˆ˜ˇ]*)$", re.DOTALL)


@dataclass(frozen=True)
class Correction:
    """Chữ đã sửa: ``place`` in the corrected words (of the next word where one was dropped), what was ``read``, by which rule."""

    place: int
    read: str
    rule: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that may have been printed: as looked up, as its neighbours know it, the cost of believing it, by which rule.

    ``case``: the letter case chosen; ``free``: it need not have been seen so beside its neighbour.
    """

    word: str
    key: str
    cost: float
    rule: str = ""
    case: str = ""
    free: bool = False


def correct(words: list[Word], lexicon: Lexicon) -> tuple[list[Word], list[Correction]]:
    """The words as they were probably printed, and every change; a word with a digit in it is never touched."""
    corrected, corrections, last, height = [], [], BREAK, letter_height(words)
    for _number, line in groupby(words, lambda word: word.line):
        pieces = cleaned(list(line), lexicon, height)
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
    parts = [_CORE.match(piece.word.text).groups() for piece in line]
    starts = [place == 0 or _is_apart(line[place - 1], line[place]) for place in range(len(line))]
    read = [core for _before, core, _after in parts]
    cores, shouted = _shouted(read, starts, lexicon)
    named = _in_names(cores)
    keys = [BREAK, *(key(core, inside=place > 0) if core else BREAK for place, core in enumerate(cores)), BREAK]
    columns = [
        _choices(core, piece, in_name, keys[place : place + 3], _cases(parts, cores, place, starts[place], shouted[place], lexicon), lexicon)
        for place, (core, piece, in_name) in enumerate(zip(cores, line, named, strict=True))
    ]
    way = _best_way(columns, last, lexicon)
    texts = [
        (before + (_dressed(choice, core) if choice and choice.rule else core) + after, choice and choice.rule or (core != own and "case") or "")
        for (before, own, after), core, choice in zip(parts, cores, way, strict=True)
    ]
    return texts, next((choice.key for choice in reversed(way) if choice), last)


def _is_apart(before: Piece, piece: Piece) -> bool:
    """Whether a gap as between cells lies between two words."""
    return piece.word.box.left - before.word.box.right > WIDE * piece.word.box.height


def _shouted(cores: list[str], starts: list[bool], lexicon: Lexicon) -> tuple[list[str], list[bool]]:
    """The words, those of a heading in capitals in capitals; and which stand in a cell that is mostly in capitals."""
    cells = list(accumulate(starts))
    lettered, upper = Counter(), Counter()
    for cell, core in zip(cells, cores, strict=True):
        lettered[cell] += core.isalpha()
        upper[cell] += len(core) > 1 and core.isalpha() and core.isupper() and core not in lexicon.signs
    shouted = [upper[cell] == lettered[cell] or upper[cell] > 1 and upper[cell] * SHOUTED >= lettered[cell] for cell in cells]
    headed = [
        here and upper[cell] > 1 and _is_of_heading(cores, place, lexicon) for place, (here, cell) in enumerate(zip(shouted, cells, strict=True))
    ]
    return [core.upper() if of_heading else core for core, of_heading in zip(cores, headed, strict=True)], shouted


def _is_of_heading(cores, place, lexicon):
    """Whether a word with one capital is written in capitals beside such a neighbour."""
    core = cores[place]
    before, after = "".join(cores[max(0, place - 1) : place]), "".join(cores[place + 1 : place + 2])
    return core.istitle() and core.isalpha() and len(core) > 1 and (
        before.isupper() and lexicon.pair_seen(CAPITALS + plain(before), CAPITALS + plain(core))
        or after.isupper() and lexicon.pair_seen(CAPITALS + plain(core), CAPITALS + plain(after))
    )


def _choices(core: str, piece: Piece, in_name: bool, keys: list[str], cases: list[tuple[str, bool]], lexicon: Lexicon) -> list[Choice] | None:
    """What a word may have been; ``None`` where the word is passed over."""
    if not core:
        return None
    misread = is_misread_word(core)
    if any(c.isdigit() for c in core) and not misread:
        return [Choice(NUMBER, NUMBER, 0.0)]
    (before, own, after), read = keys, plain(core)
    if misread:
        own = (CAPITALS if core.isupper() else CAPITAL if core[0].isupper() and before != BREAK else "") + read
    in_capitals = before.startswith(CAPITALS) or after.startswith(CAPITALS)
    is_sign = not misread and core.isupper() and (core in lexicon.signs or not in_capitals and not is_syllable(core) and len(core) < 4)
    in_number = read in NUMBER_WORDS and not NUMBER_WORDS.isdisjoint((before, after))
    if is_sign or in_number or not core.isalpha() and not misread or len(core) > LONGEST_SYLLABLE:
        return [Choice(read, own, 0.0)]
    doubt = DOUBT + DOUBT_OF_A_SURE_WORD * (0.3 if piece.torn else max(0, piece.word.confidence) / 100) + (DOUBT_OF_A_NAME if in_name else 0)
    case = own.removesuffix(read)
    alike = ((unlikeness(read, word) + _number_doubt(read, word), word) for word in lexicon.alike.to(read) if word != read)
    found = [(cost - GOES_WELL * _goes_well(before, case + word, after, lexicon), cost, word) for cost, word in alike if cost < TOO_UNLIKE]
    rule = "digit" if misread else "neighbours" if is_syllable(read) else "syllable"
    is_small = core.isupper() and any(free for _case, free in cases)
    choices = [Choice(read, own, MISREAD if misread else TORN if piece.torn else ALONE_IN_CAPITALS if is_small else 0.0)]
    choices += [Choice(word, case + word, doubt + cost, rule) for _rank, cost, word in sorted(found)[:CHOICES]]
    sure = DOUBT_OF_A_CAPITAL * max(0, piece.word.confidence) / 100
    choices += [_other_case(choice, case, free, sure if case and core.islower() else 0.0) for case, free in cases for choice in choices]
    return choices


def _number_doubt(read, word):
    if word not in NUMBER_WORDS:
        return 0.0
    return NEVER if read in NUMBER_WORDS else DOUBT_OF_A_NUMBER


def _goes_well(before, word, after, lexicon):
    return lexicon.pair_seen(before, word) + lexicon.pair_seen(word, after)


def _cases(parts, cores, place, starts, shouted, lexicon) -> list[tuple[str, bool]]:
    """Which other letter cases a word may have been printed in: those that its shape does not tell apart; whether without its like."""
    core = cores[place]
    if len(core) < 2 or not core.isalpha() or shouted:
        return []
    begins = starts or not cores[place - 1] or parts[place - 1][2] or parts[place][0]
    if core.isupper():
        beside = [*cores[max(0, place - 1) : place], *cores[place + 1 : place + 2]]
        if len(core) > LONGEST_SMALL or core in lexicon.signs or any(len(other) > 1 and other.isupper() for other in beside):
            return []
        return [(CAPITAL, True)] if starts and "".join(cores[place + 1 : place + 2]).islower() else [(CAPITAL, False), ("", False)]
    if begins or not core[1:].islower() or skeleton(core)[0] not in SAME_SHAPE:
        return []
    if core.islower():
        return [] if skeleton(core)[0] in RISES else [(CAPITAL, False)]
    after = "".join(cores[place + 1 : place + 2])
    in_sentence = not cores[place - 1][0].isupper() or bool(after) and lexicon.pair_seen(plain(core), plain(after))
    return [("", core[0] == "L" and in_sentence and not after[:1].isupper())]


def _other_case(choice: Choice, case: str, free: bool, sure: float) -> Choice:
    cost = choice.cost + (FREE_CASE if free else OTHER_CASE) + sure
    return Choice(choice.word, case + choice.word, cost, choice.rule or "case", "capital" if case else "small", free)


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
    strange = UNSEEN_CASE if choice.case and not choice.free and not lexicon.pair_seen(before, choice.key) else 0.0
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
