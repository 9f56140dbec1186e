"""The parallel month: what the office pays now beside what we work out, row by row with the reason of a difference."""

from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.months import as_date, as_month
from ansinh.engine.schema import filled
from ansinh.engine.text.money import dotted

EQUAL = "equal"
REPORTED = ("this_month", "amount", "our_amount", "parallel_reason")


def compared(frame: pl.DataFrame, field: str, facts: tuple[str, ...]) -> pl.DataFrame:
    """Add ``our_amount`` for *tháng này*, ``parallel_reason`` and ``parallel_note`` to rows that can be worked out."""
    frame = frame.with_row_index("entitlement").with_columns(pl.col("entitlement").cast(pl.Int64))
    ready = frame.filter(
        pl.all_horizontal(pl.col(n).is_not_null() for n in ("standing", "since", "this_month")), pl.col("law_fault").is_null()
    )
    parts = [_month(part, month, field, facts) for (month,), part in ready.group_by("this_month")]
    schema = {"entitlement": pl.Int64, "our_amount": pl.Int64, "parallel_reason": pl.String, "parallel_note": pl.String}
    found = pl.concat(parts) if parts else pl.DataFrame(schema=schema)
    return frame.join(found, on="entitlement", how="left", maintain_order="left").drop("entitlement")


def report(rows: pl.DataFrame) -> dict:
    """The whole file in one table: compared, equal, different, sums of both sides, and how often each reason."""
    both = rows.filter(pl.col("amount").is_not_null() & pl.col("our_amount").is_not_null())
    different = both.filter(pl.col("parallel_reason") != EQUAL)
    reasons = different.group_by("parallel_reason").len().sort("len", descending=True)
    months = rows["this_month"].drop_nulls().unique().sort()
    return {
        "months": [f"{month:%m/%Y}" for month in months],
        "compared": len(both),
        "equal": len(both) - len(different),
        "different": len(different),
        "theirs": both["amount"].sum() or 0,
        "ours": both["our_amount"].sum() or 0,
        "reasons": dict(reasons.iter_rows()),
    }


def _month(rows, month: date, field, facts):
    law = book().known_for(month=month, locked_on=book().lock_day(month), field=field)
    parts = amounts.parts(_terms(rows, facts), law, until_month=as_month(month)).to_native()
    number = as_month(month)
    now = parts.filter(pl.col("since") <= number, pl.col("until") >= number)
    told = now.group_by("entitlement", maintain_order=True).agg(
        our_amount=pl.col("amount").sum(), parts=pl.struct("title", "amount", "basis")
    )
    earlier = _earlier_amounts(rows, law, number, facts)
    rows = rows.join(told, on="entitlement", how="left").with_columns(pl.col("our_amount").fill_null(0))
    reasons = [
        _reason(row, earlier.get(row["entitlement"], {}))
        for row in rows.select("entitlement", "amount", "our_amount", "parts").iter_rows(named=True)
    ]
    notes = [_note(row, reason) for row, reason in zip(rows.iter_rows(named=True), reasons, strict=True)]
    return rows.select(
        "entitlement",
        "our_amount",
        parallel_reason=pl.Series(reasons, dtype=pl.String),
        parallel_note=pl.Series(notes, dtype=pl.String),
    )


def _terms(rows, facts, since: pl.Expr | str = "since"):
    said = rows.select(
        "entitlement",
        "standing",
        *facts,
        person="entitlement",
        since=since,
        until=pl.lit(None, pl.Date),
        state=pl.lit("in_force"),
        terms="entitlement",
    )
    words = [name for name in facts if said.schema[name] == pl.String]
    return filled(said.with_columns(pl.when(pl.col(name) != "").then(name).alias(name) for name in words))


def _earlier_amounts(rows, law, number, facts):
    """For each row the amounts of earlier tables, amount → the month from which that table applied."""
    spans = amounts.due(amounts.parts(_terms(rows, facts, pl.lit(as_date(law.known_from))), law, until_month=number)).to_native()
    found: dict[int, dict[int, int]] = {}
    for entitlement, since, until, amount in spans.select("entitlement", "since", "until", "amount").iter_rows():
        if until < number:
            found.setdefault(entitlement, {})[amount] = since
    return found


def _reason(row, earlier):
    theirs, ours = row["amount"], row["our_amount"]
    if theirs is None:
        return None
    if theirs == ours:
        return EQUAL
    missing = [part["title"] for part in row["parts"] or [] if part["amount"] and theirs == ours - part["amount"]]
    if missing:
        return _("bảng không có %(part)s") % {"part": missing[0]}
    if theirs in earlier:
        return _("bảng còn theo mức áp dụng từ %(month)s") % {"month": f"{as_date(earlier[theirs]):%m/%Y}"}
    if not ours:
        return _("tháng này chưa hưởng hoặc chưa có bảng mức")
    return _("chưa rõ lý do; đối chiếu giấy tờ")


def _note(row, reason):
    if reason in (None, EQUAL):
        return None
    parts = " + ".join(f"{part['title']} {dotted(part['amount'])} ({part['basis']})" for part in row["parts"] or [])
    return _("Tháng %(month)s bảng ghi %(theirs)s, tính ra %(ours)s, chênh %(difference)s: %(reason)s. Cách tính: %(parts)s.") % {
        "month": f"{row['this_month']:%m/%Y}",
        "theirs": dotted(row["amount"]),
        "ours": dotted(row["our_amount"]),
        "difference": dotted(row["our_amount"] - row["amount"]),
        "reason": reason,
        "parts": parts or "0",
    }
