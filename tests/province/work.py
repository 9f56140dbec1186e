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


@action("benefits.close_month_for_test", label="Xong tháng", scope=whole_province)
def close_month(month):
    """Everything of the month is done."""


def work(desk, at: Callable):
    """What is not done yet of every month; after each second June everything is proved, and what is broken ends the work."""
    here = staff()
    done = set(Entry.objects.filter(act=close_month.act_name).values_list("key", flat=True))
    for month in people.months():
        if str(month) not in done:
            with clock.held_at(book().lock_day(month)):
                _month(month, here, desk, at)


def _month(month, here: Staff, desk, at):
    if desk:
        at("clock")
        desk.stand_at(book().lock_day(month))
    if month == people.MERGER:
        at("merger")
        follow_areas(on=people.MERGER, by=here.administrator)
    if month == people.LEVEL_LEARNT:
        at("level")
        surely(f"{month}/level", lambda: _raise_level(here))
    for thing in people.things(month):
        at(thing.kind)
        learn(thing, desk, here)
    at("recovery")
    MonthOfRecovery(month, here, desk).run()
    for field in FIELDS:
        lists.MonthOfField(month, field, here, desk, at).run()
    at("brought back")
    lists.bring_back(month, here)
    at("left behind")
    lists.settle_left_behind(month, here)
    at("close")
    lists.close_old(month, here)
    if month.month == 6 and month.year % 2 and (broken := [*verify_ledger(), *faults(month)]):
        raise SystemExit(f"{month:%m/%Y}: {broken}")
    close_month(month, by=here.preparer)


def _raise_level(here):
    """The People's Council decided a higher level for months that are paid already."""
    signed = clock.today()
    text = level_text(
        title="Mức của tỉnh", amount=people.LEVEL, since=people.LEVEL_SINCE, number="12/2023/NQ-HĐND", signed=signed, in_force=signed,
        article="Điều 1", verified=True,
    )
    draft = benefits.save_draft("Mức của tỉnh", text=text, by=here.preparer)
    benefits.adopt_law(draft, seen=book().digest, by=here.chief)
