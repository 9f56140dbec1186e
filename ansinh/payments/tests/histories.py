"""Drawn histories of an office that pays: any act at any time, refused or not, and what must be true at the end."""
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum
from hypothesis import strategies as st

from ansinh.payments import actions
from ansinh.payments.models import Item, Line, Movement, Payable, PayList
from ansinh.payments.queries import open_claims
from ansinh.web.refusal import Refusal

from .office import PayOffice

MONTHS = [date(2023, month, 1) for month in range(1, 10)]
LAST_DUE = 6
NAMES = ("Dương Thị Lan", "Lý Văn Páo", "Vi Thị Sao")

_who = st.integers(0, len(NAMES) - 1)
_place = st.integers(0, LAST_DUE - 1)
_money = st.sampled_from((0, 400_000, 1_000_000, 1_750_000))
_road = st.sampled_from(("propose", "approve", "export", "next_month"))
STEPS = st.lists(
    st.one_of(
        st.tuples(_road),
        st.tuples(_road),
        st.tuples(st.just("take_back"), st.frozensets(_who)),
        st.tuples(st.just("run_month"), st.frozensets(_who)),
        st.tuples(st.just("change_due"), _who, _place, _money),
        st.tuples(st.sampled_from(("withdraw", "settle", "return_to_preparer"))),
        st.tuples(st.sampled_from(("hold", "bring_back", "change_channel")), _who),
        st.tuples(st.just("refund"), st.integers(1, 2_000_000)),
        st.tuples(st.just("end"), _who, _place),
    ),
    min_size=6, max_size=30,
)


@dataclass
class History:
    """The office, whom it pays, and the month in hand."""

    office: PayOffice
    payables: list[Payable]
    place: int = 0

    @property
    def month(self) -> date:
        return MONTHS[self.place]

    def take(self, step, *values):
        """One step; a lawful refusal leaves no trace."""
        try:
            with transaction.atomic():
                getattr(self, step)(*values)
        except Refusal:
            return

    def first(self, state) -> list[PayList]:
        """The lists in a state, of the earliest month that has any."""
        lists = list(PayList.objects.filter(state=state).order_by("month", "pk"))
        return [paylist for paylist in lists if paylist.month == lists[0].month]

    def run_month(self, unpaid=frozenset()):
        """A month whose return file comes in only after the next month was proposed."""
        for step in ("propose", "approve", "export", "next_month", "propose"):
            self.take(step)
        self.take("take_back", unpaid)
        self.take("approve")

    def next_month(self):
        self.place = min(self.place + 1, LAST_DUE - 1)

    def change_due(self, who, place, amount):
        self.office.due(self.payables[who], MONTHS[place], amount)

    def propose(self):
        self.office.propose(self.month)

    def approve(self):
        self.office.approve(self.first("proposed"))

    def withdraw(self):
        actions.withdraw(self.first("approved"), by=self.office.chief)

    def return_to_preparer(self):
        actions.return_to_preparer(self.first("proposed"), reason="sai", by=self.office.chief)

    def export(self):
        self.office.export(self.first("approved"))

    def take_back(self, unpaid=frozenset()):
        self.office.reconcile(self.first("exported"), unpaid={NAMES[who] for who in unpaid})

    def hold(self, who):
        for line in Line.objects.filter(paylist__state="proposed", name=NAMES[who]):
            actions.hold(line, reason="chờ xác minh", by=self.office.preparer)

    def bring_back(self, who):
        for line in Line.objects.filter(result="paid", name=NAMES[who])[:1]:
            actions.record_return(line, reason="trả lại", by=self.office.accountant)

    def change_channel(self, who):
        person = self.payables[who].person
        bank = {"bank": "Agribank", "account_number": "8500"} if self.place % 2 else {}
        actions.set_channel(person, since=date(2015, 1, 1), kind="bank" if bank else "post", **bank, by=self.office.preparer)

    def refund(self, amount):
        for key, month, claim in open_claims().sort("entitlement", "month").head(1).iter_rows():
            payable, day = Payable.objects.get(pk=key), date(month // 12, month % 12 + 1, 1)
            actions.record_refund(payable, month=day, amount=min(amount, claim), paper="PT 1", by=self.office.accountant)

    def end(self, who, place):
        self.office.end(self.payables[who], MONTHS[place])

    def settle(self):
        for item in Item.objects.filter(result__in=("unpaid", "returned"), carried_to=None):
            self.take("_settle", item)

    def _settle(self, item):
        actions.record_heirs(item, paper="Đơn của thân nhân", by=self.office.accountant)

    def finish(self):
        """Everything open is carried through; in further months everybody collects."""
        for month in range(LAST_DUE - 1, len(MONTHS)):
            self.place = month
            self.settle()
            for step in ("return_to_preparer", "export", "take_back") * 3 + ("propose", "approve", "export", "take_back") * 2:
                self.take(step)


def received(payable) -> int:
    """What the person has in hand or owes back: collected, less brought back, paid back and still owed back."""
    moves = Movement.objects.filter(payable=payable)
    collected, brought_back = _sum(moves, debit="owed", credit="provider"), _sum(moves, debit="provider", credit="owed")
    owed_back = _sum(moves, debit="claim") - _sum(moves, credit="claim")
    return collected - brought_back - _sum(moves, debit="fund", credit="claim") - owed_back


def _sum(moves, **sides):
    return moves.filter(**sides).aggregate(s=Sum("amount"))["s"] or 0
