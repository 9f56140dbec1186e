"""What can happen between two persons: married, divorced, corrected; what it means for money is asked elsewhere."""
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.dated import record, restate
from ansinh.office.models import Entry
from ansinh.web.refusal import Refusal

from ..models import Marriage, Person
from .persons import where


def refuse_two_at_once(entry: Entry):
    """After an undo: refused where a marriage that stands again would be beside one that was recorded since."""
    for row in Marriage.objects.current().filter(recorded_in__undoes=entry).select_related("person", "spouse"):
        _alone(row.person, lock_couple(row.person, row.spouse), row.since, row.last_day, row)


@action("registry.record_marriage", label=gettext_lazy("Ghi kết hôn"), scope=where, undo=refuse_two_at_once)
def record_marriage(person: Person, *, on: date, source: str, spouse: Person | None = None) -> Marriage:
    """Ghi kết hôn: a couple from a day on; without ``spouse`` the other is not in the register."""
    couple = lock_couple(person, spouse)
    _check(couple, on, source)
    _alone(person, couple, on, _first_death(couple))
    return record(Marriage, person=person, spouse=spouse, since=on, source=source)


@action("registry.record_divorce", label=gettext_lazy("Ghi ly hôn"), scope=where, undo=refuse_two_at_once)
def record_divorce(person: Person, *, on: date, source: str) -> Marriage:
    """Ghi ly hôn: the first day on which the two are no couple any more. A death is recorded by itself and ends a marriage by that."""
    _check((person,), on, source)
    row = marriage_on(person, on)
    if row is None or row.since == on:
        raise Refusal(_("Sổ không ghi hôn nhân nào của người này còn đến ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"}, field="on")
    return restate(row, until=on - timedelta(days=1), source=f"{row.source}; {source}"[:300])


@action("registry.correct_marriage", label=gettext_lazy("Sửa hôn nhân"), scope=where, undo=refuse_two_at_once)
def correct_marriage(person: Person, *, since: date, source: str, until: date | None = None, spouse: Person | None = None) -> Marriage:
    """Sửa hôn nhân: days of the last marriage, or who the other is, were written down wrongly. One that never was: undo the act that said so.

    Without ``spouse`` the other stays whom the register names.
    """
    known = last_marriage(person)
    if known is None:
        raise Refusal(_("Sổ không ghi hôn nhân nào của người này."))
    couple = lock_couple(person, spouse or known.other(person))
    if (known.since, known.until, known.other(person)) == (since, until, spouse or known.other(person)):
        raise Refusal(_("Không có gì khác với điều đang ghi."))
    _check(couple, since, source)
    if until is not None and until > clock.today():
        raise Refusal(_("Ngày %(day)s chưa đến; ghi khi đã ly hôn.") % {"day": f"{until:%d/%m/%Y}"}, field="until")
    ends = min((day for day in (until, _first_death(couple)) if day), default=None)
    _alone(person, couple, since, ends, known)
    place = "spouse" if known.person_id == person.pk else "person"
    return restate(known, since=since, until=until, source=source, **({place: spouse} if spouse else {}))


def lock_couple(person: Person, spouse: Person | None) -> tuple[Person, ...]:
    """The two, each once and always in the same order, so that nobody marries either of them meanwhile."""
    if spouse is not None and spouse.pk == person.pk:
        raise Refusal(_("Vợ hoặc chồng phải là một người khác."), field="spouse")
    keys = [one.pk for one in (person, spouse) if one]
    return tuple(Person.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def marriage_on(person: Person, day: date) -> Marriage | None:
    """The marriage that lasts on a day, as known now."""
    return Marriage.objects.of(person).lasting(day).select_related("person", "spouse").order_by("-since").first()


def last_marriage(person: Person) -> Marriage | None:
    """The last marriage that is believed, also one that has ended."""
    return Marriage.objects.current().of(person).select_related("person", "spouse").order_by("-since").first()


def _first_death(couple):
    return min((one.died_on for one in couple if one.died_on), default=None)


def _alone(person, couple, since, until, but: Marriage | None = None):
    """Nobody is married to two at a time; a marriage that a death has ended counts to that day.

    The other is not named: who asks may not see that person.
    """
    others = Marriage.objects.of(*couple).touching(since, until).exclude(pk=but and but.pk).select_related("person", "spouse").order_by("since")
    clash = next((row for row in others if row.last_day is None or row.last_day >= since), None)
    if clash is None:
        return
    who = person.name if person.pk in (clash.person_id, clash.spouse_id) else _("vợ, chồng ghi ở đây")
    until = f"{clash.last_day:%d/%m/%Y}" if clash.last_day else _("nay")
    told = {"who": who, "since": f"{clash.since:%d/%m/%Y}", "until": until}
    raise Refusal(_("Sổ đang ghi hôn nhân khác của %(who)s, %(since)s – %(until)s. Ghi ly hôn hoặc sửa dòng ấy trước.") % told, field="on")


def _check(couple, day, source):
    if day > clock.today():
        raise Refusal(_("Ngày %(day)s chưa đến.") % {"day": f"{day:%d/%m/%Y}"}, field="on")
    for one in couple:
        if one.birth_on and day < one.birth_on:
            raise Refusal(_("Ngày này trước ngày sinh %(day)s.") % {"day": f"{one.birth_on:%d/%m/%Y}"}, field="on")
        if one.died_on and day > one.died_on:
            raise Refusal(_("Người này, hoặc vợ, chồng ghi ở đây, mất ngày %(day)s.") % {"day": f"{one.died_on:%d/%m/%Y}"}, field="on")
    if not source.strip():
        raise Refusal(_("Ghi giấy tờ làm căn cứ."), field="source")
