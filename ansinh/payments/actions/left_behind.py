"""What was not collected of a right that has ended: the family is paid, or it is set off against what is owed back."""
from django.utils.translation import gettext as _

from ansinh.office.act import action
from ansinh.office.actions import close_tasks
from ansinh.web.refusal import Refusal

from ..models import Item, LedgerAccount, Line
from ..queries.carried import WAITING
from ..queries.settled import claim_of
from .moving import pay_item

ACTS = ("payments.record_heirs", "payments.record_offset")


def way_to_settle(item: Item) -> str:
    """The act to ask for: an amount that should not have been listed is set off, one that was owed goes to the family."""
    heirs, offset = ACTS
    return offset if claim_of(item.posting.payable_id, item.posting.month) >= item.amount else heirs


@action("payments.record_heirs", label=_("Chi cho thân nhân"), undoable=False)
def record_heirs(item, *, paper):
    """Chi cho thân nhân: what the person could not collect goes with the next list to the receiver whom the paper names."""
    if not paper.strip():
        raise Refusal(_("Ghi giấy tờ của thân nhân nhận thay."), field="paper")
    _settle(item, Line.Result.HEIRS)


@action("payments.record_offset", label=_("Bù trừ khoản chưa nhận"), undoable=False)
def record_offset(item):
    """Bù trừ khoản chưa nhận: what was listed for a month that is owed back is kept; the provider pays it back."""
    if claim_of(item.posting.payable_id, item.posting.month) < item.amount:
        raise Refusal(_("Tháng %(month)s không có khoản phải thu hồi để bù trừ.") % {"month": f"{item.posting.month:%m/%Y}"})
    _settle(item, Line.Result.KEPT)
    pay_item(item, LedgerAccount.OWED, LedgerAccount.CLAIM)
    pay_item(item, LedgerAccount.FUND, LedgerAccount.PROVIDER)


def _settle(item, result):
    if not Item.objects.filter(pk=item.pk, result__in=WAITING, carried_to=None).update(result=result):
        raise Refusal(_("Khoản này đã được giải quyết hoặc đã chuyển sang danh sách sau."))
    for act in ACTS:
        close_tasks(act, key=f"payments.item:{item.pk}")
