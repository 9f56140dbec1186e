"""Care support (Decree 20/2021 article 20), lump sums (articles 11, 13 to 16, 25), and all that is paid in a month."""
import numpy
from openfisca_core.variables import Variable

from openfisca_assistance.entities import Person
from openfisca_assistance.variables.assistance import years
from openfisca_assistance.variables.decisions import granted, level, month_of
from openfisca_assistance.variables.facts import MONTH, Lump


class fosters_child(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Each child fostered (clause 1)"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        small, large = law.factor.fosters_child.under_4 * level(law), law.factor.fosters_child.from_4 * level(law)

        def of_child(birth):
            months = month_of(period) - birth
            return numpy.where(months < years(law.age.small), small, large) * (months <= years(law.age.child))

        return granted(persons, period, "fosters_child") * (of_child(persons("ward_1", period)) + of_child(persons("ward_2", period)))


class fosters_elder(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Fosters an elder (clause 1)"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        return granted(persons, period, "fosters_elder") * (law.factor.fosters_elder * level(law))


class disabled_parent(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Disabled with children under 36 months (clause 2 a)"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        factor = law.factor.disabled_parent
        amount = numpy.where(persons("small_children", period) > 1, factor.more * level(law), factor.one * level(law))
        return amount * granted(persons, period, "disabled_parent")


class cares_for_disabled(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Household that cares for the especially severely disabled, each person (clause 2 c)"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        return granted(persons, period, "cares_for_disabled") * persons("cared_for", period) * (law.factor.cares_for_disabled * level(law))


class fosters_disabled(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Fosters an especially severely disabled person (clause 2 d)"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        factor = law.factor.fosters_disabled
        is_child = month_of(period) - persons("disabled_ward", period) < years(law.age.child)
        return granted(persons, period, "fosters_disabled") * numpy.where(is_child, factor.child * level(law), factor.adult * level(law))


class care_support(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "All care support; it stands beside everything else"

    def formula_2021_07(persons, period):
        kinds = ("fosters_child", "fosters_elder", "disabled_parent", "cares_for_disabled", "fosters_disabled")
        return sum(persons(kind, period) for kind in kinds)


class lump_sum(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "Funerals and emergency relief, in their month only"

    def formula_2021_07(persons, period, parameters):
        law = parameters(period)
        factor, amount = law.factor, law.amount
        of_kind = {
            Lump.none: 0, Lump.assistance_funeral: factor.funeral * level(law), Lump.facility_funeral: factor.facility_funeral * level(law),
            Lump.social_pension_funeral: pension_funeral(law), Lump.injury_aid: factor.injury * level(law), Lump.death_aid: factor.death * level(law),
            Lump.house_destroyed: amount.house_destroyed, Lump.house_relocation: amount.house_relocation, Lump.house_damaged: amount.house_damaged,
            Lump.orphan_meals: amount.meals,
        }
        kind = persons("lump", period)
        units = numpy.array([of_kind[member] for member in Lump])[numpy.asarray(kind)]
        times = numpy.where(kind == Lump.death_aid, persons("lump_people", period), numpy.where(kind == Lump.orphan_meals, persons("lump_days", period), 1))
        return units * times * (persons("lump_month", period) == month_of(period))


def pension_funeral(law):
    """The social pension has a funeral from July 2025 on."""
    return getattr(law.amount, "pension_funeral", 0)


class paid(Variable):
    value_type, entity, definition_period = int, Person, MONTH
    label = "All that is paid in the month"

    def formula_2021_07(persons, period):
        return persons("monthly_assistance", period) + persons("care_support", period) + persons("lump_sum", period)
