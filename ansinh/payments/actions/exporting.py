"""Xuất danh sách: the money moves to the provider; the files are the same bytes each time."""
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.office.act import action, current_entry

from ..models import Item, LedgerAccount, Movement, PayList
from ..queries.changes import changes_of
from .selection import move, place_of_many


@action("payments.export", label=_("Xuất danh sách"), scope=place_of_many, undoable=False)
def export(lists):
    """Xuất danh sách: approved lists go to the provider, which is given what it does not hold already.

    The sheet of increases and decreases is kept with the list, so that a later print says the same.
    """
    move(lists, PayList.State.APPROVED, PayList.State.EXPORTED, exported_in=current_entry())
    exported = list(PayList.objects.filter(pk__in=[paylist.pk for paylist in lists]).select_related("area").order_by("pk"))
    Movement.objects.bulk_create(_funding(exported), batch_size=500)
    changes = changes_of(exported)
    for paylist in exported:
        paylist.changes = changes[paylist.pk]
    PayList.objects.bulk_update(exported, ["changes"], batch_size=100)
    return lists


@action("payments.export_copy", label=_("Xuất lại bản sao"), scope=place_of_many, undoable=False)
def export_copy(lists):
    """Xuất lại: the same files again, marked as a copy in the journal; no money moves."""
    return list(lists)


def _funding(lists):
    """The total of each list less what its provider still holds; another provider gives back what it holds for the list."""
    held = {}
    for paylist, holder, amount in held_for(lists):
        held.setdefault(paylist, {})[holder] = amount
    for paylist in lists:
        holders = held.get(paylist.pk, {})
        if needed := paylist.total - holders.pop(paylist.channel, 0):
            yield _moved(LedgerAccount.PROVIDER, LedgerAccount.FUND, needed, paylist, paylist.channel)
        for other, amount in holders.items():
            yield _moved(LedgerAccount.FUND, LedgerAccount.PROVIDER, amount, paylist, other)


def held_for(lists) -> list[tuple[int, str, int]]:
    """(list, channel, đồng): what providers still hold of amounts that these lists carry over."""
    carried = Item.objects.filter(line__paylist__in=lists).exclude(carried_from=None)
    holder = F("carried_from__line__paylist__channel")
    return list(carried.values_list("line__paylist", holder).annotate(s=Sum("amount")).order_by())


def _moved(debit, credit, amount, paylist, channel):
    return Movement(
        debit=debit, credit=credit, amount=amount, paylist=paylist, channel=channel, at=clock.now(), recorded_in=current_entry()
    )
