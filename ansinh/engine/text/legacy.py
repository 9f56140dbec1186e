"""Old Vietnamese encodings in spreadsheets: TCVN3 (fonts .VnTime) and VNI (fonts VNI-Times), recognised and converted."""
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from .syllables import is_syllable

TCVN3, VNI = "TCVN3", "VNI"

# One Latin-1 character for each letter. There are no toned capitals: capital fonts draw the small ones large.
_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
# A vowel followed by a character for its marks; a few letters have a character of their own.
_VNI_MARKED = {
    "a": ("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "u": ("ùøûõï", "úùủũụ"),
    "ö": ("ùøûõï", "ứừửữự"),
    "y": ("ùøûõ", "ýỳỷỹ"),
}
_VNI_SINGLE = dict(zip("ñôöíìæóòî", "đơưíìỉĩịỵ", strict=True))
_VNI = {base + mark: letter for base, pair in _VNI_MARKED.items() for mark, letter in zip(*pair, strict=True)} | _VNI_SINGLE
_VNI_PART = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)), re.IGNORECASE)

# Letters that no old encoding uses: their presence shows genuine Unicode.
_GENUINE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u036f]")
# A run of letters as either encoding writes them; signs such as © ® « » stand for letters there.
_WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")


def decode(text: str) -> tuple[str, str | None, bool]:
    """The text in Unicode, the encoding it was in (``None``: nothing was converted) and whether that is beyond doubt.

    Genuine Vietnamese, plain and foreign text come back as they were. Not confident: the text can be read either way
    (``Dòng`` may be ``Dũng``); the other cells of its column decide, see :func:`guess`.
    """
    if text.isascii() or _GENUINE.search(text):
        return text, None, True
    return _decode(text)


def convert(text: str, encoding: str) -> str:
    """The text read in the encoding, whatever it looks like; all capitals where it was typed so."""
    if text.isascii() or _GENUINE.search(text):
        return text
    read = _WORD.sub(lambda found: _read_word(found[0], encoding), text)
    return read.upper() if _typed_in_capitals(text) else read


def guess(texts: Iterable[str]) -> str | None:
    """The encoding of a column or sheet, from the cells that can be read in one way only; ``None`` is Unicode."""
    votes = Counter(encoding for text in texts for _text, encoding, sure in [decode(text)] if encoding and sure)
    return votes.most_common(1)[0][0] if votes else None


@lru_cache(maxsize=65536)
def _decode(text):
    words = [word for word in _WORD.findall(text) if _is_evidence(word)]
    wrong = sum(not is_syllable(word) for word in words)
    faults = {encoding: sum(not _is_right(word, encoding) for word in words) for encoding in (TCVN3, VNI)}
    # TRÒNH is Trịnh in VNI and Trềnh in TCVN3: where capitals can be read both ways, the small letters of VNI lie nearer.
    best = min((VNI, TCVN3) if _typed_in_capitals(text) else (TCVN3, VNI), key=faults.get)
    if not words or faults[best] >= wrong:
        return text, None, not words or wrong > 0 or faults[best] > 0
    return convert(text, best), best, faults[best] == 0 and faults[TCVN3] != faults[VNI]


def _is_evidence(word):
    # A lone sign (×, ®, ©) proves nothing: a word of an old encoding nearly always holds a plain letter too.
    return not word.isascii() and any(c.isascii() for c in word)


def _is_right(word, encoding):
    """Whether the word in this encoding is a syllable, with no character that the encoding does not use."""
    left = word.translate(_TCVN3_GONE) if encoding == TCVN3 else _VNI_PART.sub("", word)
    return left.isascii() and is_syllable(_read_word(word, encoding))


def _read_word(word, encoding):
    if len(word) == 1 and not word.isalpha():
        return word
    return word.translate(_TCVN3_TABLE) if encoding == TCVN3 else _VNI_PART.sub(_vni_letter, word)


def _typed_in_capitals(text):
    plain = [c for c in text if c.isascii() and c.isalpha()]
    return bool(re.search("[A-Z][A-Z\u00a1-\u00ff]*[A-Z]", text)) and all(c.isupper() for c in plain)


def _vni_letter(found):
    letter = _VNI[found[0].lower()]
    return letter.upper() if found[0][0].isupper() else letter


_TCVN3_TABLE = str.maketrans(_TCVN3)
_TCVN3_GONE = str.maketrans(dict.fromkeys(_TCVN3, ""))
