"""The invented people: the same by seed, consistent with their numbers, and in the proportions they claim."""
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.cli.demonstration import merit, sheets
from ansinh.cli.demonstration.dice import Dice, spread
from ansinh.cli.demonstration.population import people
from ansinh.engine.law import book
from ansinh.engine.law.book import FOLDER
from ansinh.engine.text import citizen_number, legacy
from ansinh.registry.actions.areas import read_areas

DAY = date(2023, 5, 20)
KNOWN = [0.03888628726952503, 0.7873807607465833, 0.9106415442361953]
FACTS = ("grade", "special", "attendant", "martyrs", "care", "remarried", "medal", "full_time", "seniority")


@pytest.fixture(scope="module")
def communes():
    units = [line for line in read_areas(FOLDER / "areas.csv") if line.exists(DAY)]
    districts = {line.code: line.name for line in units if line.code in ("165", "173")}
    rows = [(line.code, line.name, line.parent, districts[line.parent]) for line in units if line.parent in districts]
    return pl.DataFrame(rows, schema=["commune_code", "commune", "district_code", "district"], orient="row")


@pytest.fixture(scope="module")
def some(communes):
    return people(communes, count=6_000, seed=7)


@pytest.fixture(scope="module")
def payees(some):
    chosen = merit.payees(some, book(), count=400, seed=7)
    return chosen.with_columns(merit.due_in(chosen, book(), date(2023, 5, 1)).alias("amount"))


def test_the_same_seed_gives_the_same_people(communes, some):
    assert people(communes, count=6_000, seed=7).equals(some)


def test_another_seed_gives_other_people(communes, some):
    assert not people(communes, count=6_000, seed=8)["name"].equals(some["name"])


def test_chance_is_the_same_on_every_machine():
    assert Dice(173).uniform("x", 3).to_list() == KNOWN


@given(uniform=st.floats(0, 1, exclude_max=True), weights=st.lists(st.integers(0, 9), min_size=1, max_size=6))
def test_a_value_without_weight_is_never_drawn(uniform, weights):
    table = dict(enumerate([*weights, 1]))
    drawn = spread(pl.Series([uniform]), table)[0]
    assert table[drawn] > 0


def test_there_are_exactly_as_many_as_asked(some):
    assert len(some) == 6_000
    assert some["household"].n_unique() < 6_000


def test_every_citizen_number_stands_once_and_fits_its_holder(some):
    numbered = some.filter(pl.col("citizen") != "")
    assert numbered["citizen"].n_unique() == len(numbered)
    rows = numbered.select("citizen", "sex", pl.col("birth_on").dt.year())
    assert not [row for row in rows.iter_rows() if citizen_number.warnings(row[0], sex=row[1], birth_year=row[2])]


def test_nobody_is_born_after_the_day_of_the_sheets(some):
    assert some["birth_on"].max() <= DAY


def test_children_have_the_family_name_of_their_house(some):
    named = some.with_columns(family=pl.col("name").str.split(" ").list.first())
    heads = named.filter(pl.col("role") == "head", pl.col("sex") == "male").select("household", of_house="family")
    children = named.filter(pl.col("role") == "child").join(heads, on="household")
    assert (children["family"] == children["of_house"]).all()


def test_about_seven_in_ten_are_kinh(some):
    assert some.filter(pl.col("ethnicity") == "Kinh").height / len(some) == pytest.approx(0.72, abs=0.04)


def test_every_payee_has_a_standing_that_the_law_can_read(payees):
    rows = payees.select("standing", *FACTS).iter_rows(named=True)
    assert not [row for row in rows if book().complaint(row["standing"], {name: row[name] for name in FACTS})]


def test_payees_are_as_many_as_asked_each_with_an_amount(payees):
    assert len(payees) == 400
    assert payees["amount"].min() > 0
    assert payees["file_number"].n_unique() == 400


def test_wounded_soldiers_are_the_largest_group(payees):
    assert payees.group_by("standing").len().sort("len")["standing"][-1] == "wounded"


@given(st.sampled_from(["Nguyễn Văn Dũng", "Trương Thị Tươi", "Xã Dương Thành", "Bế Thị Xoan", "Đàm Quang Tuyến", "Lường Thị Mến"]))
def test_old_letters_are_read_back_as_they_were(name):
    assert legacy.convert(sheets.to_old_letters(name), legacy.TCVN3) == name


def test_faults_touch_few_rows_and_two_stand_twice(payees):
    marked = sheets.with_faults(payees, Dice(7))
    assert len(marked) == len(payees) + payees["district_code"].n_unique()
    assert 0 < marked["lost_zero"].sum() < 40
