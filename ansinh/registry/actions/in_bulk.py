"""Facts of many persons at once: the bulk forms of the registry's acts, called inside an act by imports."""

from datetime import date, timedelta

import polars as pl
from django.db.models import Q
from django.utils.translation import gettext as _

from ansinh.engine.text.names import fold, sort_key
from ansinh.office import bulk, clock
from ansinh.office.act import current_entry
from ansinh.office.dated import EARLIEST
from ansinh.web.refusal import Refusal

from ..models import Identifier, Particulars, Person, Residence

SLICE = 10_000
PARTICULARS = ("name", "birth_on", "birth_precision", "sex", "ethnicity")
PLACE = ("area_id", "address", "household", "phone")


def register_many(rows: pl.DataFrame, *, since: date, source: str) -> pl.Series:
    """Register persons: ``name, search_key, sort_key, birth_on, birth_precision, sex, area_path`` and PLACE.

    Returns their ids, in order. Where ``area_id`` is null no residence is recorded. ``since`` is the residence's day.
    """
    ids = pl.Series("id", list(bulk.next_ids(Person, len(rows))), dtype=pl.Int64)
    rows = rows.with_columns(
        ids,
        area_path=pl.col("area_path").fill_null(""),
        ethnicity=pl.lit("") if "ethnicity" not in rows.columns else pl.col("ethnicity").fill_null(""),
    )
    cache = ("id", "name", "search_key", "sort_key", "birth_on", "birth_precision", "sex", "area_path")
    bulk.write(rows.select(*cache), Person)
    record_many(rows.select(*PARTICULARS, person_id="id", since=pl.lit(EARLIEST)), Particulars, source=source)
    housed = rows.filter(pl.col("area_id").is_not_null())
    record_many(housed.select(*_texts(PLACE), person_id="id", since=pl.lit(since)), Residence, source=source)
    return ids


def identify_many(rows: pl.DataFrame, *, source: str):
    """Record numbers: ``person_id, kind, number``; rows without a number are passed over."""
    rows = rows.filter(pl.col("number").is_not_null() & pl.col("kind").is_not_null())
    record_many(rows.select("person_id", "kind", "number", since=pl.lit(EARLIEST)), Identifier, source=source)


def move_many(rows: pl.DataFrame, *, since: date, source: str):
    """Say where persons live from a day on: ``person_id`` and PLACE; the same commune is a correction of its span."""
    current = _current(Residence, rows["person_id"], "person_id", "since", *PLACE).rename(
        {n: f"old_{n}" for n in (*PLACE, "since", "id")}
    )
    rows = rows.join(current, on="person_id", how="left", maintain_order="left")
    kept = [pl.coalesce(pl.col(name), pl.col(f"old_{name}")).alias(name) for name in PLACE]
    withdraw_many(Residence, rows["old_id"].drop_nulls())
    moved = (pl.col("area_id") != pl.col("old_area_id")) & (pl.col("old_since") < since)
    rows = rows.with_columns(*kept, moved=moved.fill_null(False))
    before = rows.filter("moved").select(
        *(pl.col(f"old_{n}").alias(n) for n in PLACE), "person_id", since="old_since", until=pl.lit(since - timedelta(days=1))
    )
    record_many(before.select(*_texts(PLACE), "person_id", "since", "until"), Residence, source=source)
    start = pl.when("moved").then(pl.lit(since)).otherwise(pl.coalesce("old_since", pl.lit(since)))
    record_many(rows.select(*_texts(PLACE), "person_id", since=start), Residence, source=source)


def correct_particulars_many(rows: pl.DataFrame, *, source: str):
    """Correct name, birth and sex over the whole of what was believed: ``person_id`` and PARTICULARS (null: as it was)."""
    names = [name for name in PARTICULARS if name in rows.columns]
    current = _current(Particulars, rows["person_id"], "person_id", "since", *PARTICULARS).rename(
        {n: f"old_{n}" for n in PARTICULARS}
    )
    rows = rows.select("person_id", *names).join(current, on="person_id", how="inner", maintain_order="left")
    withdraw_many(Particulars, rows["id"])
    values = [
        pl.coalesce(pl.col(n), pl.col(f"old_{n}")).alias(n) if n in names else pl.col(f"old_{n}").alias(n) for n in PARTICULARS
    ]
    record_many(rows.select(*values, "person_id", "since"), Particulars, source=source)


def record_many(rows: pl.DataFrame, model, *, source: str = ""):
    """Record dated rows; ``until`` is open where it is not given. The caller answers for overlaps."""
    if not len(rows):
        return
    kept = {} if "until" in rows.columns else {"until": pl.lit(None, pl.Date)}
    if "source" not in rows.columns:
        kept["source"] = pl.lit(source)
    rows = rows.with_columns(recorded_at=pl.lit(clock.now()), recorded_in_id=pl.lit(current_entry().pk), **kept)
    bulk.write(rows, model)


def withdraw_many(model, ids: pl.Series):
    """Stop believing rows; refused as a whole where someone was quicker with one of them."""
    values = {"withdrawn_at": clock.now(), "withdrawn_in": current_entry()}
    done = sum(
        model.objects.filter(pk__in=ids[i : i + SLICE].to_list(), withdrawn_at=None).update(**values)
        for i in range(0, len(ids), SLICE)
    )
    if done != len(ids):
        raise Refusal(_("Có dòng vừa được người khác sửa; kiểm tra lại bảng rồi ghi."))


def refresh_cache(person_ids: list[int]):
    """Let persons show again what is believed of them: name, keys, birth, sex and today's place."""
    from_rows = {row.person_id: row for row in _in_slices(Particulars.objects.current(), person_ids)}
    homes = {}
    for home in _in_slices(Residence.objects.current().select_related("area").order_by("since"), person_ids):
        if home.person_id not in homes or home.since <= clock.today():
            homes[home.person_id] = home
    persons = [
        _as_believed(person, from_rows.get(person.pk), homes.get(person.pk))
        for person in _in_slices(Person.objects.all(), person_ids, "pk")
    ]
    Person.objects.bulk_update(
        persons, ("name", "search_key", "sort_key", "birth_on", "birth_precision", "sex", "area_path"), batch_size=500
    )


def undo_many(model, entry, undo_entry, *, kept: list[int], person="person_id"):
    """Withdraw what an entry recorded and record again what it withdrew, but for the persons in ``kept``."""
    moment = clock.now()
    of_others = ~Q(**{f"{person}__in": kept}) if kept else Q()
    model.objects.filter(of_others, recorded_in=entry, withdrawn_at=None).update(withdrawn_at=moment, withdrawn_in=undo_entry)
    columns = [f.attname for f in model._meta.concrete_fields if f.attname not in BOOKKEEPING]
    gone = model.objects.filter(of_others, withdrawn_in=entry).exclude(recorded_in=entry)
    record_many(bulk.frame(gone, *columns), model)


BOOKKEEPING = {"id", "recorded_at", "withdrawn_at", "recorded_in_id", "withdrawn_in_id"}


def _as_believed(person, row, home):
    """A person of whom nothing is believed any more keeps the name on old papers and is found by nobody."""
    if row is None:
        person.search_key, person.area_path = "", ""
        return person
    person.name, person.birth_on, person.birth_precision, person.sex = row.name, row.birth_on, row.birth_precision, row.sex
    person.search_key, person.sort_key = fold(row.name)[:120], sort_key(row.name)
    person.area_path = home.area.path if home else person.area_path
    return person


def _in_slices(queryset, ids, column="person_id"):
    for i in range(0, len(ids), SLICE):
        yield from queryset.filter(**{f"{column}__in": ids[i : i + SLICE]})


def _current(model, persons, *columns):
    """Open current rows of persons; ``id`` comes with them."""
    queryset = model.objects.current().filter(until=None)
    ids = persons.to_list()
    parts = [bulk.frame(queryset.filter(person_id__in=ids[i : i + SLICE]), "id", *columns) for i in range(0, len(ids), SLICE)]
    return pl.concat(parts) if parts else bulk.frame(queryset.filter(pk=-1), "id", *columns)


def _texts(columns):
    return [pl.col(name) if name == "area_id" else pl.col(name).fill_null("").alias(name) for name in columns]
