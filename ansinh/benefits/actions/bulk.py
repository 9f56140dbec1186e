"""Bulk forms for imports: thousands of entitlements in one act, with what was settled before An Sinh paid."""
from datetime import date

import polars as pl

from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.months import as_month
from ansinh.office import bulk, clock
from ansinh.office.act import current_entry
from ansinh.office.dated import withdraw
from ansinh.payments.actions import open_payables, record_openings, withdraw_openings
from ansinh.payments.models import Opening
from ansinh.registry.imports.matching import in_slices
from ansinh.registry.models import Person

from ..limits_of_many import broken_rows, with_births
from ..models import Entitlement, Terms
from ..queries import of_same_persons, terms_frame
from ..waiting_lists import lists_follow

DECIDES_ALL = ",".join(sorted((*Terms.FACTS, "state")))


def grant_many(grants: pl.DataFrame) -> pl.DataFrame:
    """Cho hưởng hàng loạt, inside an act: one entitlement a row.

    Columns: ``person_id, standing, since, source, rests_on_id`` (may be null), ``paid_up_to`` (month or null) and
    facts of a standing; those left out are unknown. Returns the frame with ``entitlement_id``. Months up to ``paid_up_to`` are settled by the law
    known when the list of that month was locked. Where the law does not allow one of them, all are refused by it: the limits
    of a single grant hold here too. Lists that wait for approval are made anew, each once.
    """
    grants = with_births(_with_lives(grants))
    if found := broken_rows(grants):
        raise found[min(found)].refusal()
    grants = grants.drop("who", "birth_on", "died_on")
    titles = [book().title(row["standing"], row) for row in grants.iter_rows(named=True)]
    fields = [book().standing(code).field for code in grants["standing"]]
    grants = grants.with_columns(field=pl.Series(fields, dtype=pl.String))
    with lists_follow(grants["person_id"].unique(), set(fields)):
        return _written(grants, titles)


def _written(grants, titles) -> pl.DataFrame:
    ids = open_payables(grants.select("person_id", "field", title=pl.Series(titles, dtype=pl.String)))
    grants = grants.with_columns(entitlement_id=pl.Series(ids, dtype=pl.Int64))
    bulk.write(grants.select(payable_id="entitlement_id", standing="standing", paid_up_to="paid_up_to"), Entitlement)
    entry, now = current_entry(), clock.now()
    terms = grants.select(
        "entitlement_id", "since", "source", "rests_on_id", *(name for name in Terms.FACTS if name in grants.columns), until=_last_day(),
    ).with_columns(
        state=pl.lit("in_force"), decides=pl.lit(DECIDES_ALL),
        recorded_at=pl.lit(now).dt.convert_time_zone("UTC"), recorded_in_id=pl.lit(entry.pk),
    )
    bulk.write(terms, Terms)
    _open(grants)
    return grants


def _with_lives(grants):
    """The grants with name, birth and death of each person, in the order in which they came."""
    ids = grants["person_id"].unique().to_list()
    lives = in_slices(Person.objects.all(), "id", ids, "id", "name", "birth_on", "died_on").rename({"id": "person_id", "name": "who"})
    return grants.join(lives, on="person_id", how="left", maintain_order="left")


def _last_day():
    """A lump sum is due in its one month; everything else runs on."""
    once = [code for code, standing in book().standings.items() if standing.once]
    return pl.when(pl.col("standing").is_in(once)).then(pl.col("since").dt.month_end()).otherwise(pl.lit(None, pl.Date))


def withdraw_grants(entry) -> list[int]:
    """Take back the grants of a journal line: their terms and openings; returns the entitlements."""
    rows = list(Terms.objects.filter(recorded_in=entry, withdrawn_at=None))
    for row in rows:
        withdraw(row)
    found = [row.entitlement_id for row in rows]
    withdraw_openings(Opening.objects.filter(payable__in=found))
    return found


def _open(grants):
    for (paid_up_to, field), group in grants.drop_nulls("paid_up_to").group_by("paid_up_to", "field"):
        record_openings(settled_spans(group["entitlement_id"].to_list(), paid_up_to, field))


def settled_spans(entitlements: list[int], paid_up_to: date, field: str) -> pl.DataFrame:
    """What was due in a field through a month by the law of its own list, as opening spans; ``amount`` null without a table."""
    month = as_month(paid_up_to)
    law = book().known_for(month=paid_up_to, locked_on=book().lock_day(paid_up_to), field=field)
    terms = terms_frame(field=field, entitlements=of_same_persons(entitlements))
    spans = amounts.due(amounts.parts(terms, law, until_month=month)).to_native()
    spans = spans.filter(pl.col("entitlement").is_in(entitlements))
    began = terms.filter(pl.col("entitlement").is_in(entitlements)).group_by("entitlement").agg(since=pl.col("since").min())
    began = began.with_columns(
        since=pl.col("since").dt.year().cast(pl.Int64) * 12 + pl.col("since").dt.month() - 1
    )
    unknown = began.with_columns(
        until=pl.lit(min(month, law.known_from - 1), dtype=pl.Int64), amount=pl.lit(None, dtype=pl.Int64)
    ).filter(pl.col("since") <= pl.col("until"))
    spans = pl.concat([spans, unknown.select(spans.columns)])
    return spans.select(payable_id="entitlement", since=_day("since"), until=_day("until"), amount="amount")


def _day(column):
    return pl.date(pl.col(column) // 12, pl.col(column) % 12 + 1, 1)


