"""What of the law a list of one month may use: amounts as spans of months, also those that are factors of a level."""
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from ..months import as_date, as_month
from ..text.money import dotted
from .places import fault
from .rules import CONDITIONS
from .schedules import Row

FAR = 9999 * 12
AMOUNTS = {
    "line": pl.String, "title": pl.String, "law_since": pl.Int64, "law_until": pl.Int64, "unit_amount": pl.Int64,
    "basis": pl.String, "signed": pl.Date, "in_force": pl.Date, "applies_since": pl.Date, "verified": pl.Boolean,
    "level": pl.Int64, "factor": pl.String, "national": pl.Int64, "round_to": pl.Int64, "law_row": pl.Int64,
}


@dataclass(frozen=True, eq=False)
class Law:
    """What a list of one month may use in one field: amounts as spans of months, and the rules that draw them.

    ``known_from`` is the first month of which the field has a table; ``months`` is a table of months for frames that are
    not made here (Spark). ``level`` of an amount is the mức chuẩn that its
    ``factor`` multiplies; where the province's own level is the greater one, ``national`` keeps the other beside it.
    """

    month: int
    amounts: pl.DataFrame
    rules: pl.DataFrame
    known_from: int
    field: str
    months: object = None

    @property
    def lines(self) -> pl.DataFrame:
        return self.amounts.select("line").unique()


def law_of(month: date, field: str, rules: pl.DataFrame, schedule: Iterable[Row], levels: Iterable[Row]) -> Law:
    """The law of a field in a month from the rows that may be used."""
    by_line, by_level = defaultdict(list), defaultdict(list)
    for row in schedule:
        by_line[row.line].append(row)
    for row in levels:
        by_level[row.line].append(row)
    spans = [span for rows in by_line.values() for span in (_factored(rows, by_level) if rows[0].level else _fixed(rows))]
    spans = [{**span, "law_row": at} for at, span in enumerate(spans)]
    known_from = min((span["law_since"] for span in spans), default=FAR)
    return Law(as_month(month), pl.DataFrame(spans, schema=AMOUNTS, orient="row"), _asking(rules), known_from, field)


def _asking(rules):
    """Rules without the conditions that none of them has; each left would be looked at for every row of terms.

    The poverty that a rule ``needs`` is not the one that a row of terms has.
    """
    return rules.drop(name for name in CONDITIONS if rules[name].is_null().all()).rename({"poverty": "needs"}, strict=False)


def winner(rows: list[Row], month: int) -> Row | None:
    """Of the rows that apply to a month the one with the latest in-force day."""
    applying = [row for row in rows if as_month(row.since) <= month]
    return max(applying, key=lambda r: (r.instrument.in_force or date.max, r.since), default=None)


def _fixed(rows):
    for since, until in _stretches(rows):
        row = winner(rows, since)
        yield _span(row, since, until, row.amount, cause=row, verified=row.verified)


def _factored(rows, by_level):
    """An amount for each stretch in which neither factor nor level changes; the greater of national and provincial level."""
    levels = by_level.get(rows[0].level, [])
    national, local = [r for r in levels if not r.is_local], [r for r in levels if r.is_local]
    for since, until in _stretches([*rows, *levels]):
        row, chosen, other = winner(rows, since), winner(national, since), winner(local, since)
        if row is None or chosen is None:
            continue
        lower = None
        if other is not None and other.amount > chosen.amount:
            chosen, lower = other, chosen.amount
        cause = max(row, chosen, key=lambda r: r.instrument.in_force or date.max)
        yield _span(
            row, since, until, _times(row, chosen), cause=cause, verified=row.verified and chosen.verified,
            basis=f"{row.basis}; {chosen.title} {_dong(chosen.amount)}: {chosen.basis}", level=chosen.amount,
            factor=_decimal(row.factor), national=lower,
        )


def _times(row, level):
    amount = row.factor * level.amount
    if amount.denominator != 1:
        said = {"line": row.line, "factor": _decimal(row.factor), "level": level.amount}
        raise fault(row.where, "no_whole_dong", "{line}: {factor} × {level} is no whole đồng; give a rule of rounding".format(**said), **said)
    return int(amount)


def _span(row, since, until, amount, *, cause, verified, basis=None, level=None, factor=None, national=None):
    return {
        "line": row.line, "title": row.title, "law_since": since, "law_until": until, "unit_amount": amount, "basis": basis or row.basis,
        "signed": cause.instrument.signed, "in_force": cause.instrument.in_force, "applies_since": as_date(since), "verified": verified,
        "level": level, "factor": factor, "national": national, "round_to": row.round_to,
    }


def _stretches(rows):
    starts = sorted({as_month(row.since) for row in rows})
    return zip(starts, [*(start - 1 for start in starts[1:]), FAR], strict=True)


def _dong(amount) -> str:
    return f"{dotted(amount)} đ"


def _decimal(factor) -> str:
    """An exact fraction as Vietnamese decimals: 3/2 → ``1,5``."""
    text = f"{float(factor):.4f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")
