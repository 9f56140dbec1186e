"""Tiền theo thời gian: for each month what the law gives by today's knowledge, and what the office went by when it paid."""
from dataclasses import dataclass, field
from datetime import date

from ansinh.engine.law import book
from ansinh.engine.months import as_date, as_month
from ansinh.office import clock
from ansinh.payments.models import Kind, Opening, Posting
from ansinh.registry.models import Person
from ansinh.web.composed import once_a_page

from . import queries
from .models import Entitlement
from .reckoning import awaited_by_month, due_by_month, law_for, parts_of_entitlements

SHOWN, LAW_MARKS = 8, 3


@dataclass(frozen=True)
class Month:
    """A month: due by today's knowledge, settled by its own list, and what later lists added or took back.

    ``awaited`` are the texts by which something of it is *tạm tính*.
    """

    month: date
    due: int | None
    paid: int | None
    later: tuple[tuple[str, int, date | None], ...] = ()
    awaited: tuple[str, ...] = ()

    @property
    def difference(self) -> int | None:
        return None if self.due is None or self.paid is None else self.due - self.paid


@dataclass(frozen=True)
class Band:
    """Months that follow each other with one amount; ``first`` and ``last`` are columns, from 1."""

    first: int
    last: int
    amount: int
    is_new: bool = False

    @property
    def months(self) -> int:
        return self.last - self.first + 1

    @property
    def total(self) -> int:
        return abs(self.amount) * self.months

    @property
    def sign(self) -> str:
        return "+" if self.amount > 0 else "−"


@dataclass(frozen=True)
class Mark:
    """A day of the law at its month's column."""

    column: int
    words: str


@dataclass(frozen=True)
class OverTime:
    """The two axes: bands of what is due, of what was paid, gaps between them, marks of the law, and the months."""

    months: tuple[Month, ...]
    due: tuple[Band, ...]
    paid: tuple[Band, ...]
    gaps: tuple[Band, ...]
    marks: tuple[Mark, ...] = field(default=())

    @property
    def newest_first(self) -> tuple[Month, ...]:
        return self.months[::-1]


def over_time(person: Person, *, known: date | None = None) -> OverTime | None:
    """The last months of a person's money on both axes; ``None`` where there is no entitlement."""
    entitlements = list(queries.entitlements_of(person).values_list("pk", flat=True))
    if not entitlements:
        return None
    on = known or clock.today()
    first, last, due, awaited = _due_lately(tuple(entitlements), known, on)
    settled, later = _settled(entitlements, first, last, known)
    months = tuple(
        Month(month, due.get(month), settled.get(month), tuple(later.get(month, ())), awaited.get(month, ()))
        for month in (as_date(number) for number in range(as_month(first), as_month(last) + 1))
    )
    differences = [month.difference if month.difference else None for month in months]
    return OverTime(
        months, _bands([month.due for month in months]), _bands([month.paid for month in months]), _bands(differences), _marks(months, on)
    )


def due_in(entitlements: list[Entitlement], month: date, *, known: date | None, on: date) -> tuple[int | None, tuple[str, ...]]:
    """What rights of one person give together in a month, as known and by the law of a day; ``None`` without a table.

    With it the texts by which something of it is *tạm tính*. Beside ``over_time`` on one page it costs nothing where the list of
    the month and the newest list have the same law.
    """
    keys, fields = [e.pk for e in entitlements], {e.field for e in entitlements}
    _first, last, due, awaited = _due_lately(tuple(keys), known, on)
    if all(law_for(month, on, field).amounts.equals(law_for(last, on, field).amounts) for field in fields) and month in due:
        return due[month], awaited.get(month, ())
    found = parts_of_entitlements(keys, known=known, on=on, last=month)
    return due_by_month(found, first=month, last=month).get(month), awaited_by_month(found, first=month, last=month).get(month, ())


@once_a_page
def _due_lately(entitlements: tuple[int, ...], known: date | None, on: date) -> tuple[date, date, dict[date, int], dict[date, tuple[str, ...]]]:
    """The first and the last month shown, what is due in each, and the texts by which it is *tạm tính*."""
    last = max(_last_listed(entitlements), on.replace(day=1))
    first = as_date(as_month(last) - SHOWN + 1)
    found = parts_of_entitlements(list(entitlements), known=known, on=on, last=last)
    return first, last, due_by_month(found, first=first, last=last), awaited_by_month(found, first=first, last=last)


def _last_listed(entitlements):
    newest = Posting.objects.filter(payable__in=entitlements).order_by("-month").values_list("month", flat=True).first()
    return newest or date.min


def _settled(entitlements, first, last, known):
    """What each month's own list (or the opening) settled, and what later lists posted to it."""
    settled, later = {}, {}
    for opening in Opening.objects.filter(payable__in=entitlements, withdrawn_in=None, since__lte=last, until__gte=first).exclude(amount=None):
        for number in range(max(as_month(opening.since), as_month(first)), min(as_month(opening.until), as_month(last)) + 1):
            settled[as_date(number)] = settled.get(as_date(number), 0) + opening.amount
    postings = Posting.objects.filter(payable__in=entitlements, month__range=(first, last)).select_related("paylist").order_by("month", "number")
    for posting in postings if known is None else postings.filter(recorded_in__at__lt=clock.end_of(known)):
        if posting.kind == Kind.DUE:
            settled[posting.month] = settled.get(posting.month, 0) + posting.amount
        else:
            later.setdefault(posting.month, []).append((posting.get_kind_display(), posting.amount, posting.paylist and posting.paylist.month))
    return settled, later


def _bands(amounts):
    """Runs of equal amounts as bands; unknown months have none."""
    bands = []
    for column, amount in enumerate(amounts, start=1):
        if amount is None:
            continue
        if bands and bands[-1].amount == amount and bands[-1].last == column - 1:
            bands[-1] = Band(bands[-1].first, column, amount, bands[-1].is_new)
        else:
            bands.append(Band(column, column, amount, bool(bands)))
    return tuple(bands)


def _marks(months, on):
    """Days on which a text that sets amounts was signed or came into force within the months shown."""
    columns = {month.month: column for column, month in enumerate(months, start=1)}
    texts = {row.instrument.number: row.instrument for row in book().schedule}
    found = []
    for number, text in texts.items():
        for day, words in ((text.signed, "ký"), (text.in_force, "có hiệu lực")):
            if day and day <= on and day.replace(day=1) in columns and not (words == "ký" and day == text.in_force):
                found.append((day, Mark(columns[day.replace(day=1)], f"{number} {words} {day:%d/%m}")))
    return tuple(mark for _day, mark in sorted(found, key=lambda pair: pair[0])[-LAW_MARKS:])
