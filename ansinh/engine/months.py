"""Months as whole numbers, year*12+month-1, so that spans of months are cut and joined without calendars."""
from datetime import date, timedelta

import narwhals as nw


def as_month(day: date) -> int:
    """The month of a day."""
    return day.year * 12 + day.month - 1


def as_date(month: int) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def next_month(day: date) -> date:
    """The first day of the month after a day's."""
    return as_date(as_month(day) + 1)


def last_day(month: int) -> date:
    """The last day of a month."""
    return as_date(month + 1) - timedelta(days=1)


def month_of(column: str) -> nw.Expr:
    """The month of a date column; null stays null."""
    return nw.col(column).dt.year().cast(nw.Int64) * 12 + nw.col(column).dt.month().cast(nw.Int64) - 1
