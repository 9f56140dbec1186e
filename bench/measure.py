"""Run a command as a process of its own and account for it: CPU seconds and peak memory as the kernel counts them."""
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Run:
    """One finished process: CPU seconds (user and system), wall seconds, peak memory in MB, and its last line as JSON."""

    cpu: float
    memory: float
    said: dict


def run(script: str, *args: str, python: str | None = None, env: dict | None = None) -> Run:
    """Run ``bench/<script>`` and wait; its last line of output must be a JSON object. A failed run raises."""
    command = [python or sys.executable, str(ROOT / "bench" / script), *args]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **(env or {})}, cwd=ROOT)
    output = process.stdout.read().decode()
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{script} {' '.join(args)} ended with {process.returncode}: {output[-500:]}")
    said = json.loads(output.strip().splitlines()[-1])
    return Run(cpu=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss / 1024, said=said)


def alternately(times: int, *calls) -> list[list[Run]]:
    """Call ours and theirs in turn, so that a machine whose speed drifts treats them alike."""
    rounds = [[call() for call in calls] for _ in range(times)]
    return [list(column) for column in zip(*rounds, strict=True)]


def median(runs: list[Run], what: str) -> float:
    return statistics.median(getattr(run, what) if hasattr(run, what) else run.said[what] for run in runs)
