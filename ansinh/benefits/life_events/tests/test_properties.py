"""Whatever happens and is taken back, between whatever lists: who lived through it has received what the twin has, who did not."""
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.benefits.life_events.acts import record_life_event, undo_life_event
from ansinh.engine.law import book
from ansinh.engine.months import as_date, as_month
from ansinh.office import clock
from ansinh.office.models import Entry, Task
from ansinh.office.rehearsal import rehearse
from ansinh.payments.models import Item
from ansinh.payments.queries import open_claims, verify_ledger
from ansinh.registry.models import Person
from ansinh.web.refusal import Refusal
from tests.people import OTHER_COMMUNE

LAN, TWIN = "Dương Thị Lan", "Lý Văn Páo"
EVENTS = ("death", "move", "move_out", "imprisonment", "grade")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("list"), st.booleans()),
        st.tuples(st.just("event"), st.sampled_from(EVENTS), st.integers(0, 100)),
        st.tuples(st.just("undo")),
    ),
    min_size=3, max_size=9,
)


class Life:
    """Lan's life between the months' lists; events that the office refuses did not happen."""

    def __init__(self, lan, entitlement, area, officer, run_list):
        self.lan, self.officer, self.run_list, self.month, self.open = lan, officer, run_list, date(2023, 6, 1), []
        self.more = {
            "move": {"area": area, "address": "tổ 2"}, "move_out": {"address": "Cà Mau"}, "imprisonment": {"cause": "sentenced"},
            "grade": {"grade": 71, "entitlement": entitlement},
        }

    def list(self, is_unpaid):
        self.run_list(self.month, unpaid=(LAN,) if is_unpaid else (), decided=True)
        self.month = as_date(as_month(self.month) + 1)

    def event(self, name, days_ago):
        said = {"event": name, "on": clock.today() - timedelta(days=days_ago), "source": "Giấy 1", **self.more.get(name, {})}
        try:
            shown = rehearse(lambda: record_life_event(Person.objects.get(pk=self.lan.pk), **said, by=self.officer))
        except Refusal:
            return
        done = record_life_event(Person.objects.get(pk=self.lan.pk), **said, seen=shown.digest, by=self.officer)
        self.open.append(done.entry)

    def undo(self):
        if self.open:
            undo_life_event(Entry.objects.get(pk=self.open.pop()), by=self.officer)

    def take(self, name, *args):
        with clock.held_at(book().lock_day(self.month) - timedelta(days=3)):
            getattr(self, name)(*args)

    def finish(self):
        while self.open:
            self.take("undo")
        self.take("list", False)
        self.take("list", False)


def received(name):
    return Item.objects.filter(line__name=name, result="paid").aggregate(s=Sum("amount"))["s"]


@pytest.mark.slow
@given(steps=STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_event_and_its_undo_leave_the_balance_as_without_both(lan, settle, granted, areas, appoint, run_list, clerk, steps):
    with transaction.atomic():
        twin = settle(TWIN)
        entitlement, _other = (granted(person, grade=61, paid_up_to=date(2023, 5, 1)) for person in (lan, twin))
        life = Life(lan, entitlement, areas[OTHER_COMMUNE], clerk, run_list)
        for step in steps:
            life.take(*step)
        life.finish()
        owed = open_claims([entitlement])["amount"].sum()
        assert received(LAN) - owed == received(TWIN)
        assert verify_ledger() == []
        assert set(Task.objects.open().values_list("act", flat=True)) == ({"payments.open_recovery"} if owed else set())
        transaction.set_rollback(True)
