"""Trừ thu hồi: what an approved line gives back for recovery cases, kept from what is posted anew."""
import polars as pl
from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

from ..models import Batch, LedgerAccount, Line
from ..queries.deductions import deductions
from .moving import write_movements
from .selection import named

SCHEMA = {"line_id": pl.Int64, "recovery": pl.Int64, "payable_id": pl.Int64, "month": pl.Date, "amount": pl.Int64}
KEPT = Line.Result.KEPT.value


def deductions_of(batch: Batch, lines: pl.DataFrame, lists) -> pl.DataFrame:
    """What the lines give back now, by case and month; refused where that is not what the lists were proposed with."""
    payees = lines.sort("line_id").select("line_id", "person_id", pl.col("this_month") + pl.col("arrears"))
    found = deductions(batch, payees.iter_rows())
    rows = [(line, part.case, part.payable, part.month, part.amount) for line, parts in found.items() for part in parts]
    plan = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    both = lines.join(plan.group_by("line_id").agg(now=pl.col("amount").sum()), on="line_id", how="left")
    other = set(both.filter(pl.col("deduction") != pl.col("now").fill_null(0))["paylist_id"])
    if other:
        numbers = named(paylist.number for paylist in lists if paylist.pk in other)
        raise Refusal(
            _("Khoản trừ thu hồi của %(lists)s đã khác lúc lập, vì vụ việc vừa có quyết định, tiền nộp hay thay đổi; lập lại danh sách rồi duyệt.")
            % {"lists": numbers}
        )
    return plan


def split(items: pl.DataFrame, plan: pl.DataFrame) -> pl.DataFrame:
    """Items of new postings with ``result``: what a line gives back is kept from the newest of them, the rest is paid out."""
    wanted = plan.group_by("line_id").agg(wanted=pl.col("amount").sum())
    rows = items.join(wanted, on="line_id", how="left", maintain_order="left").sort("line_id", "posting_id", descending=[False, True])
    before = pl.col("amount").cum_sum().over("line_id") - pl.col("amount")
    rows = rows.with_columns(kept=(pl.col("wanted").fill_null(0) - before).clip(0, pl.col("amount")))
    paid = rows.with_columns(amount=pl.col("amount") - pl.col("kept"), result=pl.lit(""))
    kept = rows.with_columns(amount=pl.col("kept"), result=pl.lit(KEPT))
    return pl.concat([paid, kept]).filter(pl.col("amount") > 0).drop("wanted", "kept").sort("posting_id", "result")


def deduct(items: pl.DataFrame, postings: pl.DataFrame, plan: pl.DataFrame, lines: pl.DataFrame):
    """Move what is kept: from what is owed for the posting's month to the clearing account, from there to the case's months."""
    if plan.is_empty():
        return
    of_line = lines.select("line_id", "paylist_id", channel="paylist__channel")
    named_postings = postings.select("posting_id", "payable_id", month="day")
    kept = items.filter(pl.col("result") == KEPT).select("line_id", "posting_id", "amount").join(named_postings, on="posting_id")
    kept = kept.with_columns(*_sides(LedgerAccount.OWED, LedgerAccount.KEPT))
    back = plan.drop("recovery").with_columns(*_sides(LedgerAccount.KEPT, LedgerAccount.CLAIM), posting_id=pl.lit(None, dtype=pl.Int64))
    write_movements(pl.concat([kept, back.select(kept.columns)]).join(of_line, on="line_id"))


def _sides(debit, credit):
    return pl.lit(str(debit)).alias("debit"), pl.lit(str(credit)).alias("credit")
