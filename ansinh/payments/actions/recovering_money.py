"""Thu hồi khoản hưởng sai in money: what is paid back in cash or by bank, what is waived, and the way back from both."""
import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office.act import action, current_entry
from ansinh.web.refusal import Refusal

from ..models import LedgerAccount, Movement, RecoveryCase, RecoveryStep
from ..queries.recovery import left_by_month, left_of
from .moving import write_movements
from .recovering import check_amount, refuse_own
from .recovery_steps import add_step, lock_payables, locked, wanted

Kind = RecoveryStep.Kind
PUT_BY = {Kind.REPAYMENT: LedgerAccount.FUND, Kind.WAIVER: LedgerAccount.WAIVED}


@action("payments.record_repayment", label=gettext_lazy("Ghi tiền nộp lại"), undoable=False, private=("payer",))
def record_repayment(case, *, after, on, paper, amount, payer=""):
    """Ghi tiền nộp lại: a receipt for all or a part of what is owed back, also from the family of a debtor who died."""
    case, paper = locked(case), wanted(paper, _("Ghi số phiếu thu hoặc giấy nộp tiền."), "paper")
    check_amount(amount, left_of(case))
    step = add_step(case, Kind.REPAYMENT, after=after, on=on, paper=paper, amount=amount, payer=payer.strip())
    _settle(case, step)
    return step


@action("payments.waive_recovery", label=gettext_lazy("Miễn thu hồi vụ việc"), undoable=False, private=("words",))
def waive_recovery(case, *, after, on, paper, words, amount, by):
    """Miễn thu hồi: by a decision with its reason all or a part of what is left is given up; also where the debtor died."""
    case, paper = locked(case), wanted(paper, _("Ghi số quyết định miễn thu hồi."), "paper")
    refuse_own(case, by)
    words = wanted(words, _("Ghi lý do miễn thu hồi."), "words")
    check_amount(amount, left_of(case))
    step = add_step(case, Kind.WAIVER, after=after, on=on, paper=paper, words=words, amount=amount)
    _settle(case, step)
    return step


@action("payments.cancel_repayment", label=gettext_lazy("Hủy phiếu thu ghi sai"), undoable=False)
def cancel_repayment(step, *, reason):
    """Hủy phiếu thu ghi sai: money that did not come in is owed back again."""
    _cancel(step, Kind.REPAYMENT, reason, _("Ghi vì sao hủy phiếu thu."))


@action("payments.withdraw_waiver", label=gettext_lazy("Rút quyết định miễn thu hồi"), undoable=False)
def withdraw_waiver(step, *, reason):
    """Rút quyết định miễn thu hồi: what was given up is owed back again, unless its months have become due since."""
    _cancel(step, Kind.WAIVER, reason, _("Ghi vì sao rút quyết định miễn."))


def _settle(case, step):
    """Take the step's amount off what is left, the oldest month first."""
    rows, left = [], step.amount
    for (payable, month), owed in left_by_month(case).items():
        if amount := min(left, owed):
            rows.append({"payable_id": payable, "month": month, "amount": amount})
            left -= amount
    write_movements(_rows(rows, debit=PUT_BY[step.kind], credit=LedgerAccount.CLAIM))


def _rows(rows, *, debit, credit):
    schema = {"payable_id": pl.Int64, "month": pl.Date, "amount": pl.Int64}
    return pl.DataFrame(rows, schema=schema).with_columns(debit=pl.lit(str(debit)), credit=pl.lit(str(credit)), channel=pl.lit(""))


def _cancel(step, kind, reason, asked):
    wanted(reason, asked, "reason")
    lock_payables(step.case)
    RecoveryCase.objects.select_for_update().get(pk=step.case_id)
    moved = Movement.objects.filter(recovery=step.case_id, recorded_in=step.recorded_in_id, debit=PUT_BY[kind], credit=LedgerAccount.CLAIM)
    rows = list(moved.values("payable_id", "month", "amount"))
    if step.kind != kind or not RecoveryStep.objects.filter(pk=step.pk, withdrawn_in=None).update(withdrawn_in=current_entry()):
        raise Refusal(_("Bước này đã được hủy, hoặc không phải bước hủy được ở đây."))
    if kind == Kind.WAIVER:
        _refuse_cancelled(rows)
    write_movements(_rows(rows, debit=LedgerAccount.CLAIM, credit=PUT_BY[kind]), taken_back=True)


def _refuse_cancelled(rows):
    """What was waived of a month that has become due since is not owed back any more."""
    for row in rows:
        waived = Movement.objects.filter(payable=row["payable_id"], month=row["month"])
        debits = sum(waived.filter(debit=LedgerAccount.WAIVED).values_list("amount", flat=True))
        credits = sum(waived.filter(credit=LedgerAccount.WAIVED).values_list("amount", flat=True))
        if debits - credits < row["amount"]:
            told = _("Tháng %(month)s đã được hưởng lại sau khi miễn; không còn gì để rút.")
            raise Refusal(told % {"month": f"{row['month']:%m/%Y}"})
