"""The province's units through time, and an officer of the whole province."""
from datetime import date

import pytest

from ansinh.office import clock
from ansinh.registry.actions.areas import load_areas
from ansinh.registry.queries.areas import unit

IN_2023 = date(2023, 6, 1)


@pytest.fixture
def in_2023():
    """The clock stands still in June 2023, when there were districts."""
    with clock.held_at(IN_2023) as moment:
        yield moment


@pytest.fixture
def keeper(appoint):
    """Chuyên viên of the whole province."""
    return appoint("keeper", "officer", "19.")


@pytest.fixture
def units(keeper):
    """The dated list of units, loaded."""
    load_areas(by=keeper)


@pytest.fixture
def tan_kim(units):
    return unit("05920", IN_2023)


@pytest.fixture
def cam_gia(units):
    """Divided between two communes on 1 July 2025."""
    return unit("05467", IN_2023)
