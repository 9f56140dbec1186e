"""Vietnamese names: cleaning, folded search key, order by given name, letter case."""
import re
import unicodedata
from functools import lru_cache

# Marks that belong to a letter (ă â ê ô ơ ư), and the five tones in the order of Vietnamese dictionaries.
BREVE, CIRCUMFLEX, HORN = "\u0306", "\u0302", "\u031b"
TONES = {"\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}
LETTERS = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z".split()
NO_TONE, SPACE, FOREIGN = 1, 1, b"\xff"
RANK = {character: place + 2 for place, character in enumerate([*"0123456789", *LETTERS])}

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x7f]")
_APOSTROPHES = str.maketrans("", "", "'`´’‘ʼ")
_TONE = "".join(TONES)
# hoà, xoè, thuý: the tone stands on the second vowel of an open syllable; hòa, xòe, thúy on the first.
_OPEN_GLIDE = re.compile(f"(?<![qQ])(o|O|u|U)(a|A|e|E|y|Y)([{_TONE}])(?![\\w\u0300-\u036f])")
_GLIDES = {"oa", "oe", "uy"}
_LONE_Y = re.compile(r"(?<=[bcdfghklmnprstvx])y$|^y$")


def normalise(text: str) -> str:
    """The writer's own spelling in NFC, without invisible characters, spaces collapsed (also no-break ones)."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The key by which text is searched and matched: lower case, no marks, đ as d, tone placement and y/i unified.

    ``Hoà``, ``Hòa`` and ``hoa`` are one key, and so are ``Lý`` and ``Lí``, ``Quý`` and ``Quí``.
    """
    return " ".join(map(_fold_word, _words(text)))


def accented_key(text: str) -> str:
    """The key by which two spellings with accents are the same: ``HOÀ`` and ``Hòa`` are, ``Hoa`` is another."""
    return " ".join(map(_accented_word, _words(text)))


def unify_tones(text: str) -> str:
    """One placement of the tone, on the first vowel: ``Hoà`` → ``Hòa``, ``Thuỵ`` → ``Thụy``; NFC."""
    return unicodedata.normalize("NFC", _OPEN_GLIDE.sub(_move_tone, unicodedata.normalize("NFD", text)))


def sort_key(name: str) -> bytes:
    """The order of names in Vietnamese lists: given name, then family name, then middle names; compare as bytes."""
    words = normalise(name).split()
    if not words:
        return b""
    ordered = (words[-1:], words[:1] if len(words) > 1 else [], words[1:-1])
    levels = [_levels(" ".join(part)) for part in ordered]
    return b"".join(letters + b"\0" + tones + b"\0" for letters, tones, _case in levels) + b"".join(c for *_rest, c in levels)


def collation_key(text: str) -> bytes:
    """Dictionary order for anything but a person's name (communes, titles): letters, then tones, then case."""
    return b"\0".join(_levels(normalise(text)))


def proper_case(name: str) -> str:
    """A name typed in capitals or small letters put right: ``NGUYỄN văn an`` → ``Nguyễn Văn An``; ``McDonald`` stays."""
    return re.sub(r"[^\W\d_]+", lambda found: _proper_word(found[0]), normalise(name))


def _words(text):
    text = unicodedata.normalize("NFKC", normalise(text)).translate(_APOSTROPHES)
    return [word for word in re.split(r"[\W_]+", text) if word]


@lru_cache(maxsize=65536)
def _fold_word(word):
    plain = unicodedata.normalize("NFKD", word.casefold().replace("đ", "d"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    # qui → quy and not the other way, so that "quy" stays the beginning of "quyen".
    return "quy" if plain == "qui" else _LONE_Y.sub("i", plain)


@lru_cache(maxsize=65536)
def _accented_word(word):
    low = unify_tones(word.lower())
    bare = unicodedata.normalize("NFD", low)
    tone = "".join(c for c in bare if c in TONES)
    plain = "".join(c for c in bare if c not in TONES)
    if plain == "qui":
        return unicodedata.normalize("NFC", "quy" + tone)
    return unicodedata.normalize("NFC", _LONE_Y.sub("i", plain) + tone) if _LONE_Y.search(plain) else low


def _move_tone(found):
    first, second, tone = found.groups()
    return first + tone + second if (first + second).lower() in _GLIDES else found[0]


@lru_cache(maxsize=65536)
def _levels(text):
    """Letters, tones and case of a text, one entry a letter."""
    letters, tones, case = [], bytearray(), bytearray()
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            _add_mark(character, letters, tones)
            continue
        rank = _rank(character)
        if rank is not None:
            letters.append(rank)
            tones.append(NO_TONE)
            case.append(2 if character.isupper() else 1)
    return b"".join(letters), bytes(tones), bytes(case)


def _rank(character):
    low = character.lower()
    if low in RANK:
        return bytes([RANK[low]])
    if character.isspace() or character in "-–/,.":
        return bytes([SPACE])
    return FOREIGN + low.encode() if character.isalnum() else None


def _add_mark(mark, letters, tones):
    """A tone stands in its own level; a mark of a letter makes another letter; a foreign mark changes nothing."""
    if not letters:
        return
    if mark in TONES:
        tones[-1] = TONES[mark]
    elif mark in (BREVE, CIRCUMFLEX, HORN):
        letters[-1] = _MARKED.get((letters[-1], mark), letters[-1])


def _proper_word(word):
    if word[0].isupper() and (len(word) == 1 or word[1].islower()):
        return word
    return word[0].upper() + word[1:].lower()


_MARKED = {
    (bytes([RANK[base]]), mark): bytes([RANK[unicodedata.normalize("NFC", base + mark)]])
    for base, mark in (("a", BREVE), ("a", CIRCUMFLEX), ("e", CIRCUMFLEX), ("o", CIRCUMFLEX), ("o", HORN), ("u", HORN))
}
