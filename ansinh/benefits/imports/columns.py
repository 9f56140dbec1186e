"""Columns of a kind that stand in another kind's file as well are written down once."""
from pathlib import Path

import yaml

from ansinh.registry.sheets.columns import Column, load_columns


def columns_beside(path: Path, *others: Path) -> tuple[Column, ...]:
    """The columns of a file in which ``as`` names a column of the others; what is said beside it holds instead of theirs."""
    known = {column.name: column for other in others for column in load_columns(other)}
    return tuple(_column(row, known) for row in yaml.safe_load(path.read_text("utf-8"))["columns"])


def _column(row, known):
    said = {name: tuple(value) if name == "synonyms" else value for name, value in row.items() if name != "as"}
    return Column(**{**vars(known[row["as"]]), **said}) if "as" in row else Column(**said)
