"""Running An Sinh: the web server, the worker, and the shape of the database."""
import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, connections
from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from ansinh.dossiers.index import rebuild
from ansinh.office import jobs
from ansinh.office.installation import refuse_demonstration_in_production
from ansinh.web.refusal import Refusal
from ansinh.web.templatetags.office_words import count

from .answer import Answer, say
from .entrance import waiting_migrations
from .ports import HOST, refuse_taken

THREADS = 4
PAUSE = 0.5
STOPS_WITHIN = 10
WORKER = "import sys; from ansinh.cli import main; sys.exit(main(['worker', '--beside', '{pid}']))"


class Site(BaseApplication):
    """Gunicorn with our options in place of its command line."""

    def __init__(self, **options):
        self.options = options
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        return import_app("ansinh.config.wsgi:application")


def serve(args) -> Answer:
    """Serve the pages until interrupted; outside of production a worker runs beside and stops with the server."""
    try:
        refuse_demonstration_in_production()
    except ImproperlyConfigured as fault:
        raise Refusal(str(fault)) from fault
    refuse_taken(args.port)
    if settings.MODE == "production":
        call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()  # a connection must not be carried over a fork
    with worker_beside():
        say(f"An Sinh: http://{HOST}:{args.port}/ (dừng: Ctrl C)")
        Site(
            bind=f"{HOST}:{args.port}", workers=args.workers, worker_class="gthread", threads=THREADS, loglevel="warning",
            timeout=120, max_requests=5000, max_requests_jitter=500, control_socket_disable=True,
        ).run()
    return Answer()


@contextmanager
def worker_beside():
    """A worker process for as long as the server lives; in production the worker is a service of its own."""
    if settings.MODE == "production":
        yield
        return
    worker = subprocess.Popen([sys.executable, "-c", WORKER.format(pid=os.getpid())])
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(STOPS_WITHIN)


def worker(args) -> Answer:
    """Run background work one by one; stops between two jobs when told to, or when the server beside it is gone."""
    told = []
    signal.signal(signal.SIGTERM, lambda *_: told.append(True))
    with _sign_of_life():
        while not told and args.beside in (None, os.getppid()):
            if jobs.run_one() is None:
                if args.until_idle:
                    break
                time.sleep(PAUSE)
    return Answer()


@contextmanager
def _sign_of_life():
    """A shared lock that dies with its holder, by which ``doctor`` sees that a worker is alive."""
    with open(worker_lock(), "a") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield


def worker_lock():
    """The file that every worker holds."""
    return settings.DATA / "worker.lock"


def worker_is_alive() -> bool:
    """Whether any worker of this data folder is running."""
    with open(worker_lock(), "a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def migrate(_args) -> Answer:
    """Set the database up or upgrade it."""
    waiting = waiting_migrations()
    call_command("migrate", interactive=False, verbosity=0)
    return Answer([f"{len(waiting)} bước nâng cấp đã chạy trên {connection.vendor}."], {"migrations": waiting})


def index(_args) -> Answer:
    """Make the index of words inside scans anew from what was read."""
    pages = rebuild()
    return Answer([f"{count(pages)} trang đã vào chỉ mục tìm."], {"pages": pages})
