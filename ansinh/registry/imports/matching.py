"""Who a row is: by number, else by name and birth; what is not certain is ambiguous, never a guess."""

import polars as pl
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ansinh.office import bulk

from ..models import Identifier, Particulars, Person
from .kinds import Setting

SLICE = 20_000
SAID_NEW = "mới"
FOUND, NEW, AMBIGUOUS, WRONG = "found", "new", "ambiguous", "wrong"

_CANDIDATES = """
SELECT w.place, p.id, p.birth_on, p.birth_precision, p.sex, p.area_path FROM {wanted} w
JOIN registry_person p ON p.search_key = w.search_key AND p.birth_on >= w.first AND p.birth_on <= w.last
"""
_POSTGRESQL = "(SELECT * FROM json_to_recordset(%s::json) AS u(place bigint, search_key text, first date, last date))"
_SQLITE = """(SELECT value->>'place' AS place, value->>'search_key' AS search_key, value->>'first' AS first, value->>'last' AS last
FROM json_each(%s))"""


def numbered(frame: pl.DataFrame, numbers: dict[str, str]) -> pl.DataFrame:
    """Add ``holder_<kind>``: the person whom each number column leads to today (kind of number → column)."""
    for kind, column in numbers.items():
        wanted = frame[column].drop_nulls().unique().to_list()
        queryset = Identifier.objects.current().filter(kind=kind, until=None)
        held = in_slices(queryset, "number", wanted, "number", "person_id")
        held = held.rename({"number": column, "person_id": f"holder_{kind}"}).unique(subset=column, keep="any")
        frame = frame.join(held, on=column, how="left", maintain_order="left")
    return frame


def match_persons(frame: pl.DataFrame, numbers: dict[str, str], setting: Setting) -> pl.DataFrame:
    """Add ``subject``, ``found`` (found, new, ambiguous, wrong), ``candidates``, ``match_reason``, ``match_remedy``.

    Needs the columns of ``numbers``, ``person`` (own number, or “mới”), ``search_key``, ``birth_on``,
    ``birth_precision``, ``sex``, ``area_path``. Looks at everyone, whatever the officer's rights.
    """
    frame = numbered(frame, numbers).with_row_index("place")
    holders = [f"holder_{kind}" for kind in numbers]
    said = pl.col("person").str.strip_suffix(".0").cast(pl.Int64, strict=False)
    known = set(in_slices(Person.objects.all(), "id", frame.select(said).to_series().drop_nulls().to_list(), "id")["id"])
    frame = frame.with_columns(said=said, subject=pl.coalesce(*holders, said))
    frame = frame.with_columns(is_unknown=~pl.col("said").is_in(list(known)))
    conflict = pl.any_horizontal(*(pl.col(h) != pl.col("subject") for h in [*holders, "said"]))
    frame = frame.with_columns(conflict=conflict.fill_null(False) | pl.col("is_unknown").fill_null(False))
    unmatched = frame.filter(
        pl.col("subject").is_null() & (pl.col("person").is_null() | (pl.col("person").str.to_lowercase() != SAID_NEW))
    )
    frame = frame.join(_by_name(unmatched, numbers, setting), on="place", how="left", maintain_order="left")
    return _concluded(frame, holders)


def _concluded(frame, holders):
    is_sole = pl.col("sole").is_not_null()
    ambiguous = pl.col("alike").list.len().fill_null(0) > 0
    found = (
        pl.when(pl.col("conflict"))
        .then(pl.lit(WRONG))
        .when(pl.col("subject").is_not_null() | is_sole)
        .then(pl.lit(FOUND))
        .when(ambiguous)
        .then(pl.lit(AMBIGUOUS))
        .otherwise(pl.lit(NEW))
    )
    frame = frame.with_columns(found=found, subject=pl.coalesce("subject", "sole"))
    both = pl.concat_list(*[pl.col(h) for h in holders], pl.col("said")).list.drop_nulls().list.unique()
    is_ambiguous = pl.col("found") == AMBIGUOUS
    return frame.with_columns(
        candidates=pl.when(pl.col("found") == WRONG).then(both).when(is_ambiguous).then(pl.col("alike")),
        match_reason=pl.when(pl.col("found") == WRONG)
        .then(pl.lit(_("Các số trên dòng này thuộc về những người khác nhau, hoặc mã người không có.")))
        .when(is_ambiguous)
        .then(pl.format(_("Có {} người cùng tên, cùng ngày sinh trong sổ."), pl.col("alike").list.len())),
        match_remedy=pl.when(pl.col("found") == WRONG)
        .then(pl.lit(_("Kiểm tra lại các số giấy tờ của dòng này.")))
        .when(is_ambiguous)
        .then(pl.lit(_("Nếu là một người trong đó, ghi mã người vào cột “Mã người”; nếu là người khác, ghi “mới”."))),
        subject=pl.when(pl.col("found") == FOUND).then(pl.col("subject")),
    ).drop("place", "said", "is_unknown", "conflict", "sole", "alike", *holders)


def _by_name(rows, numbers, setting):
    """For rows without a known number: ``sole``, the one person who is the same in everything, or ``alike``."""
    schema = {"place": pl.UInt32, "sole": pl.Int64, "alike": pl.List(pl.Int64)}
    rows = rows.filter(pl.col("birth_on").is_not_null())
    found = _candidates(rows)
    if not len(found):
        return pl.DataFrame(schema=schema)
    found = _without_own(found, setting).join(
        rows.select("place", "birth_on", "birth_precision", "sex", "area_path", *numbers.values()), on="place", suffix="_row"
    )
    found = found.filter(_same_birth(), (pl.col("sex") == pl.col("sex_row")) | (pl.col("sex") == "") | (pl.col("sex_row") == ""))
    found = _without_other_number(found, numbers)
    in_all = (
        (pl.col("birth_on") == pl.col("birth_on_row"))
        & (pl.col("birth_precision") == pl.col("birth_precision_row"))
        & (pl.col("sex") == pl.col("sex_row"))
        & (pl.col("area_path") == pl.col("area_path_row"))
    ) & pl.all_horizontal(pl.col(column).is_null() for column in numbers.values())
    grouped = found.group_by("place").agg(
        alike=pl.col("id").sort(), is_same=(in_all.all() & (pl.len() == 1)), first=pl.col("id").first()
    )
    return grouped.select("place", sole=pl.when("is_same").then("first"), alike=pl.when(~pl.col("is_same")).then("alike"))


def _candidates(rows):
    """People of the same folded name born in the same year, through the index on name and birth."""
    schema = {
        "place": pl.UInt32,
        "id": pl.Int64,
        "birth_on": pl.Date,
        "birth_precision": pl.String,
        "sex": pl.String,
        "area_path": pl.String,
    }
    parts = [pl.DataFrame(schema=schema)]
    year = pl.col("birth_on").dt.truncate("1y")
    rows = rows.select("place", "search_key", first=year, last=year.dt.offset_by("1y").dt.offset_by("-1d"))
    sql = _CANDIDATES.format(wanted=_POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)
    with connection.cursor() as cursor:
        for part in rows.iter_slices(SLICE):
            cursor.execute(sql, [part.write_json()])
            parts.append(pl.DataFrame(cursor.fetchall(), schema=schema, orient="row"))
    return pl.concat(parts)


def _without_own(found, setting):
    """Leave out persons whom this very import made in an earlier part: rows of one file were compared before."""
    if setting.entry_id is None or not len(found):
        return found
    own = in_slices(
        Particulars.objects.filter(recorded_in=setting.entry_id), "person_id", found["id"].unique().to_list(), "person_id"
    )
    return found.filter(~pl.col("id").is_in(own["person_id"].implode()))


def _same_birth():
    one, other = pl.col("birth_precision"), pl.col("birth_precision_row")
    same_day = pl.col("birth_on") == pl.col("birth_on_row")
    same_month = pl.col("birth_on").dt.month() == pl.col("birth_on_row").dt.month()
    by_month = ((one == "month") | (other == "month")) & same_month
    return same_day | (one == "year") | (other == "year") | by_month


def _without_other_number(found, numbers):
    """A person who already has another citizen number is another person."""
    column = numbers.get("citizen")
    if column is None or not len(found):
        return found
    queryset = Identifier.objects.current().filter(kind="citizen", until=None)
    held = in_slices(queryset, "person_id", found["id"].unique().to_list(), "person_id", "number")
    held = held.rename({"person_id": "id", "number": "held"}).unique(subset="id", keep="any")
    found = found.join(held, on="id", how="left")
    return found.filter(pl.col(column).is_null() | pl.col("held").is_null())


def in_slices(queryset: QuerySet, column: str, values: list, *columns: str) -> pl.DataFrame:
    """The queryset's rows whose ``column`` is among ``values``, asked for in slices."""
    parts = [
        bulk.frame(queryset.filter(**{f"{column}__among": bulk.Values(values[i : i + SLICE])}), *columns) for i in range(0, len(values), SLICE)
    ]
    return pl.concat(parts) if parts else bulk.frame(queryset.filter(pk=-1), *columns)
