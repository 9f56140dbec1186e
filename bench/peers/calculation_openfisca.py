"""The calculation workload in OpenFisca-Core, as its documentation writes rules: dated parameters, vectorised formulas.

Arguments: file of persons, months (0: only what the imports and the reading of the persons take).
"""
import json
import sys
from pathlib import Path

import numpy
from openfisca_core import entities, periods, taxbenefitsystems, variables
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulations import SimulationBuilder

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import workload_calculation as workload

Person = entities.build_entity(key="person", plural="persons", label="Person", is_person=True)
ETERNITY, MONTH = periods.DateUnit.ETERNITY, periods.DateUnit.MONTH


class category(variables.Variable):
    value_type, entity, definition_period = int, Person, ETERNITY


class birth_month(variables.Variable):
    value_type, entity, definition_period = int, Person, ETERNITY


class age_in_months(variables.Variable):
    value_type, entity, definition_period = int, Person, MONTH

    def formula(persons, period):
        return period.start.year * 12 + period.start.month - 1 - persons("birth_month", period)


class coefficient(variables.Variable):
    value_type, entity, definition_period = int, Person, MONTH

    def formula(persons, period, parameters):
        of_law = parameters(period)
        kind = persons("category", period)
        old = (persons("age_in_months", period) > of_law.old_age * 12) & (kind >= workload.OLD_AGE_CATEGORIES.start)
        basic = numpy.array([of_law.coefficients[f"c{c}"] for c in range(workload.CATEGORIES)], dtype=numpy.int64)
        return basic[kind] + of_law.old_age_extra * old


class allowance(variables.Variable):
    value_type, entity, definition_period = int, Person, MONTH

    def formula(persons, period, parameters):
        return parameters(period).level * persons("coefficient", period) // 100


def parameters() -> ParameterNode:
    start = workload.LEVELS[0][0].isoformat()
    dated = {since.isoformat(): {"value": amount} for since, amount in workload.LEVELS}
    return ParameterNode("", data={
        "level": {"values": dated},
        "old_age": {"values": {start: {"value": workload.OLD_AGE}}},
        "old_age_extra": {"values": {start: {"value": workload.OLD_AGE_EXTRA}}},
        "coefficients": {f"c{c}": {"values": {start: {"value": workload.coefficient(c)}}} for c in range(workload.CATEGORIES)},
    })


def main(path: str, month_count: int) -> list[int]:
    categories, births = numpy.fromfile(path, dtype=numpy.int32).reshape(2, -1)
    if not month_count:
        return []
    system = taxbenefitsystems.TaxBenefitSystem([Person])
    system.parameters = parameters()
    system.add_variables(category, birth_month, age_in_months, coefficient, allowance)
    simulation = SimulationBuilder().build_default_simulation(system, count=len(categories))
    simulation.set_input("category", periods.ETERNITY, categories)
    simulation.set_input("birth_month", periods.ETERNITY, births)
    months = [periods.period(f"{month:%Y-%m}") for month in workload.months(month_count)]
    return [int(simulation.calculate("allowance", month).sum(dtype=numpy.int64)) for month in months]


if __name__ == "__main__":
    print(json.dumps({"totals": main(sys.argv[1], int(sys.argv[2]))}))
