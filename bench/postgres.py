"""A private PostgreSQL on the loopback for one bench, durable as in service, gone afterwards."""
import sys
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests import postgresql


@contextmanager
def database(name: str):
    """A server with one empty database; yields its address."""
    server = postgresql.start(durable=True)
    try:
        postgresql.create(server, name)
        yield server.url(name)
    finally:
        postgresql.stop(server)
