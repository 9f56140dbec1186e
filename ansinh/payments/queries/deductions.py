"""What the decisions of recovery cases deduct from a list: never more than the line pays anew, nor than is still owed back."""
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from django.db.models import F

from ..models import Batch, Kind, LedgerAccount, Movement, Proposal, RecoveryCase, RecoveryMonth, RecoveryStep
from .explained import months_of
from .recovery import TOUCHES_CLAIM, claims_by_month

WHOLE = 100


@dataclass(frozen=True)
class Deduction:
    """đồng that a line gives back for one month of a case."""

    case: int
    payable: int
    month: date
    amount: int


@dataclass
class _Debt:
    """A case whose decision deducts: its instalment, what is left of the decision, of this list's month, and by month."""

    case: int
    monthly: int | None
    percent: int | None
    decided: int
    this_month: int = 0
    months: dict[tuple[int, date], int] = field(default_factory=dict)

    def wanted(self, base) -> int:
        if self.percent:
            return base * self.percent // WHOLE
        return max(self.monthly - self.this_month, 0)


def deductions(batch: Batch, lines: Iterable[tuple[int, int, int]]) -> dict[int, list[Deduction]]:
    """What each line gives back: ``(line, person, đồng of the month and arrears)`` in, deductions by line out.

    What a line carries over is left alone: its instalment was kept when it was listed first. A case that the batch is about
    to cancel is taken as cancelled, so that nothing is kept for a debt that is no longer one.
    """
    debts = _debts(batch)
    return {line: found for line, person, base in lines if (found := _of_line(debts.get(person, ()), base))}


def planned(batch: Batch, sums: pl.DataFrame) -> pl.DataFrame:
    """Per person what the month's list deducts: ``person_id, deduction``, from ``person_id, this_month, arrears``."""
    rows = ((person, person, month + late) for person, month, late in sums.select("person_id", "this_month", "arrears").iter_rows())
    found = {person: sum(part.amount for part in parts) for person, parts in deductions(batch, rows).items()}
    return pl.DataFrame({"person_id": list(found), "deduction": list(found.values())}, schema={"person_id": pl.Int64, "deduction": pl.Int64})


def _of_line(debts, base):
    found = []
    for debt in debts:
        left = base - sum(part.amount for part in found)
        wanted = min(debt.wanted(base), debt.decided, left)
        for (payable, month), owed in debt.months.items():
            amount = min(wanted, owed)
            if amount > 0:
                found.append(Deduction(debt.case, payable, month, amount))
                debt.months[payable, month] -= amount
                debt.decided, debt.this_month, wanted = debt.decided - amount, debt.this_month + amount, wanted - amount
    return found


def _debts(batch) -> dict[int, list[_Debt]]:
    """By person the cases that deduct from lists of the batch's month and field, the first decided first."""
    decisions = _decisions(batch)
    if not decisions:
        return {}
    moved, months = _moved(decisions, batch.month), _months(batch, decisions)
    debts: dict[int, list[_Debt]] = {}
    for step in sorted(decisions.values(), key=lambda step: step.pk):
        since, now = moved.get(step.case_id, (0, 0))
        debt = _Debt(step.case_id, step.monthly, step.percent, min(step.amount, step.amount - since), now, months.get(step.case_id, {}))
        debts.setdefault(step.case.person_id, []).append(debt)
    return debts


def _decisions(batch) -> dict[int, RecoveryStep]:
    """The decision that holds of each case that deducts now; nothing is kept from what the dead leave to others."""
    steps = RecoveryStep.objects.filter(
        kind=RecoveryStep.Kind.DECISION, withdrawn_in=None, case__state=RecoveryCase.State.DECIDED, case__person__died_on=None
    )
    last = {step.case_id: step for step in steps.select_related("case").order_by("number")}
    return {case: step for case, step in last.items() if _deducts(step, batch)}


def _deducts(step, batch):
    is_ours = batch.field in (step.case.field, step.other_field)
    return is_ours and step.way == RecoveryStep.Way.INSTALMENTS and step.first_month <= batch.month


def _moved(decisions, month) -> dict[int, tuple[int, int]]:
    """By case what was got back since its decision, and what lists of this month have deducted."""
    rows = Movement.objects.filter(TOUCHES_CLAIM, recovery__in=decisions).annotate(of_month=F("paylist__month"))
    moved: dict[int, tuple[int, int]] = {}
    for case, debit, credit, amount, entry, of_month in rows.values_list("recovery", "debit", "credit", "amount", "recorded_in", "of_month"):
        other, sign = (debit, 1) if credit == LedgerAccount.CLAIM else (credit, -1)
        since, now = moved.get(case, (0, 0))
        is_since = entry > decisions[case].recorded_in_id and other in (LedgerAccount.KEPT, LedgerAccount.FUND)
        is_now = of_month == month and other == LedgerAccount.KEPT
        moved[case] = (since + sign * amount * is_since, now + sign * amount * is_now)
    return moved


def _months(batch, decisions) -> dict[int, dict[tuple[int, date], int]]:
    """By case what is left of each month, the oldest first, as if the batch's cancellations were posted."""
    rows = RecoveryMonth.objects.filter(case__in=decisions, is_open=True)
    payables = rows.order_by().values("payable")
    claims, cancelled = claims_by_month(payables), _cancelled(batch, payables)
    months: dict[int, dict[tuple[int, date], int]] = {}
    for case, payable, month in rows.order_by("month", "payable").values_list("case", "payable", "month"):
        left = claims.get((payable, month), 0) - cancelled.get((payable, month), 0)
        months.setdefault(case, {})[payable, month] = max(left, 0)
    return months


def _cancelled(batch, payables) -> dict[tuple[int, date], int]:
    found = Proposal.objects.filter(batch=batch, kind=Kind.CANCELLATION, payable__in=payables)
    return {(p.payable_id, month): p.after - p.before for p in found for month in months_of(p.since, p.until)}
