"""The money of an event: month by month what was posted, what is due before and after, and in which envelope it lies."""
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from ansinh.engine.months import as_date, as_month, next_month
from ansinh.office import clock
from ansinh.payments import queries as payments
from ansinh.payments.models import Item, Line, PayList

from .looking import Look


@dataclass(frozen=True)
class Envelope:
    """Where an amount of a month lies: on which list, how far that list has come, and whether it was collected."""

    paylist: int
    number: str
    month: date
    state: str
    result: str
    amount: int


@dataclass(frozen=True)
class OpenLine:
    """A line of a list that nobody has approved yet: it can still be made anew."""

    line: int
    paylist: int
    number: str
    month: date
    field: str
    total: int
    area_path: str


@dataclass(frozen=True)
class MonthMoney:
    """One month of one field that the event touches, in đồng; ``claimed`` is what is owed back for it already."""

    field: str
    month: date
    posted: int
    claimed: int
    before: int
    after: int
    excess: int
    lacking: int
    cancelled: int
    envelopes: tuple[Envelope, ...] = ()

    @property
    def arrears(self) -> int:
        return self.lacking - self.cancelled

    @property
    def paid(self) -> int:
        """What went out for the month, also where it is asked back by now."""
        return self.posted + self.claimed


@dataclass(frozen=True)
class Money:
    """All of it: the months touched, each month from the next list on, and what else was waiting to be paid anyway."""

    next_list: date
    months: tuple[MonthMoney, ...]
    monthly_before: int
    monthly_after: int
    other_arrears: int
    open_lines: tuple[OpenLine, ...]

    @property
    def recovery(self) -> int:
        return sum(m.excess for m in self.months)

    @property
    def arrears(self) -> int:
        return sum(m.arrears for m in self.months)

    @property
    def cancelled(self) -> int:
        return sum(m.cancelled for m in self.months)


@dataclass(frozen=True)
class Booked:
    """What stands in the ledger, by entitlement and month (numbers); ``unknown`` months have no figure."""

    posted: dict[tuple[int, int], int]
    claims: dict[tuple[int, int], int]
    unknown: frozenset[tuple[int, int]]

    @property
    def through(self) -> int:
        """The last month that was posted."""
        return max((month for _entitlement, month in self.posted), default=-1)


def booked(entitlements: Iterable[int]) -> Booked:
    """What was posted and is owed back of these entitlements."""
    keys = list(entitlements)
    posted, unknown = payments.settled(keys)
    claims = payments.cancellable_claims(keys)
    return Booked(
        {key: amount for *key_, amount in _by_month(posted) if (key := tuple(key_))},
        {(row["entitlement"], row["month"]): row["amount"] for row in claims.iter_rows(named=True)},
        frozenset((e, m) for e, m, _nothing in _by_month(unknown.with_columns(amount=pl.lit(0)))),
    )


def next_list(ledger: Booked) -> date:
    """The month of the next list that can still be made: after this month, and after everything that was posted."""
    return max(next_month(clock.today()), as_date(ledger.through + 1) if ledger.through >= 0 else date.min)


def compare(before: Look, after: Look, ledger: Booked, *, month: date, known_from: dict[str, int], envelopes, open_lines) -> Money:
    """What the event changes, by month; months without a table of their field (``known_from``), or settled without a figure, are left out."""
    rights, number = {**before.rights, **after.rights}, as_month(month)
    every = {*before.due, *after.due, *ledger.posted} - ledger.unknown
    cells = {cell for cell in every if known_from[rights[cell[0]].field] <= cell[1] < number}
    touched, others = defaultdict(list), 0
    for cell in cells:
        was, now = before.due.get(cell, 0), after.due.get(cell, 0)
        if was != now:
            touched[rights[cell[0]].field, cell[1]].append(cell)
        else:
            others += max(now - ledger.posted.get(cell, 0), 0)
    months = (_month(field, m, touched[field, m], before, after, ledger, envelopes) for field, m in sorted(touched, key=lambda k: (k[1], k[0])))
    return Money(month, tuple(months), _of(before.due, number), _of(after.due, number), others, tuple(open_lines))


def _month(field, number, cells, before, after, ledger, envelopes):
    posted = {cell: ledger.posted.get(cell, 0) for cell in cells}
    lacking = {cell: max(after.due.get(cell, 0) - posted[cell], 0) for cell in cells}
    return MonthMoney(
        field=field, month=as_date(number), posted=sum(posted.values()),
        claimed=sum(ledger.claims.get(c, 0) for c in cells), before=sum(before.due.get(c, 0) for c in cells),
        after=sum(after.due.get(c, 0) for c in cells), excess=sum(max(posted[c] - after.due.get(c, 0), 0) for c in cells),
        lacking=sum(lacking.values()), cancelled=sum(min(lacking[c], ledger.claims.get(c, 0)) for c in cells),
        envelopes=tuple(envelopes.get((field, as_date(number)), ())),
    )


def _of(due, number):
    return sum(amount for (_entitlement, month), amount in due.items() if month == number)


def _by_month(spans):
    summed = defaultdict(int)
    for row in spans.iter_rows(named=True):
        for number in range(row["since"], row["until"] + 1):
            summed[row["entitlement"], number] += row["amount"]
    return ((entitlement, number, amount) for (entitlement, number), amount in summed.items())


def envelopes_of(person) -> dict[tuple[str, date], list[Envelope]]:
    """By field and month of the right: on which lists it went, the latest of each amount."""
    summed = defaultdict(int)
    items = Item.objects.filter(posting__payable__person=person, carried_to=None).select_related("line__paylist", "posting").order_by("pk")
    for item in items:
        paylist = item.line.paylist
        key = (paylist.field, item.posting.month), (paylist.pk, paylist.number, paylist.month, paylist.state, item.result)
        summed[key] += item.amount
    found = defaultdict(list)
    for (month, envelope), amount in summed.items():
        found[month].append(Envelope(*envelope, amount))
    return found


def open_lines_of(person) -> list[OpenLine]:
    """Lines of lists that wait for approval."""
    lines = Line.objects.filter(person=person, paylist__state=PayList.State.PROPOSED).select_related("paylist").order_by("paylist__month", "pk")
    return [
        OpenLine(li.pk, li.paylist_id, li.paylist.number, li.paylist.month, li.paylist.field, li.total, li.paylist.area_path) for li in lines
    ]
