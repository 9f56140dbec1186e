"""Giới hạn của luật: a grant that the law does not allow is refused with its article before anything is written.

One definition for one grant and for thousands: what may be asked is put into ``Asked`` by either road, and ``broken`` answers.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.law.limits import DEAD, LIVING, ONE_SHARE, Limit, age_complaint, first_lines, poverty_complaint
from ansinh.engine.months import as_month
from ansinh.web.refusal import Refusal

from .couples import bonds_of
from .models import Terms

# An age above which the law sets no end.
NO_END = 120


@dataclass(frozen=True)
class Asked:
    """A grant that is asked for, and what is known of the person: nothing else decides whether the law allows it.

    ``given`` are earlier grants as standing, first day and title; ``held`` are the standings and grades held on the first day;
    ``runs`` where an entitlement of this standing runs on or after that day, ``spouse_runs`` where one of husband or wife does
    while they are married.
    """

    who: str
    born: date | None
    died: date | None
    standing: str
    since: date
    facts: dict
    given: tuple[tuple[str, date, str], ...] = ()
    held: tuple[tuple[str, int | None], ...] = ()
    runs: bool = False
    spouse_runs: bool = False


@dataclass(frozen=True)
class Broken:
    """A limit that is not kept: the sentence, its article, the field of the form it speaks of."""

    sentence: str
    article: str = ""
    field: str = ""

    def refusal(self) -> Refusal:
        return Refusal(self.sentence, self.article, field=self.field)


def refuse_unlawful(person, standing: str, *, since: date, facts: dict):
    """Refuse a grant by the first limit that it meets; ``facts`` with the birth that counts."""
    if found := broken(_asked_of(person, standing, since, facts)):
        raise found.refusal()


def broken(asked: Asked) -> Broken | None:
    """The first limit of the law that a grant does not keep."""
    return next(filter(None, _answers(asked)), None)


def _answers(asked: Asked) -> Iterable[Broken | None]:
    yield _before_birth(asked)
    for limit in limits_of(asked.standing):
        yield _by_life(limit, asked)
        yield too_many_people(limit, asked.facts)
        yield _again(limit, asked)
        yield _by_couple(limit, asked)
    yield _by_poverty(asked)
    yield _by_age(asked)
    yield _by_running(asked)
    yield _by_facts(asked)


def limits_of(standing: str) -> list[Limit]:
    """The limits of a standing."""
    return [limit for limit in book().limits if standing in limit.standings]


def has_years(standing: str) -> bool:
    """Whether it matters what the person was granted before."""
    return any(limit.years is not None for limit in limits_of(standing))


def is_one_share(standing: str) -> bool:
    """Whether husband and wife have one share of it together."""
    return any(limit.couple == ONE_SHARE for limit in limits_of(standing))


def refuse_people(limit: Limit, facts: dict):
    """Refuse more people than the law pays for."""
    if found := too_many_people(limit, facts):
        raise found.refusal()


def too_many_people(limit: Limit, facts: dict) -> Broken | None:
    """What a limit says of more people than the law pays for."""
    if limit.people is None or (facts.get("people") or 1) <= limit.people:
        return None
    return Broken(_("%(words)s; đã ghi %(n)s người.") % {"words": limit.words, "n": facts["people"]}, limit.article, "people")


def limit_words(standing: str) -> str:
    """What the form says beside the day: the limits with their articles; those that nobody compared with the text say so."""
    said = []
    for limit in limits_of(standing):
        doubt = "" if limit.verified else _(", chưa đối chiếu bản gốc")
        said.append(f"{limit.words} ({limit.article}{doubt}).")
    return " ".join(said)


def _asked_of(person, standing, since, facts) -> Asked:
    given, held = (), ()
    running = Terms.objects.current().filter(Q(until=None) | Q(until__gte=since), entitlement__payable__person=person, entitlement__standing=standing)
    if has_years(standing):
        rows = Terms.objects.current().filter(entitlement__payable__person=person).select_related("entitlement__payable").order_by("since")
        given = tuple((row.entitlement.standing, row.since, str(row.entitlement)) for row in rows)
        held = tuple(Terms.objects.on(since).filter(entitlement__payable__person=person).values_list("entitlement__standing", "grade"))
    return Asked(
        str(person), person.birth_on, person.died_on, standing, since, facts, given, held, running.exists(),
        _runs_for_spouse(person, standing, since),
    )


def _runs_for_spouse(person, standing, since):
    bonds = bonds_of([person.pk])[person.pk] if is_one_share(standing) else ()
    rights = Terms.objects.current().filter(entitlement__standing=standing, entitlement__payable__person__in=[bond.other for bond in bonds])
    by_person = [(row.entitlement.payable.person_id, (row.since, row.until)) for row in rights.select_related("entitlement__payable")]
    return any(bond.meets([span for other, span in by_person if other == bond.other], since) for bond in bonds)


def _before_birth(asked):
    if asked.born is None or as_month(asked.since) >= as_month(asked.born):
        return None
    said = {"who": asked.who, "day": f"{asked.born:%d/%m/%Y}"}
    return Broken(_("%(who)s sinh ngày %(day)s; không thể hưởng trước khi sinh.") % said, book().standing(asked.standing).basis, "since")


def _by_life(limit, asked):
    died = asked.died
    said = {"who": asked.who, "words": limit.words, "day": died and f"{died:%d/%m/%Y}"}
    if limit.only == LIVING and died and as_month(asked.since) > as_month(died):
        return Broken(_("%(who)s mất ngày %(day)s. %(words)s.") % said, limit.article, "since")
    if limit.only != DEAD:
        return None
    if died is None:
        return Broken(_("%(who)s chưa được ghi nhận mất. %(words)s; ghi nhận mất trước.") % said, limit.article)
    if as_month(asked.since) != as_month(died):
        return Broken(_("%(who)s mất ngày %(day)s. %(words)s: ghi một ngày của tháng ấy.") % said, limit.article, "since")
    return None


def _again(limit, asked):
    if limit.years is None:
        return None
    yearly = any(holder.fits(standing, grade) for holder in limit.yearly_for for standing, grade in asked.held)
    near = [(day, what) for standing, day, what in asked.given if standing in limit.standings and limit.meets(day, asked.since, yearly=yearly)]
    if not near:
        return None
    day, what = min(near)
    return Broken(_("%(who)s đã có %(what)s trong tháng %(month)s. %(words)s; lần trước ghi nhầm thì hoàn tác lần ấy.") % {
        "who": asked.who, "what": what, "month": f"{day:%m/%Y}", "words": limit.words}, limit.article, "since")


def _by_couple(limit, asked):
    if limit.couple != ONE_SHARE or not asked.spouse_runs:
        return None
    said = {"who": asked.who, "what": book().standing(asked.standing).short, "words": limit.words}
    return Broken(_("Vợ hoặc chồng của %(who)s đang hưởng %(what)s. %(words)s.") % said, limit.article)


def _by_poverty(asked):
    article = poverty_complaint(_lines(asked.standing), asked.facts.get("poverty") or "")
    return Broken(_("Hộ đã ghi không thuộc mức nghèo mà diện này cần."), article, "poverty") if article else None


def _by_age(asked):
    born = asked.facts.get("born")
    ages = born and age_complaint(_lines(asked.standing), born, asked.since, asked.facts.get("poverty") or "")
    if not ages:
        return None
    bounds = _("từ đủ %(first)s tuổi") if ages.last > NO_END else _("từ đủ %(first)s đến %(last)s tuổi")
    return Broken(_("Người sinh ngày %(born)s không ở tuổi của diện này trong tháng %(month)s: %(ages)s.") % {
        "born": f"{born:%d/%m/%Y}", "month": f"{asked.since:%m/%Y}", "ages": bounds % {"first": ages.first, "last": ages.last}},
        ages.article, "since")


def _by_running(asked):
    law = book().standing(asked.standing)
    if law.several or not asked.runs:
        return None
    return Broken(_("%(who)s đang hưởng %(what)s; sửa chế độ đang có thay vì cho hưởng lần nữa.") % {"who": asked.who, "what": law.short})


def _by_facts(asked):
    told = book().complaint(asked.standing, asked.facts)
    return Broken(told) if told else None


def _lines(standing):
    return first_lines(book(), standing)
