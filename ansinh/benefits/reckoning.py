"""From terms to proposals: the same frames for one person on a screen and for the province at night."""
from collections.abc import Iterator
from datetime import date

import polars as pl

from ansinh.engine import amounts
from ansinh.engine.law import Law, book
from ansinh.engine.months import as_date, as_month
from ansinh.office import clock
from ansinh.payments import queries as payments

from . import queries
from .models import Entitlement

PERSONS = 4_000
PART_COLUMNS = (
    "part", "line", "title", "since", "until", "amount", "unit_amount", "quantity", "basis", "article", "in_force",
    "applies_since", "verified", "cut_by", "level", "factor", "national", "terms", "paper", "learnt",
)


def law_for(month: date, on: date, field: str) -> Law:
    """What the list of a month, locked on a day, may use in a field."""
    return book().known_for(month=month, locked_on=on, field=field)


def proposals(month: date, law: Law, *, known=None, entitlements=None) -> Iterator[pl.DataFrame]:
    """Differences between what is due in the law's field through ``month`` and what was posted, with their parts as JSON.

    ``entitlements`` narrows to some; they must be whole persons, because some parts are due once a person. Persons are
    taken in ranges, one frame each, so that memory stays flat.
    """
    ranges = [None] if entitlements is not None else queries.person_ranges(law.field, PERSONS)
    return (_of_range(persons, month, law, known, entitlements) for persons in ranges)


def parts_of_entitlements(entitlements: list[int], *, known, on: date, last: date) -> list[tuple[Law, object]]:
    """The parts of what entitlements give through ``last``, field by field with its law, as known at a moment and by the law of a day."""
    fields = Entitlement.objects.filter(pk__in=entitlements).values_list("payable__field", flat=True).distinct()
    laws = [law_for(last, on, field) for field in sorted(fields)]
    terms = (queries.terms_frame(field=law.field, known=known, entitlements=entitlements) for law in laws)
    return [(law, amounts.parts(own, law, until_month=as_month(last))) for law, own in zip(laws, terms, strict=True)]


def due_by_month(found: list[tuple[Law, object]], *, first: date, last: date) -> dict[date, int]:
    """What parts of any field come to together for each month from ``first`` to ``last`` in đồng.

    A month of which one of their fields has no table is left out.
    """
    by_field = [_months_of(amounts.due(parts).to_native(), law, first, last) for law, parts in found]
    months = set.intersection(*map(set, by_field)) if by_field else set()
    return {month: sum(due[month] for due in by_field) for month in sorted(months)}


def _months_of(spans, law, first, last):
    months = range(max(as_month(first), law.known_from), as_month(last) + 1)
    return {as_date(m): spans.filter((pl.col("since") <= m) & (pl.col("until") >= m))["amount"].sum() for m in months}


def due_of_entitlements(entitlements: list[int], *, known, on: date, first: date, last: date) -> dict[date, int]:
    """What entitlements of any field give together for each month, as known at a moment and by the law of a day."""
    return due_by_month(parts_of_entitlements(entitlements, known=known, on=on, last=last), first=first, last=last)


def awaited_by_month(found: list[tuple[Law, object]], *, first: date, last: date) -> dict[date, tuple[str, ...]]:
    """The texts, known but not loaded, by which something of a month is *tạm tính*; a month of which nothing is has none."""
    told: dict[date, tuple[str, ...]] = {}
    for parts in (parts for law, parts in found if book().is_provisional(last, law.field)):
        rows = parts.to_native().filter(pl.col("amount") != 0).select("basis", "since", "until").unique()
        for basis, since, until in rows.iter_rows():
            for number in range(max(since, as_month(first)), min(until, as_month(last)) + 1):
                if text := book().awaited_in(basis, as_date(number)):
                    told[as_date(number)] = tuple(sorted({*told.get(as_date(number), ()), text}))
    return told


def due_of_one(entitlement: Entitlement, month: date) -> int:
    """What one entitlement gives in a month by today's law and knowledge, beside everything else that its person is entitled to."""
    law, number = law_for(month, clock.today(), entitlement.field), as_month(month)
    terms = queries.terms_frame(field=entitlement.field, entitlements=list(queries.of_same_persons([entitlement.pk])))
    spans = amounts.due(amounts.parts(terms, law, until_month=number)).to_native()
    own = spans.filter(pl.col("entitlement") == entitlement.pk, pl.col("since") <= number, pl.col("until") >= number)
    return own["amount"].sum()


def _of_range(persons, month, law, known, entitlements):
    terms = queries.terms_frame(field=law.field, known=known, entitlements=entitlements, persons=persons)
    posted, unknown = payments.settled(entitlements, persons=persons, field=law.field)
    parts = amounts.parts(terms, law, until_month=as_month(month))
    found = amounts.differences(
        amounts.due(parts), posted, payments.cancellable_claims(entitlements, persons=persons, field=law.field), unknown,
        month=as_month(month), known_from=law.known_from,
    )
    return _explained(found.to_native(), parts.to_native(), terms)


def _explained(found, parts, terms):
    """Each difference with the parts that were due in its months, as JSON, and the row of terms it rests on."""
    found = found.with_row_index("row")
    parts = _together(parts).sort("since", "terms", "part", "line").with_row_index("place")
    met = (
        found.select("row", "entitlement", d_since="since", d_until="until")
        .join(parts.select("place", "entitlement", "terms", "since", "until", "amount", "basis"), on="entitlement")
        .filter(pl.col("since") <= pl.col("d_until"), pl.col("until") >= pl.col("d_since"))
        .with_columns(awaits=_awaits(parts)).drop("amount", "basis")
    )
    # Told in one order, or the same content would look new.
    met = met.join(_told(parts, met["place"], terms), on="place").sort("row", "place")
    told = met.group_by("row").agg(parts=pl.col("told").str.join(","), rests_on=pl.col("terms").max())
    last_terms = terms.group_by("entitlement").agg(last=pl.col("terms").sort_by("since").last())
    found = found.join(told, on="row", how="left").join(last_terms, on="entitlement", how="left").sort("row")
    awaiting = met.filter(pl.col("awaits"))["row"].unique().implode()
    return found.select(
        pl.col("entitlement").alias("payable_id"), "kind", _month_start("since"), _month_start("until"), "before", "after",
        pl.coalesce("rests_on", "last").alias("rests_on"), pl.format("[{}]", pl.col("parts").fill_null("")).alias("parts"),
        pl.col("row").is_in(awaiting).alias("is_provisional"),
    )


def _awaits(parts) -> pl.Expr:
    """Whether a part is *tạm tính* in the last month in which it meets a difference."""
    since = {basis: as_month(text.since) for basis in parts["basis"].unique() if (text := book().awaited(basis))}
    if not since:
        return pl.lit(False)
    first = pl.col("basis").replace_strict(since, default=None, return_dtype=pl.Int64)
    return (pl.col("amount") != 0) & (pl.min_horizontal("until", "d_until") >= first).fill_null(False)


def _together(parts):
    """Parts that concurrency took month by month as spans again, where nothing but the month differs."""
    same = ("entitlement", "terms", "part", "line", "article", "applies_since", "amount", "quantity", "cut_by")
    single = parts.filter(pl.col("since") == pl.col("until")).sort(*same, "since")
    begins = pl.any_horizontal(*(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in same), pl.col("since") != pl.col("since").shift(1) + 1)
    runs = single.with_columns(run=begins.fill_null(True).cum_sum())
    months = runs.group_by("run").agg(pl.col("since").min(), pl.col("until").max())
    merged = runs.unique("run", keep="first").drop("since", "until").join(months, on="run").select(parts.columns)
    return pl.concat([parts.filter(pl.col("since") != pl.col("until")), merged])


def _told(parts, places, terms):
    """These parts as JSON, each with the paper of its terms and the day on which the office learnt of it."""
    papers = terms.select("terms", paper="source", learnt=pl.col("recorded_at").dt.convert_time_zone("Asia/Ho_Chi_Minh").dt.to_string("%Y-%m-%d"))
    parts = parts.filter(pl.col("place").is_in(places.unique().implode())).join(papers, on="terms", how="left")
    parts = parts.with_columns(pl.col("in_force", "applies_since").dt.to_string("%Y-%m-%d"))
    return parts.select("place", told=pl.struct(*PART_COLUMNS).struct.json_encode())


def _month_start(column):
    return pl.date(pl.col(column) // 12, pl.col(column) % 12 + 1, 1).alias(column)
