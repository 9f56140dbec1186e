"""An office in a process of its own that dies without a word at a chosen statement, and is begun again: for tests of ``kill -9``."""
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parents[1]
NEVER = 10**9
PATIENCE = 300


@dataclass(frozen=True)
class Mortal:
    """A script with the words ``prepare`` and ``work N``; each office that it works on is a folder."""

    script: Path
    environment: dict[str, str] = field(default_factory=dict)

    def environment_of(self, folder: Path) -> dict[str, str]:
        """What a process of the office of a folder is told."""
        return {
            **os.environ, "ANSINH_DATA": str(folder), "ANSINH_DATABASE_URL": f"sqlite:///{folder}/ansinh.sqlite3", "ANSINH_MODE": "development",
            "DJANGO_SETTINGS_MODULE": "ansinh.config.settings", "PYTHONPATH": str(ROOT), **self.environment,
        }

    def run(self, folder: Path, *args, patience=PATIENCE, **more) -> subprocess.CompletedProcess:
        """The script with these words in the office of a folder; ``more`` is what only this process is told."""
        environment = {**self.environment_of(folder), **more}
        command = [sys.executable, self.script, *map(str, args)]
        return subprocess.run(command, env=environment, capture_output=True, check=False, timeout=patience)

    def prepared(self, folder: Path) -> Path:
        """The office before any work."""
        done = self.run(folder, "prepare")
        assert done.returncode == 0, done.stderr.decode()
        return folder

    def statements(self, prepared: Path, folder: Path) -> int:
        """How many statements undisturbed work takes, done in a copy of the office."""
        shutil.copytree(prepared, folder)
        done = self.run(folder, "work", NEVER)
        assert done.returncode == 0, done.stderr.decode()
        return int(done.stdout)

    def killed_and_begun_again(self, prepared: Path, folder: Path, limit: int, look: Callable) -> tuple[int, int, object]:
        """How work in a copy of the office ended, how it ended when it was begun again, and what stood there then."""
        shutil.copytree(prepared, folder)
        died = self.run(folder, "work", limit).returncode
        begun_again = self.run(folder, "work", NEVER).returncode
        seen = look(folder)
        shutil.rmtree(folder, ignore_errors=True)  # the database puts its own side files away at the same time
        return died, begun_again, seen

    def killed(self, prepared: Path, folder: Path, limits: range, look: Callable) -> dict[int, tuple[int, int, object]]:
        """The same by the statement at which the work was killed."""
        return {limit: self.killed_and_begun_again(prepared, folder / str(limit), limit, look) for limit in limits}


def whole_after_each(after: dict, expected) -> dict:
    """What ``killed`` says where each died and was whole after another start."""
    return dict.fromkeys(after, (-signal.SIGKILL, 0, expected))


@contextmanager
def dying_at(limit: int):
    """In the process that is to die: its statements are counted, and printed at the end if it comes to that."""
    count = [0]

    def mortal(execute, sql, params, many, context):
        count[0] += 1
        if count[0] == limit:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(mortal):
        yield
    sys.stdout.write(str(count[0]))
