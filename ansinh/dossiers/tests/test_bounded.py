"""Work in a bounded child: an answer, or a reason why there is none, in bounded time, and nothing left behind."""
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ansinh.dossiers.bounded import Bounded, Broken, Costly, Reason, ready

TRICKS = "ansinh.dossiers.tests.tricks:"
PARENT = f"""
from ansinh.dossiers.bounded import Bounded
import sys
Bounded(seconds=60).call("{TRICKS}sleep_for_ever", sys.argv[1])
"""


@pytest.fixture
def child():
    with Bounded(memory=400 * 2**20, seconds=1) as child:
        yield child


def broken_by(child, trick, *args) -> Broken:
    with pytest.raises(Broken) as broken:
        child.call(TRICKS + trick, *args)
    return broken.value


def lives(number: int) -> bool:
    """Whether a process runs; one that waits to be reaped does not."""
    stat = Path(f"/proc/{number}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def eventually(question, seconds=10) -> bool:
    until = time.monotonic() + seconds
    while not question() and time.monotonic() < until:
        time.sleep(0.02)
    return question()


def test_a_call_is_answered_and_the_child_kept(child):
    assert child.call(TRICKS + "add", 2, 3) == 5
    assert child.call(TRICKS + "own_number") == child.call(TRICKS + "own_number") != os.getpid()


@pytest.mark.parametrize(
    ("trick", "args", "kind", "reason"),
    [
        ("eat_memory", (), Costly, Reason.MEMORY),
        ("turn_for_ever", (), Costly, Reason.TIME),
        ("talk", (), Costly, Reason.ANSWER),
        ("die", (signal.SIGKILL,), Costly, Reason.MEMORY),
        ("die", (signal.SIGSEGV,), Broken, Reason.DIED),
        ("raise_fault", (), Broken, Reason.DIED),
    ],
)
def test_work_beyond_its_bounds_ends_with_a_reason_and_the_next_call_is_answered(child, trick, args, kind, reason):
    broken = broken_by(child, trick, *args)
    assert (type(broken), broken.reason) == (kind, reason)
    assert child.call(TRICKS + "add", 2, 3) == 5


def test_work_that_sleeps_is_ended_with_every_process_that_it_started(child, tmp_path):
    started = time.monotonic()
    assert broken_by(child, "sleep_for_ever", str(tmp_path / "mark")).reason == Reason.TIME
    assert time.monotonic() - started < 8
    one, other = map(int, (tmp_path / "mark").read_text().split())
    assert eventually(lambda: not lives(one) and not lives(other))


def test_a_child_that_died_between_two_calls_is_replaced(child):
    number = child.call(TRICKS + "own_number")
    os.kill(number, signal.SIGKILL)
    assert eventually(lambda: not lives(number))
    assert child.call(TRICKS + "add", 2, 3) == 5


def test_a_child_dies_with_its_parent(tmp_path):
    mark = tmp_path / "mark"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(mark)])
    assert eventually(lambda: mark.exists() and mark.read_text())
    number = int(mark.read_text().split()[0])
    parent.kill()
    parent.wait()
    assert eventually(lambda: not lives(number))
    os.kill(int(mark.read_text().split()[1]), signal.SIGKILL)


def test_several_children_work_at_once_and_say_who_is_done():
    with Bounded(seconds=5) as quick, Bounded(seconds=5) as slow:
        slow.ask(TRICKS + "turn_for_ever")
        quick.ask(TRICKS + "add", 2, 3)
        assert ready([quick, slow], 4) == [quick]
        assert quick.answer() == 5


def test_a_child_that_is_closed_leaves_nothing_and_may_be_used_again(child):
    number = child.call(TRICKS + "own_number")
    child.close()
    child.close()
    assert not lives(number)
    assert child.call(TRICKS + "add", 1, 1) == 2


def test_a_child_inherits_no_secrets(child, monkeypatch):
    monkeypatch.setenv("ANSINH_SECRET_KEY", "x")
    assert child.call("os:getenv", "ANSINH_SECRET_KEY") is None
    assert child.call("os:getenv", "OMP_THREAD_LIMIT") == "1"
