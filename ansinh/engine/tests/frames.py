"""Frames of terms for the engine's tests, written shortly."""
from datetime import date

import polars as pl

from ansinh.engine.cases.simulation import polars_schema
from ansinh.engine.schema import DUE, TERMS

NO_FACTS = {
    "state": "in_force", "grade": None, "special": False, "attendant": False, "martyrs": None, "care": False, "remarried": False,
    "medal": None, "full_time": False, "seniority": None, "born": None, "severity": None, "children": None, "people": None, "quantity": None,
    "poverty": None,
}


def terms(*rows: dict) -> pl.DataFrame:
    """Rows of terms; entitlement, person and terms are numbered where they are not given."""
    filled = [
        {"entitlement": n, "person": n, "since": date(2010, 1, 1), "until": None, "terms": n, **NO_FACTS, **row} for n, row in enumerate(rows, 1)
    ]
    return pl.DataFrame(filled, schema=polars_schema(TERMS))


def spans(*rows: tuple) -> pl.DataFrame:
    """Amounts as spans: (entitlement, since, until, amount)."""
    return pl.DataFrame(list(rows), schema=polars_schema(DUE), orient="row")
