"""Where every test begins: the database of the run, the parts it needs, and the people all tests know."""
import atexit
import os
import shutil
import tempfile

import django
import pytest
from django.conf import settings
from hypothesis import settings as properties

from tests import postgresql, swift
from tests.parts import CHROMIUM, NO_CHROMIUM, NO_POSTGRESQL, NO_SPARK, NO_SWIFT, spark_is_installed

# Playwright runs an event loop in this thread, in which Django's database layer would refuse to work.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DJANGO_LIVE_TEST_SERVER_ADDRESS"] = "127.0.0.1"
os.environ["DJANGO_SETTINGS_MODULE"] = "ansinh.config.settings"

# They import models, so they come after Django was set up.
FIXTURES = (
    "tests.database", "tests.browser", "tests.spark", "tests.people", "tests.units", "tests.imports",
    "ansinh.office.tests.notes", "ansinh.office.tests.shelves", "ansinh.cli.tests.terminal",
    "ansinh.benefits.tests.people", "ansinh.benefits.tests.waiting", "ansinh.benefits.tests.laws",
    "ansinh.dossiers.tests.papers", "ansinh.dossiers.tests.checked", "ansinh.dossiers.tests.watched", "ansinh.dossiers.tests.packages",
    "ansinh.payments.tests.office", "ansinh.payments.tests.sweeping", "tests.journeys.staff",
)

# No wall clock decides whether a property holds.
properties.register_profile("house", deadline=None)
properties.load_profile("house")

IN_CI = os.environ.get("CI") == "true"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}

server = pytest.StashKey[postgresql.Server]()


def pytest_addoption(parser):
    parser.addoption("--db", choices=("sqlite", "postgresql"), default="sqlite", help="the database that tests run on")


def pytest_configure(config):
    """Settings are read from the environment when Django is set up; a worker of xdist inherits it."""
    if not hasattr(config, "workerinput"):
        _choose_database(config)
    django.setup()
    for name in FIXTURES:
        config.pluginmanager.import_plugin(name)


def _choose_database(config):
    if settings.configured:
        # The Django plugin reads the settings at once where this variable is set: then every pass would run on the default database.
        raise pytest.UsageError("Tests choose their own database: run them without DJANGO_SETTINGS_MODULE in the environment.")
    data = tempfile.mkdtemp(prefix="ansinh-test-")
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    os.mkdir(f"{data}/static")
    os.environ.update(ANSINH_DATA=data, ANSINH_MODE="development", ANSINH_DATABASE_URL=f"sqlite:///{data}/ansinh.sqlite3")
    if config.getoption("--db") == "postgresql" and postgresql.programs():
        config.stash[server] = postgresql.start()
        os.environ["ANSINH_DATABASE_URL"] = config.stash[server].url("ansinh")


def pytest_unconfigure(config):
    if server in config.stash:
        postgresql.stop(config.stash[server])


def pytest_collection_modifyitems(config, items):
    if config.getoption("--db") == "postgresql":
        without = [item for item in items if not _uses_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if _uses_database(item)]
        _skip_without(postgresql.programs(), items, NO_POSTGRESQL)
    in_browser = [item for item in items if "browser" in item.fixturenames]
    _skip_without(CHROMIUM.exists(), in_browser, NO_CHROMIUM)
    _skip_without(spark_is_installed(), [item for item in items if "spark" in item.fixturenames], NO_SPARK)
    _skip_without(swift.is_installed(), [item for item in items if "s3_server" in item.fixturenames], NO_SWIFT)
    for item in in_browser:
        item.add_marker("browser")


def _uses_database(item):
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames))


def _skip_without(part, items, words):
    if not part and items and IN_CI:
        raise pytest.UsageError(words)
    if not part:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=words))
