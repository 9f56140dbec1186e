"""Tiền của tháng ở đâu: every đồng that a month's lists took out, at the one place where it is now."""
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Case, CharField, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from ..models import Item, LedgerAccount, Line, Movement, PayList

OUT = (PayList.State.EXPORTED, PayList.State.RETURNED, PayList.State.CLOSED)
RESULT = Line.Result
SET_OFF = "set_off"
# Each item of an exported list is at exactly one place.
PLACES = {
    "paid": Q(result=RESULT.PAID),
    "open": Q(result=""),
    "waiting": Q(result=RESULT.UNPAID, carried_to=None),
    "carried": Q(result=RESULT.UNPAID, carried_to__isnull=False),
    "returned": Q(result=RESULT.BROUGHT_BACK, carried_to=None),
    "returned_carried": Q(result=RESULT.BROUGHT_BACK, carried_to__isnull=False),
    "heirs": Q(result=RESULT.HEIRS),
}
NAMES = (*PLACES, SET_OFF)


@dataclass
class Whereabouts:
    """What went out, from where, and where it is: ``at`` gives đồng by place."""

    exported: int = 0
    fresh: int = 0
    at: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NAMES, 0))

    @property
    def held_before(self) -> int:
        """What the provider had already, of amounts that the lists carry over."""
        return self.exported - self.fresh

    @property
    def adds_up(self) -> bool:
        return sum(self.at.values()) == self.exported

    def add(self, other):
        self.exported, self.fresh = self.exported + other.exported, self.fresh + other.fresh
        self.at = {name: amount + other.at[name] for name, amount in self.at.items()}


def whereabouts(lists) -> dict[PayList, Whereabouts]:
    """Of each list that went out where its đồng are; what was deducted for a recovery never went out."""
    found = {paylist: Whereabouts(exported=paylist.total) for paylist in lists.filter(state__in=OUT)}
    by_key = {paylist.pk: there for paylist, there in found.items()}
    keys = lists.filter(state__in=OUT).order_by().values("pk")
    items = Item.objects.filter(line__paylist__in=keys).exclude(result=RESULT.KEPT)
    kept = dict(Item.objects.filter(line__paylist__in=keys, result=RESULT.KEPT).values_list("line__paylist").annotate(s=Sum("amount")).order_by())
    place = Case(*(When(is_there, then=Value(name)) for name, is_there in PLACES.items()), output_field=CharField())
    for key, name, amount in items.annotate(place=place).values_list("line__paylist", "place").annotate(s=Sum("amount")).order_by():
        by_key[key].at[name] += amount
    for paylist, there in found.items():
        there.at[SET_OFF] = kept.get(paylist.pk, 0) - paylist.deduction
    for key, amount in _funded(keys):
        by_key[key].fresh += amount
    return found


def sum_of(found) -> Whereabouts:
    """Several lists together."""
    total = Whereabouts()
    for there in found:
        total.add(there)
    return total


def carried_into(lists) -> list[tuple[int, str, int]]:
    """(key, number, đồng) of the lists to which the money of these lists was carried."""
    items = Item.objects.filter(line__paylist__in=lists.filter(state__in=OUT).order_by().values("pk"), carried_to__isnull=False)
    items = items.filter(result__in=(RESULT.UNPAID, RESULT.BROUGHT_BACK))
    to = "carried_to__line__paylist"
    return list(items.values_list(to, f"{to}__number").annotate(s=Sum("amount")).order_by(f"{to}__number"))


def lines_at(lists, name):
    """The lines of lists with money at a place; ``there`` is how much."""
    keys = lists.filter(state__in=OUT).order_by().values("pk")
    if name == SET_OFF:
        # More was kept than the line's deduction: it was not collected, and set off against what was owed back.
        kept = _of_line(Q(result=RESULT.KEPT)) - F("deduction")
        lines = Line.objects.filter(paylist__in=keys, held_because="").annotate(there=kept).filter(there__gt=0)
    elif name in PLACES:
        lines = Line.objects.filter(paylist__in=keys).annotate(there=_of_line(PLACES[name])).filter(there__gt=0)
    else:
        lines = Line.objects.filter(paylist__in=keys, held_because="", total__gt=0).annotate(there=F("total"))
    return lines.select_related("paylist__area__parent").order_by("paylist__area_path", "paylist__channel", "position")


def _of_line(condition):
    items = Item.objects.filter(condition, line=OuterRef("pk")).order_by().values("line").annotate(s=Sum("amount"))
    return Coalesce(Subquery(items.values("s"), output_field=BigIntegerField()), 0)


def _funded(keys):
    moves = Movement.objects.filter(paylist__in=keys, debit=LedgerAccount.PROVIDER, credit=LedgerAccount.FUND, line=None)
    return moves.values_list("paylist").annotate(s=Sum("amount")).order_by()
