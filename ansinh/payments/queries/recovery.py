"""What a recovery case comes to: what is left by month, by which ways it became less, and to which state its steps lead."""
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Q, Sum, When

from ..models import LedgerAccount, Movement, RecoveryCase, RecoveryMonth, RecoveryStep

CLAIM = LedgerAccount.CLAIM
Kind, State = RecoveryStep.Kind, RecoveryCase.State
TOUCHES_CLAIM = Q(debit=CLAIM) | Q(credit=CLAIM)
SIGNED = Case(When(debit=CLAIM, then=F("amount")), default=-F("amount"))
BY_DECISION = {Kind.DECISION: State.DECIDED, Kind.SUSPENSION: State.SUSPENDED, Kind.RESUMPTION: State.DECIDED}


@dataclass(frozen=True)
class CaseSums:
    """A case in đồng: found when opened and since, less what was deducted, paid back, waived and cancelled, is what is left."""

    found: int
    deducted: int
    repaid: int
    waived: int
    cancelled: int

    @property
    def got(self) -> int:
        return self.deducted + self.repaid

    @property
    def given_up(self) -> int:
        return self.waived + self.cancelled

    @property
    def left(self) -> int:
        return self.found - self.got - self.given_up


def claims_by_month(payables) -> dict[tuple[int, date], int]:
    """What is owed back of these payables, by payable and month; nought is left out."""
    rows = Movement.objects.filter(TOUCHES_CLAIM, payable__in=payables).values_list("payable", "month").annotate(owed=Sum(SIGNED))
    return {(payable, month): owed for payable, month, owed in rows.order_by("month", "payable") if owed}


def left_by_month(case: RecoveryCase) -> dict[tuple[int, date], int]:
    """What is left of a case, by payable and month, the oldest month first."""
    months = set(case.months.filter(is_open=True).values_list("payable", "month"))
    claims = claims_by_month(case.months.order_by().values("payable"))
    return {key: owed for key, owed in claims.items() if key in months}


def left_of(case: RecoveryCase) -> int:
    """What is left of a case in đồng."""
    return sum(left_by_month(case).values())


def sums_of_cases(cases) -> dict[int, CaseSums]:
    """The sums of cases by their key."""
    found = dict(RecoveryMonth.objects.filter(case__in=cases).values_list("case").annotate(s=Sum("amount")).order_by())
    moved: dict[int, dict[str, int]] = {}
    rows = Movement.objects.filter(TOUCHES_CLAIM, recovery__in=cases).values_list("recovery", "debit", "credit").annotate(s=Sum("amount"))
    for case, debit, credit, amount in rows.order_by():
        other, sign = (credit, -1) if debit == CLAIM else (debit, 1)
        sums = moved.setdefault(case, {})
        sums[other] = sums.get(other, 0) + sign * amount
    return {case: _sums(amount, moved.get(case, {})) for case, amount in found.items()}


def _sums(opened, moved):
    # Of the month's own cost, more is a further overpayment; less is cancelled, as is what was kept because nobody collected it.
    cost = moved.get(LedgerAccount.COST, 0)
    return CaseSums(
        found=opened + max(-cost, 0), deducted=moved.get(LedgerAccount.KEPT, 0), repaid=moved.get(LedgerAccount.FUND, 0),
        waived=moved.get(LedgerAccount.WAIVED, 0), cancelled=max(cost, 0) + moved.get(LedgerAccount.OWED, 0),
    )


def state_of(steps) -> State:
    """The state to which standing steps (in order) lead: the last decision, else the hearing, the notice, the opening."""
    kinds = [step.kind for step in steps]
    if not kinds:
        return State.WITHDRAWN
    if kinds[-1] == Kind.CLOSING:
        return State.CLOSED
    decided = [BY_DECISION[kind] for kind in kinds if kind in BY_DECISION]
    if decided:
        return decided[-1]
    return State.HEARD if Kind.HEARING in kinds else State.NOTICED if Kind.NOTICE in kinds else State.OPENED


def standing_steps(case: RecoveryCase) -> list[RecoveryStep]:
    """The steps of a case that were not taken back, in their order."""
    return list(case.steps.filter(withdrawn_in=None).order_by("number"))


def decision_of(steps) -> RecoveryStep | None:
    """The decision that holds: the last one that stands."""
    return next((step for step in reversed(steps) if step.kind == Kind.DECISION), None)


def cases_of_months(payables) -> dict[tuple[int, date], RecoveryCase]:
    """The open case of each month of these payables that has one."""
    months = RecoveryMonth.objects.filter(is_open=True, payable__in=payables).select_related("case__person")
    return {(month.payable_id, month.month): month.case for month in months}


def waiting_claims(payables) -> dict[tuple[int, date], int]:
    """What is owed back of these payables and belongs to no open case, by payable and month."""
    taken = set(RecoveryMonth.objects.filter(is_open=True, payable__in=payables).values_list("payable", "month"))
    return {key: owed for key, owed in claims_by_month(payables).items() if key not in taken}
