"""Monthly assistance (Decree 20/2021 articles 5 and 6), the social pension, and which of several a person is paid."""
import numpy
from openfisca_core.variables import Variable

from openfisca_assistance.entities import Person
from openfisca_assistance.variables.decisions import granted, level
from openfisca_assistance.variables.facts import MONTH, ChildCase, Disability, Poverty

YEAR_OF_MONTHS = 12


def poor(persons, period):
    return persons("household_poverty", period.this_year) == Poverty.poor


def poor_or_near(persons, period):
    return persons("household_poverty", period.this_year) != Poverty.not_poor


def age(persons, period):
    return persons("age_in_months", period)


def years(count):
    return count * YEAR_OF_MONTHS


class assisted_child(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Group 1: child under 16 without support, one of eleven cases"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        months = age(persons, period)
        amount = numpy.where(months < years(law.age.small), law.factor.child.under_4 * level(law), law.factor.child.from_4 * level(law))
        is_case = persons("child_case", period) != ChildCase.none
        return amount * (granted(persons, period, "assisted_child") & is_case & (months <= years(law.age.child)))


class student(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Group 2: 16 to 22, in study"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        months = age(persons, period)
        of_age = (months >= years(law.age.child)) & (months <= years(law.age.student))
        return granted(persons, period, "student") * of_age * (law.factor.student * level(law))


class hiv_child(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Group 3: child with HIV, poor household"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        months = age(persons, period)
        amount = numpy.where(months < years(law.age.small), law.factor.hiv_child.under_4 * level(law), law.factor.hiv_child.from_4 * level(law))
        return amount * (granted(persons, period, "hiv_child") & poor(persons, period) & (months <= years(law.age.child)))


class single_parent(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Group 4: single parent, each child"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        latest = period.start.year * 12 + period.start.month - 1 - years(law.age.child)
        children = sum((persons(f"child_{n}", period) >= latest).astype(numpy.int32) for n in (1, 2, 3))
        return granted(persons, period, "single_parent") * poor_or_near(persons, period) * children * (law.factor.single_parent * level(law))


class elder_poor(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Group 5a: elder, poor, without supporter"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        months = age(persons, period)
        factor = law.factor.elder_poor
        amount = numpy.where(months < years(law.age.very_old), factor.under_80 * level(law), factor.from_80 * level(law))
        return amount * (granted(persons, period, "elder_poor") & poor(persons, period) & (months >= years(law.age.elder)))


class elder_difficult_area(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Group 5b: elder in a difficult area, poor or near-poor"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        months = age(persons, period)
        of_age = (months >= years(law.age.difficult_area)) & (months <= years(law.age.very_old))
        right = granted(persons, period, "elder_difficult_area") & poor_or_near(persons, period) & of_age
        return right * (law.factor.elder_difficult_area * level(law))


class elder_80(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Group 5c: from 80"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        right = granted(persons, period, "elder_80") & (age(persons, period) >= years(law.age.very_old))
        return right * (law.factor.elder_80 * level(law))


class elder_fostered(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Group 5d: elder, poor, fostered in the community"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        right = granted(persons, period, "elder_fostered") & poor(persons, period) & (age(persons, period) >= years(law.age.elder))
        return right * (law.factor.elder_fostered * level(law))


class disabled(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Group 6: severely and especially severely disabled"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        months, factor = age(persons, period), law.factor
        adult = (months >= years(law.age.child)) & (months < years(law.age.elder))
        degree = persons("disability", period.this_year)
        especially = numpy.where(adult, factor.especially_severe.adult * level(law), factor.especially_severe.young_or_old * level(law))
        severe = numpy.where(adult, factor.severe.adult * level(law), factor.severe.young_or_old * level(law))
        amount = especially * (degree == Disability.especially_severe) + severe * (degree == Disability.severe)
        return amount * granted(persons, period, "disabled")


class small_child(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Group 7: under 3 in a difficult area, poor or near-poor"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        right = granted(persons, period, "small_child") & poor_or_near(persons, period) & (age(persons, period) <= years(law.age.small_child))
        return right * (law.factor.small_child * level(law))


class hiv_adult(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Group 8: with HIV, poor household"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        return granted(persons, period, "hiv_adult") * poor(persons, period) * (law.factor.hiv_adult * level(law))


class facility(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Resident of a facility (article 25)"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        factor = law.factor.facility
        amount = numpy.where(age(persons, period) < years(law.age.small), factor.under_4 * level(law), factor.from_4 * level(law))
        return amount * granted(persons, period, "facility")


class social_pension(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Social pension (Decree 176/2025)"

    def formula_2025_07(persons, period, parameters):
        law = parameters(period)
        months = age(persons, period)
        of_age = (months >= years(law.age.pension)) | ((months >= years(law.age.pension_poor)) & poor_or_near(persons, period))
        return granted(persons, period, "social_pension") * of_age * law.amount.pension


class beside_single_parent(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "The highest of groups 5, 6 and 8, which a single parent has as well (article 6, clause 2)"

    def formula_2021_07(persons, period):
        groups = ("elder_poor", "elder_difficult_area", "elder_80", "elder_fostered", "disabled", "hiv_adult")
        return numpy.maximum.reduce([persons(group, period) for group in groups])


class monthly_assistance(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "What is paid of the groups: the highest only, or a single parent's with that of groups 5, 6 and 8"

    def formula_2021_07(persons, period):
        groups = ("assisted_child", "student", "hiv_child", "small_child", "facility", "social_pension")
        both = persons("single_parent", period) + persons("beside_single_parent", period)
        return numpy.maximum.reduce([both, *(persons(group, period) for group in groups)])
