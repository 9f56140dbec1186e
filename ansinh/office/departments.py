"""The department's own name; departments are dated data, like units."""
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from ansinh.engine.law.book import FOLDER


def department(on: date) -> str:
    """The department's own name on a day."""
    return facts_of_department(on)["name"]


def facts_of_department(on: date) -> dict:
    """What letters say of the department on a day: ``name``, ``symbol`` in their numbers, ``place``, ``head`` who signs."""
    rows = [row for row in _departments() if row["since"] <= on]
    return max(rows, key=lambda row: row["since"])


@cache
def _departments():
    return yaml.safe_load((Path(FOLDER) / "departments.yaml").read_text("utf-8"))
