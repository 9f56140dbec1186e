"""What the register knows of a person's household beside what an entitlement is paid by: the children who live there. / Hộ."""
from dataclasses import dataclass
from datetime import date

from ansinh.engine.law import book
from ansinh.engine.months import as_date, as_month
from ansinh.registry.models import Person, Residence

from .. import queries


@dataclass(frozen=True)
class Household:
    """Con trong hộ: children under ``age`` in the household by the register, beside the number that the entitlement is paid by."""

    title: str
    counted: int
    registered: int
    age: int


def household_of(person: Person, on: date) -> tuple[Household, ...]:
    """Of each right that is paid by the number of children on a day: whether the register knows as many in the same household."""
    home = Residence.objects.on(on).filter(person=person).exclude(household="").exclude(area=None).first()
    ages = {code: limit.child_until for limit in book().limits if limit.child_until is not None for code in limit.standings}
    rights = [(entitlement, queries.terms_on(entitlement, on)) for entitlement in queries.entitlements_of(person) if entitlement.standing in ages]
    return tuple(
        Household(str(entitlement), terms.children, _children(home, ages[entitlement.standing], on), ages[entitlement.standing])
        for entitlement, terms in rights if home is not None and terms is not None and terms.children
    )


def _children(home, age, on):
    born_after = as_date(as_month(on) - age * 12)
    living = Residence.objects.on(on).filter(area=home.area_id, household=home.household, person__died_on=None).exclude(person=home.person_id)
    return living.filter(person__birth_on__gt=born_after).count()
