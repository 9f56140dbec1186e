"""Fixity: a damaged, missing or exchanged copy is found, mended from the other by itself, journaled, counted."""
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import connection

from ansinh.office import clock, copies, fixity, jobs
from ansinh.office.act import open_entry
from ansinh.office.cabinet import read_file, store_file
from ansinh.office.copies import SIDES
from ansinh.office.folder import Folder
from ansinh.office.models import Entry, Job, StoredFile, Task
from ansinh.web.refusal import Refusal

ROOT = Path(__file__).parents[3]


@pytest.fixture
def files(cabinet, db):
    """Three stored files."""
    return [store_file(f"trang {n}".encode(), name=f"{n}.png") for n in range(3)]


def outcomes():
    return list(StoredFile.objects.order_by("id").values_list("outcome", flat=True))


def flip(path):
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)


def exchange(first, second):
    kept = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(kept)


def test_a_whole_cabinet_is_looked_at_and_said_to_be_whole(files):
    assert fixity.go_through() == {"checked": 3, "mended": 0, "weak": 0, "lost": 0}
    assert outcomes() == ["good"] * 3
    assert fixity.last_check().facts["checked"] == 3
    assert fixity.open_check() is None


@pytest.mark.parametrize("side", SIDES)
def test_flipped_and_deleted_bytes_are_mended_from_the_other_side(files, cabinet, side):
    flip(cabinet(side, files[0]))
    cabinet(side, files[1]).unlink()
    assert fixity.go_through() == {"checked": 3, "mended": 2, "weak": 0, "lost": 0}
    assert [cabinet(side, file).read_bytes() for file in files] == [b"trang 0", b"trang 1", b"trang 2"]
    assert [entry.facts for entry in Entry.objects.filter(act=fixity.MEND).order_by("id")] == [
        {"side": side, "was": "damaged"}, {"side": side, "was": "missing"},
    ]


def test_two_exchanged_files_are_both_put_right(files, cabinet):
    exchange(cabinet("default", files[0]), cabinet("default", files[2]))
    assert fixity.go_through()["mended"] == 2
    assert [read_file(file) for file in files] == [b"trang 0", b"trang 1", b"trang 2"]


def test_the_second_check_finds_nothing_any_more(files, cabinet):
    flip(cabinet("copy", files[0]))
    fixity.go_through()
    assert fixity.go_through() == {"checked": 3, "mended": 0, "weak": 0, "lost": 0}


def test_what_is_lost_on_both_sides_becomes_a_task_without_a_name(files, cabinet):
    flip(cabinet("default", files[1]))
    cabinet("copy", files[1]).unlink()
    assert fixity.go_through()["lost"] == 1
    task = Task.objects.open().get()
    assert (task.key, task.title) == (f"office.storedfile:{files[1].pk}", f"Tệp lưu số {files[1].pk}: hỏng cả hai bản")
    fixity.go_through()
    assert Task.objects.count() == 1


def test_the_task_is_done_when_the_bytes_are_back(files, cabinet):
    flip(cabinet("default", files[1]))
    flip(cabinet("copy", files[1]))
    fixity.go_through()
    store_file(b"trang 1", name="lấy lại.png")
    fixity.go_through()
    assert not Task.objects.open().exists()
    assert outcomes() == ["good"] * 3


def test_a_copy_that_cannot_be_written_is_weak_and_the_journal_claims_no_repair(files, cabinet, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    cabinet("copy", files[0]).unlink()
    monkeypatch.setattr(storages["copy"], "_save", refuse)
    assert fixity.go_through() == {"checked": 3, "mended": 0, "weak": 1, "lost": 0}
    assert not Entry.objects.filter(act=fixity.MEND).exists()
    assert Task.objects.open().get().title.endswith("chỉ còn một bản tốt")
    monkeypatch.undo()
    assert fixity.go_through()["mended"] == 1
    assert not Task.objects.open().exists()


def test_a_side_that_is_away_stops_the_check_and_nothing_counts_as_lost(files, cabinet, tmp_path):
    storages._storages["copy"] = Folder(tmp_path / "disk2", made=False)
    with pytest.raises(Refusal, match="Không tới được bản thứ hai"):
        fixity.go_through()
    assert set(outcomes()) == {""}
    (tmp_path / "disk2").mkdir()
    assert fixity.go_through()["mended"] == 3
    assert Entry.objects.filter(act=fixity.CHECK).count() == 1


def test_a_check_goes_on_where_it_stood(files):
    begun = open_entry(fixity.CHECK, None, area_path="19.")
    StoredFile.objects.filter(pk=files[0].pk).update(checked_at=clock.now(), outcome="mended")
    assert list(fixity.waiting_in(begun)) == files[1:]
    assert fixity.go_through() == {"checked": 3, "mended": 1, "weak": 0, "lost": 0}


def test_two_checks_never_run_at_once(files, monkeypatch):
    monkeypatch.setattr(jobs, "hold", lambda _lock: False)
    with pytest.raises(Refusal, match="đang được kiểm tra ở tiến trình khác"):
        fixity.go_through()


def test_a_check_that_was_left_for_long_is_begun_anew(files):
    with clock.held_at(clock.now() - timedelta(days=8)):
        open_entry(fixity.CHECK, None, area_path="19.")
    assert fixity.open_check() is None


def test_an_administrator_orders_a_check_that_runs_in_the_background(files, cabinet, appoint):
    administrator = appoint("administrator", "administrator", "19.")
    flip(cabinet("copy", files[0]))
    fixity.check_files(by=administrator)
    with pytest.raises(Refusal, match="đang được kiểm tra"):
        fixity.check_files(by=administrator)
    jobs.work(until_idle=True)
    job = Job.objects.get()
    assert (job.state, job.done, job.total, job.note) == ("done", 3, 3, "3 tệp, sửa 1, thiếu một bản 0, mất 0")
    assert fixity.last_check().parent.by == administrator


def test_a_check_never_holds_more_than_a_part_of_the_rows(files, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(fixity, "PART", 2)
    with django_assert_max_num_queries(40):
        assert fixity.go_through()["checked"] == 3


def test_what_killed_writers_left_aside_is_swept_after_a_day(files, cabinet):
    old, new = (Path(storages["copy"].location, "incoming", name) for name in ("old", "new"))
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (1, 1))
    copies.sweep()
    assert (old.exists(), new.exists()) == (False, True)


KILLED = """
import django; django.setup()
import time
from django.db import transaction
from ansinh.office import copies, fixity
fixity.PART, look = 1, copies.look_at
copies.look_at = lambda *args: (time.sleep(0.02), look(*args))[1]
fixity.go_through()
"""


@pytest.mark.slow
def test_a_check_survives_kill_9_and_looks_at_every_file_once(cabinet, transactional_db, settings, tmp_path):
    stored = [store_file(f"{n}".encode(), name=f"{n}.png") for n in range(60)]
    flip(cabinet("default", stored[50]))
    shutil.copytree(tmp_path / "default", tmp_path / "data" / "cabinet")
    shutil.copytree(tmp_path / "copy", tmp_path / "data" / "cabinet-copy")
    name = connection.settings_dict
    url = f"sqlite:///{name['NAME']}" if connection.vendor == "sqlite" else f"postgresql://{name['USER']}@{name['HOST']}:{name['PORT']}/{name['NAME']}"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED], cwd=ROOT, env={**os.environ, "ANSINH_DATABASE_URL": url, "ANSINH_DATA": str(tmp_path / "data")}
    )
    wait_until(lambda: StoredFile.objects.exclude(checked_at=None).count() >= 10)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    looked_at = dict(StoredFile.objects.exclude(checked_at=None).values_list("id", "checked_at"))
    assert 10 <= len(looked_at) < 60
    assert fixity.go_through() == {"checked": 60, "mended": 1, "weak": 0, "lost": 0}
    assert dict(StoredFile.objects.filter(pk__in=looked_at).values_list("id", "checked_at")) == looked_at
    assert Entry.objects.filter(act=fixity.CHECK).count() == 1


def wait_until(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
