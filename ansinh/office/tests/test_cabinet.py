"""The cabinet: bytes under their own SHA-256, kept twice, whole or not at all, never handed out damaged."""
import errno
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.office import copies
from ansinh.office.cabinet import local_path, open_file, read_file, store_file, store_stream
from ansinh.office.copies import SIDES, place_of
from ansinh.office.folder import Folder
from ansinh.office.models import Entry, StoredFile
from ansinh.web.refusal import Refusal

DATA = "Quyết định số 12".encode()


@pytest.fixture
def stored(cabinet, db):
    return store_file(DATA, name="quyet-dinh.txt", content_type="text/plain")


def damage(path: Path):
    path.write_bytes(b"x")


def entries_of_mending():
    return list(Entry.objects.filter(act="office.mend_file").values_list("key", "facts", "by"))


def test_what_was_stored_is_read_back(stored):
    assert read_file(stored) == DATA
    assert (stored.sha256, stored.size) == (hashlib.sha256(DATA).hexdigest(), len(DATA))


def test_both_copies_hold_the_bytes_and_nothing_lies_aside(stored, cabinet):
    assert [cabinet(side, stored).read_bytes() for side in SIDES] == [DATA, DATA]
    assert not [left for side in SIDES for left in Path(storages[side].location, "incoming").iterdir()]


def test_the_same_bytes_are_kept_once(stored):
    assert store_file(DATA, name="bản-sao.txt") == stored
    assert StoredFile.objects.count() == 1


def test_a_name_never_becomes_a_path(cabinet, db):
    stored = store_file(DATA, name="../../etc/passwd")
    assert "etc" not in str(cabinet("default", stored))


def test_a_large_file_comes_as_a_stream(cabinet, db):
    data = bytes(range(256)) * 40_000
    stored = store_stream(io.BytesIO(data), name="lon.tif")
    with open_file(stored) as handle:
        assert handle.read() == data


def test_a_program_that_wants_a_path_gets_a_proved_copy_of_its_own(stored, cabinet):
    with local_path(stored, suffix=".txt") as path:
        assert (path.suffix, path.read_bytes()) == (".txt", DATA)
        path.write_bytes(b"x")
    assert not path.exists()
    assert read_file(stored) == DATA


def cut_in_half(path: Path):
    path.write_bytes(path.read_bytes()[: len(DATA) // 2])


@pytest.mark.parametrize(("harm", "was"), [(damage, "damaged"), (cut_in_half, "damaged"), (Path.unlink, "missing")])
def test_a_bad_copy_is_mended_when_it_is_read_and_the_journal_says_so(stored, cabinet, django_capture_on_commit_callbacks, harm, was):
    path = cabinet("default", stored)
    harm(path)
    with django_capture_on_commit_callbacks(execute=True):
        assert read_file(stored) == DATA
    assert path.read_bytes() == DATA
    assert entries_of_mending() == [(f"office.storedfile:{stored.pk}", {"side": "default", "was": was}, None)]
    assert StoredFile.objects.get().outcome == "mended"


def test_outside_of_an_act_it_is_mended_at_once(cabinet, transactional_db):
    stored = store_file(DATA, name="a.txt")
    damage(cabinet("default", stored))
    read_file(stored)
    assert cabinet("default", stored).read_bytes() == DATA
    assert len(entries_of_mending()) == 1


def test_a_reader_gets_the_bytes_even_where_the_disk_refuses_the_repair(stored, cabinet, full, django_capture_on_commit_callbacks):
    damage(cabinet("default", stored))
    full("default")
    with django_capture_on_commit_callbacks(execute=True):
        assert read_file(stored) == DATA
    assert not entries_of_mending()


def test_a_file_that_is_damaged_twice_is_refused_never_handed_out(stored, cabinet):
    damage(cabinet("default", stored))
    damage(cabinet("copy", stored))
    with pytest.raises(Refusal, match="đã hỏng"):
        read_file(stored)


def test_a_file_that_is_missing_twice_is_refused(stored, cabinet):
    cabinet("default", stored).unlink()
    cabinet("copy", stored).unlink()
    with pytest.raises(Refusal, match="không còn trong kho"):
        read_file(stored)


def test_a_damaged_file_is_mended_when_the_same_bytes_come_again(stored, cabinet):
    damage(cabinet("default", stored))
    damage(cabinet("copy", stored))
    assert read_file(store_file(DATA, name="lần nữa.txt")) == DATA
    assert cabinet("copy", stored).read_bytes() == DATA


@pytest.fixture
def full(monkeypatch):
    """``full("copy")``: the disk of one side takes no more bytes, as the system says it."""

    def fill(side):
        def refuse(*_):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(storages[side], "_save", refuse)

    return fill


@pytest.mark.parametrize("side", SIDES)
def test_a_full_disk_leaves_nothing_half_stored_and_the_next_try_works(cabinet, db, full, monkeypatch, side):
    full(side)
    with pytest.raises(Refusal, match="đã đầy"):
        store_file(DATA, name="a.txt")
    assert not StoredFile.objects.exists()
    assert not [path for name in SIDES for path in Path(storages[name].location).rglob("*") if path.is_file()]
    monkeypatch.undo()
    assert read_file(store_file(DATA, name="a.txt")) == DATA


def test_a_full_disk_takes_nothing_from_those_who_stored_the_same_bytes_before(stored, cabinet, full):
    cabinet("default", stored).unlink()
    cabinet("copy", stored).unlink()
    full("copy")
    with pytest.raises(Refusal, match="đã đầy"):
        store_file(DATA, name="a.txt")
    assert read_file(stored) == DATA


def test_a_disk_that_is_not_mounted_takes_no_files_and_loses_none(stored, cabinet, tmp_path):
    away = Folder(tmp_path / "disk2" / "cabinet", made=False)
    storages._storages["copy"] = away
    assert read_file(stored) == DATA
    with pytest.raises(Refusal, match="không ghi được"):
        store_file(b"more", name="b.txt")
    assert not (tmp_path / "disk2").exists()


def test_while_the_first_side_is_away_the_second_is_read_and_nothing_is_mended(stored, cabinet, tmp_path, django_capture_on_commit_callbacks):
    storages._storages["default"] = Folder(tmp_path / "disk2" / "cabinet", made=False)
    with django_capture_on_commit_callbacks(execute=True) as waiting:
        assert read_file(stored) == DATA
    assert not waiting


def test_two_writers_of_the_same_bytes_end_with_one_whole_file(cabinet, transactional_db):
    def store(number):
        try:
            return store_file(DATA * 50_000, name=f"{number}.txt").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as writers:
        kept = set(writers.map(store, range(8)))
    assert len(kept) == 1
    assert read_file(StoredFile.objects.get()) == DATA * 50_000


@given(place=st.integers(0, len(DATA) - 1), flip=st.integers(1, 255), side=st.sampled_from(list(SIDES)))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_flipped_byte_is_found_and_never_handed_out(stored, cabinet, place, flip, side):
    flipped = bytearray(DATA)
    flipped[place] ^= flip
    cabinet(side, stored).write_bytes(flipped)
    assert copies.look_at(side, stored.sha256) is copies.State.DAMAGED
    assert read_file(stored) == DATA
    cabinet(side, stored).write_bytes(DATA)


def test_files_lie_under_their_own_digest(stored):
    assert place_of(stored.sha256) == f"files/{stored.sha256[:2]}/{stored.sha256}"
