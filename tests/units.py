"""The province's units through time, and an officer of the whole province."""
from datetime import date

import pytest

from ansinh.office import clock
from ansinh.registry.actions import load_areas, register_person
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


@pytest.fixture
def thuong_dinh(units):
    """Also divided on 1 July 2025; in Phú Bình, as Tân Kim."""
    return unit("05932", IN_2023)


@pytest.fixture
def ngoc(in_2023, tan_kim, keeper):
    """Bà Ngọc of Tân Kim, born in 1950."""
    return register_person(
        name="Nguyễn Thị Ngọc", birth_on=date(1950, 5, 1), birth_precision="day", sex="female", area=tan_kim,
        address="Xóm 5", since=date(2015, 3, 1), numbers={"citizen": "019150001234"}, source="Sổ hộ khẩu", by=keeper,
    )


@pytest.fixture
def minh(in_2023, tan_kim, keeper):
    """Ông Minh, who cares for Ngọc."""
    return register_person(
        name="Trần Văn Minh", birth_on=date(1985, 1, 1), birth_precision="year", sex="male", area=tan_kim,
        since=date(2015, 3, 1), source="Sổ hộ khẩu", by=keeper,
    )
