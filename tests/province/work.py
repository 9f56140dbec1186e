"""Month after month of the simulated province, going on from where it stands."""
from collections.abc import Callable

from ansinh.benefits import actions as benefits
from ansinh.benefits.law_text import level_text
from ansinh.engine.law import book
from ansinh.engine.law.book import FIELDS
from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.models import Entry
from ansinh.payments.queries import verify_ledger
from ansinh.registry.actions import follow_areas

from . import lists, people
from .account import faults
from .life import Staff, learn, staff, surely, whole_province
from .recovery import MonthOfRecovery


@action("benefits.finish_step_for_test", label="Xong bước", scope=whole_province)
def finish_step(word):
    """A step of a month is done or refused; whoever begins again does not ask for it again in a later state of the books."""


def work(desk, at: Callable):
    """What is not done yet of every month; after each second June everything is proved, and what is broken ends the work."""
    here = staff()
    done = set(Entry.objects.filter(act=finish_step.act_name).values_list("key", flat=True))
    for month in people.months():
        steps = [(f"{month:%Y-%m} {word}", word, do) for word, do in _steps(month, here, desk, at)]
        if steps[-1][0] in done:
            continue
        with clock.held_at(book().lock_day(month)):
            if desk:
                at("clock")
                desk.stand_at(book().lock_day(month))
            for key, word, do in steps:
                if key not in done:
                    at(word)
                    do()
                    finish_step(key, by=here.preparer)


def _steps(month, here: Staff, desk, at):
    """Everything of a month in its order: word and what is done."""
    if month == people.MERGER:
        yield "merger", lambda: follow_areas(on=people.MERGER, by=here.administrator)
    if month == people.LEVEL_LEARNT:
        yield "level", lambda: surely(f"{month}/level", lambda: _raise_level(here))
    for place, thing in enumerate(people.things(month)):
        yield f"{thing.kind} {place}", lambda thing=thing: learn(thing, desk, here)
    yield "recovery", MonthOfRecovery(month, here, desk).run
    for field in FIELDS:
        yield field, lists.MonthOfField(month, field, here, desk, at).run
    yield "brought back", lambda: lists.bring_back(month, here)
    yield "left behind", lambda: lists.settle_left_behind(month, here)
    yield "close", lambda: lists.close_old(month, here)
    if month.month == people.LAST.month and month.year % 2:
        yield "proof", lambda: _prove(month)
    yield "end", lambda: None


def _prove(month):
    if broken := [*verify_ledger(), *faults(month)]:
        raise SystemExit(f"{month:%m/%Y}: {broken}")


def _raise_level(here):
    """The People's Council decided a higher level for months that are paid already."""
    signed = clock.today()
    text = level_text(
        title="Mức của tỉnh", amount=people.LEVEL, since=people.LEVEL_SINCE, number="12/2023/NQ-HĐND", signed=signed, in_force=signed,
        article="Điều 1", verified=True,
    )
    draft = benefits.save_draft("Mức của tỉnh", text=text, by=here.preparer)
    benefits.adopt_law(draft, seen=book().digest, by=here.chief)
