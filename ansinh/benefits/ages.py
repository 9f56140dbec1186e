"""Mốc tuổi: whose right ends by age in a month, and which single parents have a child who grows out of theirs."""
from datetime import date

from django.db.models import Q

from ansinh.engine.law import book
from ansinh.engine.law.rules import FIRST_PARTS
from ansinh.engine.months import as_date, as_month
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
    running = Entitlement.objects.filter(standing__in=standings, payable__ends_on=None).select_related("payable__person")
    parents = {entitlement.payable.person_id: entitlement for entitlement in running}
    homes = Residence.objects.on(month).exclude(household="")
    of_parents = {(home.area_id, home.household): parents[home.person_id] for home in homes.filter(person__in=parents)}
    children = homes.filter(person__birth_on__year=born.year, person__birth_on__month=born.month, person__died_on=None)
    for home in children.filter(household__in={household for _area, household in of_parents}).select_related("person"):
        if entitlement := of_parents.get((home.area_id, home.household)):
            yield entitlement, home.person
