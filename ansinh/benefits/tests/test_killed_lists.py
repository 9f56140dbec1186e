"""``kill -9`` at every step of a list run: begun again it loses no đồng and doubles none."""
import json
from pathlib import Path

import pytest

from tests.killed import Mortal, whole_after_each

OFFICE = Mortal(Path(__file__).with_name("killed_lists.py"))
KILLS = 12


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return OFFICE.prepared(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="module")
def whole(prepared, tmp_path_factory):
    """The statements of an undisturbed run, and what stands after it."""
    folder = tmp_path_factory.mktemp("whole") / "office"
    return OFFICE.statements(prepared, folder), look(folder)


def look(folder):
    return json.loads(OFFICE.run(folder, "look").stdout)


@pytest.mark.slow
def test_a_list_run_killed_at_every_step_is_whole_after_another_start(prepared, whole, tmp_path):
    total, expected = whole
    assert (expected["failed"], expected["packed"], expected["broken"], expected["postings"]) == ([], 2, [], 12)
    after = OFFICE.killed(prepared, tmp_path, range(2, total, total // KILLS), look)
    assert after == whole_after_each(after, expected)
