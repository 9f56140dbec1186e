"""Frames in and out of the database through Django's own connection, so that they see the act's transaction."""
import json
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import polars as pl
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Aggregate, Lookup, TextField
from django.db.models.functions import Cast

KINDS = (
    (models.BooleanField, pl.Boolean),
    (models.DateTimeField, pl.Datetime("us", "UTC")),
    (models.DateField, pl.Date),
    ((models.IntegerField, models.AutoField, models.BigAutoField), pl.Int64),
    (models.BinaryField, pl.Binary),
    (models.Field, pl.String),
)


def write(frame: pl.DataFrame, model, *, chunk=100_000) -> int:
    """Append the frame's rows; columns are attribute names of the model (``person_id``). Returns the number of rows.

    Fields left out need a database default. Belongs in an act's transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("write() belongs in an act's transaction")
    fields = [model._meta.get_field(name) for name in frame.columns]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    put = _copy_in if connection.vendor == "postgresql" else _insert
    with connection.cursor() as cursor:
        for part in frame.iter_slices(chunk):
            put(cursor, part, table, columns)
    return len(frame)


def frame(queryset, *columns: str, chunk=50_000) -> pl.DataFrame:
    """The queryset's columns as a frame whose types follow from the model's fields, never from the data."""
    fields = {name: _field(queryset, name) for name in columns}
    get = _columns_out if connection.vendor == "postgresql" else _select
    try:
        return get(queryset, fields, chunk)
    except EmptyResultSet:
        # Django knows without asking that nothing can be found, as of ``pk__in=[]``.
        return pl.DataFrame(schema={name: _kind(field) for name, field in fields.items()})


def next_ids(model, count: int) -> range | list[int]:
    """Primary keys for ``count`` new rows, so that parents and children can be written together.

    On SQLite the write lock of the transaction keeps them free; on PostgreSQL the sequence does.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            pk = model._meta.pk.column
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [f'"{table}"', pk, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(f'SELECT COALESCE(MAX("{model._meta.pk.column}"), 0) FROM "{table}"')
        highest = cursor.fetchone()[0]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        used = cursor.fetchone()
    first = max(highest, used[0] if used else 0) + 1
    return range(first, first + count)


@dataclass(frozen=True)
class Values:
    """Thousands of values for ``among``, wrapped because Django looks at each item of anything that it can go through."""

    held: Iterable


@models.ForeignKey.register_lookup
@models.Field.register_lookup
class Among(Lookup):
    """``column__among=Values(…)``: ``in`` for thousands of values, which travel as one parameter instead of one each."""

    lookup_name = "among"
    prepare_rhs = False
    SEPARATOR = "\x1f"

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        kind = "bigint" if _kind(_target(self.lhs.output_field)) == pl.Int64 else "text"
        if connection.vendor == "postgresql":
            text = self.SEPARATOR.join(map(str, self.rhs.held))
            return f"{left} = ANY(string_to_array(%s, '{self.SEPARATOR}')::{kind}[])", [*params, text]
        return f"{left} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(list(self.rhs.held))]


class Joined(Aggregate):
    """Many rows of a group as one text with ``;`` between them: a row fetched costs far more than a character."""

    output_field = TextField()

    def as_sql(self, compiler, connection, **extra):
        function = "STRING_AGG" if connection.vendor == "postgresql" else "GROUP_CONCAT"
        return super().as_sql(compiler, connection, template="%(function)s(%(expressions)s, ';')", function=function, **extra)


def _field(queryset, name):
    if name in queryset.query.annotations:
        return queryset.query.annotations[name].output_field
    model = queryset.model
    for step in name.split("__")[:-1]:
        model = model._meta.get_field(step).related_model
    return _target(model._meta.get_field(name.split("__")[-1]))


def _target(field):
    while field.is_relation:
        field = field.target_field
    return field


def _kind(field):
    return next(kind for family, kind in KINDS if isinstance(field, family))


def _copy_in(cursor, part, table, columns):
    binary = [c for c, t in part.schema.items() if t == pl.Binary]
    part = part.with_columns((pl.lit("\\x") + pl.col(c).bin.encode("hex")).alias(c) for c in binary)
    # non_numeric quoting keeps an empty text and an empty cell (NULL) apart.
    text = BytesIO()
    part.write_csv(text, include_header=False, quote_style="non_numeric")
    with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)") as copy:
        copy.write(text.getvalue())


def _insert(cursor, part, table, columns):
    marks = ", ".join(["%s"] * part.width)
    rows = part.with_columns(_as_sqlite(column) for column in part.iter_columns()).rows()
    cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _as_sqlite(series):
    if series.dtype == pl.Date:
        return series.dt.to_string("%Y-%m-%d")
    if isinstance(series.dtype, pl.Datetime):
        return series.dt.convert_time_zone("UTC").dt.to_string("%Y-%m-%d %H:%M:%S%.6f")
    return series.cast(pl.Int8) if series.dtype == pl.Boolean else series


def _columns_out(queryset, fields, _chunk):
    """Each column as one JSON array: a row fetched costs the client far more than a character."""
    sql, params = queryset.values_list(*fields).query.sql_with_params()
    names = [f"c{place}" for place in range(len(fields))]
    kinds = {name: _kind(field) for name, field in zip(names, fields.values(), strict=True)}
    arrays = ", ".join(f"json_agg({_in_json(name, kind)})::text" for name, kind in kinds.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {arrays} FROM ({sql}) AS found({', '.join(names)})", params)
        texts = cursor.fetchone()
    columns = [_from_json(text, kind).alias(name) for name, text, kind in zip(fields, texts, kinds.values(), strict=True)]
    return pl.DataFrame(columns)


def _in_json(name, kind):
    if kind == pl.Binary:
        return f"encode({name}, 'hex')"
    return f"{name}::text" if kind == pl.String else name


def _from_json(text, kind):
    held = kind if kind in (pl.Int64, pl.Boolean) else pl.String
    if text is None:
        return pl.Series(dtype=kind)
    column = pl.Series([text]).str.json_decode(pl.List(held)).explode()
    if kind == pl.Date:
        return column.str.to_date("%Y-%m-%d")
    if kind == pl.Binary:
        return column.str.decode("hex")
    if isinstance(kind, pl.Datetime):
        return column.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%:z", time_unit="us", time_zone="UTC")
    return column


def _select(queryset, fields, chunk):
    # DateTimeField is a DateField: both come as text, which is far cheaper than a Python object a cell.
    asked = [Cast(n, TextField()) if isinstance(f, models.DateField) else n for n, f in fields.items()]
    held = {n: pl.String if isinstance(f, models.DateField) else _kind(f) for n, f in fields.items()}
    held = {n: pl.Int64 if k == pl.Boolean else k for n, k in held.items()}
    sql, params = queryset.values_list(*asked).query.sql_with_params()
    parts = [pl.DataFrame(schema=held)]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(chunk):
            parts.append(pl.DataFrame(rows, schema=held, orient="row"))
    return pl.concat(parts).with_columns(_from_sqlite(name, _kind(field)) for name, field in fields.items())


def _from_sqlite(name, kind):
    column = pl.col(name)
    if kind == pl.Boolean:
        return column.cast(pl.Boolean)
    if kind == pl.Date:
        return column.str.to_date("%Y-%m-%d")
    if isinstance(kind, pl.Datetime):
        return column.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", time_zone="UTC")
    return column
