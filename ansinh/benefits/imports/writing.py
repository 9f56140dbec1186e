"""What a row of a beneficiaries' sheet writes: person, file number, standing, entitlement with its opening, channel."""
import polars as pl

from ansinh.engine.law import book
from ansinh.office import bulk
from ansinh.payments.actions import change_channels, set_channels, withdraw_openings
from ansinh.payments.models import Opening
from ansinh.registry.actions import in_bulk
from ansinh.registry.imports.kinds import Setting
from ansinh.registry.imports.matching import in_slices
from ansinh.registry.imports.persons import write_persons
from ansinh.registry.models import Standing

from ..actions import grant_many
from ..models import Terms
from ..waiting_lists import lists_follow

CHANNEL = ("bank", "account_number", "receiver", "receiver_relation", "receiver_paper", "receiver_until")


def write(rows: pl.DataFrame, setting: Setting, facts: tuple[str, ...], *, files: bool, several: bool) -> pl.DataFrame:
    """Write new and changed rows; returns ``row_id`` and ``subject`` of all of them."""
    written = _write_each_once(rows, setting) if several else write_persons(rows, source=setting.source)
    rows = (
        rows.drop("subject").join(written, on="row_id", maintain_order="left")
        .with_columns(person_id=pl.col("subject"), source=pl.coalesce("decision", pl.lit(setting.source)))
    )
    if files:
        fresh = rows.filter(pl.col("file").is_not_null() & pl.col("old_file").is_null())
        in_bulk.identify_many(fresh.select("person_id", number="file", kind=pl.lit("file")), source=setting.source)
    granted = rows.filter(pl.col("old_entitlement").is_null() | pl.col("other_terms"))
    with lists_follow(granted["person_id"].unique(), {book().field_of(code) for code in granted["standing"].unique()}):
        _withdraw_terms(rows.filter("other_terms")["old_entitlement"].to_list())
        _grant(granted, facts)
        _set_channels(rows, setting)
    return written


def _write_each_once(rows, setting):
    """Of a person who stands in several rows, the first says who it is."""
    rows = rows.with_columns(owner=pl.coalesce(pl.col("subject").cast(pl.String), pl.concat_str(pl.lit("new "), "person_key")))
    first = rows.unique("owner", keep="first", maintain_order=True)
    written = write_persons(first, source=setting.source).join(first.select("row_id", "owner"), on="row_id")
    return rows.select("row_id", "owner").join(written.select("owner", "subject"), on="owner", how="left", maintain_order="left").drop("owner")


def _withdraw_terms(entitlements):
    """Terms not yet paid by anything that were typed wrong in an earlier sheet; their openings go with them."""
    if not entitlements:
        return
    ids = bulk.frame(Terms.objects.current().filter(entitlement__in=entitlements), "id")["id"]
    in_bulk.withdraw_many(Terms, ids)
    withdraw_openings(Opening.objects.filter(payable__in=entitlements))


def _grant(rows, facts):
    """Standings, each once a person, and the entitlements that rest on them."""
    if not len(rows):
        return
    standings = rows.unique(["person_id", "standing"], keep="first", maintain_order=True)
    ids = pl.Series("id", list(bulk.next_ids(Standing, len(standings))), dtype=pl.Int64)
    held = in_slices(
        Standing.objects.current().filter(until=None), "person_id", standings["person_id"].to_list(), "person_id", "code", "id"
    )
    held = held.rename({"code": "standing", "id": "held"}).unique(subset=["person_id", "standing"], keep="any")
    standings = standings.with_columns(id=ids).join(held, on=["person_id", "standing"], how="left", maintain_order="left")
    in_bulk.withdraw_many(Standing, standings["held"].drop_nulls())
    own = [name for name in facts if name in Standing.FACTS]
    # A disability is recognised by its certificate, before any decision on money.
    paper = pl.coalesce("certificate", "source") if "certificate" in rows.columns else pl.col("source")
    in_bulk.record_many(standings.select("id", "person_id", "since", *own, source=paper, code="standing"), Standing)
    rows = rows.join(standings.select("person_id", "standing", "id"), on=["person_id", "standing"], how="left", maintain_order="left")
    grant_many(rows.select("person_id", "standing", "since", "source", "paid_up_to", *facts, rests_on_id="id"))


def _set_channels(rows, setting):
    columns = (pl.col("channel").alias("kind"), *CHANNEL)
    fresh = rows.filter(pl.col("old_channel").is_null()).unique(subset="person_id", keep="first")
    if len(fresh):
        set_channels(fresh.select("person_id", *columns), source=setting.source)
    changed = rows.filter(pl.col("old_channel").is_not_null() & pl.col("other_channel")).unique(subset="person_id", keep="first")
    if len(changed):
        change_channels(changed.select("person_id", *columns, since="place_since"), source=setting.source)
