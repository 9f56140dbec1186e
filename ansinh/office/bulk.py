"""Frames in and out of the database through Django's own connection, so that they see the act's transaction."""
import polars as pl
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Aggregate, TextField
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
    get = _copy_out if connection.vendor == "postgresql" else _select
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
    field = model._meta.get_field(name.split("__")[-1])
    while field.is_relation:
        field = field.target_field
    return field


def _kind(field):
    return next(kind for family, kind in KINDS if isinstance(field, family))


def _copy_in(cursor, part, table, columns):
    binary = [c for c, t in part.schema.items() if t == pl.Binary]
    part = part.with_columns((pl.lit("\\x") + pl.col(c).bin.encode("hex")).alias(c) for c in binary)
    # non_numeric quoting keeps an empty text and an empty cell (NULL) apart.
    text = part.write_csv(include_header=False, quote_style="non_numeric").encode()
    with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)") as copy:
        copy.write(text)


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


def _copy_out(queryset, fields, _chunk):
    sql, params = queryset.values_list(*fields).query.sql_with_params()
    with connection.cursor() as cursor:
        asked = cursor.mogrify(sql, params)
        with connection.wrap_database_errors, cursor.copy(f"COPY ({asked}) TO STDOUT (FORMAT csv)") as out:
            raw = b"".join(out)
    names = list(fields)
    if not raw:
        return pl.DataFrame(schema={name: _kind(field) for name, field in fields.items()})
    wanted = {n: k if (k := _kind(f)) in (pl.Int64, pl.Date) else pl.String for n, f in fields.items()}
    table = pl.read_csv(raw, has_header=False, new_columns=names, schema_overrides=wanted)
    return table.with_columns(_from_csv(name, _kind(field)) for name, field in fields.items())


def _from_csv(name, kind):
    column = pl.col(name)
    if kind == pl.Boolean:
        return column == "t"
    if isinstance(kind, pl.Datetime):
        return column.str.to_datetime("%Y-%m-%d %H:%M:%S%.f%#z", time_unit="us", time_zone="UTC")
    if kind == pl.Binary:
        return column.str.strip_prefix("\\x").str.decode("hex")
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
