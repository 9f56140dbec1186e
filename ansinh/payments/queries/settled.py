"""What was posted and what is owed back, as frames for an assessment; accounts' balances."""
import polars as pl
from django.db.models import Count, Max, Min, Q, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from ansinh.engine.months import as_date
from ansinh.office import bulk

from ..models import LedgerAccount, Movement, Opening, Posting


def settled(payables=None, *, persons: tuple[int, int] | None = None, field: str | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Signed posted amounts as spans of months (``entitlement, since, until, amount``; months as year*12+month-1).

    The second frame holds openings whose amount is not known: settled, but no figure may be taken from them.
    ``payables`` narrows to some primary keys, ``persons`` to a range of persons (both ends included), ``field`` to one field.
    """
    openings = _some(Opening.objects.filter(withdrawn_in=None), payables, persons, field)
    opened = bulk.frame(openings, "payable_id", "since", "until", "amount").rename({"payable_id": "entitlement"})
    opened = opened.with_columns(month_number("since"), month_number("until"))
    posted = _posted(_some(Posting.objects.all(), payables, persons, field))
    unknown = opened.filter(pl.col("amount").is_null()).drop("amount")
    return pl.concat([opened.drop_nulls("amount"), posted]), unknown


def _posted(postings) -> pl.DataFrame:
    """What was posted to each month in all, as spans that do not meet.

    The database tells each number and amount of a payable by its first and last month: two years of lists are a row or
    two, not 24. Where months between them are missing, the payable's postings are asked for one by one.
    """
    told = postings.values("payable_id", "number", "amount").annotate(since=Min("month"), until=Max("month"), months=Count("pk"))
    spans = bulk.frame(told, "payable_id", "since", "until", "amount", "months").rename({"payable_id": "entitlement"})
    spans = spans.with_columns(month_number("since"), month_number("until"))
    torn = spans.filter(pl.col("months") != pl.col("until") - pl.col("since") + 1)["entitlement"].unique()
    whole = spans.filter(~pl.col("entitlement").is_in(torn.implode())).drop("months")
    return _summed(pl.concat([whole, _months_of(postings, torn)]) if len(torn) else whole)


def _months_of(postings, payables) -> pl.DataFrame:
    """The postings of some payables as spans of one month, fetched as one text a payable."""
    told = Concat(Cast("month", TextField()), Value("="), Cast("amount", TextField()), output_field=TextField())
    postings = postings.filter(payable__among=bulk.Values(payables))
    rows = bulk.frame(postings.values("payable_id").annotate(told=bulk.Joined(told)), "payable_id", "told")
    said = rows.select(pl.col("payable_id").alias("entitlement"), pl.col("told").str.split(";")).explode("told")
    day, amount = pl.col("told").str.slice(0, 10).str.to_date("%Y-%m-%d"), pl.col("told").str.slice(11).cast(pl.Int64)
    months = said.select("entitlement", amount=amount, since=day).with_columns(month_number("since"))
    return months.select("entitlement", "since", "amount", until="since").select("entitlement", "since", "until", "amount")


def _summed(spans: pl.DataFrame) -> pl.DataFrame:
    """Spans that may meet as spans that do not: their sums, as long as they stay the same, also where the sum is nothing."""
    up = spans.select("entitlement", month="since", step="amount", taken=pl.lit(1))
    down = spans.select("entitlement", month=pl.col("until") + 1, step=-pl.col("amount"), taken=pl.lit(-1))
    edges = pl.concat([up, down]).group_by("entitlement", "month").agg(pl.col("step", "taken").sum()).sort("entitlement", "month")
    levels = edges.select(
        "entitlement", since="month", until=pl.col("month").shift(-1) - 1, amount=pl.col("step").cum_sum(), taken=pl.col("taken").cum_sum()
    ).filter(pl.col("taken") > 0)
    begins = (
        (pl.col("entitlement") != pl.col("entitlement").shift(1)) | (pl.col("since") != pl.col("until").shift(1) + 1)
        | (pl.col("amount") != pl.col("amount").shift(1))
    )
    runs = levels.with_columns(run=begins.fill_null(True).cum_sum()).group_by("run", maintain_order=True)
    return runs.agg(pl.col("entitlement", "since").first(), pl.col("until").last(), pl.col("amount").first()).drop("run")


def open_claims(payables=None, *, persons: tuple[int, int] | None = None, field: str | None = None) -> pl.DataFrame:
    """What persons still owe back, by payable and month: ``entitlement, month, amount`` (positive đồng)."""
    return _left_on((LedgerAccount.CLAIM,), payables, persons, field)


def cancellable_claims(payables=None, *, persons: tuple[int, int] | None = None, field: str | None = None) -> pl.DataFrame:
    """What a later amount of the same month cancels before it is paid out: what is still owed back, and what was waived.

    What was waived is in the person's hands; paid out again it would be paid twice.
    """
    return _left_on((LedgerAccount.CLAIM, LedgerAccount.WAIVED), payables, persons, field)


def _left_on(accounts, payables, persons, field) -> pl.DataFrame:
    rows = _some(Movement.objects.filter(Q(debit__in=accounts) | Q(credit__in=accounts)), payables, persons, field)
    moved = bulk.frame(rows, "payable_id", "month", "debit", "credit", "amount")
    names = [account.value for account in accounts]
    signed = pl.col("amount") * (pl.col("debit").is_in(names).cast(pl.Int64) - pl.col("credit").is_in(names).cast(pl.Int64))
    sums = moved.group_by("payable_id", "month").agg(signed.sum().alias("amount"))
    return sums.filter(pl.col("amount") > 0).select(
        pl.col("payable_id").alias("entitlement"), month_number("month"), "amount"
    )


def balances(**narrowed) -> dict[str, int]:
    """Debit less credit of each account, over movements narrowed by a condition."""
    rows = Movement.objects.filter(**narrowed)
    debits = dict(rows.values_list("debit").annotate(s=Coalesce(Sum("amount"), 0)).order_by())
    credits = dict(rows.values_list("credit").annotate(s=Coalesce(Sum("amount"), 0)).order_by())
    return {account: debits.get(account, 0) - credits.get(account, 0) for account in LedgerAccount.values}


def month_number(column: str) -> pl.Expr:
    """A month's first day as the engine's whole number."""
    return (pl.col(column).dt.year().cast(pl.Int64) * 12 + pl.col(column).dt.month() - 1).alias(column)


def _some(rows, payables, persons, field):
    if field is not None:
        rows = rows.filter(payable__field=field)
    if payables is not None:
        rows = rows.filter(payable__in=payables)
    return rows if persons is None else rows.filter(payable__person__gte=persons[0], payable__person__lte=persons[1])


def present_totals(payables, *, since: int, until: int) -> pl.DataFrame:
    """Per payable and month (whole numbers): ``now``, the total that stands, and ``taken``, how many postings there are."""
    first, last = as_date(since), as_date(until)
    posted = bulk.frame(Posting.objects.filter(payable__in=payables, month__range=(first, last)), "payable_id", "month", "amount")
    posted = posted.select("payable_id", month_number("month"), "amount", taken=pl.lit(1, dtype=pl.Int64))
    openings = Opening.objects.filter(payable__in=payables, withdrawn_in=None, since__lte=last, until__gte=first)
    opened = bulk.frame(openings, "payable_id", "since", "until", "amount").drop_nulls("amount")
    opened = opened.with_columns(month_number("since").clip(since, None), month_number("until").clip(None, until))
    months = opened.select("payable_id", "amount", month=pl.int_ranges("since", pl.col("until") + 1)).explode("month")
    months = months.select("payable_id", pl.col("month").cast(pl.Int64), "amount", taken=pl.lit(0, dtype=pl.Int64))
    return pl.concat([posted, months]).group_by("payable_id", "month").agg(now=pl.col("amount").sum(), taken=pl.col("taken").sum())


def claim_of(payable, month) -> int:
    """What is still owed back for one month of one payable, in đồng."""
    sums = Movement.objects.filter(payable=payable, month=month).aggregate(
        owed=Sum("amount", filter=Q(debit=LedgerAccount.CLAIM)), settled=Sum("amount", filter=Q(credit=LedgerAccount.CLAIM))
    )
    return (sums["owed"] or 0) - (sums["settled"] or 0)
