"""What an office knows of a person. Months are year * 12 + month - 1; a decision not taken begins in month 9999 * 12."""
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from openfisca_assistance.entities import Person

MONTH, YEAR, ETERNITY = DateUnit.MONTH, DateUnit.YEAR, DateUnit.ETERNITY
FAR = 9999 * 12


class Poverty(Enum):
    not_poor = "Not poor"
    near_poor = "Near-poor"
    poor = "Poor"


class Disability(Enum):
    none = "None"
    severe = "Severe"
    especially_severe = "Especially severe"


class ChildCase(Enum):
    none = "None"
    a = "Abandoned"
    b = "Both parents dead"
    c = "One dead, the other missing"
    d = "One dead, the other in a facility"
    dd = "One dead, the other in prison"
    e = "Both missing"
    g = "Both in a facility"
    h = "Both in prison"
    i = "One missing, the other in a facility"
    k = "One missing, the other in prison"
    ll = "One in a facility, the other in prison"


class Lump(Enum):
    none = "None"
    assistance_funeral = "Funeral, article 11"
    facility_funeral = "Funeral, article 25"
    social_pension_funeral = "Funeral, Decree 176/2025"
    injury_aid = "Injury, article 13"
    death_aid = "Death, article 14"
    house_destroyed = "House destroyed, article 15"
    house_relocation = "House moved, article 15"
    house_damaged = "House damaged, article 15"
    orphan_meals = "Meals, article 16"


def fact(name, kind=int, period=ETERNITY, **more):
    """An input variable."""
    return type(name, (Variable,), {"value_type": kind, "entity": Person, "definition_period": period, "label": name, "__module__": __name__, **more})


birth_month = fact("birth_month")
child_1, child_2, child_3 = (fact(f"child_{n}") for n in (1, 2, 3))
ward_1, ward_2, disabled_ward = fact("ward_1"), fact("ward_2"), fact("disabled_ward")
small_children, cared_for = fact("small_children"), fact("cared_for")
child_case = fact("child_case", Enum, possible_values=ChildCase, default_value=ChildCase.none)
household_poverty = fact("household_poverty", Enum, YEAR, possible_values=Poverty, default_value=Poverty.not_poor)
disability = fact("disability", Enum, YEAR, possible_values=Disability, default_value=Disability.none)
lump = fact("lump", Enum, possible_values=Lump, default_value=Lump.none)
lump_month, lump_people, lump_days = fact("lump_month"), fact("lump_people"), fact("lump_days")
