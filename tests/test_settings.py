"""Where the stored files lie is said in the environment; a wrong word stops the start with its name."""
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from ansinh.config.settings import store

KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


@pytest.fixture
def copy_is(monkeypatch):
    """``copy_is("s3://…")``: the store that this address of the second copy gives, with keys in the environment."""
    for key in KEYS:
        monkeypatch.setenv(key, "x")

    def read(address):
        monkeypatch.setenv("ANSINH_COPY", address)
        return store("COPY", "/here")

    return read


def test_without_a_word_it_is_a_folder_of_ours(copy_is):
    assert copy_is("")["OPTIONS"] == {"location": "/here"}


def test_a_named_folder_is_never_made_by_itself(copy_is):
    assert copy_is("/disk2/cabinet")["OPTIONS"]["made"] is False


def test_a_bucket_has_its_server_and_region(copy_is):
    options = copy_is("s3://Scans.2026?endpoint=https://s3.example.vn:9000&region=vn-1")["OPTIONS"]
    assert options == {"bucket": "Scans.2026", "endpoint": "https://s3.example.vn:9000", "region": "vn-1"}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("cabinet", "whole path"),
        ("s3://", "s3://bucket"),
        ("s3://key:secret@bucket", "AWS_ACCESS_KEY_ID"),
        ("s3://bucket?server=x", "server is not known"),
    ],
)
def test_a_wrong_word_is_refused_with_the_name_of_the_setting(copy_is, address, said):
    with pytest.raises(ImproperlyConfigured, match=f"ANSINH_COPY.*{said}"):
        copy_is(address)


def test_a_secret_in_the_address_is_not_repeated(copy_is):
    with pytest.raises(ImproperlyConfigured) as fault:
        copy_is("s3://key:hidden@bucket")
    assert "hidden" not in str(fault.value)


def test_a_bucket_without_keys_is_refused(copy_is, monkeypatch):
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(ImproperlyConfigured, match="AWS_SECRET_ACCESS_KEY must be set"):
        copy_is("s3://bucket")


def test_tests_run_on_the_database_that_was_asked_for_and_in_a_folder_of_their_own(db, pytestconfig):
    assert connection.vendor == pytestconfig.getoption("--db")
    assert "ansinh-test-" in str(settings.DATA)
