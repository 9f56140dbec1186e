"""The story of a recovery case: why each month is owed back, what happened on which day, what the next list will deduct."""
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from ansinh.engine.months import next_month
from ansinh.office import clock

from ..models import Kind, LedgerAccount, Line, Movement, PayList, Posting, Proposal, RecoveryCase, RecoveryStep
from .explained import Piece, months_of, postings_explained, with_history
from .recovery import TOUCHES_CLAIM, decision_of, left_of

CLAIM, KEPT, COST = LedgerAccount.CLAIM, LedgerAccount.KEPT, LedgerAccount.COST


@dataclass(frozen=True)
class MovedOnList:
    """đồng of a case that a list moved: kept from the line, cancelled because due after all, or paid out again."""

    paylist: PayList
    line: int | None
    at: date
    amount: int


@dataclass(frozen=True)
class NextDeduction:
    """What the next list will deduct: of a list that waits for approval, or as the last payment makes one expect."""

    month: date
    amount: int
    line: int | None = None


def reasons(case: RecoveryCase) -> list[tuple[Piece, Line | None]]:
    """The overpayments of the case's months as pieces with their articles, each with the line that found it."""
    months = set(case.months.values_list("payable", "month"))
    postings = Posting.objects.filter(payable__in={payable for payable, _month in months}, kind=Kind.OVERPAYMENT).select_related("payable")
    postings = [posting for posting in postings if (posting.payable_id, posting.month) in months and _stands(posting)]
    lists = {(posting.payable_id, posting.month): posting.paylist_id for posting in postings}
    lines = {line.paylist_id: line for line in Line.objects.filter(person=case.person_id, paylist__in=set(lists.values()))}
    return [(piece, lines.get(lists[piece.payable_id, piece.until])) for piece in with_history(postings_explained(postings))]


def _stands(posting):
    return not Posting.objects.filter(
        payable=posting.payable_id, month=posting.month, paylist=posting.paylist_id, kind=Kind.REVERSAL, number__gt=posting.number
    ).exists()


def deducted(case: RecoveryCase) -> list[MovedOnList]:
    """What each list kept for the case."""
    return _by_list(case, _net(case.movements.filter(Q(debit=KEPT) | Q(credit=KEPT))))


def cancelled(case: RecoveryCase) -> list[MovedOnList]:
    """What each list cancelled of the case, because its months are due after all."""
    return _by_list(case, _net(case.movements.filter(debit=COST, posting__kind=Kind.CANCELLATION)))


def paid_again(case: RecoveryCase) -> list[MovedOnList]:
    """Hoàn lại: what lists paid out for the case's months after it had been got back."""
    got = _got_back(case)
    rows = Posting.objects.filter(
        payable__in={payable for payable, _month in got}, kind=Kind.ARREARS, recorded_in__gt=case.opened_in_id
    ).exclude(paylist__state=PayList.State.WITHDRAWN)
    sums: dict[int, int] = {}
    for payable, month, paylist, amount, entry in rows.order_by("pk").values_list("payable", "month", "paylist", "amount", "recorded_in"):
        moved = got.get((payable, month), [])
        again = min(amount, sum(part for at, part in moved if at < entry))
        if again > 0:
            moved.append((entry, -again))
            sums[paylist] = sums.get(paylist, 0) + again
    return _by_list(case, sums)


def _got_back(case) -> dict[tuple[int, date], list[tuple[int, int]]]:
    """By month what was deducted and paid back, with the journal line that did it; what was taken back is below nought."""
    back = (KEPT, LedgerAccount.FUND)
    rows = case.movements.filter(Q(debit__in=back) | Q(credit__in=back)).values_list("payable", "month", "recorded_in", "credit", "amount")
    got: dict[tuple[int, date], list[tuple[int, int]]] = {}
    for payable, month, entry, credit, amount in rows:
        got.setdefault((payable, month), []).append((entry, amount if credit == CLAIM else -amount))
    return got


def _net(movements) -> dict[int, int]:
    sums: dict[int, int] = {}
    for paylist, credit, amount in movements.filter(TOUCHES_CLAIM).values_list("paylist", "credit").annotate(s=Sum("amount")).order_by():
        sums[paylist] = sums.get(paylist, 0) + (amount if credit == CLAIM else -amount)
    return sums


def _by_list(case, sums):
    lists = PayList.objects.filter(pk__in=[paylist for paylist, amount in sums.items() if amount]).select_related("approved_in")
    lines = dict(Line.objects.filter(person=case.person_id, paylist__in=lists).values_list("paylist", "pk"))
    found = (MovedOnList(p, lines.get(p.pk), p.approved_in.at.astimezone(clock.ZONE).date(), sums[p.pk]) for p in lists)
    return sorted(found, key=lambda moved: (moved.at, moved.paylist.pk))


def next_deduction(case: RecoveryCase, steps) -> NextDeduction | None:
    """What the next list will deduct; ``None`` where nothing is deducted."""
    decision = decision_of(steps)
    if case.state != RecoveryCase.State.DECIDED or decision.way != RecoveryStep.Way.INSTALMENTS or case.person.died_on:
        return None
    lines = Line.objects.filter(person=case.person_id, paylist__field__in=(case.field, decision.other_field), this_month__gt=0)
    lines = lines.exclude(paylist__state=PayList.State.WITHDRAWN).select_related("paylist").order_by("-paylist__month", "-pk")
    last = lines.first()
    if last and last.paylist.state == PayList.State.PROPOSED and last.deduction:
        return NextDeduction(last.paylist.month, last.deduction, last.pk)
    paid = lines.exclude(paylist__state=PayList.State.PROPOSED).first()
    if paid is None:
        return None
    each = decision.monthly or paid.this_month * decision.percent // 100
    month = max(decision.first_month, next_month(paid.paylist.month))
    return NextDeduction(month, min(each, paid.this_month, left_of(case), _left_of_decision(case, decision)))


def cancelled_soon(case: RecoveryCase) -> int:
    """What lists that wait for approval will cancel of a case, because its months are due after all."""
    months = set(case.months.filter(is_open=True).values_list("payable", "month"))
    waiting = PayList.objects.filter(state=PayList.State.PROPOSED, lines__person=case.person_id, field=case.field).values("month")
    found = Proposal.objects.filter(
        kind=Kind.CANCELLATION, payable__person=case.person_id, batch__field=case.field, batch__month__in=waiting
    )
    each = ((p.payable_id, month, p.after - p.before) for p in found for month in months_of(p.since, p.until))
    return sum(amount for payable, month, amount in each if (payable, month) in months)


def decisions_of(line: Line) -> list[RecoveryStep]:
    """The decisions by which a line gives back: of the cases that it paid, before approval of the person's cases that deduct."""
    moved = line.movements.exclude(recovery=None).values("recovery")
    cases = RecoveryCase.objects.filter(pk__in=moved) if line.paylist.state != PayList.State.PROPOSED else _deducting(line.person_id)
    steps = RecoveryStep.objects.filter(case__in=cases, kind=RecoveryStep.Kind.DECISION, withdrawn_in=None).select_related("case")
    if line.paylist.approved_in_id:
        steps = steps.filter(recorded_in__lt=line.paylist.approved_in_id)
    return list({step.case_id: step for step in steps.order_by("number")}.values())


def _deducting(person):
    return RecoveryCase.objects.filter(person=person, state=RecoveryCase.State.DECIDED)


def _left_of_decision(case, decision):
    since = Movement.objects.filter(TOUCHES_CLAIM, recovery=case, recorded_in__gt=decision.recorded_in_id)
    by = _sums(since.filter(credit=CLAIM, debit__in=(KEPT, LedgerAccount.FUND)))
    back = _sums(since.filter(debit=CLAIM, credit__in=(KEPT, LedgerAccount.FUND)))
    return min(decision.amount, decision.amount - by + back)


def _sums(rows):
    return rows.aggregate(s=Sum("amount"))["s"] or 0
