"""What an event writes into the registry: the same acts that stand on a person's page."""
from collections.abc import Callable

from ansinh.office import clock
from ansinh.registry import actions as registry
from ansinh.registry.models import Person, Residence

from .steps import Said


def write_fact(person: Person, said: Said, by):
    """Write the event's fact; an event that is only a matter of entitlements writes none."""
    if said.event in FACTS:
        FACTS[said.event](person, said, by)


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
    registry.register_person(
        name=more["name"], birth_on=said.on, birth_precision="day", sex=more["sex"], area=home.area, since=said.on, source=said.source,
        address=home.address, household=home.household, by=by,
    )


FACTS: dict[str, Callable] = {"death": _death, "move": _move, "move_out": _move, "return_home": _move, "birth": _birth}
