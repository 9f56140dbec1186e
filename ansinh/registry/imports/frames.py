"""Small words for frames of rows: values worked out once for each distinct text, faults and notes gathered."""

from collections.abc import Callable, Iterable

import polars as pl


def by_distinct(frame: pl.DataFrame, column: str, function: Callable, schema: dict) -> pl.DataFrame:
    """Add the columns of ``schema``, which ``function(value)`` gives as a tuple; it is called once a distinct value."""
    values = frame[column].drop_nulls().unique()
    worked = pl.DataFrame([function(value) for value in values], schema=schema, orient="row")
    table = worked.insert_column(0, values.alias(column))
    return frame.drop(*schema, strict=False).join(table, on=column, how="left", maintain_order="left")


def gathered(frame: pl.DataFrame, ending: str) -> pl.Expr:
    """All texts of the columns that end so, as one; null where there is none."""
    return sentence(*(pl.col(name) for name in frame.columns if name.endswith(ending)))


def sentence(*texts: pl.Expr) -> pl.Expr:
    """Texts one after another, empty ones passed over; null where all are."""
    if not texts:
        return pl.lit(None, pl.String)
    whole = pl.concat_str(*(pl.when(text != "").then(text) for text in texts), separator=" ", ignore_nulls=True)
    return pl.when(whole != "").then(whole)


def with_missing(frame: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """The frame with a column of nulls for each name that a sheet did not have."""
    return frame.with_columns(pl.lit(None, pl.String).alias(name) for name in names if name not in frame.columns)


def to_json(columns: Iterable[str]) -> pl.Expr:
    """The columns of each row as one JSON object."""
    return pl.struct(*columns).struct.json_encode()


def from_json(texts: pl.Series, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """Rows of JSON objects as typed columns; days travel as ISO text."""
    days = [name for name, dtype in schema.items() if dtype == pl.Date]
    held = pl.Struct({name: pl.String if name in days else dtype for name, dtype in schema.items()})
    return texts.str.json_decode(held).struct.unnest().with_columns(pl.col(days).str.to_date("%Y-%m-%d"))
