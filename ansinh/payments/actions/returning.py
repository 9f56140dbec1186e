"""Thu hồi: what a person pays back of a month, or what is given up of it."""
import polars as pl
from django.utils.translation import gettext as _

from ansinh.office.act import action
from ansinh.web.refusal import Refusal

from ..models import LedgerAccount, Payable
from ..queries.recovery import cases_of_months
from ..queries.settled import claim_of
from .moving import write_movements


@action("payments.record_refund", label=_("Thu lại bằng tiền mặt"), undoable=False)
def record_refund(payable, *, month, amount, paper):
    """Thu hồi bằng tiền mặt: the person pays back what is owed for a month."""
    if not paper.strip():
        raise Refusal(_("Ghi số phiếu thu."), field="paper")
    _reduce_claim(payable, month, amount, LedgerAccount.FUND)


@action("payments.waive", label=_("Miễn thu hồi"), undoable=False)
def waive(payable, *, month, amount, reason):
    """Miễn thu hồi: by a decision, what is owed back for a month is given up."""
    if not reason.strip():
        raise Refusal(_("Ghi quyết định và lý do miễn thu hồi."), field="reason")
    _reduce_claim(payable, month, amount, LedgerAccount.WAIVED)


def _reduce_claim(payable, month, amount, debit):
    Payable.objects.select_for_update().get(pk=payable.pk)
    owed = claim_of(payable.pk, month)
    if not 0 < amount <= owed:
        told = _("Tháng %(month)s còn phải thu hồi %(owed)s đồng; số nhập phải từ 1 đến số đó.")
        raise Refusal(told % {"month": f"{month:%m/%Y}", "owed": owed}, field="amount")
    if case := cases_of_months([payable.pk]).get((payable.pk, month)):
        raise Refusal(_("Tháng %(month)s thuộc vụ việc %(case)s; thu hoặc miễn ở trang vụ việc.") % {"month": f"{month:%m/%Y}", "case": case})
    sides = {"debit": str(debit), "credit": str(LedgerAccount.CLAIM), "channel": ""}
    write_movements(pl.DataFrame([{"payable_id": payable.pk, "month": month, "amount": amount, **sides}]))
