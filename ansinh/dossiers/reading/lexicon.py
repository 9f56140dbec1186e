"""What the reader knows of Vietnamese before it sees a page: syllables, names, places, offices, and which words go together."""
import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from math import log
from pathlib import Path

from ansinh.engine.law.places import listed
from ansinh.engine.text.citizen_number import provinces
from ansinh.engine.text.names import fold, unify_tones
from ansinh.engine.text.syllables import is_syllable

from .shapes import NEVER, Alike, unlikeness

HERE = Path(__file__).parent
LAW = HERE.parents[1] / "law"
BREAK = "\n"
NUMBER = "0"
# A word with a capital inside a sentence is another word than the same one without: Thư of a name, thư of văn thư.
CAPITAL, CAPITALS = "^", "="
TOKEN = re.compile(r"[^\W\d_]+|\d+")
# A phrase of the office is worth this many sights of it; a place or a name one.
PHRASE, PLACE, TITLE = 6, 1, 3
# Words of names stand with capitals.
NAME_WEIGHTS = {"family": 6, "middle": 8, "given": 2}
BEFORE_A_NAME, COMMON_FAMILY, NAME_MASS = ("ông", "bà", "tên", "chí"), 40, 60
# Seen words pull as if each context had been seen this many times without them.
SMOOTHING = 3.0
CAPITAL_SHARE = 0.1
UNSEEN, POSSIBLE, IMPOSSIBLE = 0.5, 0.004, 0.00005


@dataclass(frozen=True)
class Area:
    """Địa bàn of some time, by names only: ``above`` is the name of its district or province, or empty."""

    kind: str
    name: str
    above: str
    since: str
    until: str


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Từ vựng: everything is lower case with the tone on its first place; compared by identity."""

    known: frozenset[str]
    family: frozenset[str]
    middle: frozenset[str]
    given: frozenset[str]
    leading: frozenset[str]
    areas: tuple[Area, ...]
    signs: frozenset[str]
    singles: Counter = field(repr=False)
    pairs: Counter = field(repr=False)
    followed: Counter = field(repr=False)
    total: int
    alike: Alike = field(repr=False)
    by_name: dict[str, list[Area]] = field(repr=False)

    def knows(self, word: str) -> bool:
        """Whether the word is a syllable in use, a word of a name or of a place."""
        return plain(word) in self.known

    def is_name_word(self, word: str) -> bool:
        """Whether the word stands in names."""
        low = plain(word)
        return low in self.family or low in self.middle or low in self.given

    def is_family(self, word: str) -> bool:
        """Whether the word is a family name."""
        return plain(word) in self.family

    def surprise(self, before: str, word: str) -> float:
        """How unlikely the word is after the other, in nats; both as their neighbours know them."""
        alone = self._alone(word)
        share, mass = self.pairs[before, word] + SMOOTHING * alone, self.followed[before] + SMOOTHING
        if before.startswith((CAPITAL, CAPITALS)) and before[1:] in self.leading:
            # After a family or middle name any word of names may follow, seen or not.
            mass += NAME_MASS
            share += NAME_MASS * alone if word[1:] not in self.given else NAME_MASS / len(self.given)
        return -log(share / mass)

    def nearest(self, word: str) -> float:
        """How unlike the most alike word in use is."""
        return min((unlikeness(word, other) for other in self.alike.to(word)), default=NEVER)

    def pair_seen(self, before: str, word: str) -> bool:
        """Whether the two words were ever seen side by side."""
        return (before, word) in self.pairs

    def areas_named(self, name: str) -> list[Area]:
        """Areas of any time with this name, accents and case aside."""
        return self.by_name.get(fold(name), [])

    def _alone(self, word):
        low = word.lstrip(CAPITAL + CAPITALS)
        extra = UNSEEN if low in self.known else POSSIBLE if is_syllable(low) else IMPOSSIBLE
        seen = self.singles[word] + (CAPITAL_SHARE * self.singles[low] if word != low else 0)
        return (seen + extra) / (self.total + UNSEEN * len(self.known))


def plain(word: str) -> str:
    """The form in which words are looked up: lower case, one place of the tone."""
    return unify_tones(word.lower())


def key(word: str, *, inside: bool) -> str:
    """The word as its neighbours know it: numbers are all one, and capitals are told apart from small letters."""
    if word[0].isdigit():
        return NUMBER
    if len(word) > 1 and word.isupper():
        return CAPITALS + plain(word)
    return CAPITAL + plain(word) if inside and word[0].isupper() else plain(word)


@cache
def load(names: tuple[tuple[str, ...], ...] = ((), (), ())) -> Lexicon:
    """The office's lexicon; ``names`` are further family, middle and given words of names, those of the office's own register."""
    parts = {row.text("part"): [plain(word) for word in row.text("words").split()] for row in listed(LAW / "dossiers" / "names.yaml")}
    for part, further in zip(NAME_WEIGHTS, names, strict=True):
        parts[part] = list(dict.fromkeys([*parts[part], *map(plain, further)]))
    offices = listed(LAW / "dossiers" / "offices.yaml")
    areas = tuple(_areas())
    singles, pairs = _counted(offices, areas, parts)
    known = frozenset(_words(HERE / "syllables.txt")) | {word.lstrip(CAPITAL + CAPITALS) for word in singles} - {NUMBER}
    known |= {word for part in parts.values() for word in part}
    followed = Counter()
    for (before, _word), count in pairs.items():
        followed[before] += count
    signs = frozenset({"QĐ", "BB", "TB", "GCN", "GXN", "HD", "CV", "TTr", "BC", "NĐ", "TT", "NQ", "PL", "L", *(o.text("sign") for o in offices)})
    family, middle = frozenset(parts["family"]), frozenset(parts["middle"])
    given = frozenset(parts["given"])
    return Lexicon(
        frozenset(known), family, middle, given, family | middle, areas, signs, singles, pairs, followed, singles.total(), Alike(known),
        _areas_by_name(areas),
    )


def _words(path: Path) -> Iterable[str]:
    return " ".join(_lines(path)).split()


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _areas():
    with (LAW / "areas.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {}
    for row in rows:
        names.setdefault(row["code"], row["name"])
    for row in rows:
        yield Area(row["kind"], row["name"], names.get(row["parent"], ""), row["since"], row["until"])
    for row in listed(LAW / "dossiers" / "former_areas.yaml"):
        yield Area(row.text("kind"), row.text("name"), "", str(row.get("since", "")), str(row.get("until", "")))
    for name in provinces().values():
        yield Area("thành phố" if name in ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ") else "tỉnh", name, "", "", "")


def _counted(offices, areas, parts):
    """How often each word and each pair of neighbours stands in what the office writes."""
    singles, pairs = Counter(), Counter()
    sentences = [(line, PHRASE) for line in _lines(HERE / "phrases.txt")]
    sentences += [(name, TITLE) for office in offices for name in office["names"]]
    sentences += [(f"{area.kind} {area.name}", PLACE) for area in areas]
    for text, weight in sentences:
        _count(TOKEN.findall(text), weight, singles, pairs)
    for part, weight in NAME_WEIGHTS.items():
        singles.update({case + word: weight for word in parts[part] for case in (CAPITAL, CAPITALS)})
    for rank, family in enumerate(parts["family"], 1):
        # The list begins with the commonest families.
        common = 1 + COMMON_FAMILY // rank
        for case in (CAPITAL, CAPITALS):
            singles[case + family] += common
            pairs.update({(title, case + family): common for title in BEFORE_A_NAME})
            pairs.update({(case + family, case + middle): common for middle in ("văn", "thị")})
    return singles, pairs


def _count(words, weight, singles, pairs):
    """Count a sentence as it is written, and once more as it stands in a line of capitals."""
    for text in (words, [word.upper() for word in words]):
        row = [BREAK, *(key(word, inside=place > 0) for place, word in enumerate(text))]
        singles.update({word: weight * row.count(word) for word in set(row[1:])})
        for pair in zip(row, row[1:], strict=False):
            pairs[pair] += weight


def _areas_by_name(areas):
    found = {}
    for area in areas:
        found.setdefault(fold(area.name), []).append(area)
    return found
