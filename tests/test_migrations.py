"""Migrations: complete, straight, and reversible on the database of this run."""
import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from .source import PACKAGE

OURS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("ansinh."))
WITH_MIGRATIONS = [label for label in OURS if (PACKAGE / label / "migrations").is_dir()]


@pytest.fixture
def empty_database(tmp_path, db):
    """The address of an empty database beside the one of the tests."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
        return
    name = "empty_" + tmp_path.name.replace("-", "_")
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    settings = connection.settings_dict
    yield f"postgresql://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{name}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def migrate(address, *args):
    command = [sys.executable, "-m", "django", "migrate", "-v0", *args]
    return subprocess.run(command, env={**os.environ, "ANSINH_DATABASE_URL": address}, capture_output=True, text=True)


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("label", WITH_MIGRATIONS)
def test_one_line_names_the_newest_migration(label):
    folder = PACKAGE / label / "migrations"
    newest = max(path.stem for path in folder.glob("[0-9]*.py"))
    assert (folder / "max_migration.txt").read_text("utf-8").strip() == newest


def test_all_migrations_go_forward_back_and_forward_again(empty_database):
    assert not migrate(empty_database).stderr
    assert not migrate(empty_database, "office", "zero").stderr
    assert not migrate(empty_database).stderr
