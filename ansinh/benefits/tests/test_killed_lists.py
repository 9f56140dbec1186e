"""``kill -9`` at every step of a list run: begun again it loses no đồng and doubles none."""
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

OFFICE = Path(__file__).with_name("killed_lists.py")
ROOT = Path(__file__).parents[3]
NEVER = 10**9
KILLS = 8


def run(folder, *args):
    environment = {
        **os.environ, "ANSINH_DATA": str(folder), "ANSINH_DATABASE_URL": f"sqlite:///{folder}/ansinh.sqlite3", "ANSINH_MODE": "development",
        "DJANGO_SETTINGS_MODULE": "ansinh.config.settings", "PYTHONPATH": str(ROOT),
    }
    return subprocess.run([sys.executable, OFFICE, *map(str, args)], env=environment, capture_output=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    done = run(folder, "prepare")
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture(scope="module")
def whole(prepared, tmp_path_factory):
    """The statements of an undisturbed run, and what stands after it."""
    folder = tmp_path_factory.mktemp("whole") / "office"
    shutil.copytree(prepared, folder)
    done = run(folder, "work", NEVER)
    assert done.returncode == 0, done.stderr.decode()
    return int(done.stdout), json.loads(run(folder, "look").stdout)


def killed_and_begun_again(prepared, folder, limit):
    shutil.copytree(prepared, folder)
    died = run(folder, "work", limit).returncode
    begun_again = run(folder, "work", NEVER).returncode
    found = json.loads(run(folder, "look").stdout)
    shutil.rmtree(folder, ignore_errors=True)
    return died, begun_again, found


@pytest.mark.slow
def test_a_list_run_killed_at_every_step_is_whole_after_another_start(prepared, whole, tmp_path):
    total, expected = whole
    assert (expected["broken"], expected["postings"]) == ([], 12)
    found = {limit: killed_and_begun_again(prepared, tmp_path / str(limit), limit) for limit in range(2, total, total // KILLS)}
    assert found == dict.fromkeys(found, (-signal.SIGKILL, 0, expected))
