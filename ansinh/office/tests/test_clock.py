"""The one clock."""
from datetime import UTC, date, datetime, timedelta

import pytest

from ansinh.office import clock, installation


def test_today_is_the_day_in_viet_nam():
    with clock.held_at(datetime(2023, 5, 31, 17, 30, tzinfo=UTC)):
        assert clock.today() == date(2023, 6, 1)


def test_a_day_ends_at_midnight_in_viet_nam():
    assert clock.end_of(date(2023, 5, 31)) == datetime(2023, 5, 31, 17, 0, tzinfo=UTC)


def test_a_held_day_is_eight_in_the_morning_and_is_let_go():
    with clock.held_at(date(2023, 6, 1)) as moment:
        assert clock.now() == moment and moment.hour == 8
    with pytest.raises(ZeroDivisionError), clock.held_at(date(2023, 6, 1)):
        1 / 0  # noqa: B018
    assert clock._held.get() is None


@pytest.fixture
def demonstration(db):
    installation.mark_demonstration()
    yield installation
    clock.forget_shift()


def test_a_demonstration_clock_stands_where_it_was_set(demonstration):
    demonstration.set_demonstration_clock(clock.real_now() - timedelta(days=400))
    assert clock.real_now() - clock.now() > timedelta(days=399)


def test_the_clock_of_a_database_in_service_cannot_be_set(db):
    with pytest.raises(installation.Installation.DoesNotExist):
        installation.set_demonstration_clock(clock.real_now())


def test_production_never_looks_at_the_demonstration_clock(demonstration, settings):
    demonstration.set_demonstration_clock(clock.real_now() - timedelta(days=400))
    settings.MODE = "production"
    assert clock.real_now() - clock.now() < timedelta(minutes=1)


def test_production_refuses_a_demonstration_database(demonstration, settings):
    settings.MODE = "production"
    with pytest.raises(installation.ImproperlyConfigured, match="ansinh doctor"):
        installation.refuse_demonstration_in_production()
