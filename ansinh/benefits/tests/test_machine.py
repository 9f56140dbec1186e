"""Whatever is learnt, undone, listed, withdrawn and decreed in whatever order: no đồng is lost, none is doubled."""
from dataclasses import dataclass
from datetime import date
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from ansinh.benefits.models import Entitlement
from ansinh.office.models import Account
from ansinh.payments.models import Posting
from ansinh.registry.models import Person
from tests.people import PROVINCE

from .machine import Office

# A smaller example takes minutes to find; the one that fails is said as it is.
WHOLE = (Phase.explicit, Phase.reuse, Phase.generate)
LONG = settings(max_examples=10, stateful_step_count=14, phases=WHOLE, suppress_health_check=list(HealthCheck), print_blob=True)
SEEDS = range(2)


@dataclass(frozen=True)
class World:
    """Three people of one commune, the staff, the areas."""

    people: tuple[Person, ...]
    officer: Account
    preparer: Account
    chief: Account
    accountant: Account
    areas: dict


@pytest.fixture
def world(settle, areas, appoint, chief, accountant, own_law):
    lived = tuple(settle(name) for name in ("Dương Thị Lan", "Lý Văn Páo", "Vi Thị Sao"))
    return World(lived, appoint("lien", "officer", PROVINCE), appoint("preparer", "officer", PROVINCE), chief, accountant, areas)


@pytest.mark.slow
def test_every_month_is_posted_as_the_law_gives_it_whatever_happened_in_between(world):
    run_state_machine_as_test(type("OfficeOfLan", (Office,), {"world": world}), settings=LONG)


# Changes of three rights on days of their own: in any order of learning they leave the same rights.
CHANGES = (
    ("correct", 0, date(2023, 2, 10)), ("suspend", 0, date(2023, 3, 5)), ("resume", 0, date(2023, 6, 20)),
    ("correct", 1, date(2022, 12, 31)), ("suspend", 1, date(2023, 1, 1)), ("resume", 1, date(2023, 4, 30)),
    ("correct", 2, date(2023, 5, 15)), ("suspend", 2, date(2022, 10, 3)), ("resume", 2, date(2022, 11, 1)),
)


def balance_after(world, order, seed):
    """What is posted by person and month when things are learnt in this order, with lists in between."""
    office = type("OfficeOfLan", (Office,), {"world": world})()
    dice = Random(seed)
    with transaction.atomic():
        office.month, office.ours = date(2023, 4, 1), None
        for who, standing in enumerate(("wounded", "disabled", "martyr_relative")):
            office.grant(who, standing, 400)
        rights = list(Entitlement.objects.order_by("pk"))
        for verb, who, day in order:
            office.change_of(rights[who], verb, day)
            office.run_months(dice.randrange(2))
        office.run_months(2)
        rows = Posting.objects.values_list("payable__person__name", "month", "amount").order_by("payable__person__name", "month", "number")
        sums = {(name, month): sum(amount for n, m, amount in rows if (n, m) == (name, month)) for name, month, _amount in rows}
        transaction.set_rollback(True)
    return {key: amount for key, amount in sums.items() if amount and key[1] <= date(2023, 6, 1)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_learning_does_not_change_what_is_posted(world, seed):
    shuffled = Random(seed).sample(CHANGES, len(CHANGES))
    assert balance_after(world, shuffled, seed) == balance_after(world, CHANGES, seed + 100)
