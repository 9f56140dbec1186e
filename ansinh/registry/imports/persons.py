"""The kind ``persons``: the population register, one row a person."""

from pathlib import Path

import polars as pl
from django.utils.translation import gettext as _

from ..actions import in_bulk
from ..actions.cache import refresh_persons
from ..sheets.columns import load_columns
from . import checks
from .facts import COMPARED, PERSON_FACTS, PLACE_FACTS, concluded, with_old_facts
from .frames import gathered, sentence, with_missing
from .kinds import Kind, Setting, register
from .matching import match_persons
from .places import places

COLUMNS = load_columns(Path(__file__).with_name("persons.yaml"))
SCHEMA = {
    "number": pl.String,
    "number_kind": pl.String,
    "name": pl.String,
    "search_key": pl.String,
    "birth_on": pl.Date,
    "birth_precision": pl.String,
    "sex": pl.String,
    "area_id": pl.Int64,
    "area_path": pl.String,
    "address": pl.String,
    "household": pl.String,
    "phone": pl.String,
    "person": pl.String,
    "place_since": pl.Date,
}
NUMBERS = {"citizen": "citizen", "old_card": "old_card"}


def check(texts: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Read every column of the register; a row needs a name, a commune and a number or a birth date."""
    frame = check_person(texts, setting)
    return finished(frame.with_columns(needs_fault=_needs()), key=identity())


def check_person(frame: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Name, birth, sex, number and commune, as every kind of row about a person has them."""
    frame = _put_together(with_missing(frame, [column.name for column in COLUMNS]))
    frame = checks.births(checks.sexes(checks.names(frame)), today=setting.today)
    frame = places(checks.citizen_numbers(frame), setting).with_columns(place_since=pl.lit(min(setting.as_of, setting.today)))
    return frame.with_columns(too_long(name, limit) for name, limit in (("address", 200), ("household", 40), ("phone", 20)))


def _put_together(frame):
    """A name in two columns, and a birth that stands in the column of the person's sex, as office lists have them."""
    by_sex = pl.when(pl.col("birth_male").is_not_null()).then(pl.lit("nam")).when(pl.col("birth_female").is_not_null()).then(pl.lit("nữ"))
    return frame.with_columns(
        name=pl.when(pl.col("name").is_not_null()).then(pl.concat_str("family", "name", separator=" ", ignore_nulls=True)),
        birth=pl.coalesce("birth", "birth_male", "birth_female"),
        sex=pl.coalesce("sex", by_sex),
    )


def too_long(name: str, limit: int) -> pl.Expr:
    """The fault of a text longer than its place in the register."""
    is_long = pl.col(name).str.len_chars() > limit
    return (
        pl.when(is_long)
        .then(pl.format(_("“{}” dài hơn {} chữ."), pl.col(name).str.slice(0, 40), pl.lit(limit)))
        .alias(f"{name}_fault")
    )


def finished(frame: pl.DataFrame, *, key: pl.Expr) -> pl.DataFrame:
    """Faults and notes gathered; ``title`` and ``key`` added."""
    return frame.with_columns(
        title=pl.col("name").fill_null("").str.slice(0, 120),
        key=key,
        fault=gathered(frame, "_fault"),
        note=gathered(frame, "_note"),
        remedy=pl.lit(None, pl.String),
    )


def identity() -> pl.Expr:
    """What may stand once in a file: the number, else name, birth, sex, commune and household together."""
    rest = pl.concat_str(
        "search_key",
        pl.col("birth_on").cast(pl.String).fill_null(""),
        "sex",
        pl.col("area_path").fill_null(""),
        pl.col("household").fill_null(""),
        separator="|",
    )
    return pl.coalesce("number", rest)


def _needs():
    no_place = pl.when(pl.col("area_id").is_null() & pl.col("place_fault").is_null()).then(pl.lit(_("Thiếu xã.")))
    nobody = pl.when(pl.col("number").is_null() & pl.col("birth_on").is_null()).then(
        pl.lit(_("Thiếu cả số định danh lẫn ngày sinh."))
    )
    return sentence(no_place, nobody)


def split_numbers(rows: pl.DataFrame) -> pl.DataFrame:
    """``number`` as ``citizen`` or ``old_card`` by its kind."""
    return rows.with_columns(pl.when(pl.col("number_kind") == kind).then("number").alias(kind) for kind in NUMBERS)


def match(rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Who each row is and what it would change."""
    matched = with_old_facts(match_persons(split_numbers(rows), NUMBERS, setting))
    return concluded(matched, setting)


def apply(rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Register the new, correct and move the changed; returns ``row_id`` and ``subject``."""
    return write_persons(rows, source=setting.source)


def write_persons(rows: pl.DataFrame, *, source: str) -> pl.DataFrame:
    """Write the person's part of new and changed rows; returns ``row_id`` and ``subject`` of all of them."""
    new, known = rows.filter(pl.col("subject").is_null()), rows.filter(pl.col("subject").is_not_null())
    new = new.with_columns(subject=in_bulk.register_many(new, source=source))
    known = known.with_columns(pl.col("subject").cast(pl.Int64))
    in_bulk.identify_many(new.select("number", person_id="subject", kind="number_kind"), source=source)
    fresh_card = (pl.col("number_kind") == "citizen") & pl.col("old_number").is_null()
    in_bulk.identify_many(known.filter(fresh_card).select("number", person_id="subject", kind="number_kind"), source=source)
    _write_changes(known, source)
    return pl.concat([new.select("row_id", "subject"), known.select("row_id", "subject")])


def _write_changes(known, source):
    corrected = known.filter(_any_differs(PERSON_FACTS))
    moved = known.filter(_any_differs(PLACE_FACTS))
    if len(corrected):
        in_bulk.correct_particulars_many(corrected.select(*map(_said, PERSON_FACTS), person_id="subject"), source=source)
    if len(moved):
        in_bulk.move_many(moved.select(*map(_said, PLACE_FACTS), "place_since", person_id="subject"), source=source)
    touched = pl.concat([corrected["subject"], moved["subject"]]).unique().to_list()
    if touched:
        refresh_persons(touched)


def _any_differs(names):
    return pl.any_horizontal(_said(name).is_not_null() & _said(name).ne_missing(pl.col(f"old_{name}")) for name in names)


def _said(name):
    column = pl.col(name)
    return column if name in ("birth_on", "area_id") else pl.when(column != "").then(column).alias(name)


PERSONS = register(
    Kind(
        name="persons",
        title="Danh sách dân cư",
        columns=COLUMNS,
        schema=SCHEMA,
        compared=COMPARED,
        check=check,
        match=match,
        apply=apply,
        shows={
            "name": "Họ và tên",
            "birth_on": "Ngày sinh",
            "birth_precision": "Độ rõ ngày sinh",
            "sex": "Giới tính",
            "area_id": "Xã, phường",
            "address": "Địa chỉ",
            "household": "Số hộ",
            "phone": "Điện thoại",
        },
    )
)
