"""The engine on Spark, for whoever outgrows one machine: the same functions on Spark's frames. Needs the extra ``spark``."""
from dataclasses import replace

import polars as pl

from .law import Law

# Twenty years beyond a list's month: what-if looks ahead, but not for ever.
AHEAD = 240
KINDS = {pl.String: "string", pl.Int64: "bigint", pl.Date: "date", pl.Boolean: "boolean"}


def spark_frame(session, frame: pl.DataFrame):
    """A Polars frame as a Spark frame with the same columns and kinds; for tables of law and small inputs."""
    schema = ", ".join(f"`{name}` {KINDS[type(kind) if not isinstance(kind, type) else kind]}" for name, kind in frame.schema.items())
    return session.createDataFrame(frame.rows(), schema=schema)


def spark_law(session, law: Law) -> Law:
    """The law of a month with its tables on Spark."""
    months = pl.DataFrame({"month": range(min(law.known_from, law.month), law.month + AHEAD)}, schema={"month": pl.Int64})
    return replace(
        law, amounts=spark_frame(session, law.amounts), rules=spark_frame(session, law.rules), months=spark_frame(session, months).persist()
    )


def polars_frame(frame, columns: dict) -> pl.DataFrame:
    """A Spark frame brought here, with the kinds of an engine schema; for results that fit one machine."""
    kinds = {name: getattr(pl, str(kind)) for name, kind in columns.items()}
    return pl.DataFrame([tuple(row) for row in frame.select(*columns).collect()], schema=kinds, orient="row")



def at_rest(frame):
    """A Spark frame worked out and kept: plans that grow without rest exhaust Spark's planner."""
    return frame.to_native().localCheckpoint()
