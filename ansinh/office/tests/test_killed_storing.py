"""Whoever is killed while storing leaves no row without its two whole copies."""
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from ansinh.office import fixity
from ansinh.office.models import StoredFile

ROOT = Path(__file__).parents[3]
KILLS = 6
STORING = """
import sys, django; django.setup()
from ansinh.office.cabinet import store_file
for number in range(100_000):
    store_file(f"{sys.argv[1]}.{number}.".encode() * 20_000, name="trang.png")
"""


def address_of_the_database():
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgresql://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def killed_while_storing(data, number):
    """Store one file after the other in a process of its own; kill it some while after its first one."""
    before = StoredFile.objects.count()
    env = {**os.environ, "ANSINH_DATABASE_URL": address_of_the_database(), "ANSINH_DATA": str(data)}
    process = subprocess.Popen([sys.executable, "-c", STORING, str(number)], cwd=ROOT, env=env)
    until = time.monotonic() + 30
    while StoredFile.objects.count() == before:
        assert time.monotonic() < until
        time.sleep(0.01)
    time.sleep(number * 0.013)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    return StoredFile.objects.count() - before


@pytest.mark.slow
def test_every_row_has_two_whole_copies_whenever_its_writer_was_killed(transactional_db, cabinet, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "ansinh.office.folder.Folder", "OPTIONS": {"location": tmp_path / "data" / "cabinet"}},
        "copy": {"BACKEND": "ansinh.office.folder.Folder", "OPTIONS": {"location": tmp_path / "data" / "cabinet-copy"}},
    }
    stored = sum(killed_while_storing(tmp_path / "data", number) for number in range(KILLS))
    assert stored >= KILLS
    assert fixity.go_through() == {"checked": stored, "mended": 0, "weak": 0, "lost": 0}
