"""The ledger's promises about recovery: each case's movements are its claim, and what a line keeps is what a case gets."""
import polars as pl
from django.db.models import BigIntegerField, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from ansinh.office import bulk

from ..models import LedgerAccount, Line, Movement, PayList, RecoveryCase, RecoveryMonth, RecoveryStep
from .recovery import SIGNED, TOUCHES_CLAIM

KEPT, CLAIM = LedgerAccount.KEPT, LedgerAccount.CLAIM
LISTED = (PayList.State.APPROVED, PayList.State.EXPORTED, PayList.State.RETURNED, PayList.State.CLOSED)
DONE = (RecoveryCase.State.CLOSED, RecoveryCase.State.WITHDRAWN)


def _cases():
    """What a case found in a month and what was moved of it since is the claim of the month; a case that is over has none."""
    mine = Movement.objects.filter(TOUCHES_CLAIM, payable=OuterRef("payable"), month=OuterRef("month"))
    months = RecoveryMonth.objects.select_related("case").annotate(
        claim=_sum(mine.values("payable"), SIGNED), moved=_sum(mine.filter(recovery=OuterRef("case")).values("payable"), SIGNED)
    )
    wrong = months.filter(is_open=True).exclude(claim=F("amount") + F("moved")).order_by("pk").first()
    if wrong:
        left = wrong.amount + wrong.moved
        return f"case {wrong.case}, month {wrong.month:%m/%Y}: movements leave {left}, the claim is {wrong.claim}"
    over = months.filter(is_open=False, case__state=RecoveryCase.State.CLOSED).exclude(moved=-F("amount")).order_by("pk").first()
    return over and f"case {over.case}, month {over.month:%m/%Y}: closed with {over.amount + over.moved} left"


def _states():
    """A case is open as long as one of its months is."""
    open_months = RecoveryMonth.objects.filter(is_open=True).order_by().values("case")
    over = RecoveryCase.objects.filter(state__in=DONE, pk__in=open_months).first()
    empty = RecoveryCase.objects.exclude(state__in=DONE).exclude(pk__in=open_months).first()
    wrong = over or empty
    return wrong and f"case {wrong}: {wrong.state}, {'its months are open' if over else 'no month is open'}"


def _steps():
    """What a receipt or a waiver says is what it moved."""
    money = (RecoveryStep.Kind.REPAYMENT, RecoveryStep.Kind.WAIVER)
    mine = Movement.objects.filter(credit=CLAIM, recovery=OuterRef("case"), recorded_in=OuterRef("recorded_in"))
    steps = RecoveryStep.objects.filter(kind__in=money).annotate(moved=_sum(mine.values("recovery"), F("amount")))
    wrong = steps.exclude(moved=F("amount")).order_by("pk").first()
    return wrong and f"case {wrong.case}, step {wrong.number}: says {wrong.amount}, moved {wrong.moved}"


def _deductions():
    """What a line on an approved list deducts is kept from its postings, and all that is kept goes to cases."""
    moves = bulk.frame(Movement.objects.filter(Q(debit=KEPT) | Q(credit=KEPT)), "line_id", "debit", "credit", "amount")
    kept = moves.group_by("line_id").agg(kept=_net(LedgerAccount.OWED, KEPT), given=_net(KEPT, CLAIM))
    lines = Line.objects.filter(deduction__gt=0, paylist__state__in=LISTED, held_because="")
    told = bulk.frame(lines, "id", "deduction").rename({"id": "line_id"})
    both = told.join(kept, on="line_id", how="full", coalesce=True).with_columns(pl.col("deduction", "kept", "given").fill_null(0))
    wrong = both.filter((pl.col("deduction") != pl.col("kept")) | (pl.col("deduction") != pl.col("given"))).sort("line_id").head(1).to_dicts()
    if not wrong:
        return None
    line, row = Line.objects.select_related("paylist").get(pk=wrong[0]["line_id"]), wrong[0]
    return f"list {line.paylist}, line {line.position}: deducts {row['deduction']}, keeps {row['kept']}, gives {row['given']}"


def _net(debit, credit):
    """đồng moved between two accounts, less what was moved back."""
    there = (pl.col("debit") == debit.value) & (pl.col("credit") == credit.value)
    back = (pl.col("debit") == credit.value) & (pl.col("credit") == debit.value)
    return (pl.col("amount") * (there.cast(pl.Int64) - back.cast(pl.Int64))).sum()


def _sum(rows, amount):
    summed = rows.annotate(s=Sum(amount)).order_by().values("s")
    return Coalesce(Subquery(summed, output_field=BigIntegerField()), 0)


RECOVERY_CHECKS = (_cases, _states, _steps, _deductions)
