"""A folder of stored files: whole or not there, whatever the disk or a kill does."""
import errno
import io
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File

from ansinh.office.folder import Folder

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "cabinet")


@pytest.fixture
def no_file_over_a_megabyte():
    """The system lets no file grow beyond a megabyte."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files_of(folder):
    return [path.relative_to(folder.location) for path in Path(folder.location).rglob("*") if path.is_file()]


def test_a_file_is_written_and_replaced_under_its_own_name(folder):
    folder.save("files/ab/abc", ContentFile(b"x"))
    folder.save("files/ab/abc", ContentFile(b"right"))
    assert folder.open("files/ab/abc").read() == b"right"
    assert files_of(folder) == [Path("files/ab/abc")]


def test_a_disk_that_ends_in_the_middle_of_a_file_leaves_nothing(folder, no_file_over_a_megabyte):
    with pytest.raises(OSError) as fault:
        folder.save("files/ab/abc", File(io.BytesIO(bytes(2 * 2**20))))
    assert fault.value.errno == errno.EFBIG
    assert not files_of(folder)


def test_what_was_there_stays_when_its_successor_cannot_be_written(folder, no_file_over_a_megabyte):
    folder.save("files/ab/abc", ContentFile(b"x"))
    with pytest.raises(OSError):
        folder.save("files/ab/abc", File(io.BytesIO(bytes(2 * 2**20))))
    assert folder.open("files/ab/abc").read() == b"x"


SLOW_WRITER = """
import sys, time
from django.conf import settings; settings.configure()
from django.core.files.base import File
from ansinh.office.folder import Folder
class Slow(File):
    def chunks(self, chunk_size=None):
        while True:
            yield bytes(1000)
            time.sleep(0.01)
Folder(sys.argv[1]).save("files/ab/abc", Slow(None))
"""


def test_a_killed_writer_leaves_nothing_under_the_final_name(folder):
    process = subprocess.Popen([sys.executable, "-c", SLOW_WRITER, str(folder.location)], cwd=ROOT, env=os.environ)
    until = time.monotonic() + 20
    while not files_of(folder) and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert [path.parts[0] for path in files_of(folder)] == ["incoming"]
    assert not folder.exists("files/ab/abc")


def test_a_folder_on_another_disk_is_never_made_here(tmp_path):
    away = Folder(tmp_path / "disk2" / "cabinet", made=False)
    with pytest.raises(OSError):
        away.save("files/ab/abc", ContentFile(b"x"))
    with pytest.raises(OSError):
        away.exists("files/ab/abc")
    assert not (tmp_path / "disk2").exists()
