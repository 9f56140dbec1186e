"""Mốc tuổi: whose right ends by age in a month, and which single parents have a child who grows out of theirs."""
from collections import defaultdict
from datetime import date

from django.db.models import Q

from ansinh.engine.law import book
from ansinh.engine.law.rules import FIRST_PARTS
from ansinh.engine.months import as_date, as_month
from ansinh.office import bulk
from ansinh.registry.models import Person, Residence

from .models import Entitlement, Terms


def leaving(field: str, month: date):
    """Running terms whose right has its last month by age in ``month``, by the birth that counts."""
    condition = Q(pk__in=[])
    for standing, (age, through) in _ends(field).items():
        born = as_date(as_month(month) - age * 12 + (0 if through else 1))
        condition |= Q(entitlement__standing=standing, born__year=born.year, born__month=born.month)
    return Terms.objects.current().filter(condition, until=None, entitlement__payable__field=field).select_related("entitlement__payable__person")


def _ends(field):
    """The age at which each standing ends and whether the month of that birthday is still paid; standings without an end stay away."""
    found, endless = {}, set()
    for row in book().rules[field].iter_rows(named=True):
        if row["part"] not in FIRST_PARTS:
            continue
        if row["age_to"] is None or row["age_to"] > LONGEST_LIFE:
            endless.add(row["standing"])
        else:
            found[row["standing"]] = max(found.get(row["standing"], (0, False)), (row["age_to"], row["through_birthday"]))
    return {standing: end for standing, end in found.items() if standing not in endless}


LONGEST_LIFE = 120


def grown_children(month: date) -> list[tuple[Entitlement, Person, int]]:
    """Entitlements paid by child with a child of the same household who reaches the law's age in ``month``, and that age."""
    found = []
    for limit in book().limits:
        if limit.child_until is not None:
            born = as_date(as_month(month) - limit.child_until * 12)
            found += [(entitlement, child, limit.child_until) for entitlement, child in _in_one_house(limit.standings, born, month)]
    return found


def _in_one_house(standings, born, month):
    """From the few children of a month's birthdays to who lives with them, not from everybody entitled."""
    homes = Residence.objects.on(month).exclude(household="")
    children = homes.filter(person__birth_on__year=born.year, person__birth_on__month=born.month, person__died_on=None).select_related("person")
    houses = defaultdict(list)
    for home in children:
        houses[home.area_id, home.household].append(home.person)
    beside = homes.filter(household__among=bulk.Values({household for _area, household in houses})).values_list("person", "area", "household")
    house_of = {person: (area, household) for person, area, household in beside if (area, household) in houses}
    running = Entitlement.objects.filter(standing__in=standings, payable__ends_on=None, payable__person__among=bulk.Values(house_of))
    for entitlement in running.select_related("payable__person"):
        for child in houses[house_of[entitlement.payable.person_id]]:
            yield entitlement, child
