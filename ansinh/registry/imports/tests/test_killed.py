"""``kill -9`` at every step of an import: begun again it loses nothing and doubles nothing."""
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

WORKER = Path(__file__).with_name("killed_worker.py")
ROOT = Path(__file__).parents[4]
NEVER = 10**9
KILLS = 10
TABLES = ("person", "particulars", "identifier", "residence")


def run(folder, *args):
    environment = {
        **os.environ, "ANSINH_DATA": str(folder), "ANSINH_DATABASE_URL": f"sqlite:///{folder}/ansinh.sqlite3", "ANSINH_MODE": "development",
        "DJANGO_SETTINGS_MODULE": "ansinh.config.settings", "PYTHONPATH": str(ROOT),
    }
    return subprocess.run([sys.executable, WORKER, *map(str, args)], env=environment, capture_output=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    done = run(folder, "prepare")
    assert done.returncode == 0, done.stderr.decode()
    return folder


def counts(folder):
    with closing(sqlite3.connect(folder / "ansinh.sqlite3")) as database:
        found = {table: database.execute(f"SELECT count(*) FROM registry_{table}").fetchone()[0] for table in TABLES}
        entries = database.execute("SELECT count(*) FROM office_entry WHERE act = 'registry.apply_import'").fetchone()[0]
        (state,) = database.execute("SELECT state FROM registry_import").fetchone()
        results = dict(database.execute("SELECT result, count(*) FROM registry_importrow GROUP BY 1").fetchall())
    return {**found, "entries": entries, "state": state, "results": results}


EXPECTED = {**dict.fromkeys(TABLES, 90), "entries": 1, "state": "applied", "results": {"applied": 90}}


def statements(prepared, folder):
    shutil.copytree(prepared, folder)
    return int(run(folder, "work", NEVER).stdout)


@pytest.mark.slow
def test_an_import_killed_at_every_step_is_whole_after_another_start(prepared, tmp_path):
    total = statements(prepared, tmp_path / "whole")
    assert counts(tmp_path / "whole") == EXPECTED
    found = {limit: _killed_and_begun_again(prepared, tmp_path / str(limit), limit) for limit in range(2, total, total // KILLS)}
    assert found == dict.fromkeys(found, (-signal.SIGKILL, 0, EXPECTED))


def _killed_and_begun_again(prepared, folder, limit):
    shutil.copytree(prepared, folder)
    died = run(folder, "work", limit).returncode
    begun_again = run(folder, "work", NEVER).returncode
    found = counts(folder)
    shutil.rmtree(folder, ignore_errors=True)  # the database puts its own side files away at the same time
    return died, begun_again, found
