"""What can happen to a person who is held: detained or sentenced, returned, corrected; what it means for money is asked elsewhere."""
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.dated import change, restate, until_next
from ansinh.web.refusal import Refusal

from ..models import Detention, Person
from .persons import where

PRIVATE = ("cause",)


@action("registry.record_detention", label=gettext_lazy("Ghi bị giam giữ"), scope=where, private=PRIVATE)
def record_detention(person: Person, *, on: date, cause: str, source: str) -> Detention:
    """Ghi bị giam giữ: from a day on, until a return is recorded; a judgment takes the place of a detention before it."""
    _check(person, on, source)
    held = rows_of(person).touching(on, on).first()
    if held and held.cause == cause:
        raise Refusal(_("Sổ đang ghi %(what)s từ ngày %(day)s; sửa dòng ấy nếu sai.") % {"what": held, "day": f"{held.since:%d/%m/%Y}"}, field="on")
    until = until_next(Detention, {"person": person}, since=on)
    return change(Detention, {"person": person}, since=on, until=until or (held and held.until), cause=cause, source=source)[0]


@action("registry.end_detention", label=gettext_lazy("Ghi ngày về"), scope=where)
def end_detention(person: Person, *, on: date, source: str) -> Detention:
    """Ghi ngày về: the first day on which the person is free again."""
    _check(person, on, source)
    held = held_on(person, on)
    if held is None:
        raise Refusal(_("Sổ không ghi người này bị giam giữ vào ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"}, field="on")
    return restate(held, until=max(on - timedelta(days=1), held.since), source=f"{held.source}; {source}"[:300])


@action("registry.correct_detention", label=gettext_lazy("Sửa giam giữ"), scope=where, private=PRIVATE)
def correct_detention(person: Person, *, since: date, cause: str, source: str, until: date | None = None) -> Detention:
    """Sửa giam giữ: days and cause of the last detention were written down wrongly. One that never was: undo the act that said so."""
    _check(person, since, source)
    known = rows_of(person).order_by("-since").first()
    if known is None:
        raise Refusal(_("Sổ không ghi người này bị giam giữ."))
    if (known.since, known.until, known.cause) == (since, until, cause):
        raise Refusal(_("Không có gì khác với điều đang ghi."))
    if until is not None and until > clock.today():
        raise Refusal(_("Ngày %(day)s chưa đến; ghi khi người ấy đã về.") % {"day": f"{until:%d/%m/%Y}"}, field="until")
    return restate(known, since=since, until=until, cause=cause, source=source)


def rows_of(person: Person):
    """What is believed of a person's detentions now."""
    return Detention.objects.current().filter(person=person)


def held_on(person: Person, day: date) -> Detention | None:
    """The detention that lasts on a day; of one that ends with it the day after counts as free."""
    return rows_of(person).touching(day, day).first()


def _check(person, day, source):
    if day > clock.today():
        raise Refusal(_("Ngày %(day)s chưa đến.") % {"day": f"{day:%d/%m/%Y}"}, field="on")
    if person.birth_on and day < person.birth_on:
        raise Refusal(_("Ngày này trước ngày sinh %(day)s.") % {"day": f"{person.birth_on:%d/%m/%Y}"}, field="on")
    if not source.strip():
        raise Refusal(_("Ghi giấy tờ làm căn cứ."), field="source")
