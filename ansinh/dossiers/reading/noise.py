"""What a reader makes of borders, leaders and stray ink: signs that belong to no word, marks torn off, words run together."""
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ansinh.dossiers.words import Box, Word
from ansinh.engine.text.syllables import is_syllable

from .lexicon import Lexicon, plain
from .shapes import TONES

# Signs that no paper prints; those that papers print, but alone only by mistake; those that a reader makes of a torn-off mark.
NEVER_PRINTED = "|_‹›«»\\~^`¿£¬¦°†‡•⁄¢§®©™¡¥€{}[]<>=¤*#@"
SELDOM_ALONE = ".,;'!?“”‘’\"ˆ˜´¨¸·"
TORN = "`´'’‘“”?¿£~^"
# A word less sure than this that is no syllable is stray ink.
STRAY, SURE_SIGN = 18, 60
_TRAIL = re.compile(rf"(?<=\w)(?:[.…]{{2,}}|[{re.escape(NEVER_PRINTED)}]+)$")
_LEAD = re.compile(rf"^[{re.escape(NEVER_PRINTED)}:;.,'‘’”_-]+(?=[^\W\d_])")
_GLUED = re.compile(rf"(?<=[^\W\d_])[{re.escape(TORN)}]+(?=[^\W\d_])")
# Only a vowel with a mark of its own is so high that its tone is torn off.
HIGH = tuple("âêôăơưÂÊÔĂƠƯ")
_TORN_START = re.compile(rf"[{re.escape(TORN)}\"]+(\w)")
_TORN_END = re.compile(rf"(?<=[âêôăơưÂÊÔĂƠƯ])[{re.escape(TORN)})]+$")
_ALONE = re.compile(rf"[\s{re.escape(NEVER_PRINTED + SELDOM_ALONE)}…—–:-]+")
LONGEST, SHORTEST_JOINED = 40, 5


@dataclass(frozen=True)
class Piece:
    """A word after cleaning; ``read`` is what stood there where it was changed; ``torn``: a sign stood in place of its mark."""

    word: Word | None
    read: str = ""
    rule: str = ""
    torn: bool = False


def cleaned(line: list[Word], lexicon: Lexicon) -> list[Piece]:
    """The words of a line without stray signs; a piece without a word was dropped. A word with a digit stays as it is."""
    pieces: list[Piece] = []
    for word in line:
        last = pieces[-1].word.text if pieces and pieces[-1].word else ""
        sign = _TORN_START.match(word.text) if last[-1:] in HIGH else None
        if sign:
            pieces[-1] = replace(pieces[-1], torn=True)
        if sign and sign[1].isalpha():
            pieces.append(Piece(replace(word, text=word.text[sign.start(1) :]), word.text, "sign"))
        elif word.text == ":" and last.endswith(":"):
            pieces.append(Piece(None, word.text, "stray"))
        else:
            pieces += _cleaned(word, lexicon)
    return pieces


def _cleaned(word: Word, lexicon: Lexicon) -> Iterable[Piece]:
    text = word.text
    if any(c.isdigit() for c in text):
        return [Piece(word)]
    if _is_stray(word):
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


def _is_stray(word: Word) -> bool:
    text = word.text
    if not any(c.isalnum() for c in text):
        return bool(_ALONE.fullmatch(text)) and (text not in ("-", "–", ":", "—") or word.confidence < STRAY) and (
            word.confidence < SURE_SIGN or text[0] in NEVER_PRINTED or len(text) > 1
        )
    core = text.strip(".,;:!?()\"“”'")
    return word.confidence < STRAY and not is_syllable(core) and not (core.isalpha() and len(core) < 8 and core.isupper())


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
    if len(core) < SHORTEST_JOINED or not core.isalpha() or len(core) > LONGEST or is_syllable(core) or core.isupper():
        return [text]
    cuts = [0, *(i for i in range(1, len(core)) if core[i - 1].islower() and core[i].isupper()), len(core)]
    capitals = [core[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]
    if len(capitals) > 1 and all(lexicon.knows(part) for part in capitals):
        return _rejoined(text, lead, capitals)
    if lexicon.nearest(plain(core)) < 4:
        return [text]
    halves = [(core[:cut], core[cut:]) for cut in range(2, len(core) - 1) if lexicon.knows(core[:cut]) and lexicon.knows(core[cut:])]
    best = max(halves, key=lambda pair: lexicon.pairs[plain(pair[0]), plain(pair[1])], default=None)
    return _rejoined(text, lead, best) if best and (len(halves) == 1 or lexicon.pair_seen(*map(plain, best))) else [text]


def _rejoined(text, lead, parts):
    first, *middle, last = parts
    return [lead + first, *middle, last + text[len(lead) + sum(map(len, parts)) :]]


def _shares(box: Box, lengths: list[int]) -> Iterable[Box]:
    """The box cut into parts as wide as the words are long, a letter apart."""
    whole, left = sum(lengths) + len(lengths) - 1, 0
    for length in lengths:
        start, end = box.width * left // whole, box.width * (left + length) // whole
        yield Box(box.left + start, box.top, max(1, end - start), box.height)
        left += length + 1
