"""Cases follow the ledger: every movement of a claim names its case; a case closes when nothing is left, and opens again."""
import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import bulk, clock
from ansinh.office.act import current_entry

from ..models import LedgerAccount, Movement, Payable, RecoveryCase, RecoveryMonth, RecoveryStep
from ..queries.recovery import SIGNED, TOUCHES_CLAIM, claims_by_month, standing_steps, state_of, sums_of_cases, waiting_claims
from .recovery_tasks import ask_next, close_opening, persons_asked_about

CLAIM = LedgerAccount.CLAIM.value
KEYS = ("payable_id", "month")
WHY_CLOSED = {
    LedgerAccount.COST: gettext_lazy("không còn khoản chi thừa: các tháng này lại được hưởng, hoặc danh sách đã rút"),
    LedgerAccount.OWED: gettext_lazy("đã bù bằng khoản chưa nhận của chính các tháng này"),
    LedgerAccount.KEPT: gettext_lazy("đã trừ đủ"),
    LedgerAccount.FUND: gettext_lazy("đã nộp đủ"),
    LedgerAccount.WAIVED: gettext_lazy("phần còn lại đã được miễn"),
}


def with_cases(rows: pl.DataFrame) -> pl.DataFrame:
    """Movements (frame with ``payable_id, month, debit, credit``) with the open case of each claim's month."""
    open_months = bulk.frame(RecoveryMonth.objects.filter(is_open=True), *KEYS, "case_id")
    found = rows.join(open_months, on=KEYS, how="left", maintain_order="left")
    of_claim = (pl.col("debit") == CLAIM) | (pl.col("credit") == CLAIM)
    return found.with_columns(recovery_id=pl.when(of_claim).then("case_id")).drop("case_id")


def close_settled(rows: pl.DataFrame):
    """Close the cases of these movements of which nothing is left, each with the sentence that says why."""
    touched = rows.drop_nulls("recovery_id").unique("recovery_id", keep="last", maintain_order=True)
    why = dict(touched.select("recovery_id", "debit").iter_rows())
    sums = sums_of_cases(list(why))
    for case in RecoveryCase.objects.filter(pk__in=[key for key in why if not sums[key].left]).select_for_update().order_by("pk"):
        _close(case, WHY_CLOSED[why[case.pk]])
    _stop_asking(rows.filter(pl.col("recovery_id").is_null(), pl.col("credit") == CLAIM))


def _stop_asking(rows):
    """Who owes nothing back any more outside of a case is not asked about."""
    asked = persons_asked_about()
    if asked and len(rows):
        owed_back = Payable.objects.filter(pk__among=bulk.Values(rows["payable_id"].unique()), person__among=bulk.Values(asked))
        for person in owed_back.values_list("person", flat=True).distinct():
            if not waiting_claims(Payable.objects.filter(person=person)):
                close_opening(person)


def _close(case, why):
    case.months.filter(is_open=True).update(is_open=False)
    words = _("Không còn gì phải thu: %(why)s.") % {"why": why}
    RecoveryStep.objects.create(
        case=case, number=next_number(case), kind=RecoveryStep.Kind.CLOSING, on=clock.today(), words=words, recorded_in=current_entry()
    )
    renew_state(case)


def reopen(rows: pl.DataFrame):
    """Open again the closed cases whose money these movements take back, where no other case has the month by now."""
    back = rows.filter(pl.col("debit") == CLAIM)
    keys = set(back.select(*KEYS).iter_rows())
    if not keys:
        return
    held = set(RecoveryMonth.objects.filter(is_open=True).values_list(*KEYS))
    closed = RecoveryMonth.objects.filter(
        is_open=False, payable__among=bulk.Values(back["payable_id"].unique()), case__state=RecoveryCase.State.CLOSED
    )
    for month in closed.select_related("case").order_by("-case"):
        key = (month.payable_id, month.month)
        if key in keys - held:
            _take_again(month)
            held.add(key)


def _take_again(month):
    """What has become owed for the month without the case is the case's from now on."""
    stamped = Movement.objects.filter(TOUCHES_CLAIM, recovery=month.case_id, payable=month.payable_id, month=month.month)
    moved = sum(stamped.values_list(SIGNED, flat=True))
    month.amount = claims_by_month([month.payable_id]).get((month.payable_id, month.month), 0) - moved
    month.is_open = True
    month.save(update_fields=["amount", "is_open"])
    case = RecoveryCase.objects.select_for_update().get(pk=month.case_id)
    closing = case.steps.filter(withdrawn_in=None, kind=RecoveryStep.Kind.CLOSING)
    if closing.update(withdrawn_in=current_entry()):
        renew_state(case)


def next_number(case) -> int:
    """The number of the case's next step."""
    return case.steps.count() + 1


def renew_state(case: RecoveryCase):
    """Keep the state to which the standing steps lead, and ask for what comes next."""
    steps = standing_steps(case)
    case.state = state_of(steps)
    case.save(update_fields=["state"])
    ask_next(case, steps)
