"""Xuất danh sách: the money moves to the provider; the files are the same bytes each time."""
from django.db.models import Sum
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.office.act import action, current_entry

from ..models import LedgerAccount, Movement, PayList
from .approving import place_of_many
from .lists import _move


@action("payments.export", label=_("Xuất danh sách"), scope=place_of_many, undoable=False)
def export(lists):
    """Xuất danh sách: approved lists go to the provider, which is given what it does not hold already."""
    lists = list(lists)
    _move(lists, PayList.State.APPROVED, PayList.State.EXPORTED, exported_in=current_entry())
    for paylist in PayList.objects.filter(pk__in=[p.pk for p in lists]).order_by("pk"):
        _fund(paylist)
    return lists


@action("payments.export_copy", label=_("Xuất lại bản sao"), scope=place_of_many, undoable=False)
def export_copy(lists):
    """Xuất lại: the same files again, marked as a copy in the journal; no money moves."""
    return list(lists)


def _fund(paylist):
    needed = paylist.total - held_by_provider(paylist)
    debit, credit = (LedgerAccount.PROVIDER, LedgerAccount.FUND) if needed > 0 else (LedgerAccount.FUND, LedgerAccount.PROVIDER)
    if needed:
        Movement.objects.create(
            debit=debit, credit=credit, amount=abs(needed), paylist=paylist, channel=paylist.channel, at=clock.now(), recorded_in=current_entry()
        )


def held_by_provider(paylist) -> int:
    """What the provider of this commune and channel still holds from earlier lists, in đồng."""
    moved = Movement.objects.filter(
        paylist__channel=paylist.channel, paylist__area_path=paylist.area_path, paylist__field=paylist.field
    )
    given = moved.filter(debit=LedgerAccount.PROVIDER).aggregate(s=Sum("amount"))["s"] or 0
    used = moved.filter(credit=LedgerAccount.PROVIDER).aggregate(s=Sum("amount"))["s"] or 0
    return given - used
