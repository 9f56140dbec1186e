"""Facts of many persons at once: the bulk forms of the registry's acts, called inside an act by imports."""

import polars as pl
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from ansinh.office import bulk, clock
from ansinh.office.act import current_entry
from ansinh.office.dated import EARLIEST, clashing
from ansinh.web.refusal import Refusal

from ..models import Identifier, Particulars, Person, Residence
from ..names import KEYS, name_keys

SLICE = 10_000
PARTICULARS = ("name", "birth_on", "birth_precision", "sex", "ethnicity")
KEYED = {"name": pl.String, **dict.fromkeys(KEYS, pl.String), "sort_key": pl.Binary}
PLACE = ("area_id", "address", "household", "phone")


def register_many(rows: pl.DataFrame, *, source: str) -> pl.Series:
    """Register persons: ``name, birth_on, birth_precision, sex, area_path`` and PLACE.

    Returns their ids, in order. Where ``area_id`` is null no residence is recorded; it begins on ``place_since``.
    """
    ids = pl.Series("id", list(bulk.next_ids(Person, len(rows))), dtype=pl.Int64)
    rows = rows.with_columns(
        ids,
        area_path=pl.col("area_path").fill_null(""),
        ethnicity=pl.lit("") if "ethnicity" not in rows.columns else pl.col("ethnicity").fill_null(""),
    )
    rows = rows.drop(KEYS, strict=False).join(_keys(rows["name"]), on="name", how="left", maintain_order="left")
    cache = ("id", "name", *KEYS, "birth_on", "birth_precision", "sex", "area_path")
    bulk.write(rows.select(*cache), Person)
    record_many(rows.select(*PARTICULARS, person_id="id", since=pl.lit(EARLIEST)), Particulars, source=source)
    housed = rows.filter(pl.col("area_id").is_not_null())
    record_many(housed.select(*_texts(PLACE), person_id="id", since="place_since"), Residence, source=source)
    return ids


def identify_many(rows: pl.DataFrame, *, source: str):
    """Record numbers: ``person_id, kind, number``; rows without a number are passed over."""
    rows = rows.filter(pl.col("number").is_not_null() & pl.col("kind").is_not_null())
    record_many(rows.select("person_id", "kind", "number", since=pl.lit(EARLIEST)), Identifier, source=source)


def move_many(rows: pl.DataFrame, *, source: str):
    """Say where persons live from ``place_since`` on: ``person_id`` and PLACE; the same commune is a correction of its span."""
    current = _current(Residence, rows["person_id"], "person_id", "since", *PLACE).rename(
        {n: f"old_{n}" for n in (*PLACE, "since", "id")}
    )
    rows = rows.join(current, on="person_id", how="left", maintain_order="left")
    kept = [pl.coalesce(pl.col(name), pl.col(f"old_{name}")).alias(name) for name in PLACE]
    withdraw_many(Residence, rows["old_id"].drop_nulls())
    moved = (pl.col("area_id") != pl.col("old_area_id")) & (pl.col("old_since") < pl.col("place_since"))
    rows = rows.with_columns(*kept, moved=moved.fill_null(False))
    before = rows.filter("moved").select(
        *(pl.col(f"old_{n}").alias(n) for n in PLACE),
        "person_id",
        since="old_since",
        until=pl.col("place_since").dt.offset_by("-1d"),
    )
    record_many(before.select(*_texts(PLACE), "person_id", "since", "until"), Residence, source=source)
    start = pl.when("moved").then("place_since").otherwise(pl.coalesce("old_since", "place_since"))
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
    """Record dated rows; ``until`` is open where it is not given. Refused as a whole where one shares a day with another."""
    if not len(rows):
        return
    kept = {} if "until" in rows.columns else {"until": pl.lit(None, pl.Date)}
    if "source" not in rows.columns:
        kept["source"] = pl.lit(source)
    rows = rows.with_columns(recorded_at=pl.lit(clock.now()), recorded_in_id=pl.lit(current_entry().pk), **kept)
    last = model.objects.aggregate(last=Max("pk"))["last"] or 0
    bulk.write(rows, model)
    if clash := clashing(model, recorded_in=current_entry(), pk__gt=last).first():
        raise Refusal(
            _("%(what)s %(row)s trùng ngày với một dòng đang ghi của cùng người; sửa dòng đó trước.")
            % {"what": model._meta.verbose_name.capitalize(), "row": clash}
        )


def withdraw_many(model, ids: pl.Series):
    """Stop believing rows; refused as a whole where someone was quicker with one of them."""
    values = {"withdrawn_at": clock.now(), "withdrawn_in": current_entry()}
    done = sum(
        model.objects.filter(pk__among=bulk.Values(ids[i : i + SLICE]), withdrawn_at=None).update(**values)
        for i in range(0, len(ids), SLICE)
    )
    if done != len(ids):
        raise Refusal(_("Có dòng vừa được người khác sửa; kiểm tra lại bảng rồi ghi."))


def undo_many(model, entry, undo_entry, *, kept: list[int], person="person_id"):
    """Withdraw what an entry recorded and record again what it withdrew, but for the persons in ``kept``."""
    moment = clock.now()
    of_others = ~Q(**{f"{person}__among": bulk.Values(kept)}) if kept else Q()
    model.objects.filter(of_others, recorded_in=entry, withdrawn_at=None).update(withdrawn_at=moment, withdrawn_in=undo_entry)
    columns = [f.attname for f in model._meta.concrete_fields if f.attname not in BOOKKEEPING]
    gone = model.objects.filter(of_others, withdrawn_in=entry).exclude(recorded_in=entry)
    record_many(bulk.frame(gone, *columns), model)


BOOKKEEPING = {"id", "recorded_at", "withdrawn_at", "recorded_in_id", "withdrawn_in_id"}


def _keys(names):
    """The keys of each distinct name."""
    distinct = names.unique().to_list()
    return pl.DataFrame([{"name": name, **name_keys(name)} for name in distinct], schema=KEYED)


def _current(model, persons, *columns):
    """Open current rows of persons; ``id`` comes with them."""
    queryset = model.objects.current().filter(until=None)
    ids = persons.to_list()
    parts = [bulk.frame(queryset.filter(person_id__among=bulk.Values(ids[i : i + SLICE])), "id", *columns) for i in range(0, len(ids), SLICE)]
    return pl.concat(parts) if parts else bulk.frame(queryset.filter(pk=-1), "id", *columns)


def _texts(columns):
    return [pl.col(name) if name == "area_id" else pl.col(name).fill_null("").alias(name) for name in columns]
