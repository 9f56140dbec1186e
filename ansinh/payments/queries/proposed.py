"""What a batch proposes, as frames by person and by month."""
from collections.abc import Iterable

import polars as pl

from ansinh.office import bulk

from ..models import Batch, Kind, Proposal

COLUMNS = ("id", "payable_id", "payable__person_id", "payable__title", "kind", "since", "until", "before", "after", "rests_on")


def proposals_of(batch: Batch, only: Iterable[int] | None = None) -> pl.DataFrame:
    """A batch's proposals, or those of ``only`` some persons, with person, number of months and signed amount a month."""
    rows = Proposal.objects.filter(batch=batch)
    frame = bulk.frame(rows if only is None else rows.filter(payable__person__among=bulk.Values(only)), *COLUMNS)
    frame = frame.rename({"payable__person_id": "person_id", "payable__title": "title"})
    months = (pl.col("until").dt.year() - pl.col("since").dt.year()) * 12 + pl.col("until").dt.month() - pl.col("since").dt.month() + 1
    return frame.with_columns(months=months.cast(pl.Int64), each=pl.col("after") - pl.col("before"))


def amounts_by_person(batch: Batch, only: Iterable[int] | None = None) -> pl.DataFrame:
    """Per person: this month, arrears with their months, overpayment found, and how the standing is printed."""
    frame = proposals_of(batch, only).with_columns(whole=pl.col("each").abs() * pl.col("months"))
    late = pl.col("kind") == Kind.ARREARS.value
    months = pl.format("{}–{}", pl.col("since").dt.to_string("%m"), pl.col("until").dt.to_string("%m/%Y"))
    return frame.sort("payable_id", "since").group_by("person_id", maintain_order=True).agg(
        this_month=pl.col("whole").filter(pl.col("kind") == Kind.DUE.value).sum(),
        arrears=pl.col("whole").filter(late).sum(),
        overpaid=pl.col("whole").filter(pl.col("kind") == Kind.OVERPAYMENT.value).sum(),
        standing=pl.col("title").unique(maintain_order=True).str.join("; ").str.slice(0, 300),
        arrears_months=months.filter(late).unique(maintain_order=True).str.join(", ").str.slice(0, 120),
        notes=pl.lit(""),
    )
