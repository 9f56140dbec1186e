from datetime import date

import pytest

from ansinh.registry import actions as registry
from ansinh.registry.queries import name_words
from tests.people import COMMUNE


@pytest.fixture
def register_names(areas, officer):
    def register(*names):
        for name in names:
            registry.register_person(
                name=name, area=areas[COMMUNE], since=date(2015, 1, 1), source="Sổ hộ khẩu", birth_on=date(1950, 1, 1), birth_precision="day", by=officer,
            )  # fmt: skip

    return register


def test_words_that_several_persons_bear_are_told_by_their_place_in_the_name(register_names):
    register_names("Quàng Văn Pọm", "Quàng Thị Pọm", "Quàng Văn Pọm", "Quàng Văn Pọm", "QUÀNG VĂN PỌM", "Lò Văn Ún")
    assert name_words() == (("quàng",), ("văn",), ("pọm",))


def test_a_word_that_few_bear_is_not_told(register_names):
    register_names("Lò Văn Ún", "Lò Thị Ún")
    assert name_words() == ((), (), ())


def test_names_are_asked_for_in_one_query(register_names, django_assert_num_queries):
    register_names("Lò Văn Ún")
    with django_assert_num_queries(1):
        name_words()
