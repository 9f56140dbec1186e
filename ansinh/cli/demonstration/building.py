"""From an empty file to the finished demonstration database."""
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections

from .walk import walk


def build(people: int, *, seed: int, folder: Path):
    """Set the database up, walk the five months, and leave one file without a write-ahead log."""
    call_command("migrate", interactive=False, verbosity=0)
    walk(people, seed=seed, folder=folder)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA optimize")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
