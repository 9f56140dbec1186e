"""What an act on an entitlement would change, before it happens: the same reckoning with the proposed rows in place."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.months import as_date, as_month, next_month
from ansinh.office import clock
from ansinh.payments import queries as payments
from ansinh.payments.models import Payable
from ansinh.registry.models import Person

from . import queries
from .actions.entitlements import as_row, granted_rows, with_birth
from .models import Entitlement
from .why import Part, part_of

# The key under which an entitlement is reckoned that does not exist yet.
NOT_YET = 0


@dataclass(frozen=True)
class MonthChange:
    """One month whose amount would change (đồng): what was settled, what would be due."""

    month: date
    settled: int
    due: int

    @property
    def difference(self) -> int:
        return self.due - self.settled


@dataclass(frozen=True)
class Consequences:
    """The consequences of one act: months already paid that change, and the amount of each coming month.

    ``awaited`` are the texts, known but not loaded, by which that amount is *tạm tính*.
    """

    months: tuple[MonthChange, ...]
    monthly_before: int
    monthly_after: int
    unknown: tuple[date, ...]
    awaited: tuple[str, ...]

    @property
    def arrears(self) -> int:
        return sum(m.difference for m in self.months if m.difference > 0)

    @property
    def recovery(self) -> int:
        return -sum(m.difference for m in self.months if m.difference < 0)


def preview(entitlement: Entitlement, how: Callable, **change) -> Consequences:
    """What ``how(rows, **change)`` (a function of engine.terms) would change; writes nothing."""
    ids, field = list(queries.of_same_persons([entitlement.pk])), entitlement.field
    now = queries.terms_frame(field=field, entitlements=ids)
    rows = how([as_row(terms) for terms in queries.current_terms(entitlement)], **change)
    proposed = pl.concat([now.filter(pl.col("entitlement") != entitlement.pk), _frame(entitlement, rows, now.schema)])
    month = next_month(clock.today())
    law = book().known_for(month=month, locked_on=clock.today(), field=field)
    posted, unknown = payments.settled(ids, field=field)
    parts = _parts(proposed, law, month)
    due = _due(parts)
    found = amounts.differences(
        due, posted, payments.open_claims(ids, field=field).clear(), unknown,
        month=as_month(month) - 1, known_from=law.known_from,
    ).to_native()
    settled_to = posted["until"].max()
    changed = found.filter(pl.col("since") <= (settled_to if settled_to is not None else -1)).sort("since")
    changes = tuple(
        MonthChange(as_date(m), row["before"], row["after"])
        for row in changed.iter_rows(named=True) for m in range(row["since"], row["until"] + 1)
    )
    return Consequences(
        months=changes, monthly_before=_of_month(_due(_parts(now, law, month)), month), monthly_after=_of_month(due, month),
        unknown=_unknown_months(rows, law, change), awaited=_awaited(parts, month, entitlement.pk),
    )


def _parts(terms, law, month):
    return amounts.parts(terms, law, until_month=as_month(month))


def _due(parts):
    return amounts.due(parts).to_native()


def _awaited(parts, month, entitlement) -> tuple[str, ...]:
    """The texts by which an entitlement's amount of a month is *tạm tính*."""
    number = as_month(month)
    rows = parts.to_native().filter(
        pl.col("entitlement") == entitlement, pl.col("since") <= number, pl.col("until") >= number, pl.col("amount") != 0
    )
    return tuple(sorted({text for basis in rows["basis"].unique() if (text := book().awaited_in(basis, month))}))


def _of_month(spans, month):
    number = as_month(month)
    return spans.filter(pl.col("since") <= number, pl.col("until") >= number)["amount"].sum()


def _unknown_months(rows, law, change):
    """Months that the change reaches and for which no table is loaded: they are neither due nor settled."""
    since = change.get("since")
    if since is None or as_month(since) >= law.known_from:
        return ()
    return (since.replace(day=1), as_date(law.known_from - 1))


def _frame(entitlement, rows, schema):
    values = [
        {
            "entitlement": entitlement.pk, "person": entitlement.payable.person_id, "standing": entitlement.standing, "since": row.since,
            "until": row.until, "state": row.state, **row.values, **{word: getattr(row, word) or None for word in queries.UNKNOWN_WORDS}, "terms": 0,
        }
        for row in rows
    ]
    return pl.DataFrame([{name: value for name, value in row.items() if name in schema} for row in values], schema=schema)


def preview_grant(person: Person, standing: str, *, since: date, values: dict, paid_up_to: date | None = None) -> Consequences:
    """What a new entitlement of a person would bring; months through ``paid_up_to`` count as settled."""
    field = book().standing(standing).field
    now, rows, proposed = _with_grant(person, standing, since, values)
    month = next_month(clock.today())
    law = book().known_for(month=month, locked_on=clock.today(), field=field)
    first = as_month(next_month(paid_up_to)) if paid_up_to else law.known_from
    parts = _parts(proposed, law, month)
    due = _due(parts)
    own = due.filter(pl.col("entitlement") == NOT_YET)
    changes = tuple(
        MonthChange(as_date(m), 0, row["amount"])
        for row in own.sort("since").iter_rows(named=True) for m in range(max(row["since"], first), min(row["until"], as_month(month) - 1) + 1)
    )
    return Consequences(
        months=changes, monthly_before=_of_month(_due(_parts(now, law, month)), month), monthly_after=_of_month(due, month),
        unknown=_unknown_months(rows, law, {"since": since}), awaited=_awaited(parts, month, NOT_YET),
    )


def parts_of_grant(person: Person, standing: str, *, since: date, values: dict) -> tuple[date, list[Part]]:
    """The lines of the law that a new entitlement draws, in the month of a lump sum or the next month that it is paid for."""
    law_of_standing = book().standing(standing)
    first = since.replace(day=1)
    month = first if law_of_standing.once else max(first, next_month(clock.today()))
    _now, _rows, proposed = _with_grant(person, standing, since, values)
    law = book().known_for(month=max(month, next_month(clock.today())), locked_on=clock.today(), field=law_of_standing.field)
    found = amounts.parts(proposed, law, until_month=as_month(month)).to_native()
    own = found.filter(pl.col("entitlement") == NOT_YET, pl.col("since") <= as_month(month), pl.col("until") >= as_month(month))
    return month, [part_of(row, month) for row in own.iter_rows(named=True)]


def _with_grant(person, standing, since, values):
    """The terms of the person's field now, the rows of the new entitlement, and both together."""
    field = book().standing(standing).field
    entitlement = Entitlement(payable=Payable(pk=NOT_YET, person=person, field=field), standing=standing)
    ids = list(queries.entitlements_of(person).values_list("pk", flat=True))
    now = queries.terms_frame(field=field, entitlements=ids)
    rows = granted_rows(standing, since=since, values=with_birth(person, standing, values))
    return now, rows, pl.concat([now, _frame(entitlement, rows, now.schema)])
