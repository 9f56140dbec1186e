"""A PostgreSQL server of our own for one test run: in a temporary directory, on a free port, gone at the end."""
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.ports import HOST, free_port

DURABLE = "-c shared_buffers=1GB -c work_mem=64MB"
BEGIN_TRIES = 100
# The data are thrown away, so nothing need survive a power cut.
UNSAFE_BUT_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class Server:
    """A running server: its directory, its port and what it was started with."""

    directory: Path
    port: int
    options: str

    def url(self, name: str) -> str:
        return f"postgresql://postgres@{HOST}:{self.port}/{name}"


def programs() -> Path | None:
    """Where the newest installed server's programs are; ``None`` when there is none."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name.split(".")[0]), default=None)


def start(*, durable=False) -> Server:
    """Start a server; as root it runs as the user postgres, who may not enter the checkout. ``durable`` as in service."""
    directory = Path(tempfile.mkdtemp(prefix="ansinh-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(directory, "postgres", "postgres")
    port = free_port()
    options = f"-p {port} -k {directory} -c listen_addresses={HOST} {DURABLE if durable else UNSAFE_BUT_FAST}"
    _run("initdb", "-D", directory / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    server = Server(directory, port, options)
    begin(server)
    return server


def begin(server: Server):
    """Start the server of a directory, also after ``fall`` or ``kill``; what is left of the killed one is waited for."""
    start_it = ("pg_ctl", "-D", server.directory / "data", "-w", "-l", server.directory / "log", "-o", server.options, "start")
    for _try in range(BEGIN_TRIES):
        try:
            return _run(*start_it)
        except subprocess.CalledProcessError:
            time.sleep(0.3)
    return _run(*start_it)


def fall(server: Server):
    """Stop the server without a word to anybody, in the middle of whatever it does; its data stay."""
    _run("pg_ctl", "-D", server.directory / "data", "-m", "immediate", "stop")


def kill(server: Server):
    """``kill -9`` of the server's first process; its others go when they notice."""
    os.kill(int((server.directory / "data" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)


def create(server: Server, name: str, *, like="template1"):
    """Make an empty database, or a copy of another that nobody uses now."""
    _run("createdb", "-h", HOST, "-p", str(server.port), "-U", "postgres", "-T", like, name)


def stop(server: Server):
    fall(server)
    shutil.rmtree(server.directory, ignore_errors=True)


def _run(program, *args):
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # pg_ctl would keep a pipe open for as long as the server lives.
    subprocess.run([*as_user, programs() / program, *args], cwd="/", check=True, stdout=subprocess.DEVNULL)
