"""``kill -9`` at every step of taking a batch apart: begun again it loses nothing and doubles nothing."""
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.killed import Mortal, whole_after_each

OFFICE = Mortal(Path(__file__).with_name("killed_worker.py"))
KILLS = 8
PAGES = """
    SELECT s.name, p.number, p.kind, d.code, r.position, p.position FROM dossiers_page p JOIN dossiers_scan s ON s.id = p.scan_id
    LEFT JOIN dossiers_dossier d ON d.id = p.dossier_id LEFT JOIN dossiers_paper r ON r.id = p.paper_id ORDER BY s.position, p.number
"""
ACTS = "SELECT act, count(*) FROM office_entry WHERE act LIKE 'dossiers.sort%' GROUP BY act"
EXPECTED = {
    "pages": [
        ("1.pdf", 1, "cover", "TB-1", None, None), ("2.tiff", 1, "page", "TB-1", 1, 1), ("2.tiff", 2, "blank", "TB-1", None, 2),
        ("2.tiff", 3, "page", "TB-1", 1, 3), ("b.png", 1, "page", "TB-1", 2, 4), ("5.png", 1, "page", "TB-1", 2, 5),
        ("6.pdf", 1, "cover", "TB-2", None, None), ("7.png", 1, "page", "TB-2", 1, 1),
    ],
    "scans": [
        ("1.pdf", "taken"), ("2.tiff", "taken"), ("3.pdf", "refused"), ("4.zip", "taken"), ("a.png", "duplicate"), ("b.png", "taken"),
        ("c.txt", "refused"), ("5.png", "taken"), ("6.pdf", "taken"), ("7.png", "taken"),
    ],
    "batches": [("sorted",)],
    "acts": [("dossiers.sort_batch", 1), ("dossiers.sort_scan", 9)],
    "papers": [(3,)],
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return OFFICE.prepared(tmp_path_factory.mktemp("prepared"))


def found(folder):
    with closing(sqlite3.connect(folder / "ansinh.sqlite3")) as database:
        return {
            "pages": database.execute(PAGES).fetchall(),
            "scans": database.execute("SELECT name, outcome FROM dossiers_scan ORDER BY position").fetchall(),
            "batches": database.execute("SELECT state FROM dossiers_batch").fetchall(),
            "acts": database.execute(ACTS).fetchall(),
            "papers": database.execute("SELECT count(*) FROM dossiers_paper").fetchall(),
        }


@pytest.mark.slow
def test_a_batch_killed_at_every_step_is_whole_after_another_start(prepared, tmp_path):
    total = OFFICE.statements(prepared, tmp_path / "whole")
    assert found(tmp_path / "whole") == EXPECTED
    limits = range(2, total, max(total // KILLS, 1))
    after = OFFICE.killed(prepared, tmp_path, limits, found)
    assert after == whole_after_each(after, EXPECTED)
