"""An office in which anything may be learnt, undone, listed, taken back or decreed at any time: a state machine over the acts."""
from datetime import date, timedelta

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from ansinh.benefits import actions as benefits
from ansinh.benefits.law_text import level_text
from ansinh.benefits.life_events.acts import record_life_event, undo_life_event
from ansinh.benefits.models import Entitlement
from ansinh.engine.law import book
from ansinh.engine.law.book import FIELDS
from ansinh.engine.months import as_date, as_month
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.payments import actions as payments
from ansinh.payments.models import Line, PayList, RecoveryCase
from ansinh.payments.queries import verify_ledger
from ansinh.payments.queries.recovery import left_of
from ansinh.registry.models import Person
from ansinh.web.refusal import Refusal
from tests.people import OTHER_COMMUNE
from tests.province import people
from tests.province.account import due_is_posted

FIRST, LAST = date(2023, 4, 1), date(2024, 10, 1)
LEVEL = (date(2023, 1, 1), 400_000)
# Decrees that are signed after the list of a month was locked are not known to it.
SETTLED = (*(date(2023, m, 1) for m in (4, 5, 6, 10, 11, 12)), *(date(2024, m, 1) for m in (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)))
EVENTS = ("death", "imprisonment", "release", "move", "move_out", "marriage", "birth")
UNDOABLE = (*people.ACTS_ON_RIGHTS, "benefits.record_life_event")
_who, _ago, _which = st.integers(0, 2), st.integers(0, 200), st.integers(0, 7)


class Office(RuleBasedStateMachine):
    """``world`` gives the people and the staff; every history is taken back at its end."""

    world = None

    @initialize(standings=st.lists(st.sampled_from(sorted(people.STANDINGS)), min_size=3, max_size=3))
    def settle(self, standings):
        """Everybody has one right from the first day on."""
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.month, self.ours = FIRST, None
        for who, standing in enumerate(standings):
            self.grant(who, standing, 400)

    def teardown(self):
        """Two lists more, after which every đồng must be where the law has it."""
        try:
            self.month = max(self.month, LAST)
            self.run_months(2)
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @rule(who=_who, standing=st.sampled_from(sorted((*people.STANDINGS, *people.LUMP_SUMS))), ago=_ago)
    def grant(self, who, standing, ago):
        facts = people.LUMP_SUMS[standing] if standing in people.LUMP_SUMS else people.STANDINGS[standing][0]
        since = max(self.day(ago), people.FIRST)
        self.learn(lambda: benefits.grant(self.person(who), standing=standing, since=since, **facts, **self.paper()))

    @rule(which=_which, verb=st.sampled_from(("correct", "suspend", "resume", "stop")), ago=_ago)
    def change(self, which, verb, ago):
        rights = Entitlement.objects.filter(standing__in=people.STANDINGS).order_by("pk")
        if rights:
            self.change_of(rights[which % len(rights)], verb, self.day(ago))

    @rule(who=_who, event=st.sampled_from(EVENTS), ago=_ago)
    def happen(self, who, event, ago):
        more = {
            "move": {"area": self.world.areas[OTHER_COMMUNE], "address": "tổ 2"}, "move_out": {"address": "Cà Mau"},
            "imprisonment": {"cause": "sentenced"}, "birth": {"name": "Dương Thị Út", "sex": "female"},
        }.get(event, {})
        self.learn(lambda: record_life_event(self.person(who), event=event, on=self.day(ago), **more, **self.paper()))

    @rule(which=_which)
    def undo(self, which):
        """One of the newest acts is taken back, whatever lists have gone out since."""
        lines = Entry.objects.filter(act__in=UNDOABLE, parent=None, undone_by=None).order_by("-pk")[:8]
        if lines:
            line = lines[which % len(lines)]
            how = undo_life_event if line.act == "benefits.record_life_event" else undo
            self.learn(lambda: how(line, by=self.world.officer))

    @rule(skipped=st.integers(0, 3), is_absent=st.booleans(), is_withdrawn=st.booleans())
    def run_month(self, skipped, is_absent, is_withdrawn):
        """Both fields of a month, some months after the last one; now and then it is withdrawn once, or somebody is not at home."""
        if self.month > date(2024, 12, 1):
            return
        with clock.held_at(book().lock_day(self.month)):
            for field in FIELDS:
                if (lists := self._approved(field)) and is_withdrawn:
                    payments.withdraw(lists, by=self.world.chief)
                    lists = self._approved(field)
                if lists:
                    self._pay(lists, is_absent)
        assert verify_ledger() == []
        faults = due_is_posted(self.month, self.ours) if self.month in SETTLED else []
        assert faults == []
        self.month = as_date(as_month(self.month) + 1 + skipped)

    @rule()
    def raise_level(self):
        """The province decides a higher level for months that are paid already."""
        if self.ours is None:
            self.learn(self._raise_level)

    @rule(amount=st.sampled_from((1, 250_000, 5_000_000)), is_waived=st.booleans())
    def recover(self, amount, is_waived):
        """What somebody owes back becomes a case; a part of it comes in, or is given up."""
        self.learn(lambda: self._recover(amount, is_waived))

    def change_of(self, right, verb, day):
        """A right is changed or stopped from a day on."""
        when = {"until" if verb == "stop" else "since": day}
        facts = people.STANDINGS[right.standing][1] if verb == "correct" else {}
        self.learn(lambda: getattr(benefits, verb)(right, **when, **facts, **self.paper()))

    def run_months(self, count):
        """So many months one after another."""
        for _month in range(count):
            self.run_month(0, False, False)

    def _approved(self, field):
        benefits.assess(self.month, field=field, by=self.world.preparer)
        if lists := payments.propose(self.month, field=field, by=self.world.preparer):
            try:
                with transaction.atomic():
                    payments.approve(lists, by=self.world.chief)
            except Refusal:
                payments.decide_open(lists, number="TTr 1", reason="kiểm thử", by=self.world.chief)
                payments.approve(lists, by=self.world.chief)
        return list(PayList.objects.standing().filter(month=self.month, field=field, state="approved"))

    def _pay(self, lists, is_absent):
        payments.export(lists, by=self.world.accountant)
        lines = Line.objects.filter(paylist__in=lists, total__gt=0).select_related("paylist").order_by("pk")
        answers = [
            payments.Answer(line.paylist.number, line.position, not is_absent or place > 0, "vắng nhà", line.total, place)
            for place, line in enumerate(lines)
        ]
        payments.reconcile(lists, answers=answers, by=self.world.accountant)

    def _raise_level(self):
        signed = clock.today()
        text = level_text(
            title="Mức của tỉnh", amount=LEVEL[1], since=LEVEL[0], number="12/2023/NQ-HĐND", signed=signed, in_force=signed, article="Điều 1",
            verified=True,
        )
        benefits.adopt_law(benefits.save_draft("Mức của tỉnh", text=text, by=self.world.preparer), seen=book().digest, by=self.world.chief)
        self.ours = LEVEL

    def _recover(self, amount, is_waived):
        for person in self.world.people:
            case = RecoveryCase.objects.open().filter(person=person).first() or payments.open_recovery(person, by=self.world.officer)
            said = {"after": case.steps.count(), "on": clock.today(), "paper": "QĐ 3", "amount": min(amount, left_of(case))}
            if is_waived:
                payments.waive_recovery(case, words="hộ nghèo", by=self.world.chief, **said)
            else:
                payments.record_repayment(case, by=self.world.accountant, **said)

    def learn(self, act):
        """Some days before the list is locked; what the office refuses did not happen."""
        with clock.held_at(self.today()):
            try:
                with transaction.atomic():
                    act()
            except Refusal:
                return

    def today(self):
        return book().lock_day(self.month) - timedelta(days=3)

    def day(self, ago):
        return self.today() - timedelta(days=ago)

    def person(self, who):
        return Person.objects.get(pk=self.world.people[who].pk)

    def paper(self):
        return {"source": f"QĐ {Entry.objects.count()}", "by": self.world.officer}
