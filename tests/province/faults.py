"""What goes wrong around the office at work: its server of pages dies and is started again, and so does the database."""
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests import postgresql
from tests.killed import NEVER, ROOT
from tests.ports import free_port

# However slow the machine is.
PATIENCE, MOST_LIVES = 6 * 3600, 1_000
# A file by which work asks for the database to fall.
ASKED = "fall"
# One process of pages: of several each keeps the demonstration's clock for a second of its own.
SERVE = "import sys; from ansinh.cli import main; sys.exit(main(['serve', '--workers', '1', '--port', sys.argv[1]]))"


class Pages:
    """The server of ``ansinh serve`` with its worker beside it, started again whenever somebody has killed it."""

    def __init__(self, folder: Path, environment: dict[str, str]):
        self.folder, self.port, self.stopping, self.starts = folder, free_port(), False, 0
        self.environment = {**os.environ, **environment}
        (folder / "web.port").write_text(str(self.port))
        self.process = self._start()
        self.watch = threading.Thread(target=self._keep)
        self.watch.start()

    def _start(self):
        self.starts += 1
        log = (self.folder / "web.log").open("ab")
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(self.port)], env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
        (self.folder / "web.pid").write_text(str(process.pid))
        return process

    def _keep(self):
        while not self.stopping:
            self.process.wait()
            if not self.stopping:
                time.sleep(0.2)
                self.process = self._start()

    def stop(self):
        """Stop for good."""
        self.stopping = True
        _kill_group(self.process.pid)
        self.watch.join()
        _kill_group(self.process.pid)


def _kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


class Database:
    """A PostgreSQL server that falls when its office is told to let it fall: stopped at once, or killed."""

    def __init__(self):
        self.server, self.falls = postgresql.start(durable=True), Counter()

    def url(self, name: str) -> str:
        return self.server.url(name)

    def fall(self, way: str):
        """``immediate``: told to stop without a word; ``kill``: its first process is killed. Then it is begun again."""
        self.falls[way] += 1
        (postgresql.fall if way == "immediate" else postgresql.kill)(self.server)
        postgresql.begin(self.server)

    @contextmanager
    def falling_when_asked(self, folder: Path, dice: Random):
        """While somebody works, the database falls as soon as the folder asks for it."""
        def watch():
            while not over.wait(0.005):
                if asked.exists():
                    asked.unlink()
                    self.fall(dice.choice(("immediate", "kill")))

        asked, over = folder / ASKED, threading.Event()
        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
            asked.unlink(missing_ok=True)


@dataclass
class Toll:
    """How often each thing was killed, and in the middle of what."""

    lives: int = 0
    killed_at: Counter = field(default_factory=Counter)
    fell_at: Counter = field(default_factory=Counter)


def lived_through(office, folder: Path, dice: Random, lives: tuple[int, int], database: Database | None = None) -> Toll:
    """The office at work, killed at drawn statements and begun again until it has come to its end.

    With a database of its own every third life asks it to fall at a drawn statement, and pages may ask in mid-request.
    """
    toll = Toll()
    for life in range(MOST_LIVES):
        more = {"PROVINCE_LIFE": str(life)}
        if database:
            more |= {"PROVINCE_FALLS": "yes", "PROVINCE_FALL_AT": str(dice.randrange(*lives) // 2 if life % 3 == 2 else NEVER)}
        with database.falling_when_asked(folder, Random(life)) if database else nullcontext():
            ended = office.run(folder, "work", dice.randrange(*lives), patience=PATIENCE, **more)
        toll.lives += 1
        if ended.returncode == 0:
            return toll
        _count(toll, ended, (folder / "in hand").read_text(), may_fall=database is not None)
    raise AssertionError(f"not at its end after {MOST_LIVES} lives")


def _count(toll, ended, at, *, may_fall):
    if ended.returncode == -signal.SIGKILL:
        toll.killed_at[at] += 1
    elif may_fall and any(word in ended.stderr for word in (b"OperationalError", b"InterfaceError")):
        toll.fell_at[at] += 1
    else:
        raise AssertionError(ended.stderr.decode()[-3_000:])


def kills_of(folder: Path) -> int:
    """How often the server of pages was killed while it answered."""
    told = folder / "web.kills"
    return len(told.read_text().splitlines()) if told.exists() else 0

