"""The cabinet in a bucket of a real S3 server (OpenStack Swift): the same promises as in folders."""
from pathlib import Path

import boto3
import pytest
from django.core.files.storage import storages

from ansinh.config.settings import store
from ansinh.office import fixity
from ansinh.office.cabinet import local_path, read_file, store_file, store_stream
from ansinh.office.copies import place_of
from ansinh.office.folder import Unreachable
from ansinh.office.models import Entry, StoredFile
from ansinh.web.refusal import Refusal
from tests import swift

pytestmark = pytest.mark.slow
DATA = "Quyết định số 12".encode()


@pytest.fixture(scope="session")
def s3_server():
    server = swift.start()
    client = boto3.client("s3", endpoint_url=server.endpoint, aws_access_key_id=swift.KEY, aws_secret_access_key=swift.SECRET, region_name="us-east-1")
    client.create_bucket(Bucket="scans")
    yield server
    swift.stop(server)


@pytest.fixture
def bucket(s3_server, cabinet, settings, monkeypatch):
    """The first copy in a bucket, the second in a folder, as the environment of a service says it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", swift.KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", swift.SECRET)
    monkeypatch.setenv("ANSINH_STORAGE", f"s3://scans?endpoint={s3_server.endpoint}&region=us-east-1")
    settings.STORAGES = {**settings.STORAGES, "default": store("STORAGE", "/nowhere")}
    bucket = storages["default"]
    yield bucket
    _empty(bucket)


def _empty(bucket):
    """One by one: this server wants a digest with each removal of many, which newer clients no longer send."""
    for thing in bucket.bucket.objects.all():
        thing.delete()


@pytest.fixture
def stored(bucket, db):
    return store_file(DATA, name="quyet-dinh.txt")


@pytest.fixture
def server_is_down(bucket, settings):
    """The address of a server that does not answer."""
    options = {"bucket": "scans", "endpoint": "http://127.0.0.1:9", "region": "us-east-1"}
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "ansinh.office.bucket.Bucket", "OPTIONS": options}}


def put(bucket, stored, data):
    bucket.bucket.Object(place_of(stored.sha256)).put(Body=data)


def in_bucket(bucket, stored):
    return bucket.bucket.Object(place_of(stored.sha256)).get()["Body"].read()


def test_what_was_stored_lies_in_the_bucket_and_in_the_folder(bucket, stored, cabinet):
    assert read_file(stored) == DATA
    assert in_bucket(bucket, stored) == DATA
    assert Path(storages["copy"].path(place_of(stored.sha256))).read_bytes() == DATA


def test_a_file_of_many_parts_comes_back_whole(bucket, db, tmp_path):
    large = tmp_path / "large.tif"
    large.write_bytes(bytes(range(256)) * 80_000)
    with large.open("rb") as handle:
        stored = store_stream(handle, name="large.tif")
    with local_path(stored) as path:
        assert path.read_bytes() == large.read_bytes()


@pytest.mark.parametrize("harm", ["damaged", "missing"])
def test_a_bad_object_is_mended_from_the_folder_when_it_is_read(bucket, stored, django_capture_on_commit_callbacks, harm):
    harms = {"damaged": lambda: put(bucket, stored, b"x"), "missing": lambda: bucket.delete(place_of(stored.sha256))}
    harms[harm]()
    with django_capture_on_commit_callbacks(execute=True):
        assert read_file(stored) == DATA
    assert in_bucket(bucket, stored) == DATA
    assert Entry.objects.get(act=fixity.MEND).facts == {"side": "default", "was": harm}


def test_the_nightly_check_mends_both_ways(bucket, stored):
    other = store_file(b"trang 2", name="2.png")
    put(bucket, stored, b"x")
    Path(storages["copy"].path(place_of(other.sha256))).unlink()
    assert fixity.go_through() == {"checked": 2, "mended": 2, "weak": 0, "lost": 0}
    assert (in_bucket(bucket, stored), read_file(other)) == (DATA, b"trang 2")


def test_what_is_bad_on_both_sides_is_refused(bucket, stored):
    put(bucket, stored, b"x")
    Path(storages["copy"].path(place_of(stored.sha256))).unlink()
    with pytest.raises(Refusal, match="đã hỏng"):
        read_file(stored)


def test_while_the_server_is_down_files_are_read_from_the_folder_and_none_is_taken_in(stored, server_is_down):
    assert read_file(stored) == DATA
    with pytest.raises(Refusal, match="không ghi được vào kho tệp"):
        store_file(b"trang 3", name="3.png")
    assert StoredFile.objects.count() == 1
    with pytest.raises(Refusal, match="Không tới được bản chính"):
        fixity.go_through()


def test_a_bucket_that_is_gone_is_not_one_that_lost_its_files(stored, s3_server, settings):
    options = {"bucket": "gone", "endpoint": s3_server.endpoint, "region": "us-east-1"}
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "ansinh.office.bucket.Bucket", "OPTIONS": options}}
    with pytest.raises(Refusal, match="Không tới được bản chính"):
        fixity.go_through()
    assert StoredFile.objects.get().outcome == ""


def test_a_wrong_key_is_told_as_a_side_that_is_away(bucket, monkeypatch, settings):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    settings.STORAGES = {**settings.STORAGES}
    with pytest.raises(Unreachable):
        storages["default"].reach()
    with pytest.raises(Unreachable):
        storages["default"].exists("files/ab/abc")
