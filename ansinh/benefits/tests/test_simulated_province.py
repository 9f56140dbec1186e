"""Ten years and seven decrees of a province, killed at random moments: the sums reconcile to the đồng with an undisturbed run."""
import json
import shutil
import signal
import threading
from pathlib import Path
from random import Random

import pytest

from tests import postgresql
from tests.killed import NEVER, Mortal
from tests.parts import NO_POSTGRESQL

SCRIPT = Path(__file__).with_name("simulated_province.py")
LAST, PEOPLE = "2031-06-01", 300
LAST_WITH_SERVER, PEOPLE_WITH_SERVER = "2022-12-01", 60
SEED, TRIES = 7, 400
# The statement at which a worker dies is drawn from these.
LIVES, SHORT_LIVES = (200, 4_000), (100, 900)


def office_of(last, people, **more):
    return Mortal(SCRIPT, {"SIMULATED_LAST": last, "SIMULATED_PEOPLE": str(people), **more})


def seen(office, folder):
    looked = office.run(folder, "look")
    assert looked.returncode == 0, looked.stderr.decode()
    return json.loads(looked.stdout)


def undisturbed(office, folder):
    """What stands after work that nothing disturbed."""
    done = office.run(folder, "work", NEVER)
    assert done.returncode == 0, done.stderr.decode()
    return seen(office, folder)


def begun_until_done(start) -> list[int]:
    """The exit codes of one start after another until one comes to its end."""
    codes = []
    while len(codes) < TRIES and (not codes or codes[-1] != 0):
        codes.append(start().returncode)
    return codes


@pytest.mark.slow
def test_ten_years_killed_at_random_statements_end_as_if_nothing_had_happened(tmp_path):
    office, dice = office_of(LAST, PEOPLE), Random(SEED)
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    office.prepared(whole)
    shutil.copytree(whole, killed)
    expected = undisturbed(office, whole)
    codes = begun_until_done(lambda: office.run(killed, "work", dice.randrange(*LIVES)))
    assert set(codes[:-1]) == {-signal.SIGKILL}
    assert codes[-1] == 0
    assert expected["broken"] == []
    assert seen(office, killed) == expected


@pytest.fixture
def server():
    started = postgresql.start(durable=True)
    yield started
    postgresql.stop(started)


def falling_while(server, start, after: float):
    """A start in the middle of which the database server stops at once; it is there again when the start has ended."""
    def fall_and_begin():
        postgresql.fall(server)
        fallen.set()

    fallen = threading.Event()
    timer = threading.Timer(after, fall_and_begin)
    timer.start()
    ended = start()
    timer.join()
    assert fallen.is_set()
    postgresql.begin(server)
    return ended


@pytest.mark.slow
@pytest.mark.skipif(not postgresql.programs(), reason=NO_POSTGRESQL)
def test_years_in_which_worker_and_database_are_killed_end_as_if_nothing_had_happened(server, tmp_path):
    dice = Random(SEED)
    office, calm = (
        office_of(LAST_WITH_SERVER, PEOPLE_WITH_SERVER, ANSINH_DATABASE_URL=server.url(name)) for name in ("killed", "whole")
    )
    postgresql.create(server, "killed")
    office.prepared(tmp_path)
    postgresql.create(server, "whole", like="killed")
    expected = undisturbed(calm, tmp_path)
    falls = [falling_while(server, lambda: office.run(tmp_path, "work", NEVER), dice.uniform(2, 5)).returncode for _fall in range(4)]
    codes = begun_until_done(lambda: office.run(tmp_path, "work", dice.randrange(*SHORT_LIVES)))
    assert (0 in falls, codes[-1]) == (False, 0)
    assert set(codes[:-1]) <= {-signal.SIGKILL}
    assert expected["broken"] == []
    assert seen(office, tmp_path) == expected
