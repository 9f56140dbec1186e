"""The invented beneficiaries of social assistance: as many as wanted, of the ages that the law asks for."""
from datetime import date

import polars as pl
import pytest

from ansinh.cli.demonstration.assistance import GROUPS, grants_of
from ansinh.engine.law import book
from ansinh.engine.law.limits import age_complaint, first_lines


@pytest.fixture(scope="module")
def people():
    births = [date(1918 + at % 104, 1 + at % 12, 1 + at % 28) for at in range(20_000)]
    return pl.DataFrame({"id": range(20_000), "birth_on": births, "sex": ["female", "male"] * 10_000})


@pytest.fixture(scope="module")
def grants(people):
    return grants_of(people, count=600, seed=7)


def test_there_are_as_many_as_wanted_and_everybody_once(grants):
    assert 595 <= len(grants) <= 605
    assert grants["person_id"].is_unique().all()


def test_the_same_seed_gives_the_same_people(people, grants):
    assert grants_of(people, count=600, seed=7).equals(grants)


def test_every_group_is_there(grants):
    assert set(grants["standing"]) == {group.standing for group in GROUPS}


def test_nobody_is_outside_the_ages_of_the_law(grants):
    aged = grants.drop_nulls("born").iter_rows(named=True)
    wrong = [row for row in aged if age_complaint(first_lines(book(), row["standing"]), row["born"], row["since"], row["poverty"])]
    assert wrong == []


def test_the_facts_of_every_grant_can_be_read_by_the_tables(grants):
    known = {row["standing"]: book().standing(row["standing"]).facts for row in grants.iter_rows(named=True)}
    told = [book().complaint(row["standing"], {name: row[name] for name in known[row["standing"]]}) for row in grants.iter_rows(named=True)]
    assert set(told) == {None}
