"""Hệ quả: everything that one event changes, as plain data; the same for the page before it and for the act that does it."""
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ansinh.documents.alongside import Wanted
from ansinh.documents.models import Letter
from ansinh.engine.law.life_events import EventRule, life_events
from ansinh.engine.terms import TermsRow
from ansinh.office.models import Task
from ansinh.payments.actions.relisting import LineChange
from ansinh.payments.models import Item

from ..consequences import preview_grant
from .household import Household
from .looking import Look, Waiting
from .money import Money, OpenLine
from .steps import Said, Step, counts


@dataclass(frozen=True)
class RightChange:
    """One entitlement whose terms change: its rows before and after, its amount of the next list before and after (đồng)."""

    title: str
    before: tuple[TermsRow, ...]
    after: tuple[TermsRow, ...]
    monthly_before: int
    monthly_after: int


@dataclass(frozen=True)
class Claim:
    """What the family may claim, in đồng; only after its own procedure."""

    rule: EventRule
    amount: int


@dataclass(frozen=True)
class TaskPlan:
    """A task that is raised, closed or opened again: its words, its term, its act."""

    title: str
    due_on: date | None
    act: str


@dataclass(frozen=True)
class Plan:
    """Everything that changes. ``left`` are the keys of steps that stay tasks; ``digest`` is what the officer has seen.

    ``relisted`` are the proposed lists that were made anew; ``letters`` are the law's lines of letters, ``wanted`` those that can be
    issued with the event, ``voided`` those that an undo voids. ``spouse`` is what changes for husband or wife of a marriage.
    """

    steps: tuple[Step, ...]
    left: tuple[str, ...]
    rights: tuple[RightChange, ...]
    money: Money
    waiting: tuple[Waiting, ...]
    raised: tuple[TaskPlan, ...]
    closed: tuple[TaskPlan, ...]
    letters: tuple[EventRule, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    voided: tuple[Letter, ...] = ()
    family: tuple[Claim, ...] = ()
    begins_later: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    held: tuple[OpenLine, ...] = ()
    relisted: tuple[LineChange, ...] = ()
    household: tuple[Household, ...] = ()
    moved: bool = False
    said: Said | None = None
    spouse: "Plan | None" = None
    entry: int = field(default=0, compare=False)

    @property
    def sides(self) -> tuple["Plan", ...]:
        """This plan and that of husband or wife."""
        return (self, self.spouse) if self.spouse else (self,)

    @property
    def wanted_of_both(self) -> tuple[Wanted, ...]:
        """The letters that can be issued with the event, of both where it touches both."""
        return tuple(one for side in self.sides for one in side.wanted)

    @property
    def digest(self) -> str:
        """A short name of all that is shown: another state of the books, other ticks or other days give another one."""
        shown = (
            self.said and (self.said.event, self.said.on, self.said.source, sorted((k, str(v)) for k, v in self.said.more.items())),
            [(s.key, s.day, sorted(s.values.items())) for s in self.steps], sorted(self.left), self.rights, self.money,
            [(w.month, w.amount, w.is_carried) for w in self.waiting], self.raised, self.closed, self.undone, self.held,
            self.relisted, self.household, self.moved,
            [(one.key, sorted((name, str(value)) for name, value in one.values.items())) for one in self.wanted],
            [(one.symbol, one.handed_on) for one in self.voided], self.spouse and self.spouse.digest,
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:24]


def rights_changed(before: Look, after: Look, month: int) -> tuple[RightChange, ...]:
    """Entitlements whose terms differ, the first granted first; one that is new has no rows before."""
    changes = []
    for key in sorted({*before.rights, *after.rights}):
        was, now = before.rights.get(key), after.rights.get(key)
        if (was and was.terms) != (now and now.terms):
            title = (now if now and now.terms else was or now).title
            rows = (was.terms if was else (), now.terms if now else ())
            changes.append(RightChange(title, *rows, before.due.get((key, month), 0), after.due.get((key, month), 0)))
    return tuple(changes)


def waiting_changed(before: Look, after: Look) -> tuple[Waiting, ...]:
    """Amounts not collected whose way changes: carried by the next list, or left until somebody decides."""
    carried = {w.item: w.is_carried for w in before.waiting}
    return tuple(w for w in after.waiting if carried.get(w.item) != w.is_carried)


def raised_in(tree) -> list[int]:
    """Ids of open tasks that the lines of the journal raised."""
    return list(Task.objects.open().filter(raised_in__in=tree).values_list("pk", flat=True))


def tasks_raised(tree, but: Iterable[int] = ()) -> tuple[TaskPlan, ...]:
    """Tasks that the lines of the journal raised and that are open, but for those that were raised there before."""
    return _tasks(Task.objects.open().filter(raised_in__in=tree).exclude(pk__in=but))


def tasks_closed(tree, open_before) -> tuple[TaskPlan, ...]:
    """Tasks of before that the lines of the journal closed."""
    return _tasks(Task.objects.filter(done_in__in=tree, pk__in=open_before))


def open_tasks(person, entitlements) -> list[int]:
    """Ids of open tasks on a person, on what the person is entitled to, and on amounts that were not collected."""
    items = Item.objects.filter(posting__payable__person=person).values_list("pk", flat=True)
    keys = [f"registry.person:{person.pk}", *(f"benefits.entitlement:{pk}" for pk in entitlements), *(f"payments.item:{pk}" for pk in items)]
    return list(Task.objects.open().filter(key__in=keys).values_list("pk", flat=True))


def tasks_opened(tree, open_now, open_before) -> tuple[TaskPlan, ...]:
    """Tasks of before that are open again."""
    return _tasks(Task.objects.open().filter(pk__in=open_now).exclude(pk__in=open_before).exclude(raised_in__in=tree))


def _tasks(rows):
    return tuple(TaskPlan(task.title, task.due_on, task.act) for task in rows.order_by("due_on", "title"))


def counting(rules: Iterable[EventRule], said: Said, plan_acts: set[str], look: Look, overpaid: bool) -> list[EventRule]:
    """Lines of tasks, letters and claims that count here: by cause, by what is done, by the standings that run."""
    happened = {"always", *plan_acts, *(["overpaid"] if overpaid else [])}
    fitting = []
    for rule in rules:
        if rule.when in happened and counts(rule, said) and _speaks_of(rule, look, said.on):
            fitting.append(rule)
    return list({rule.words: rule for rule in fitting}.values())


def _speaks_of(rule, look, day):
    if not (rule.field or rule.standings or rule.grade != (None, None)):
        return True
    return any(
        rule.fits(right.standing, row.grade, right.field) for right in look.rights.values()
        for row in right.terms if row.since <= day and (row.until is None or row.until >= day)
    )


def family_claims(person, said: Said, look: Look) -> tuple[Claim, ...]:
    """What the family may claim by the law's lines: the lump sum as a grant of it would give it."""
    rules = counting(life_events()[said.event].family, said, set(), look, False)
    month = said.on.replace(day=1)
    return tuple(Claim(rule, preview_grant(person, rule.grant, since=month, values={}).arrears) for rule in rules)
