"""Two officers give rice to the same people at the same moment: one effect, and the other is told."""
from datetime import date
from functools import partial

import pytest

from ansinh.benefits import actions
from ansinh.benefits.models import FoodDecision, FoodRelief
from ansinh.registry.actions import add_identifier
from tests.at_once import told_at_once
from tests.people import DISTRICT

FLOOD = {"name": "Lũ tháng 9/2023", "since": date(2023, 9, 1), "months": 2, "area_path": DISTRICT, "signed_on": date(2023, 9, 18)}


@pytest.fixture
def lan_has_a_number(transactional_db, settle, officer):
    add_identifier(settle("Dương Thị Lan"), kind="file", number="HS-001", since=date(2020, 1, 1), source="Sổ", by=officer)


def give(officer, number):
    return actions.give_food("disaster", number=number, numbers=("HS-001",), people=1, by=officer, **FLOOD)


def test_one_officer_gives_the_rice_and_the_other_is_told(lan_has_a_number, officer):
    (told,) = told_at_once(*(partial(give, officer, number) for number in ("QĐ 1/QĐ-UBND", "QĐ 2/QĐ-UBND")))
    assert "từ 1 thành 0" in told
    assert (FoodDecision.objects.count(), FoodRelief.objects.count()) == (1, 1)
