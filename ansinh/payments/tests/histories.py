"""Drawn histories of an office that pays: any act at any time, refused or not, and what must be true at the end."""
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum
from hypothesis import strategies as st

from ansinh.office.actions import undo
from ansinh.payments import actions
from ansinh.payments.models import Item, Line, Movement, Payable, PayList, RecoveryCase, RecoveryStep
from ansinh.payments.queries import open_claims
from ansinh.payments.queries.recovery import left_of
from ansinh.web.refusal import Refusal

from .office import PayOffice

MONTHS = [date(2023, month, 1) for month in range(1, 10)]
LAST_DUE = 6
PAPER_DAY = date(2023, 12, 1)
NAMES = ("Dương Thị Lan", "Lý Văn Páo", "Vi Thị Sao")

_who = st.integers(0, len(NAMES) - 1)
_place = st.integers(0, LAST_DUE - 1)
_money = st.sampled_from((0, 400_000, 1_000_000, 1_750_000))
INSTALMENTS = ({"monthly": 150_000}, {"monthly": 2_000_000}, {"percent": 30}, {"percent": 100})
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
_recover = st.tuples(st.just("recover"), _who, st.sampled_from(INSTALMENTS))
_paid_late = st.tuples(st.just("change_due"), _who, st.integers(0, 2), _money)
# Two months are paid and found to be too much, a case is decided; then anything.
OVERPAID = [("run_month",), ("run_month",), ("change_due", 0, 0, 0), ("change_due", 0, 1, 400_000), ("change_due", 1, 0, 400_000), ("run_month",)]
DECIDED = [("recover", 0, {"monthly": 150_000}), ("recover", 1, {"percent": 30})]
RECOVERY_STEPS = st.lists(
    st.one_of(
        _recover,
        _paid_late,
        st.tuples(st.sampled_from(("run_month", "list_month", "list_month", "withdraw", "export", "take_back"))),
        st.tuples(st.just("run_month"), st.frozensets(_who)),
        st.tuples(st.sampled_from(("repay", "waive")), st.sampled_from((1, 333_333, 600_000, 2_000_000))),
        st.tuples(st.sampled_from(("take_back_payment", "take_back_waiver", "suspend", "resume", "undo_last_step", "settle"))),
        st.tuples(st.sampled_from(("hold", "bring_back")), _who),
        st.tuples(st.just("end"), _who, _place),
    ),
    min_size=4, max_size=12,
).map(lambda steps: [*OVERPAID, *DECIDED, *steps])


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

    def list_month(self):
        """The next month, proposed and approved, not yet exported."""
        for step in ("next_month", "propose", "approve"):
            self.take(step)

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

    def recover(self, who, instalment):
        """A case from its opening to its decision; of an open one a further decision."""
        person, office = self.payables[who].person, self.office
        case = RecoveryCase.objects.open().filter(person=person).first() or actions.open_recovery(person, by=office.preparer)
        if case.state == "opened":
            actions.give_notice(case, after=case.steps.count(), on=PAPER_DAY, paper="TB 1", by=office.preparer)
            actions.hear_debtor(case, after=case.steps.count(), on=PAPER_DAY, words="không có ý kiến", paper="BB 1", by=office.preparer)
        said = {"amount": left_of(case), "way": "instalments", "first_month": MONTHS[0], **instalment}
        actions.decide_recovery(case, after=case.steps.count(), on=PAPER_DAY, paper="QĐ 1", **said, by=office.chief)

    def repay(self, amount):
        case = self.open_case()
        said = {"after": case.steps.count(), "on": PAPER_DAY, "paper": "PT 2", "amount": min(amount, left_of(case))}
        actions.record_repayment(case, **said, by=self.office.accountant)

    def waive(self, amount):
        case = self.open_case()
        said = {"after": case.steps.count(), "on": PAPER_DAY, "paper": "QĐ 2", "amount": min(amount, left_of(case)), "words": "khó khăn"}
        actions.waive_recovery(case, **said, by=self.office.chief)

    def take_back_payment(self):
        actions.cancel_repayment(self.last_step("repayment"), reason="ghi nhầm", by=self.office.accountant)

    def take_back_waiver(self):
        actions.withdraw_waiver(self.last_step("waiver"), reason="rút quyết định", by=self.office.chief)

    def suspend(self):
        case = self.open_case()
        actions.suspend_recovery(case, after=case.steps.count(), on=PAPER_DAY, words="ốm nặng", by=self.office.chief)

    def resume(self):
        case = self.open_case()
        actions.resume_recovery(case, after=case.steps.count(), on=PAPER_DAY, by=self.office.chief)

    def undo_last_step(self):
        step = RecoveryStep.objects.filter(withdrawn_in=None).order_by("pk").last()
        undo(step.recorded_in if step else _nothing(), by=step.recorded_in.by)

    def open_case(self):
        return RecoveryCase.objects.open().order_by("pk").first() or _nothing()

    def last_step(self, kind):
        return RecoveryStep.objects.filter(kind=kind, withdrawn_in=None).order_by("pk").last() or _nothing()

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
    """What the person has in hand by right: collected or kept for a debt, less what was given back, given up or is owed back."""
    moves = Movement.objects.filter(payable=payable)
    collected, kept = _net(moves, "owed", "provider"), _net(moves, "owed", "kept")
    given_back = _net(moves, "fund", "claim") + _net(moves, "kept", "claim")
    given_up = _sum(moves, debit="waived") - _sum(moves, credit="waived")
    owed_back = _sum(moves, debit="claim") - _sum(moves, credit="claim")
    return collected + kept - given_back - given_up - owed_back


def _net(moves, debit, credit):
    return _sum(moves, debit=debit, credit=credit) - _sum(moves, debit=credit, credit=debit)


def _nothing():
    raise Refusal("không có gì để làm")


def _sum(moves, **sides):
    return moves.filter(**sides).aggregate(s=Sum("amount"))["s"] or 0
