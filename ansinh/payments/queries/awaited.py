"""Tạm tính: how much of a list rests on texts that are known but not loaded, from the reasons that its amounts keep."""
from dataclasses import dataclass

from ansinh.engine.law import book
from ansinh.engine.months import as_month

from ..models import Batch, Kind, PayList, Posting, Proposal
from .explained import months_of

PAID_OUT = (Kind.DUE, Kind.ARREARS)


@dataclass(frozen=True)
class Awaited:
    """đồng of a list's months and arrears that may still change, and the numbers of the texts that they wait for."""

    amount: int = 0
    texts: tuple[str, ...] = ()


def _awaited_by(parts, month, even_loaded) -> list[tuple[int, str]]:
    """Of the stored parts of an amount those that are *tạm tính* in a month: đồng and text."""
    number = as_month(month)
    of_month = (part for part in parts if part["amount"] and part["since"] <= number <= part["until"])
    return [(part["amount"], text) for part in of_month if (text := book().awaited_in(part["basis"], month, even_loaded))]


def awaited_of(paylist: PayList, *, as_printed=False) -> Awaited:
    """What is *tạm tính* of a list: of what is paid anew, never more than a month pays; what it carries over was said before.

    ``as_printed``: what was so when the list was made, so that a later print says the same though the text has been loaded since.
    """
    if not paylist.is_provisional:
        return Awaited()
    amount, texts = 0, set()
    for month, each, parts in _months(paylist):
        found = _awaited_by(parts, month, as_printed)
        amount += min(each, sum(part for part, _text in found))
        texts |= {text for _part, text in found}
    return Awaited(amount, tuple(sorted(texts)))


def _months(paylist):
    """Each month that the list pays anew, with its amount and its reasons: from postings once there are some, from proposals before."""
    if paylist.state != PayList.State.PROPOSED:
        rows = Posting.objects.filter(paylist=paylist, kind__in=PAID_OUT)
        yield from rows.values_list("month", "amount", "parts")
        return
    batch = Batch.objects.filter(month=paylist.month, field=paylist.field).first()
    persons = paylist.lines.order_by().values("person")
    rows = Proposal.objects.filter(batch=batch, kind__in=PAID_OUT, payable__person__in=persons)
    for since, until, before, after, parts in rows.values_list("since", "until", "before", "after", "parts"):
        yield from ((month, after - before, parts) for month in months_of(since, until))
