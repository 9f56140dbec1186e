"""Persons in ranges: everybody in exactly one, however few keys are asked for at once."""
import pytest

from ansinh.benefits import queries


@pytest.fixture
def four(settle, granted):
    """Four persons, one of them with two rights."""
    people = [settle(f"Lý Văn Páo {n}") for n in range(4)]
    for person in people:
        granted(person, grade=61)
    granted(people[0], standing="prisoner")
    return [person.pk for person in people]


@pytest.mark.parametrize(("size", "groups"), [(1, [[0], [1], [2], [3]]), (3, [[0, 1, 2], [3]]), (9, [[0, 1, 2, 3]])])
@pytest.mark.parametrize("at_once", [1, 2, 25])
def test_everybody_is_in_one_range(four, monkeypatch, size, groups, at_once):
    monkeypatch.setattr(queries, "RANGES_AT_ONCE", at_once)
    assert queries.person_ranges("merit", size) == [(four[group[0]], four[group[-1]]) for group in groups]


def test_nobody_with_a_right_is_no_range(four):
    assert queries.person_ranges("assistance", 9) == []


def test_who_has_two_rights_is_one_person(four):
    assert queries.persons_entitled("merit") == 4
    assert queries.persons_entitled("assistance") == 0
