"""Done and taken back, every event leaves rights, lists, tasks and letters as they were, whatever the lists did in between."""
import hashlib
from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction

from ansinh.benefits import actions as benefits
from ansinh.benefits.life_events.acts import record_life_event, undo_life_event
from ansinh.benefits.life_events.kinds import KINDS
from ansinh.benefits.models import Entitlement, Terms
from ansinh.documents.models import Letter
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.office.models import Entry, Task
from ansinh.office.rehearsal import rehearse
from ansinh.payments import actions as payments
from ansinh.payments.models import Line, Payable, PayList
from ansinh.payments.queries import verify_ledger
from ansinh.registry.models import Death, Person, Residence, Standing
from ansinh.web.refusal import Refusal
from tests.people import OTHER_COMMUNE

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))
HAPPENED, RECORDED, TAKEN_BACK = date(2023, 6, 10), date(2023, 6, 27), date(2023, 7, 5)
FIELDS = ("merit", "assistance")
# What must have happened before, and which entitlement the event is about.
BEFORE = {"release": ("imprisonment", {"cause": "sentenced"}), "return_home": ("move_out", {"address": "Cà Mau"})}
ABOUT = {"grade": "wounded", "severity": "disabled"}
# What only lists that went out may leave behind: money is asked about, never forgotten.
OF_MONEY = ("payments.open_recovery", "payments.record_heirs", "payments.record_offset")


@pytest.fixture
def rights(lan, settle, granted, officer):
    """Lan with an entitlement of every kind that an event may touch; a neighbour keeps the lists from being empty."""
    granted(settle("Lý Văn Páo"), grade=81, paid_up_to=MAY)
    granted(lan, grade=61, paid_up_to=MAY)
    granted(lan, standing="martyr_relative", martyrs=2, paid_up_to=MAY)
    said = {"since": MAY, "source": "QĐ 5", "paid_up_to": MAY, "by": officer}
    with clock.held_at(date(2023, 5, 2)):
        benefits.grant(lan, standing="single_parent", children=1, poverty="poor", **said)
        benefits.grant(lan, standing="disabled", severity="severe", **said)
    return {entitlement.standing: entitlement.pk for entitlement in Entitlement.objects.filter(payable__person=lan)}


@pytest.fixture
def more(areas, rights):
    """What the form of each event asks besides."""
    place = {"area": areas[OTHER_COMMUNE], "address": "tổ 2"}
    return {
        "move": place, "move_out": {"address": "Cà Mau"}, "return_home": {**place, "paid_up_to": JUNE}, "birth": {"name": "Bé", "sex": "male"},
        "grade": {"grade": 71, "entitlement": rights["wounded"]}, "severity": {"severity": "especially_severe", "entitlement": rights["disabled"]},
        "imprisonment": {"cause": "sentenced"},
    }


def lists(clerk, month=JULY):
    for field in FIELDS:
        benefits.assess(month, field=field, by=clerk)
        payments.propose(month, field=field, by=clerk)


def send(chief, accountant, month=JULY):
    for field in FIELDS:
        waiting = list(PayList.objects.filter(month=month, field=field, state="proposed"))
        with suppress(Refusal), transaction.atomic():
            payments.decide_open(waiting, number="TTr 3", reason="đã xác minh", by=chief)
        payments.approve(waiting, by=chief)
        payments.export(waiting, by=accountant)


def digest(*, with_lists):
    """A short name of everything that an undo has to give back."""
    tasks = Task.objects.open().values_list("act", "key", "cause", "title", "due_on", "facts")
    waiting, kept = PayList.objects.filter(state="proposed"), Payable.objects.filter(entitlement__in=Terms.objects.current().values("entitlement"))
    said = [
        sorted(Terms.objects.current().values_list("entitlement", "since", "until", "state", "grade", "children", "severity", "remarried", "source")),
        sorted(kept.values_list("pk", "title", "ends_on"), key=str), sorted(Death.objects.current().values_list("person", "since")),
        sorted(Residence.objects.current().values_list("person", "area", "since", "until", "address"), key=str),
        sorted(Standing.objects.current().values_list("person", "code", "since", "until"), key=str),
        sorted(str(task) for task in tasks if with_lists or task[0] not in OF_MONEY), sorted(Letter.objects.standing().values_list("symbol", flat=True)),
    ]
    if with_lists:
        said += [
            sorted(waiting.values_list("number", "content_digest", "total", "people", "overpaid", "proposed_in")),
            sorted(Line.objects.filter(paylist__in=waiting).values_list("paylist__number", "position", "name", "total", "overpaid", "held_because")),
        ]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def there(lan, name, signer, officer, more):
    """The event with all its letters, seen before as an officer does; what was shown is what was done."""
    said = {"event": name, "on": HAPPENED, "source": "Giấy 1", **more}
    shown = rehearse(lambda: record_life_event(Person.objects.get(pk=lan.pk), **said, by=officer))
    ordered = {"letters": [one.key for one in shown.wanted], "signer": signer}
    return record_life_event(Person.objects.get(pk=lan.pk), **said, **ordered, seen=shown.digest, by=officer)


def back(plan, officer):
    entry = Entry.objects.get(pk=plan.entry)
    shown = rehearse(lambda: undo_life_event(Entry.objects.get(pk=entry.pk), by=officer))
    return undo_life_event(entry, seen=shown.digest, by=officer)


@pytest.fixture
def before(lan, rights, more, signer, officer, clerk, run_list):
    """``before(name)``: the books on the day on which the event is recorded, with lists of July that wait for approval."""
    run_list(JUNE)

    def stand(name):
        with clock.held_at(date(2023, 6, 12)):
            for first, said in [BEFORE[name]] if name in BEFORE else ():
                record_life_event(Person.objects.get(pk=lan.pk), event=first, on=date(2023, 6, 1), source="Giấy 0", by=officer, **said)
        with clock.held_at(book().lock_day(JULY)):
            lists(clerk)

    return stand


NAMES = [kind.name for kind in KINDS.values()]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_with_lists_that_wait_for_approval(name, before, lan, more, signer, officer):
    before(name)
    with clock.held_at(RECORDED):
        books = digest(with_lists=True)
        plan = there(lan, name, signer, officer, more.get(name, {}))
        assert digest(with_lists=True) != books
        assert Letter.objects.standing().count() == len(plan.wanted)
        back(plan, officer)
        assert digest(with_lists=True) == books
        assert Letter.objects.count() == len(plan.wanted)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_with_lists_that_were_exported_in_between(name, before, lan, more, signer, officer, chief, accountant):
    before(name)
    with clock.held_at(RECORDED):
        books = digest(with_lists=False)
        plan = there(lan, name, signer, officer, more.get(name, {}))
    with clock.held_at(date(2023, 6, 28)):
        send(chief, accountant)
    with clock.held_at(TAKEN_BACK):
        back(plan, officer)
        assert digest(with_lists=False) == books
    assert verify_ledger() == []
