"""Totals of a whole province month by month: people whose terms are the same are reckoned once and counted.

For what-if and indicators, where nobody is named. Persons with several entitlements are reckoned one by one, because
some parts are due once a person.
"""
import narwhals as nw

from . import amounts
from .schema import TERMS, check

C, INT = nw.col, nw.Int64
ALIKE = (
    "standing", "since", "until", "grade", "special", "attendant", "martyrs", "care", "remarried", "medal", "full_time", "seniority",
    "born", "severity", "children", "people", "quantity", "poverty",
)


def monthly_totals(frames, law, *, first: int, last: int) -> list[int]:
    """What the terms give in all for each month from ``first`` to ``last``, in đồng.

    ``frames``: one or more frames of terms, whole persons in each, so that memory is bounded by the largest.
    """
    alike = [_condensed(check(frame, TERMS), last) for frame in frames]
    counted = nw.concat(alike).group_by(*ALIKE).agg(C("headcount").sum().cast(INT)).with_row_index("group", order_by="standing")
    months = counted.with_columns(entitlement=C("group").cast(INT), person=C("group").cast(INT), terms=C("group").cast(INT))
    found = amounts.of_months(months.select(*MONTHS), law, until_month=last)
    found = found.join(months.select("entitlement", "headcount"), on="entitlement", how="inner")
    return _running(found.with_columns(amount=C("amount") * C("headcount")), first, last)


MONTHS = ("entitlement", "person", "terms", *ALIKE)


def _condensed(terms, last):
    """Rows of months with the number of people of whom they are true."""
    return amounts.in_months(terms, last).group_by(*ALIKE).agg(nw.len().alias("headcount").cast(INT))


def _running(found, first, last):
    up = found.select(month=nw.max_horizontal("since", nw.lit(first)), step=C("amount"))
    down = found.select(month=C("until") + 1, step=C("amount") * -1)
    steps = nw.concat([up, down]).filter(C("month") >= first).group_by("month").agg(C("step").sum().cast(INT))
    by_month = dict(steps.iter_rows())
    totals, running = [], 0
    for month in range(first, last + 1):
        running += by_month.get(month, 0)
        totals.append(running)
    return totals
