"""Amounts that were listed and not collected, and wait for the next list."""
from collections.abc import Iterable
from datetime import date

import polars as pl
from django.db.models import Q

from ansinh.office import bulk

from ..models import Item, Line

# Still owed by their own right; what is decided for the family is owed whatever became of the right.
WAITING = (Line.Result.UNPAID, Line.Result.BROUGHT_BACK)


def waiting_items(field: str):
    """Items not collected and not yet on a further list."""
    return Item.objects.filter(result__in=(*WAITING, Line.Result.HEIRS), carried_to=None, line__paylist__field=field)


def carried_items(month: date, field: str):
    """Waiting items that the list of a month carries: their right runs in the list's month, or the family is paid."""
    runs = Q(posting__payable__ends_on=None) | Q(posting__payable__ends_on__gte=month) | Q(result=Line.Result.HEIRS)
    return waiting_items(field).filter(runs, line__paylist__month__lt=month)


def left_behind(month: date, field: str):
    """Waiting items whose right has ended: they are not carried over but asked about."""
    return waiting_items(field).filter(result__in=WAITING, posting__payable__ends_on__lt=month, line__paylist__month__lt=month)


def carry_overs(month: date, field: str, only: Iterable[int] | None = None) -> pl.DataFrame:
    """Per person, or of ``only`` some, the sum that the list of a month carries."""
    items = carried_items(month, field)
    frame = bulk.frame(items if only is None else items.filter(line__person__among=bulk.Values(only)), "line__person_id", "amount")
    return frame.group_by(pl.col("line__person_id").alias("person_id")).agg(carried=pl.col("amount").sum())
