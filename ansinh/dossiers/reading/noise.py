"""What a reader makes of borders, leaders and stray ink: signs that belong to no word, marks torn off, words run together."""
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ansinh.dossiers.words import Box, Word
from ansinh.engine.text.syllables import is_syllable

from .codes import is_misread_word, tidied
from .lexicon import Lexicon, plain
from .shapes import TONES, skeleton
from .strays import NEVER_PRINTED, is_speck, is_stray

# Those that a reader makes of a torn-off mark.
TORN = "`´'’‘“”?¿£€~^ˆ˜°"
_TRAIL = re.compile(rf"(?<=\w)(?:[.…]{{2,}}|[{re.escape(NEVER_PRINTED)}]+)$")
_LEAD = re.compile(rf"^[{re.escape(NEVER_PRINTED)}:;.,'‘’”ˆ˜_-]+(?=[^\W\d_])")
_GLUED = re.compile(rf"(?<=[^\W\d_])[{re.escape(TORN)}]+(?=[^\W\d_])")
# Only a vowel with a mark of its own is so high that its tone is torn off.
HIGH = tuple("âêôăơưÂÊÔĂƠƯ")
_TORN_START = re.compile(rf"[{re.escape(TORN)}\"]+(\w)")
_TORN_END = re.compile(rf"(?<=[âêôăơưÂÊÔĂƠƯ])[{re.escape(TORN)})]+$")
_RUN_INTO_NUMBER = re.compile(rf"([^\W\d_]{{2,7}})[{re.escape(TORN)}]+(\d\S*)|([Ss][ôốồổ])(\d+\D?/\w\S*)")
# Labels whose colon ran into the tone above it, and the number that must follow.
_LABELS = [
    (re.compile(r"([Ss])[ôốồổ][íìItfl?!;,/£€‘’'“”.°]"), re.compile(r"\d+\D?/\w"), "ố:"),
    (re.compile(r"([Tt])h[êếềể][íìil?!;£€]"), re.compile(r"\W?\d+ ?%"), "hể:"),
]
_HYPHEN = re.compile(r"([^\W\d_]{2,7})[-_]([^\W\d_]{2,7})")
LONGEST, SHORTEST_JOINED, LIKE_A_WORD = 40, 5, 4.0


@dataclass(frozen=True)
class Piece:
    """A word after cleaning; ``read`` is what stood there where it was changed; ``torn``: a sign stood in place of its mark."""

    word: Word | None
    read: str = ""
    rule: str = ""
    torn: bool = False


def cleaned(line: list[Word], lexicon: Lexicon, height: float = 0) -> list[Piece]:
    """The words of a line without stray ink; a piece without a word was dropped. A number stays as it is.

    ``height``: of the words of the page, 0 where it is not known.
    """
    pieces: list[Piece] = []
    for word in line:
        last = pieces[-1].word.text if pieces and pieces[-1].word else ""
        sign = _TORN_START.match(word.text) if last[-1:] in HIGH else None
        if sign:
            pieces[-1] = replace(pieces[-1], torn=True)
        if sign and sign[1].isalpha():
            first, *others = _cleaned(replace(word, text=word.text[sign.start(1) :]), lexicon, height)
            pieces += [replace(first, read=word.text, rule=first.rule or "sign"), *others]
        elif last and (label := _label(pieces[-1].read or last, word.text)):
            pieces[-1] = Piece(replace(pieces[-1].word, text=label), pieces[-1].read or last, "sign")
            pieces += _cleaned(word, lexicon, height)
        elif word.text == ":" and last.endswith(":"):
            pieces.append(Piece(None, word.text, "stray"))
        else:
            pieces += _cleaned(word, lexicon, height)
    return pieces


def _label(text: str, after: str) -> str:
    """The label with its colon where the text is one misread, else empty."""
    for label, number, rest in _LABELS:
        if (read := label.fullmatch(text)) and number.match(after):
            return read[1] + rest
    return ""


def _cleaned(word: Word, lexicon: Lexicon, height: float) -> Iterable[Piece]:
    text = word.text
    if any(c.isdigit() for c in text) and not is_misread_word(text.strip(".,;:!?()\"“”'")):
        return [Piece(None, text, "stray")] if is_speck(word, height) else _numbered(word, lexicon)
    if is_stray(word, height):
        return [Piece(None, text, "stray")]
    trimmed = _trimmed(text)
    torn = trimmed != text and bool(set(text) & set(TORN))
    parts = [part for part in _GLUED.split(trimmed) if part] if len(trimmed) <= LONGEST else [trimmed]
    glued = len(parts) > 1
    parts = [piece for part in parts for piece in _unjoined(part, lexicon)]
    if parts == [text]:
        return [Piece(word)]
    rule = "joined" if len(parts) > 1 else "sign"
    boxes = _shares(word.box, [len(part) for part in parts])
    return [
        Piece(replace(word, text=part, box=box), text if number == 0 else "", rule, torn or glued and number < len(parts) - 1)
        for number, (part, box) in enumerate(zip(parts, boxes, strict=True))
    ]


def _numbered(word: Word, lexicon: Lexicon) -> list[Piece]:
    """A word with a number: signs around it go, and a word run into it stands by itself."""
    text = word.text
    run = _RUN_INTO_NUMBER.fullmatch(text)
    before, number = (run[1] or run[3], run[2] or run[4]) if run else ("", text)
    is_run = bool(run) and lexicon.nearest(plain(before)) < LIKE_A_WORD
    parts = [before, tidied(number, lexicon)] if is_run else [tidied(text, lexicon)]
    if parts == [text]:
        return [Piece(word)]
    boxes = _shares(word.box, [len(part) for part in parts])
    return [
        Piece(replace(word, text=part, box=box), text if number == 0 else "", "joined" if is_run else "sign", len(parts) > number + 1)
        for number, (part, box) in enumerate(zip(parts, boxes, strict=True))
    ]


def _trimmed(text: str) -> str:
    """Without leaders and borders at its ends, and without the sign that a tone torn off a marked vowel has become."""
    text = _LEAD.sub("", _TRAIL.sub("", text))
    if _is_mostly_capitals(text):
        text = text.upper()
    return _TORN_END.sub("", text) if _TORN_END.search(text) and unicodedata.normalize("NFD", text) == _toneless(text) else text


def _is_mostly_capitals(text):
    letters = [c for c in text if c.isalpha()]
    small = sum(c.islower() for c in letters)
    return len(letters) > 2 and 0 < small <= len(letters) // 3 and letters[0].isupper() and letters[-1].isupper()


def _toneless(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if c not in TONES)


def _unjoined(text: str, lexicon: Lexicon) -> list[str]:
    """Two or three words read as one, at their capitals or where both halves are words in use."""
    lead = re.match(r"\W*", text)[0]
    core = text.strip(".,;:!?()\"“”'-")
    if core[:1].islower() and not core.islower() and lexicon.knows(core):
        # A capital I for an i.
        return [text.lower()]
    if (halves := _HYPHEN.fullmatch(core)) and _go_together(*halves.groups(), lexicon):
        return _rejoined(text, lead, list(halves.groups()), between=1)
    if len(core) < SHORTEST_JOINED or not core.isalpha() or len(core) > LONGEST or is_syllable(core) or core.isupper():
        return [text]
    cuts = [0, *(i for i in range(1, len(core)) if core[i - 1].islower() and core[i].isupper()), len(core)]
    capitals = [core[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]
    if len(capitals) > 1 and all(lexicon.knows(part) for part in capitals):
        return _rejoined(text, lead, capitals)
    if lexicon.nearest(plain(core)) < LIKE_A_WORD:
        return [text]
    halves = [(core[:cut], core[cut:]) for cut in range(2, len(core) - 1) if lexicon.knows(core[:cut]) and lexicon.knows(core[cut:])]
    best = max(halves, key=lambda pair: lexicon.pairs[plain(pair[0]), plain(pair[1])], default=None)
    return _rejoined(text, lead, best) if best and (len(halves) == 1 or lexicon.pair_seen(*map(plain, best))) else [text]


def _go_together(before, after, lexicon):
    """Whether a space was read as a hyphen: the office writes the two words side by side, marks aside."""
    befores, afters = lexicon.alike.same(skeleton(before)), lexicon.alike.same(skeleton(after))
    return any(lexicon.pair_seen(one, other) for one in befores for other in afters)


def _rejoined(text, lead, parts, between=0):
    first, *middle, last = parts
    return [lead + first, *middle, last + text[len(lead) + sum(map(len, parts)) + between :]]


def _shares(box: Box, lengths: list[int]) -> Iterable[Box]:
    """The box cut into parts as wide as the words are long, a letter apart."""
    whole, left = sum(lengths) + len(lengths) - 1, 0
    for length in lengths:
        start, end = box.width * left // whole, box.width * (left + length) // whole
        yield Box(box.left + start, box.top, max(1, end - start), box.height)
        left += length + 1
