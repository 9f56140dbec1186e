"""``kill -9`` at any moment of reading: begun again, every page is read, and each exactly once."""
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

WORKER = Path(__file__).with_name("killed_reader.py")
ROOT = Path(__file__).parents[3]
NEVER = 10**9
PAGES, KILLS = 8, 8
EXPECTED = {"states": {"read": PAGES}, "texts": PAGES, "suggestions": PAGES, "entries": PAGES, "dossiers": {"read": 1}, "open": 0}


def run(folder, *args):
    environment = {
        **os.environ, "ANSINH_DATA": str(folder), "ANSINH_DATABASE_URL": f"sqlite:///{folder}/ansinh.sqlite3", "ANSINH_MODE": "development",
        "DJANGO_SETTINGS_MODULE": "ansinh.config.settings", "PYTHONPATH": str(ROOT), "ANSINH_READERS": "2",
    }
    return subprocess.run([sys.executable, WORKER, *map(str, args)], env=environment, capture_output=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    done = run(folder, "prepare")
    assert done.returncode == 0, done.stderr.decode()
    return folder


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
    shutil.copytree(prepared, tmp_path / "whole")
    total = int(run(tmp_path / "whole", "work", NEVER).stdout)
    assert found(tmp_path / "whole") == EXPECTED
    ended = {limit: _killed_and_begun_again(prepared, tmp_path / str(limit), limit) for limit in range(2, total, total // KILLS)}
    assert ended == dict.fromkeys(ended, (-signal.SIGKILL, 0, EXPECTED))


def _killed_and_begun_again(prepared, folder, limit):
    shutil.copytree(prepared, folder)
    died = run(folder, "work", limit).returncode
    begun_again = run(folder, "work", NEVER)
    ended = died, begun_again.returncode, found(folder)
    shutil.rmtree(folder, ignore_errors=True)  # the database puts its own side files away at the same time
    return ended
