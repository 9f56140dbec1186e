"""What can be asked of one person: what is believed now or was then, and the person's life as the registry knows it."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.text import citizen_number
from ansinh.office import clock
from ansinh.office.dated import EARLIEST
from ansinh.web.composed import Event

from ..models import Death, Detention, Identifier, Marriage, Particulars, Person, Residence, Standing
from ..models.persons import Sex
from .areas import names_through_time

FACT_WORDS = {
    "special": gettext_lazy("đặc biệt nặng"), "attendant": gettext_lazy("có người phục vụ"), "care": gettext_lazy("hưởng nuôi dưỡng"),
    "remarried": gettext_lazy("tái giá"), "full_time": gettext_lazy("thoát ly"),
}


@dataclass(frozen=True)
class Now:
    """A person on a day, by what the office believed at a moment."""

    particulars: Particulars | None
    residence: Residence | None
    place: str
    identifiers: list[Identifier]
    standings: list[Standing]
    died_on: date | None


@dataclass(frozen=True)
class Spouse:
    """Vợ, chồng: the marriage, what the other is called, who that is (``None``: not in the register), and whether the reader sees them."""

    marriage: Marriage
    word: str
    person: Person | None
    is_seen: bool


def now_of(person: Person, on: date | None = None, known: datetime | date | None = None) -> Now:
    """Particulars, residence, numbers, standings and death on a day (today), as known then (now)."""
    on = on or clock.today()
    residence = Residence.objects.on(on, known).filter(person=person).select_related("area").first()
    death = Death.objects.on(on, known).filter(person=person).first()
    return Now(
        particulars=Particulars.objects.on(on, known).filter(person=person).first(),
        residence=residence,
        place=place_words(residence, on) if residence else "",
        identifiers=list(Identifier.objects.on(on, known).filter(person=person).order_by("kind")),
        standings=standings_of(person, on, known),
        died_on=death.since if death else None,
    )


def standings_of(person: Person, on: date | None = None, known: datetime | date | None = None) -> list[Standing]:
    """The person's standings on a day (today), as known then (now)."""
    return list(Standing.objects.on(on or clock.today(), known).filter(person=person).order_by("since", "code"))


def place_words(residence: Residence, on: date) -> str:
    """``Xóm 5, xã Tân Kim, huyện Phú Bình``: named as the unit was called on that day, or as long as it lasted."""
    return _places_words([(residence, on)])[0]


def _places_words(homes: list[tuple[Residence, date]]) -> list[str]:
    """The words for several homes, each on a day of its own: as many queries as for one."""
    units = {residence.pk: (residence.area, _day_of(residence.area, on)) for residence, on in homes if residence.area}
    names = names_through_time(list(units.values()))
    found = []
    for residence, _on in homes:
        area, day = units.get(residence.pk, (None, None))
        inside = ", ".join(part for part in (residence.address, area and names[area.pk, day]) if part)
        found.append(inside if area else _("%(place)s (ngoài tỉnh)") % {"place": residence.address})
    return found


def _day_of(area, on):
    """The day itself while the unit lasted, else the nearest of its days."""
    return max(area.since, min(on, area.until or on))


def number_warnings(person: Person) -> list[str]:
    """Where the person's citizen number disagrees with sex and birth: shown, never refused."""
    number = Identifier.objects.on(clock.today()).filter(person=person, kind=Identifier.Kind.CITIZEN).first()
    year = person.birth_on.year if person.birth_on else None
    return citizen_number.warnings(number.number, sex=person.sex, birth_year=year) if number else []


def timeline(person: Person, known: datetime | date | None = None) -> list[Event]:
    """The person's life as the registry knew it at a moment (now), newest first: birth, moves, standings, papers, death."""
    return sorted(_events(person, known), key=lambda event: event.day, reverse=True)


def was_held(person: Person) -> bool:
    """Whether the register knows of a detention of the person."""
    return Detention.objects.current().filter(person=person).exists()


def was_married(person: Person) -> bool:
    """Whether the register knows of a marriage of the person."""
    return Marriage.objects.current().of(person).exists()


def is_married(person: Person) -> bool:
    """Whether the register knows husband or wife of the person today."""
    return Marriage.objects.of(person).lasting(clock.today()).exists()


def married_to(person: Person, account, on: date | None = None, known: datetime | date | None = None) -> list[Spouse]:
    """Husband or wife on a day (today), as known then; two only where a death was taken back after a new marriage."""
    rows = Marriage.objects.of(person).lasting(on or clock.today(), known).select_related("person", "spouse").order_by("-since")
    others = [(row, row.other(person)) for row in rows]
    seen = set(Person.objects.visible_to(account).filter(pk__in=[other.pk for _row, other in others if other]).values_list("pk", flat=True))
    return [Spouse(row, _word_of(other, person), other, other is not None and other.pk in seen) for row, other in others]


def _word_of(other, person):
    if other and other.sex:
        return _("Vợ") if other.sex == Sex.FEMALE else _("Chồng")
    return {Sex.FEMALE: _("Chồng"), Sex.MALE: _("Vợ")}.get(person.sex, _("Vợ hoặc chồng"))


def standing_words(standing: Standing) -> str:
    """``Thương binh, 61 %, đặc biệt nặng``."""
    facts = standing.facts()
    flags = [str(words) for name, words in FACT_WORDS.items() if facts[name]]
    return ", ".join([book().title(standing.code, facts), *flags])


def _events(person, known) -> Iterator[Event]:
    born = Particulars.objects.known(known).filter(person=person).order_by("since").first()
    if born and born.birth_on:
        yield Event(born.birth_on, _("Sinh %(when)s") % {"when": birth_words(born)}, born.source)
    homes = [(row, row.since) for row in Residence.objects.known(known).filter(person=person).select_related("area").order_by("since")]
    for (row, day), words in zip(homes, _places_words(homes), strict=True):
        yield Event(day, _("Cư trú tại %(place)s") % {"place": words}, row.source)
    for row in Standing.objects.known(known).filter(person=person).order_by("since"):
        yield Event(row.since, standing_words(row), row.source)
        if row.until:
            yield Event(row.until, _("Hết hiệu lực: %(what)s") % {"what": standing_words(row)}, row.source)
    for row in Identifier.objects.known(known).filter(person=person, since__gt=EARLIEST):
        yield Event(row.since, _("Đổi %(kind)s thành %(number)s") % {"kind": row.get_kind_display(), "number": row}, row.source)
    for row in Detention.objects.known(known).filter(person=person).order_by("since"):
        yield Event(row.since, _("Bị giam giữ: %(what)s") % {"what": row}, row.source)
        if row.until:
            yield Event(row.until + timedelta(days=1), _("Về từ nơi giam giữ"), row.source)
    yield from _married(person, known)
    for row in Death.objects.known(known).filter(person=person):
        yield Event(row.since, _("Mất"), row.source)


def _married(person, known) -> Iterator[Event]:
    """Marriages with the divorce or the death of the other that ended them; who that is stands beside the papers."""
    rows = list(Marriage.objects.known(known).of(person).select_related("person", "spouse").order_by("since"))
    others = [row.other(person) for row in rows]
    deaths = {death.person: death for death in Death.objects.known(known).filter(person__in=[one for one in others if one]).select_related("person")}
    for row, other in zip(rows, others, strict=True):
        yield Event(row.since, _("Kết hôn"), row.source)
        died = deaths.get(other)
        if died and died.since >= row.since and (row.until is None or died.since <= row.until):
            yield Event(died.since, _("Vợ, chồng mất"), died.source)
        elif row.until:
            yield Event(row.until + timedelta(days=1), _("Ly hôn"), row.source)


def birth_words(row: Person | Particulars) -> str:
    """A birth as far as it is known: ``01/05/1950``, ``5/1950``, ``1950``; empty where nothing is."""
    if row.birth_on is None:
        return ""
    patterns = {"day": f"{row.birth_on:%d/%m/%Y}", "month": f"{row.birth_on.month}/{row.birth_on.year}"}
    return patterns.get(row.birth_precision, str(row.birth_on.year))
