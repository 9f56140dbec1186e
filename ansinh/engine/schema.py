"""The columns of every frame that enters or leaves the engine; a wrong one stops at the door."""
import narwhals as nw

TERMS = {
    "entitlement": nw.Int64, "person": nw.Int64, "standing": nw.String, "since": nw.Date, "until": nw.Date,
    "state": nw.String, "grade": nw.Int64, "special": nw.Boolean, "attendant": nw.Boolean, "martyrs": nw.Int64,
    "care": nw.Boolean, "remarried": nw.Boolean, "medal": nw.String, "full_time": nw.Boolean, "seniority": nw.Int64,
    "born": nw.Date, "severity": nw.String, "children": nw.Int64, "people": nw.Int64, "quantity": nw.Int64, "poverty": nw.String,
    "terms": nw.Int64,
}
PARTS = {
    "entitlement": nw.Int64, "person": nw.Int64, "part": nw.String, "line": nw.String, "title": nw.String, "since": nw.Int64,
    "until": nw.Int64, "amount": nw.Int64, "unit_amount": nw.Int64, "quantity": nw.Int64, "basis": nw.String, "article": nw.String,
    "signed": nw.Date, "in_force": nw.Date, "applies_since": nw.Date, "verified": nw.Boolean, "cut_by": nw.String,
    "level": nw.Int64, "factor": nw.String, "national": nw.Int64, "terms": nw.Int64,
}
DUE = {"entitlement": nw.Int64, "since": nw.Int64, "until": nw.Int64, "amount": nw.Int64}
CLAIMS = {"entitlement": nw.Int64, "month": nw.Int64, "amount": nw.Int64}
SPANS = {"entitlement": nw.Int64, "since": nw.Int64, "until": nw.Int64}
DIFFERENCES = {
    "entitlement": nw.Int64, "kind": nw.String, "since": nw.Int64, "until": nw.Int64, "amount": nw.Int64,
    "before": nw.Int64, "after": nw.Int64,
}


# What a row of terms says of a fact that nobody stated.
EMPTY = {name: False if kind == nw.Boolean else None for name, kind in TERMS.items()}


class ColumnError(ValueError):
    """A frame came without a column that the engine needs, or with one of another kind."""


def check(frame, columns: dict):
    """The frame with exactly these columns, as Narwhals; refused with the column's name otherwise."""
    frame = nw.from_native(frame)
    schema = frame.collect_schema()
    for name, kind in columns.items():
        if name not in schema:
            raise ColumnError(f"column {name!r} is missing; the frame has {', '.join(schema)}")
        if schema[name] != kind:
            raise ColumnError(f"column {name!r} is {schema[name]}, must be {kind}")
    return frame.select(*columns)


def filled(frame):
    """Rows of terms with the facts that they leave out: unknown, flags not set."""
    frame = nw.from_native(frame)
    missing = [nw.lit(EMPTY[name], dtype=kind).alias(name) for name, kind in TERMS.items() if name not in frame.columns]
    return frame.with_columns(*missing).select(*TERMS).to_native()
