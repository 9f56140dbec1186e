"""What an event writes into the registry: the same acts that stand on a person's page."""
from collections.abc import Callable

from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.office.act import current_entry
from ansinh.office.models import Entry
from ansinh.payments import actions as payments
from ansinh.payments.models import Line, PayList
from ansinh.registry import actions as registry
from ansinh.registry.actions.detention import held_on
from ansinh.registry.models import Person, Residence
from ansinh.web.refusal import Refusal

from .money import OpenLine, open_lines_of
from .steps import Said


def write_fact(person: Person, said: Said, by):
    """Write the event's fact; an event that is only a matter of entitlements writes none."""
    if said.event in FACTS:
        FACTS[said.event](person, said, by)


def hold_lines(person: Person, said: Said, by) -> tuple[OpenLine, ...]:
    """A rumour changes no right: the lines that wait for approval are held back until somebody has looked into it."""
    if said.event not in HOLDING:
        return ()
    lines = open_lines_of(person)
    for line in Line.objects.filter(pk__in=[line.line for line in lines], held_because="").order_by("pk"):
        payments.hold(line, reason=said.source, by=by)
    return tuple(lines)


def release_lines(entry: Entry):
    """After an undo: lines that the event held are paid with their list, where it still waits for approval."""
    reasons = [held.facts["reason"] for held in entry.children.filter(act="payments.hold")]
    lines = Line.objects.filter(person=int(entry.key.rpartition(":")[2]), paylist__state=PayList.State.PROPOSED, held_because__in=reasons)
    for line in lines.order_by("pk"):
        payments.release(line, by=current_entry().by)


def home_of(person: Person) -> Residence | None:
    """Where the person lives today."""
    return Residence.objects.on(clock.today()).filter(person=person).select_related("area").first()


def _death(person, said, by):
    registry.record_death(person, on=said.on, source=said.source, by=by)


def _move(person, said, by):
    place = {name: said.more.get(name, "") for name in ("address", "household")}
    registry.move(person, area=said.more.get("area"), since=said.on, source=said.source, by=by, **place)


def _birth(person, said, by):
    """The child joins the household of the parent whose page this is."""
    home, more = home_of(person), said.more
    if home is None or home.area is None:
        raise Refusal(_("%(name)s không có nơi cư trú trong tỉnh; ghi nơi cư trú trước, hoặc nơi đang ở ghi con.") % {"name": person.name})
    registry.register_person(
        name=more["name"], birth_on=said.on, birth_precision="day", sex=more["sex"], area=home.area, since=said.on, source=said.source,
        address=home.address, household=home.household, by=by,
    )


def _marriage(person, said, by):
    registry.record_marriage(person, on=said.on, source=said.source, spouse=said.more.get("spouse"), by=by)


def _imprisonment(person, said, by):
    registry.record_detention(person, on=said.on, cause=said.more["cause"], source=said.source, by=by)


def _release(person, said, by):
    """A return of whom the register does not know held (suspended before it kept detentions) is a matter of entitlements only."""
    if held_on(person, said.on):
        registry.end_detention(person, on=said.on, source=said.source, by=by)


HOLDING = ("death_report",)
FACTS: dict[str, Callable] = {
    "death": _death, "move": _move, "move_out": _move, "return_home": _move, "birth": _birth, "marriage": _marriage,
    "imprisonment": _imprisonment, "release": _release,
}
