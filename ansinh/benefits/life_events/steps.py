"""Which acts an event leads to: the law's lines held against a person's entitlements; pure data until they are done."""
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from ansinh.engine.law import book
from ansinh.engine.law.life_events import EventRule, life_events
from ansinh.engine.terms import IN_FORCE, SUSPENDED
from ansinh.office import rights
from ansinh.registry import actions as registry
from ansinh.registry.models import Person, Standing
from ansinh.web.refusal import Forbidden, Refusal

from .. import actions, queries
from ..models import Entitlement

# Facts of an entitlement that a form may ask.
TYPED = ("grade", "severity")


@dataclass(frozen=True)
class Said:
    """What the officer says happened: which event, on which day, by which paper, and what the form asked besides."""

    event: str
    on: date
    source: str
    more: dict = field(default_factory=dict)

    @property
    def right_day(self) -> date:
        """The day from which the law's days are counted; a file that came back counts from the last month paid elsewhere."""
        return self.more.get("paid_up_to") or self.on

    def of_the_other(self, person: Person) -> "Said":
        """The same said of husband or wife, whose spouse is this person."""
        return replace(self, more={**self.more, "spouse": person})


@dataclass(frozen=True)
class Step:
    """An act on one entitlement that an event leads to."""

    rule: EventRule
    entitlement: Entitlement
    day: date
    values: dict
    may: bool

    @property
    def key(self) -> str:
        return f"{self.rule.act}:{self.entitlement.pk}"

    @property
    def facts(self) -> dict:
        """What a task proposes for the form of the act."""
        return {"until" if self.rule.act == "benefits.stop" else "since": self.day.isoformat(), **self.values}


def steps_of(person: Person, said: Said, by) -> list[Step]:
    """Every act that the law's lines of the event propose, in the order in which the entitlements were granted."""
    found = []
    for entitlement in queries.entitlements_of(person):
        terms = queries.current_terms(entitlement)
        if terms and said.more.get("entitlement") in (None, entitlement.pk) and not _is_lump_sum(entitlement):
            found += [_step(rule, entitlement, terms, said, by) for rule in _rules(said, entitlement, terms)]
    return found


def begins_later(person: Person, said: Said) -> list[Entitlement]:
    """Entitlements that begin only after the day on which they would have to end: no act fits, somebody must look."""
    stops = [rule for rule in life_events()[said.event].acts if rule.act == "benefits.stop"]
    return [e for e in queries.entitlements_of(person) if any(_begins_after(rule, e, said) for rule in stops)]


def _begins_after(rule, entitlement, said):
    terms = queries.current_terms(entitlement)
    fits = bool(terms) and not _is_lump_sum(entitlement) and rule.fits(entitlement.standing, terms[-1].grade, entitlement.field)
    return fits and terms[0].since > rule.day_of(said.right_day)


def _is_lump_sum(entitlement):
    """A lump sum is due in its one month; no event of later changes it."""
    return book().standing(entitlement.standing).once


def counts(rule: EventRule, said: Said) -> bool:
    """Whether a line speaks of what the form was told: a line with a cause counts for that cause only."""
    return not rule.cause or rule.cause == said.more.get("cause")


def _rules(said, entitlement, terms) -> Iterable[EventRule]:
    for rule in life_events()[said.event].acts:
        fits = counts(rule, said) and rule.fits(entitlement.standing, terms[-1].grade, entitlement.field)
        # What law itself changes was known to the decision where the event came before the first day of the right.
        is_past = bool(rule.values) and rule.day_of(said.right_day) < terms[0].since
        if fits and not is_past and NEEDED[rule.act](entitlement, terms, rule.day_of(said.right_day), _values(rule, terms, said)):
            yield rule


def _step(rule, entitlement, terms, said, by):
    may = rights.may(by, rule.act, entitlement.area_path, entitlement.field)
    return Step(rule, entitlement, rule.day_of(said.right_day), _values(rule, terms, said), may)


def _values(rule, terms, said):
    """The facts that change: those of the law's line (``+1`` is one more than before), and what the form was told."""
    if rule.act != "benefits.correct":
        return {}
    typed = {name: said.more[name] for name in TYPED if name in said.more}
    return {**{name: _value(name, value, terms[-1]) for name, value in rule.values.items()}, **typed}


def _value(name, value, row):
    is_added = isinstance(value, str) and value.startswith("+")
    return (getattr(row, name) or 0) + int(value) if is_added else value


def _runs_past(_entitlement, terms, day, _values):
    return terms[0].since <= day and (terms[-1].until is None or terms[-1].until > day)


def _in_state(state):
    return lambda _entitlement, terms, day, _values: any(row.state == state and (row.until is None or row.until >= day) for row in terms)


def _differs(_entitlement, terms, day, values):
    later = [row for row in terms if row.until is None or row.until >= day]
    return any(getattr(row, name) != value for row in later for name, value in values.items())


def _has_ended(entitlement, terms, day, _values):
    others = queries.open_entitlements(entitlement.person, day).filter(standing=entitlement.standing)
    return terms[-1].until is not None and terms[-1].until < day and not others.exists()


NEEDED: dict[str, Callable] = {
    "benefits.stop": _runs_past, "benefits.suspend": _in_state(IN_FORCE), "benefits.resume": _in_state(SUSPENDED),
    "benefits.correct": _differs, "benefits.grant": _has_ended,
}


def do(step: Step, source: str, by):
    """Carry out a step; what the act refuses without naming an article is refused by that of the event's line."""
    try:
        return DO[step.rule.act](step, source, by)
    except Refusal as refusal:
        if refusal.basis or isinstance(refusal, Forbidden) or not step.rule.article:
            raise
        raise Refusal(refusal.sentence, step.rule.article, field=refusal.field) from refusal


def _correct(step, source, by):
    """The standing first, where the registry knows it, so that the entitlement rests on it."""
    person, code = step.entitlement.person, step.entitlement.standing
    known = Standing.objects.on(step.day).filter(person=person, code=code).first()
    differs = known is not None and any(getattr(known, name) != value for name, value in step.values.items())
    rests_on = registry.correct_standing(person, code=code, since=step.day, source=source, by=by, **step.values) if differs else known
    return actions.correct(step.entitlement, since=step.day, source=source, rests_on=rests_on, by=by, **step.values)


def _grant(step, source, by):
    """The entitlement once more, by the facts with which it ended."""
    facts = {name: value for name, value in queries.current_terms(step.entitlement)[-1].facts().items() if value not in (None, "", False)}
    return actions.grant(step.entitlement.person, standing=step.entitlement.standing, since=step.day, source=source, by=by, **facts)


DO: dict[str, Callable] = {
    "benefits.stop": lambda step, source, by: actions.stop(step.entitlement, until=step.day, source=source, by=by),
    "benefits.suspend": lambda step, source, by: actions.suspend(step.entitlement, since=step.day, source=source, by=by),
    "benefits.resume": lambda step, source, by: actions.resume(step.entitlement, since=step.day, source=source, by=by),
    "benefits.correct": _correct,
    "benefits.grant": _grant,
}
