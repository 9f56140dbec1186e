"""Two officers give rice to the same people at the same moment: one effect, and the other is told."""
import threading
from datetime import date

import pytest
from django.db import connection

from ansinh.benefits import actions
from ansinh.benefits.models import FoodDecision, FoodRelief
from ansinh.registry.actions import add_identifier
from ansinh.web.refusal import Refusal
from tests.people import DISTRICT

FLOOD = {"name": "Lũ tháng 9/2023", "since": date(2023, 9, 1), "months": 2, "area_path": DISTRICT, "signed_on": date(2023, 9, 18)}


@pytest.fixture
def lan_has_a_number(transactional_db, settle, officer):
    add_identifier(settle("Dương Thị Lan"), kind="file", number="HS-001", since=date(2020, 1, 1), source="Sổ", by=officer)


def at_once(account, *decisions):
    """Each decision in a thread of its own; what each was told, a refusal in its words."""
    told, ready = [], threading.Barrier(len(decisions))

    def send(number):
        ready.wait()
        try:
            told.append(actions.give_food("disaster", number=number, numbers=("HS-001",), people=1, by=account, **FLOOD))
        except Refusal as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(number,)) for number in decisions]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return told


def test_one_officer_gives_the_rice_and_the_other_is_told(lan_has_a_number, officer):
    told = at_once(officer, "QĐ 1/QĐ-UBND", "QĐ 2/QĐ-UBND")
    assert len([one for one in told if "từ 1 thành 0" in str(one)]) == 1
    assert (FoodDecision.objects.count(), FoodRelief.objects.count()) == (1, 1)
