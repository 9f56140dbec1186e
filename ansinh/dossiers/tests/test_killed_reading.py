"""``kill -9`` at any moment of reading: begun again, every page is read, and each exactly once."""
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.killed import Mortal, whole_after_each

OFFICE = Mortal(Path(__file__).with_name("killed_reader.py"), {"ANSINH_READERS": "2"})
PAGES, KILLS = 8, 8
EXPECTED = {"states": {"read": PAGES}, "texts": PAGES, "suggestions": PAGES, "entries": PAGES, "dossiers": {"read": 1}, "open": 0}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return OFFICE.prepared(tmp_path_factory.mktemp("prepared"))


def found(folder):
    with closing(sqlite3.connect(folder / "ansinh.sqlite3")) as database:
        def one(query):
            return database.execute(query).fetchone()[0]

        return {
            "states": dict(database.execute("SELECT reading, count(*) FROM dossiers_page GROUP BY 1").fetchall()),
            "texts": one("SELECT count(*) FROM dossiers_pagetext"), "suggestions": one("SELECT count(*) FROM dossiers_suggestion"),
            "entries": one("SELECT count(*) FROM office_entry WHERE act = 'dossiers.keep_reading'"),
            "dossiers": dict(database.execute("SELECT state, count(*) FROM dossiers_dossier GROUP BY 1").fetchall()),
            "open": one("SELECT count(*) FROM office_job WHERE state IN ('waiting', 'running')"),
        }


@pytest.mark.slow
def test_reading_killed_at_many_moments_reads_every_page_exactly_once(prepared, tmp_path):
    total = OFFICE.statements(prepared, tmp_path / "whole")
    assert found(tmp_path / "whole") == EXPECTED
    after = OFFICE.killed(prepared, tmp_path, range(2, total, total // KILLS), found)
    assert after == whole_after_each(after, EXPECTED)
