"""Decisions: from which month to which each right was granted, and the age and level that formulas share."""
from openfisca_core.variables import Variable

from openfisca_assistance.entities import Person
from openfisca_assistance.variables.facts import FAR, MONTH, fact

RIGHTS = (
    "assisted_child", "student", "hiv_child", "single_parent", "elder_poor", "elder_difficult_area", "elder_80", "elder_fostered", "disabled",
    "small_child", "hiv_adult", "social_pension", "facility", "fosters_child", "fosters_elder", "disabled_parent", "cares_for_disabled",
    "fosters_disabled",
)
inputs = [made for right in RIGHTS for made in (fact(f"{right}_since", default_value=FAR), fact(f"{right}_until", default_value=FAR))]


def month_of(period) -> int:
    return period.start.year * 12 + period.start.month - 1


def granted(persons, period, right):
    """Whether the decision runs in the month."""
    month = month_of(period)
    return (persons(f"{right}_since", period) <= month) & (persons(f"{right}_until", period) >= month)


def level(law) -> int:
    """The greater of the national and the provincial level."""
    return max(law.level.national, law.level.province)


class age_in_months(Variable):
    value_type, entity, definition_period, label = int, Person, MONTH, "Age in whole months, by months"

    def formula(persons, period):
        return month_of(period) - persons("birth_month", period)
