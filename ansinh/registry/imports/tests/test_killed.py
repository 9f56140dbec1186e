"""``kill -9`` at every step of an import: begun again it loses nothing and doubles nothing."""
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.killed import Mortal, whole_after_each

OFFICE = Mortal(Path(__file__).with_name("killed_worker.py"))
KILLS = 10
TABLES = ("person", "particulars", "identifier", "residence")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return OFFICE.prepared(tmp_path_factory.mktemp("prepared"))


def counts(folder):
    with closing(sqlite3.connect(folder / "ansinh.sqlite3")) as database:
        found = {table: database.execute(f"SELECT count(*) FROM registry_{table}").fetchone()[0] for table in TABLES}
        entries = database.execute("SELECT count(*) FROM office_entry WHERE act = 'registry.apply_import'").fetchone()[0]
        (state,) = database.execute("SELECT state FROM registry_import").fetchone()
        results = dict(database.execute("SELECT result, count(*) FROM registry_importrow GROUP BY 1").fetchall())
    return {**found, "entries": entries, "state": state, "results": results}


EXPECTED = {**dict.fromkeys(TABLES, 90), "entries": 1, "state": "applied", "results": {"applied": 90}}


@pytest.mark.slow
def test_an_import_killed_at_every_step_is_whole_after_another_start(prepared, tmp_path):
    total = OFFICE.statements(prepared, tmp_path / "whole")
    assert counts(tmp_path / "whole") == EXPECTED
    after = OFFICE.killed(prepared, tmp_path, range(2, total, total // KILLS), counts)
    assert after == whole_after_each(after, EXPECTED)
