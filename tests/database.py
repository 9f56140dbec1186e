"""The database of a test run: a file on SQLite (a lock file stands beside it), and a flush that append-only tables allow."""
import pytest
from django.conf import settings
from django.db import connection, transaction


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(tmp_path_factory.getbasetemp() / "test.sqlite3")}


@pytest.fixture(scope="session", autouse=True)
def passwords_are_cheap():
    """A strong hash costs a quarter of a second for each account that a test makes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def a_flush_lifts_the_guards():
    """Tests on a live server empty all tables afterwards, which the triggers of append-only tables refuse."""
    flush = _flush_postgresql if connection.vendor == "postgresql" else _flush_sqlite
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.ops), "execute_sql_flush", flush)
        yield


def _flush_postgresql(_operations, statements):
    _execute(["SET LOCAL session_replication_role = replica", *statements])


def _flush_sqlite(_operations, statements):
    """The triggers are made anew by the signal after the flush."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        triggers = [name for (name,) in cursor.fetchall()]
    _execute([*(f'DROP TRIGGER "{name}"' for name in triggers), *statements])


def _execute(statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
