"""The search box: persons by number, or by name with or without accents and a year of birth."""
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from ansinh.engine.text.names import accented_key, fold, normalise
from ansinh.office.rights import HIGHEST

from ..models import Identifier, Person
from ..names import given_first

EARLIEST_YEAR = 1850
SHORTEST_PREFIX = 4
DAY_OF_BIRTH = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


@dataclass(frozen=True)
class Hit:
    """A found person, and the number by which, where it was one."""

    person: Person
    number: str = ""


@dataclass(frozen=True)
class Question:
    """What was typed, understood: a number as it may be kept, and a name with the days between which its bearer was born."""

    number: str
    name: str
    born: tuple[date, date] | None

    @property
    def plain(self) -> str:
        return fold(self.name)

    @property
    def accented(self) -> str:
        """The key with accents; empty where none were typed, so that nothing is to be ranked by them."""
        key = accented_key(self.name)
        return key if key != self.plain else ""


def search(text: str, account, *, limit: int = 20) -> list[Hit]:
    """Persons whom the account sees, best first: by number, else by name; same accents before others, whole before beginning."""
    question = understood(text)
    hits = list(_by_number(question.number, account, limit)) if question.number else []
    if hits or not question.plain:
        return hits
    return [Hit(person) for person in _by_name(question, account, limit)]


def understood(text: str) -> Question:
    """Read what was typed: ``019150001234``, ``TB/19/1234``, ``nguyen van an 1950``, ``Nguyễn Văn An 15/8/1950``."""
    text = normalise(text)
    *words, last = text.split() or [""]
    born = _born(last) if words else None
    number = text.upper() if any(c.isdigit() for c in text) and born is None else ""
    name = " ".join(words) if born else text
    return Question(number, "" if any(c.isdigit() for c in name) else name, born)


def namesakes(name: str, birth_on: date | None) -> QuerySet[Person]:
    """Persons of this name (accents aside) and birth, whoever may see them: a warning before registering someone twice."""
    return Person.objects.filter(search_key=fold(name), birth_on=birth_on)


def _born(word):
    if word.isdigit() and len(word) == 4 and int(word) >= EARLIEST_YEAR:
        return date(int(word), 1, 1), date(int(word), 12, 31)
    if found := DAY_OF_BIRTH.match(word):
        day, month, year = map(int, found.groups())
        try:
            return date(year, month, day), date(year, month, day)
        except ValueError:
            return None
    return None


def _by_number(number, account, limit) -> Iterator[Hit]:
    """The number itself (without the spaces of a printed card), else numbers that begin so."""
    visible = Identifier.objects.current().visible_to(account).select_related("person")
    exact = visible.filter(number__in={number, number.replace(" ", "")}).order_by("number", "person_id")
    found = list(exact[:limit])
    if not found and len(number) >= SHORTEST_PREFIX:
        found = list(visible.filter(beginning("number", number)).order_by("number", "person_id")[:limit])
    seen = set()
    for row in found:
        if row.person_id not in seen:
            seen.add(row.person_id)
            yield Hit(row.person, row.number)


def bearers(number: str) -> list[Person]:
    """Persons whom a number leads to today, whoever asks: for acts that name a second person, who may live elsewhere."""
    text = normalise(number).upper()
    rows = Identifier.objects.current().filter(number__in={text, text.replace(" ", "")}, until=None)
    return list(Person.objects.filter(pk__in=rows.values("person")).order_by("pk"))


def _by_name(question, account, limit) -> list[Person]:
    visible = Person.objects.visible_to(account)
    if question.born:
        visible = visible.filter(birth_on__gte=question.born[0], birth_on__lte=question.born[1])
    found = []
    for key, condition in _ways(question):
        rest = visible.filter(condition).exclude(pk__in=[person.pk for person in found])
        found += rest.order_by(key, F("birth_on").asc(nulls_first=True), "pk")[: limit - len(found)]
        if len(found) >= limit:
            break
    return found


def _ways(question) -> Iterator[tuple[str, Q]]:
    """The ways to find a name, the best first: each walks along one index from its beginning."""
    if question.accented:
        yield "accented_key", Q(accented_key=question.accented)
    yield "search_key", Q(search_key=question.plain)
    if question.accented:
        yield "accented_key", beginning("accented_key", question.accented)
    yield "search_key", beginning("search_key", question.plain)
    # Family and given name without the middle ones, then given name first: "nguyen an" and "an nguyen".
    yield "given_key", beginning("given_key", given_first(question.plain) + " ")
    yield "given_key", beginning("given_key", question.plain + " ")


def beginning(column: str, text: str) -> Q:
    """Texts of a column that begin so, as a range that both databases walk in an index (LIKE would not on SQLite)."""
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + HIGHEST})
