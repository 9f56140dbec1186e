"""Carrying an event out: fact, acts, tasks, in the transaction of the act in hand; and rehearsing it, with nothing kept."""
from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.law.book import FIELDS
from ansinh.engine.law.life_events import life_events
from ansinh.engine.months import as_month
from ansinh.office import clock
from ansinh.office.act import current_entry
from ansinh.office.actions import close_tasks, raise_task
from ansinh.office.models import Entry, Task
from ansinh.office.queries import tree_of
from ansinh.payments.actions.left_behind import ACTS as LEFT_BEHIND
from ansinh.registry.models import Person
from ansinh.web.refusal import Refusal

from .. import queries
from ..reckoning import law_for
from ..waiting_lists import WaitingLists
from . import plan as plans
from .facts import FACTS, hold_lines, write_fact
from .household import household_of
from .letters import NONE, Chosen, issue_chosen, letters_with
from .looking import look
from .money import Money, booked, compare, envelopes_of, next_list, open_lines_of
from .plan import Plan
from .steps import Said, Step, begins_later, do, steps_of

FOLLOW_UP, FAMILY = "benefits.finish_follow_up", ("birth", "marriage", "death")


class Stale(Refusal):
    """What the officer saw is no longer so: nothing is written, the consequences are shown anew."""

    status = 409


class Weighing:
    """What stands before; asked again afterwards it gives the money of what was done in between."""

    def __init__(self, person: Person):
        self.person = person
        self.ledger = booked(queries.entitlements_of(person).values_list("pk", flat=True))
        self.month = next_list(self.ledger)
        self.laws = {field: law_for(self.month, clock.today(), field) for field in FIELDS}
        self.before = look(person, self.laws, self.month)
        self.lists = WaitingLists([person.pk], {right.field for right in self.before.rights.values()})

    def again(self):
        """The look at the person now, and the money between the two looks."""
        after = look(self.person, self.laws, self.month)
        money = compare(
            self.before, after, self.ledger, month=self.month, known_from={field: law.known_from for field, law in self.laws.items()},
            envelopes=envelopes_of(self.person), open_lines=open_lines_of(self.person),
        )
        return after, money


def carry_out(person: Person, said: Said, left: dict[str, str], by, chosen: Chosen = NONE) -> Plan:
    """Write the fact, do every step that was not left, raise what follows, issue the letters; for husband and wife, of both."""
    plan = _carry_out(person, said, left, by, chosen, write_fact)
    spouse = said.more.get("spouse")
    return replace(plan, spouse=_carry_out(spouse, said.of_the_other(person), left, by, chosen, _written_already)) if spouse else plan


def _written_already(_person, _said, _by):
    """The fact of a marriage is one row for both."""


def _carry_out(person, said, left, by, chosen, write):
    """One person's part of an event; returns everything that changed for that person."""
    raised_before = plans.raised_in(tree_of(current_entry()))
    weighing, steps = Weighing(person), steps_of(person, said, by)
    before, letters = weighing.before, life_events()[said.event].letters
    late = tuple(str(entitlement) for entitlement in begins_later(person, said))
    open_before, family = plans.open_tasks(person, before.rights), plans.family_claims(person, said, before)
    with weighing.lists:
        write(person, said, by)
        held, stay, lines = hold_lines(person, said, by), *_do_or_leave(steps, left, said, by)
    after, money = weighing.again()
    done = {step.rule.act for step in steps if step not in stay}
    _follow_up(person, said, before, done, money)
    relisted = weighing.lists.made_anew()
    waiting, wanted = close_left_behind(before, after), letters_with(lines, said, by)
    tree = tree_of(current_entry())
    issue_chosen(wanted, chosen, by)
    return _worth_writing(Plan(
        said=said, steps=tuple(steps), left=tuple(step.key for step in stay), money=money, begins_later=late, entry=current_entry().pk,
        rights=plans.rights_changed(before, after, as_month(weighing.month)), waiting=waiting, family=family, held=held,
        relisted=relisted, household=household_of(person, clock.today()) if said.event in FAMILY else (),
        raised=plans.tasks_raised(tree, raised_before), closed=plans.tasks_closed(tree, open_before), moved=after.area_path != before.area_path,
        letters=tuple(plans.counting(letters, said, done, before, money.recovery > 0)), wanted=tuple(one for one, _line in wanted),
    ))


def _do_or_leave(steps, left, said, by) -> tuple[list[Step], list[tuple[Step, Entry]]]:
    """Do the steps, each with its journal line; those that the officer left, or has no right to, stay tasks and are given back first."""
    stay, lines = [step for step in steps if not step.may or step.key in left], []
    for step in steps:
        if step in stay:
            _leave(step, said)
        else:
            do(step, said.source, by)
            lines.append((step, current_entry().children.filter(act=step.rule.act).latest("pk")))
    return stay, lines


def _worth_writing(plan: Plan) -> Plan:
    if not (plan.rights or plan.raised or plan.moved) and plan.said.event not in FACTS:
        raise Refusal(_("Việc này không đụng đến chế độ nào của người này, nên không có gì để ghi."))
    return plan


def _leave(step: Step, said: Said):
    """A step that is not done now waits as a task; a reaction may have raised it already."""
    key = f"benefits.entitlement:{step.entitlement.pk}"
    if step.rule.act == "benefits.grant":
        key = f"registry.person:{step.entitlement.person.pk}"
    if not Task.objects.open().filter(act=step.rule.act, key=key).exists():
        raise_task(
            step.rule.act, key=key, cause=f"life_event:{said.event}", title=_("Còn phải làm: %(what)s, %(words)s") % {
                "what": step.entitlement, "words": step.rule.words[:1].lower() + step.rule.words[1:],
            }, area_path=step.entitlement.area_path, field=step.entitlement.field, facts=step.facts,
        )


def _follow_up(person, said, before, done, money: Money):
    """Tasks that the law's lines ask for."""
    rules = plans.counting(life_events()[said.event].followups, said, done, before, money.recovery > 0)
    for rule in rules if before.rights else ():
        raise_task(
            FOLLOW_UP, key=f"registry.person:{person.pk}", cause=f"{said.event}:{rule.code}:{said.on:%Y%m%d}", title=rule.words,
            area_path=person.area_path, field=rule.field, facts={"article": rule.article, "verified": rule.verified},
            due_on=_working_day(clock.today(), rule.working_days) if rule.working_days else None,
        )


def close_left_behind(before, after) -> tuple:
    """Amounts not collected whose way changed; those that the next list carries again need no decision any more."""
    changed = plans.waiting_changed(before, after)
    for amount in changed:
        for act in LEFT_BEHIND if amount.is_carried else ():
            close_tasks(act, key=f"payments.item:{amount.item}")
    return changed


def _working_day(start: date, days: int) -> date:
    """The last day of a term of working days, the first day not counted."""
    day, calendar = start, book().calendar
    while days:
        day += timedelta(days=1)
        days -= calendar.is_working_day(day)
    return day
