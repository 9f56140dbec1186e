"""Values as papers print them, each kind found at the beginning of a run and brought into plain form, or not found."""
import re
from collections.abc import Callable

from ansinh.engine.text import citizen_number
from ansinh.engine.text.amount_in_words import in_words
from ansinh.engine.text.dates import WrittenDate, parse_date
from ansinh.engine.text.names import fold

from .homes import KINDS_OF_PLACE, home
from .lexicon import Lexicon, plain
from .near import distance
from .people import name
from .runs import Run
from .shapes import skeleton
from .value import Value

# A value stands near the beginning of what follows its label; the rest is not looked at.
REACH = 90
# Papers of merit dossiers and the people in them; another year is a digit misread.
FIRST_LIKELY_YEAR, LAST_LIKELY_YEAR = 1875, 2035
FIRST_DIGITS_OF_OLD_CARDS = "0123"
_DAY = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)")
_SPELLED = re.compile(
    r"(?:(?:ngày|ngay)\s{0,2})?(?<![\d/.-])(\d{1,2})\s{1,2}(?:tháng|thang)\s{0,2}(\d{1,2})\s{1,2}(?:năm|nam)\s{0,2}(\d{4})(?!\d)", re.IGNORECASE,
)
_MONTH = re.compile(r"(?:(?:tháng|thang)\s{0,2})?(?<![\d/.-])(\d{1,2})\s?(?:[/.-]|\s(?:năm|nam)\s)\s?(\d{4})(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/.-])(1[89]\d\d|20\d\d)(?![\d/])")
_CITIZEN = re.compile(r"(?<!\d)\d(?:[ .]?\d){8}(?:(?:[ .]?\d){3})?(?![ .]?\d)")
_PAPER_NUMBER = re.compile(
    r"(?<![\d/])(\d{1,6}\s?(?:/\s?\d{4}\s?)?[/-]\s?[0O(]?[A-ZĐÐ][A-ZĐÐa-z0-9]{0,12}"
    r"(?:\s?-\s?[A-ZĐÐ][A-ZĐÐa-z0-9]{0,12}){0,3})"
)
_DOSSIER_NUMBER = re.compile(r"[A-ZĐÐ][A-ZĐÐa-z]{0,3}\s?[/.-]\s?(?:[A-ZĐÐ]{1,4}\s?[/.-]?\s?)?\d{2,7}(?:\s?[/-]\s?[A-ZĐÐ]{1,4})?")
_RATE = re.compile(r"(?<![\d.,/])(\d{1,3})(?:[.,]\d)?\s?(?:%|(?:phần|phan)\s(?:trăm|tram))", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
# Signs of a sort of paper: the office's own was lost after them.
WITHOUT_AN_OFFICE = {"QĐ", "GCN", "GXN", "BB", "TB", "TTr"}
_RATES = {fold(in_words(number)): number for number in range(1, 101)}
_RATE_WORDS = re.compile(r"^[\s:;,.]{0,3}((?:[^\W\d_]+\s){1,4})(?:phan|phần)\s(?:tram|trăm)", re.IGNORECASE)
LONGEST_PLACE, MENDED, CHECKED, LOST_DAY = 24, 0.9, 0.7, 0.3


def first_day(run: Run) -> Value | None:
    """A full day in any written form."""
    head = run.text[:REACH]
    found = min((match for match in (_SPELLED.search(head), _DAY.search(head)) if match), key=lambda match: match.start(), default=None)
    if not found:
        return None
    day, month, year = found.groups()
    read = parse_date(f"{day}/{month}/{year}")
    return None if read.day is None else Value(read.day.isoformat(), run.between(*found.span()), _fit_of_a_year(read.day.year))


def _fit_of_a_year(year):
    return 1.0 if FIRST_LIKELY_YEAR <= year <= LAST_LIKELY_YEAR else 0.3


def birth(run: Run, lexicon: Lexicon) -> Value | None:
    """A day, a month or only a year."""
    return first_day(run) or month(run, lexicon) or _year(run)


def day(run: Run, lexicon: Lexicon) -> Value | None:
    """A full day."""
    return first_day(run)


def month(run: Run, lexicon: Lexicon) -> Value | None:
    """A month, also where the paper writes its first day."""
    if whole := first_day(run):
        return Value(whole.plain[:7], whole.run, whole.fit if whole.plain.endswith("-01") else 0.8)
    found = _MONTH.search(run.text[:REACH])
    if not found:
        return None
    read = parse_date(f"{found[1]}/{found[2]}")
    return _dated(read, run, found)


def _year(run):
    found = _YEAR.search(run.text[:REACH])
    return Value(found[1], run.between(*found.span()), 0.95 * _fit_of_a_part(int(found[1]), run, found)) if found else None


def _dated(read: WrittenDate, run, found):
    return None if read.day is None else Value(f"{read.day:%Y-%m}", run.between(*found.span()), _fit_of_a_part(read.day.year, run, found))


def _fit_of_a_part(year: int, run: Run, found: re.Match) -> float:
    """A figure before a month or a year is the rest of a day that was misread."""
    return _fit_of_a_year(year) * (LOST_DAY if any(c.isdigit() for c in run.text[: found.start()]) else 1)


def citizen(run: Run, lexicon: Lexicon) -> Value | None:
    """Twelve digits of a citizen number or nine of an old card, also in groups."""
    found = _CITIZEN.search(run.text[:REACH])
    if not found:
        return None
    number = re.sub(r"\D", "", found[0])
    facts = citizen_number.parse(number)
    likely = facts.province is not None and facts.birth_year < LAST_LIKELY_YEAR if facts else number[0] in FIRST_DIGITS_OF_OLD_CARDS
    return Value(number, run.between(*found.span()), 0.95 if likely else 0.4)


def paper_number(run: Run, lexicon: Lexicon) -> Value | None:
    """A number with the sign of the office after it; letters of a known sign are mended, digits never."""
    found = _PAPER_NUMBER.search(run.text[:REACH])
    if not found:
        return None
    digits, sign = re.match(r"(\d+(?:/\d{4})?)[/-](.*)", re.sub(r"\s", "", found[1])).groups()
    known = _known_sign(re.sub("^[0O(](?=Đ)", "Q", sign.replace("Ð", "Đ")), lexicon)
    whole = known and known not in WITHOUT_AN_OFFICE
    return Value(f"{digits}/{known or sign}", run.between(*found.span()), 1.0 if whole else 0.6)


def _known_sign(sign: str, lexicon: Lexicon) -> str:
    """The sign with each part brought to the known part that it looks like; empty where one is like none or like two."""
    parts = [part if part in lexicon.signs else _likely_sign(skeleton(part), lexicon) for part in re.sub("Đ+", "Đ", sign).split("-")]
    return "-".join(parts) if all(parts) else ""


def _likely_sign(bones: str, lexicon: Lexicon) -> str:
    same = [known for known in lexicon.signs if skeleton(known) == bones]
    near = same or [known for known in lexicon.signs if len(known) > 2 and distance(skeleton(known), bones, 1) < 2]
    return near[0] if len(near) == 1 else ""


def dossier_number(run: Run, lexicon: Lexicon) -> Value | None:
    """A dossier's symbol, like ``TN/TB 01187/KC``."""
    found = _DOSSIER_NUMBER.search(run.text[:REACH])
    if not found:
        return None
    return Value(found[0].replace("Ð", "Đ"), run.between(*found.span()), 1.0 if found[0].count("/") + found[0].count("-") > 1 else 0.6)


def rate(run: Run, lexicon: Lexicon) -> Value | None:
    """A percentage in digits or in words, 1 to 100."""
    if found := _RATE.search(run.text[:REACH]):
        return _checked_rate(int(found[1]), run, found.span()) if 1 <= int(found[1]) <= 100 else None
    found = _RATE_WORDS.match(run.text[:REACH])
    number = _RATES.get(fold(found[1])) if found else None
    return Value(str(number), run.between(found.start(1), found.end()), 0.8) if number else None


def _checked_rate(number: int, run: Run, span: tuple[int, int]) -> Value:
    """A rate that is said again in brackets is surer where both are the same."""
    rest = run.text[span[1] : span[1] + REACH]
    again = _RATE.match(rest.lstrip(" (;,"))
    words = None if again else _RATE_WORDS.match(rest.lstrip(" (;,"))
    second = int(again[1]) if again else _RATES.get(fold(words[1])) if words else None
    return Value(str(number), run.between(*span), 0.5 if second not in (None, number) else 1.0, CHECKED if second == number else 0.0)


def place(run: Run, lexicon: Lexicon) -> Value | None:
    """A home: names of communes, districts, provinces with what they are, down to the province or the first other word."""
    first = next((i for i, word in enumerate(run.words[:6]) if _WORD.search(word.text)), None)
    if first is None:
        return None
    last = first
    while last < len(run.words) and last - first < LONGEST_PLACE and _may_be_of_a_place(run.words[last].text):
        last += 1
        if _ends_a_place(run.part(first, last), lexicon):
            break
    taken = run.part(first, last)
    while taken.words and not _WORD.search(taken.words[-1].text):
        taken = taken.part(0, -1)
    text = re.sub(r"[\s.;,:]+$", "", taken.text)
    if len(text) < 5 or not any(word[0].isupper() for word in _WORD.findall(text)):
        return None
    read = home(text, lexicon)
    return Value(read.text, taken, (0.4 + 0.6 * read.known) * (MENDED if read.mended else 1), CHECKED if read.firm else 0.0)


def _ends_a_place(run: Run, lexicon: Lexicon) -> bool:
    """After a full stop, or where a known province is complete."""
    last = run.words[-1].text
    if last.endswith((".", ";")) and len(last) > 3:
        return True
    kind, _, name = run.text.rpartition("tỉnh ")
    return bool(kind or run.text.startswith("tỉnh ")) and any(area.kind == "tỉnh" for area in lexicon.areas_named(name)) and len(name) > 2


def _may_be_of_a_place(text: str) -> bool:
    core = text.strip(",;.:()-–")
    return not core or core[0].isupper() or plain(core) in KINDS_OF_PLACE or core.isdigit()


FINDERS: dict[str, Callable[[Run, Lexicon], Value | None]] = {
    "name": name, "birth": birth, "citizen_number": citizen, "dossier_number": dossier_number, "paper_number": paper_number,
    "day": day, "month": month, "rate": rate, "place": place,
}
