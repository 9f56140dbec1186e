"""Undoing an event: which journal lines belong together, and what taking them back changes."""
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace

from ansinh.documents.alongside import letters_undone
from ansinh.engine.months import as_month, last_day
from ansinh.office.act import ACTS, current_entry
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.office.queries import tree_of
from ansinh.payments.actions.recovery_tasks import close_openings
from ansinh.registry.models import Death, Marriage, Person

from .. import queries
from . import plan as plans
from .carrying import Weighing, close_left_behind
from .plan import Plan

RECORD, DEATH = "benefits.record_life_event", "registry.record_death"


def person_of(entry: Entry) -> Person | None:
    """The person that a journal line is about."""
    kind, _colon, number = entry.key.partition(":")
    return Person.objects.filter(pk=int(number)).first() if kind == "registry.person" and number.isdecimal() else None


def whole_event(entry: Entry) -> Entry:
    """The event that a line was done in, or the line itself."""
    while entry.parent is not None and entry.parent.act == RECORD:
        entry = entry.parent
    return entry


def is_undone(entry: Entry) -> bool:
    """Whether somebody took it back already."""
    return Entry.objects.filter(undoes=entry).exists()


def entry_of_death(person: Person) -> Entry | None:
    """The line to undo where the person lives after all."""
    death = Death.objects.current().filter(person=person).select_related("recorded_in__parent").first()
    return whole_event(death.recorded_in) if death else None


def together(entry: Entry) -> list[Entry]:
    """The lines that are undone with this one, the last first: a death by itself takes the stops that were decided on it."""
    found = {entry.pk: entry}
    if entry.act == DEATH and (person := person_of(entry)):
        for line in _stops_on_death(person):
            found[line.pk] = line
    return sorted(found.values(), key=lambda line: -line.pk)


def _stops_on_death(person):
    death = Death.objects.current().filter(person=person).first()
    for entitlement in queries.entitlements_of(person) if death else ():
        terms = queries.current_terms(entitlement)
        if terms and terms[-1].until == last_day(as_month(death.since)) and terms[-1].recorded_in.act == "benefits.stop":
            yield whole_event(terms[-1].recorded_in)


def spouses_in(entry: Entry, person: Person) -> list[Person]:
    """Husband or wife whom a marriage recorded in an event names: what it did is taken back for both."""
    rows = Marriage.objects.of(person).filter(recorded_in__in=tree_of(entry)).select_related("person", "spouse")
    others = {other.pk: other for row in rows if (other := row.other(person))}
    return [others[key] for key in sorted(others)]


def take_back(entry: Entry, by) -> Plan:
    """Undo the event in the act in hand; returns everything that changed, of husband and wife too where it was a marriage."""
    person, lines = person_of(entry), together(entry)
    undone = tuple(act_words(part) for line in lines for part in (line, *line.children.order_by("pk")) if part.act != RECORD)
    sides = [_Side(one) for one in (person, *spouses_in(entry, person))]
    voided = tuple(letters_undone(pk for line in lines for pk in tree_of(line)))
    with ExitStack() as lists:
        for side in sides:
            lists.enter_context(side.weighing.lists)
        for line in lines:
            undo(line, by=by)
    own, *others = sides
    plan = replace(own.again(), undone=undone, voided=voided)
    # Tasks that the undo itself raises are told once.
    return replace(plan, spouse=others[0].again(plans.raised_in(tree_of(current_entry())))) if others else plan


class _Side:
    """One person before an undo; asked again afterwards it gives what changed for that person."""

    def __init__(self, person: Person):
        self.weighing = Weighing(person)
        self.tasks = plans.open_tasks(person, self.weighing.before.rights)

    def again(self, told: Iterable[int] = ()) -> Plan:
        weighing, person = self.weighing, self.weighing.person
        after, money = weighing.again()
        relisted = weighing.lists.made_anew()
        waiting = close_left_behind(weighing.before, after)
        if weighing.ledger.claims and money.cancelled == sum(weighing.ledger.claims.values()):
            close_openings([person.pk])
        tree, open_now = tree_of(current_entry()), plans.open_tasks(person, after.rights)
        return Plan(
            steps=(), left=(), money=money, entry=current_entry().pk, closed=plans.tasks_closed(tree, self.tasks),
            raised=(*plans.tasks_raised(tree, told), *plans.tasks_opened(tree, open_now, self.tasks)), waiting=waiting,
            rights=plans.rights_changed(weighing.before, after, as_month(weighing.month)),
            moved=after.area_path != weighing.before.area_path, relisted=relisted,
        )


def act_words(entry: Entry) -> str:
    """What a line of the journal did, in words."""
    act = ACTS.get(entry.act)
    return str(act.label) if act else entry.act
