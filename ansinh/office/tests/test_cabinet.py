"""The cabinet: bytes under their own SHA-256."""
import hashlib

import pytest
from django.core.files.storage import default_storage

from ansinh.office.actions import read_file, store_file
from ansinh.office.models import StoredFile
from ansinh.web.refusal import Refusal

DATA = "Quyết định số 12".encode()


@pytest.fixture
def stored(db):
    return store_file(DATA, name="quyet-dinh.txt", content_type="text/plain")


@pytest.fixture(autouse=True)
def cabinet(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def path_of(stored):
    return default_storage.path(f"files/{stored.sha256[:2]}/{stored.sha256}")


def test_what_was_stored_is_read_back(stored):
    assert read_file(stored) == DATA
    assert (stored.sha256, stored.size) == (hashlib.sha256(DATA).hexdigest(), len(DATA))


def test_the_same_bytes_are_kept_once(stored):
    assert store_file(DATA, name="bản-sao.txt") == stored
    assert StoredFile.objects.count() == 1


def test_a_name_never_becomes_a_path(db):
    stored = store_file(DATA, name="../../etc/passwd")
    assert "etc" not in path_of(stored)


def test_a_damaged_file_is_refused_never_handed_out(stored):
    with open(path_of(stored), "wb") as handle:
        handle.write(b"x")
    with pytest.raises(Refusal, match="đã hỏng"):
        read_file(stored)


def test_a_damaged_file_is_mended_when_the_same_bytes_come_again(stored):
    with open(path_of(stored), "wb") as handle:
        handle.write(b"x")
    assert read_file(store_file(DATA, name="lần nữa.txt")) == DATA


def test_a_missing_file_is_refused(stored):
    default_storage.delete(path_of(stored))
    with pytest.raises(Refusal, match="không còn trong kho"):
        read_file(stored)
