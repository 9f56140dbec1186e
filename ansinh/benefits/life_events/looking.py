"""What a person is due, by what the office knows at this moment; two such looks compared are the money of an event."""
from dataclasses import dataclass, field
from datetime import date

from ansinh.engine import amounts
from ansinh.engine.law import Law
from ansinh.engine.months import as_month
from ansinh.engine.terms import TermsRow
from ansinh.payments.models import Item
from ansinh.payments.queries.carried import WAITING
from ansinh.registry.models import Person

from .. import queries
from ..actions.entitlements import as_row
from ..models import Entitlement


@dataclass(frozen=True)
class Right:
    """A person's entitlement as believed: its standing, printed title and field, its terms in order of time."""

    entitlement: int
    standing: str
    title: str
    field: str
    terms: tuple[TermsRow, ...]


@dataclass(frozen=True)
class Waiting:
    """An amount that was listed and not collected: whether the next list carries it, or it waits for a decision."""

    item: int
    month: date
    amount: int
    is_carried: bool


@dataclass(frozen=True)
class Look:
    """Everything at one moment: rights, what is due by entitlement and month (numbers), what waits, where the person lives."""

    rights: dict[int, Right]
    due: dict[tuple[int, int], int] = field(repr=False)
    waiting: tuple[Waiting, ...]
    area_path: str


def look(person: Person, laws: dict[str, Law], month: date) -> Look:
    """Look at a person through ``month``, the month of the next list, by the law of each field."""
    rights = {e.pk: _right(e) for e in queries.entitlements_of(person)}
    due = {cell: amount for law in laws.values() for cell, amount in _due(list(rights), law, as_month(month))}
    area_path = Person.objects.values_list("area_path", flat=True).get(pk=person.pk)
    return Look(rights, due, tuple(_waiting(person, month)), area_path)


def _due(entitlements, law, through):
    terms = queries.terms_frame(field=law.field, entitlements=entitlements)
    spans = amounts.due(amounts.parts(terms, law, until_month=through)).to_native()
    for row in spans.iter_rows(named=True):
        for number in range(row["since"], min(row["until"], through) + 1):
            yield (row["entitlement"], number), row["amount"]


def _right(entitlement: Entitlement) -> Right:
    rows = tuple(as_row(row) for row in queries.current_terms(entitlement))
    return Right(entitlement.pk, entitlement.standing, str(entitlement), entitlement.field, rows)


def _waiting(person, month):
    items = Item.objects.filter(posting__payable__person=person, result__in=WAITING, carried_to=None)
    for item in items.select_related("posting__payable").order_by("posting__month", "pk"):
        ends_on = item.posting.payable.ends_on
        yield Waiting(item.pk, item.posting.month, item.amount, ends_on is None or ends_on >= month)
