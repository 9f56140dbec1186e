"""Strange files are opened in a child process held to memory, processor time and a clock; it dies with its parent.

The child is a clean interpreter, kept for many calls, since starting it costs as much as a page; one that broke is replaced.
Arguments and answers travel as JSON, so that a child taken over by a file can say nothing but values.
"""
import ctypes
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from enum import StrEnum
from importlib import import_module

MEMORY, SECONDS, LARGEST_FILE, LONGEST_ANSWER = 700 * 2**20, 60, 4 * 2**30, 32 * 2**20
# A busy machine gives a process less than all of its time.
PATIENCE, LAST_MOMENTS = 3, 2.0
CALLS = 200
KEPT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "TMPDIR", "TESSDATA_PREFIX", "LANG")
ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
DIE_WITH_PARENT = 1
READS = 2**16


class Reason(StrEnum):
    """Why a call has no answer."""

    TIME = "time"
    MEMORY = "memory"
    ANSWER = "answer"
    DIED = "died"


class Broken(Exception):
    """The child died of the work; ``reason`` says of what."""

    def __init__(self, reason: Reason = Reason.DIED):
        super().__init__(reason)
        self.reason = reason


class Costly(Broken):
    """The work asked for more memory or time than it may have."""


class Bounded:
    """A child process for calls of functions by name (``module:function``), one after another.

    ``memory`` in bytes holds for each process of the child, ``seconds`` of processor time for each call; on the clock a call
    may take ``PATIENCE`` times as long. It belongs to the thread that makes the calls.
    """

    def __init__(self, *, memory: int = MEMORY, seconds: int = SECONDS):
        self.memory, self.seconds = memory, seconds
        self.child, self.calls, self.until = None, 0, 0.0

    def __enter__(self):
        return self

    def __exit__(self, *_fault):
        self.close()

    def call(self, function: str, *args):
        """The function's answer; ``Costly`` or ``Broken`` where there is none."""
        self.ask(function, *args)
        return self.answer()

    def ask(self, function: str, *args):
        """Begin a call whose answer is fetched later."""
        if self.child is None or self.calls >= CALLS or self._is_dead():
            self._start()
        self.calls += 1
        self.until = time.monotonic() + self.seconds * PATIENCE
        try:
            self.child.stdin.write(json.dumps([function, args, self.seconds]).encode() + b"\n")
        except BrokenPipeError:
            return  # it died between two calls; the answer says so

    def answer(self):
        """The answer of the call begun before, waited for as long as the call may take."""
        answer = json.loads(self._line())
        if "reason" in answer:
            self.close()
            raise Costly(Reason(answer["reason"]))
        return answer["result"]

    def close(self):
        """End the child and every process that it started."""
        if self.child:
            self._end()

    def _start(self):
        self.close()
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.child = subprocess.Popen(
            [sys.executable, "-m", __name__, str(self.memory), str(os.getpid())],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=kept | ONE_THREAD, bufsize=0, start_new_session=True,
        )
        self.calls = 0

    def _ended(self) -> int:
        """How a child ended that has nothing more to say; its last moments are its own."""
        until = time.monotonic() + LAST_MOMENTS
        while not self._is_dead() and time.monotonic() < until:
            time.sleep(0.01)
        return self._end()

    def _is_dead(self):
        return os.waitid(os.P_PID, self.child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def _end(self) -> int:
        """Kill the child with its group before it is reaped, while its number is still its own; how it had ended."""
        os.killpg(self.child.pid, signal.SIGKILL)
        ended = self.child.wait()
        self.child.stdin.close()
        self.child.stdout.close()
        self.child = None
        return ended

    def _line(self) -> bytes:
        """The child's answer, for which the parent does not wait for ever."""
        found = bytearray()
        while not found.endswith(b"\n"):
            if not ready([self], self.until - time.monotonic()):
                self._end()
                raise Costly(Reason.TIME)
            part = os.read(self.child.stdout.fileno(), READS)
            if not part:
                raise _reason_of(self._ended())
            found += part
            if len(found) > LONGEST_ANSWER:
                self._end()
                raise Costly(Reason.ANSWER)
        return bytes(found)


def ready(children: Sequence[Bounded], seconds: float) -> list[Bounded]:
    """Which of the children have begun to answer, or died, within so many seconds."""
    outputs = {child.child.stdout.fileno(): child for child in children}
    found, _w, _x = select.select(list(outputs), [], [], max(0.0, seconds))
    return [outputs[output] for output in found]


def _reason_of(ended: int) -> Broken:
    if ended in (-signal.SIGXCPU, -signal.SIGXFSZ):
        return Costly(Reason.TIME if ended == -signal.SIGXCPU else Reason.ANSWER)
    # The system kills whom it has no memory for; nobody else sends this signal.
    return Costly(Reason.MEMORY) if ended == -signal.SIGKILL else Broken(Reason.DIED)


def die_with_parent():
    """Ask the system to end this process when the one that started it ends; before a program is run, too."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


def serve(memory: int, parent: int):
    """The child's side: answer one call after another until the parent is gone."""
    die_with_parent()
    if os.getppid() != parent:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        answers.write(json.dumps(_answer(*json.loads(line))).encode() + b"\n")
        answers.flush()


def _answer(function, args, seconds) -> dict:
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, resource.RLIM_INFINITY))
    module, _colon, name = function.partition(":")
    try:
        return {"result": getattr(import_module(module), name)(*args)}
    except MemoryError:
        return {"reason": Reason.MEMORY}


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
