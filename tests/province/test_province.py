"""Years and decrees of a province whose worker, server of pages and database are killed: every đồng as if nothing had happened.

``PROVINCE_PEOPLE``, ``PROVINCE_LAST`` and ``PROVINCE_SEED`` make it longer or another one.
"""
import json
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from tests import postgresql
from tests.killed import NEVER, Mortal
from tests.parts import NO_POSTGRESQL
from tests.province.faults import Database, Pages, kills_of, lived_through

SCRIPT = Path(__file__).with_name("office.py")
LAST = os.environ.get("PROVINCE_LAST", "2031-06-01")
LAST_IN_ONE_FILE = os.environ.get("PROVINCE_LAST", "2023-06-01")
PEOPLE, SEED = os.environ.get("PROVINCE_PEOPLE", "18"), os.environ.get("PROVINCE_SEED", "2021")
PATIENCE = 6 * 3600
# The statement at which a worker dies is drawn from these.
LIVES = tuple(map(int, os.environ.get("PROVINCE_LIVES", "500-9000").split("-")))
OFF_PAGES = {"PROVINCE_WEB_ONE_IN": "0"}
ON_PAGES = {"PROVINCE_WEB_ONE_IN": os.environ.get("PROVINCE_WEB_ONE_IN", "20"), "PROVINCE_WEB_KILLED": os.environ.get("PROVINCE_WEB_KILLED", "0.12")}


def office_of(last, **more):
    return Mortal(SCRIPT, {"PROVINCE_LAST": last, "PROVINCE_PEOPLE": PEOPLE, "PROVINCE_SEED": SEED, **more})


def seen(office, folder):
    looked = office.run(folder, "look", patience=PATIENCE)
    assert looked.returncode == 0, looked.stderr.decode()
    return json.loads(looked.stdout)


def undisturbed(office, folder):
    """What stands after work that nothing disturbed, all of it in one process."""
    done = office.run(folder, "work", NEVER, patience=PATIENCE)
    assert done.returncode == 0, done.stderr.decode()
    return seen(office, folder)


def disturbed(office, folder, database=None):
    """What stands after work that was killed all the time, a part of it on pages that were killed too, and the toll."""
    pages = Pages(folder, office.environment_of(folder))
    try:
        toll = lived_through(office, folder, Random(SEED), LIVES, database)
        return seen(office, folder), toll
    finally:
        pages.stop()


def both(calm, killed):
    """The undisturbed and the disturbed run, side by side."""
    with ThreadPoolExecutor() as pool:
        expected, found = pool.submit(calm), pool.submit(killed)
        return expected.result(), *found.result()


def tell(end, toll, folder, database=None):
    """The figures of the run, for whoever keeps them: a line of JSON in the test's output."""
    falls = dict(database.falls) if database else {}
    told = {
        "seed": SEED, "people": PEOPLE, "lives": toll.lives, "killed at": toll.killed_at, "pages killed": kills_of(folder), "falls": falls,
        "fell at": toll.fell_at, "counts": end["counts"],
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


@pytest.mark.slow
def test_years_in_one_file_whose_worker_and_pages_are_killed_end_as_if_nothing_had_happened(tmp_path):
    calm, killed = office_of(LAST_IN_ONE_FILE, **OFF_PAGES), office_of(LAST_IN_ONE_FILE, **ON_PAGES)
    whole, torn = tmp_path / "whole", tmp_path / "torn"
    whole.mkdir()
    calm.prepared(whole)
    shutil.copytree(whole, torn)
    expected, found, toll = both(lambda: undisturbed(calm, whole), lambda: disturbed(killed, torn))
    tell(found, toll, torn)
    assert expected["broken"] == []
    assert found == expected
    assert toll.killed_at
    assert kills_of(torn) > 0


@pytest.fixture
def database():
    made = Database()
    yield made
    postgresql.stop(made.server)


@pytest.mark.slow
@pytest.mark.skipif(not postgresql.programs(), reason=NO_POSTGRESQL)
def test_ten_years_whose_worker_pages_and_database_are_killed_end_as_if_nothing_had_happened(database, tmp_path):
    whole, torn = tmp_path / "whole", tmp_path / "torn"
    whole.mkdir()
    torn.mkdir()
    calm = office_of(LAST, **OFF_PAGES)
    killed = office_of(LAST, ANSINH_DATABASE_URL=database.url("torn"), **ON_PAGES)
    calm.prepared(whole)
    postgresql.create(database.server, "torn")
    killed.prepared(torn)
    expected, found, toll = both(lambda: undisturbed(calm, whole), lambda: disturbed(killed, torn, database))
    tell(found, toll, torn, database)
    assert expected["broken"] == []
    assert found == expected
    assert toll.killed_at
    assert kills_of(torn) > 0
    assert set(database.falls) == {"immediate", "kill"}
