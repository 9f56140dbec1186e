"""Which words can be Vietnamese syllables: the ground on which old encodings are told from genuine text."""
import re
import unicodedata
from functools import lru_cache

ONSETS = "ngh ng nh gh gi ch kh ph qu th tr b c d đ g h k l m n p r s t v x".split()
RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu ynh yt ych
""".split()
TONES = "\u0300\u0301\u0303\u0309\u0323"
STOP_TONES = "\u0301\u0323"
_VOWELS = re.compile("^[aăâeêioôơuưy]+")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether a word (any case, NFC) is built like a Vietnamese syllable, its tone in a usual place."""
    low = unicodedata.normalize("NFC", word.lower())
    return low in _TONED or any(low.startswith(onset) and low[len(onset):] in _TONED for onset in ONSETS)


def _toned(rhyme):
    yield rhyme
    vowels = _VOWELS.match(rhyme)[0]
    stopped = rhyme[len(vowels):] in ("c", "ch", "p", "t")
    for place in _places(vowels, closed=len(vowels) < len(rhyme)):
        for tone in STOP_TONES if stopped else TONES:
            yield unicodedata.normalize("NFC", rhyme[: place + 1] + tone + rhyme[place + 1 :])


def _places(vowels, *, closed):
    """Where the tone may stand: on the marked vowel, before a final consonant, else as hòa and hoà both do."""
    marked = [place for place, vowel in enumerate(vowels) if vowel in "ăâêôơ"]
    if marked:
        return marked[-1:]
    if "ư" in vowels:
        return [vowels.index("ư")]
    if closed:
        return [len(vowels) - 1]
    if vowels in ("oa", "oe", "uy"):
        return [0, 1]
    return [len(vowels) // 2 if len(vowels) == 3 else 0]


_TONED = frozenset(toned for rhyme in RHYMES for toned in _toned(rhyme))
