"""How alike two printed words look: what an optical reader takes for what, as costs; and a quick way to the words alike."""
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
# A mark read wrongly is the commonest fault of all; a thin letter is easily lost; the rest is rare.
MARK, TONE, MOVED_TONE, LOST_THIN, LOST, OTHER = 1.6, 1.4, 0.3, 2.4, 3.6, 4.4
# A tone above a hat is small and high; or it is taken to belong to the next letter.
HIDDEN_TONE, CARRIED_OFF = 1.0, 1.8
THIN = frozenset("iltj1'")
ALIKE = {
    frozenset(pair): 2.0
    for pair in "il i1 l1 ij it lt ft ce co eo ea ao un hn hb nr an rt vy uv gq gy bh nm ns sa se dc kh kx B8 oq gđ dđ tr rn cg ci".split()
}
# One letter read for two, or two for one.
BROKEN = (
    ("m", "rn"), ("d", "cl"), ("u", "ii"), ("h", "li"), ("n", "ri"), ("m", "in"), ("m", "ni"), ("w", "vv"), ("b", "lo"), ("k", "lc"),
    # Below a tone that leans over them.
    ("p", "o6"), ("p", "oø"), ("p", "oo"), ("p", "6ø"), ("n", "ah"), ("m", "ah"),
)
BROKEN_COST = 2.6
# What is no letter of Vietnamese was surely misread.
NOT_VIETNAMESE = 1.6
NEVER = 99.0


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The word without case and marks, đ as d."""
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def letters(word: str) -> tuple[tuple[tuple[str, str], ...], str, int]:
    """The letters of a word, each as base letter and mark (đ is a d with a mark); its tone, and on which letter it stands."""
    found, tone, place = [], "", 0
    for character in unicodedata.normalize("NFD", word.lower().replace("đ", "d\u0335")):
        if character in TONES and found:
            tone, place = tone + character, len(found) - 1
        elif found and (unicodedata.combining(character) or character == "\u0335"):
            found[-1] = (found[-1][0], found[-1][1] + character)
        else:
            found.append((character, ""))
    return tuple(found), tone, place


@lru_cache(maxsize=131072)
def unlikeness(read: str, meant: str) -> float:
    """What it costs to believe that a word was printed as ``meant`` and read as ``read``; 0 where they are the same."""
    (left, left_tone, left_place), (right, right_tone, right_place) = letters(read), letters(meant)
    if abs(len(left) - len(right)) > 2:
        return NEVER
    if left_tone != right_tone:
        return (HIDDEN_TONE if not left_tone and _is_high(right[right_place]) else TONE) + _letters_apart(left, right)
    if left_tone and _is_carried_off(left, left_place, right, right_place):
        # ấp read as âó: the tone stands right of the hat, and the letter below it was taken for a vowel.
        before = _letters_apart(left[:left_place], right[: right_place + 1])
        return CARRIED_OFF + before + _letters_apart(left[left_place + 1 :], right[right_place + 2 :])
    return _letters_apart(left, right) + (MOVED_TONE if left_place != right_place else 0.0)


def _letters_apart(left, right):
    above = [0.0]
    for letter in right:
        above.append(above[-1] + _lost(letter[0]))
    rows = [above]
    for i, letter in enumerate(left, 1):
        row = [rows[-1][0] + _lost(letter[0])]
        for j, other in enumerate(right, 1):
            best = min(rows[-1][j] + _lost(letter[0]), row[-1] + _lost(other[0]), rows[-1][j - 1] + _swapped(letter, other))
            row.append(min(best, _broken(rows, left, right, i, j)))
        rows.append(row)
    return rows[-1][-1]


class Alike:
    """Words found by how they look: those whose skeleton differs in one letter at most, broken letters mended."""

    def __init__(self, words: Iterable[str]):
        self._words, self._near = defaultdict(list), defaultdict(set)
        for word in sorted(words):
            self._words[skeleton(word)].append(word)
        for bones in self._words:
            for shorter in _shortened(bones):
                self._near[shorter].add(bones)

    def to(self, read: str) -> list[str]:
        """The known words that could have been read so, in no order."""
        bones = {near for form in _mended(skeleton(read)) for shorter in _shortened(form) for near in self._near.get(shorter, ())}
        return [word for near in sorted(bones) for word in self._words[near]]

    def same(self, read: str) -> list[str]:
        """The known words that differ in marks only."""
        return self._words.get(skeleton(read), [])


def _lost(base):
    return LOST_THIN if base in THIN else LOST


@lru_cache(maxsize=16384)
def _swapped(one, other):
    if one == other:
        return 0.0
    base = 0.0 if one[0] == other[0] else NOT_VIETNAMESE if _is_foreign(one[0]) else ALIKE.get(frozenset((one[0], other[0])), OTHER)
    return base + (MARK if one[1] != other[1] else 0.0)


def _is_high(letter):
    return bool(letter[1]) and letter[0] != "d"


def _is_carried_off(left, left_place, right, right_place):
    """Whether the tone was read on the letter after the one that it stands on, which is no vowel and has a vowel's look now."""
    return left_place == right_place + 1 < len(right) and _is_high(right[right_place]) and right[left_place][0] not in "aeiouy"


def _is_foreign(base):
    return base.isdigit() or not base.isascii()


def _broken(rows, left, right, i, j):
    best = NEVER
    if i > 1 and (right[j - 1][0], left[i - 2][0] + left[i - 1][0]) in _PAIRS:
        best = rows[i - 2][j - 1] + BROKEN_COST
    if j > 1 and (left[i - 1][0], right[j - 2][0] + right[j - 1][0]) in _PAIRS:
        best = min(best, rows[i - 1][j - 2] + BROKEN_COST)
    return best


def _shortened(bones):
    return {bones} | {bones[:i] + bones[i + 1 :] for i in range(len(bones))}


def _mended(bones):
    yield bones
    for one, two in BROKEN:
        if two in bones:
            yield bones.replace(two, one, 1)
        if one in bones:
            yield bones.replace(one, two, 1)


_PAIRS = frozenset(BROKEN)

