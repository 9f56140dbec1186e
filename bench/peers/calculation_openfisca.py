"""The calculation workload with a country package of OpenFisca-Core. Arguments: file of people, months, and ``each`` for a digest of persons.

CPU seconds are counted from the moment at which law and inputs are in memory.
"""
import hashlib
import json
import sys
import time

import numpy
import openfisca_assistance
import workload_assistance as workload
from openfisca_assistance.variables import facts
from openfisca_core import periods
from openfisca_core.simulations import SimulationBuilder

OF_RIGHT = {"student_16_22": "student", "small_child_difficult_area": "small_child", "facility_resident": "facility"}
PLAIN = ("child_1", "child_2", "child_3", "ward_1", "ward_2", "disabled_ward", "small_children", "cared_for", "lump_month", "lump_people", "lump_days")


def simulation(people):
    """A simulation with every fact of the people as an input."""
    made = SimulationBuilder().build_default_simulation(openfisca_assistance.system(), count=len(people["birth"]))

    def say(name, values, period=periods.ETERNITY):
        made.set_input(name, period, values)

    say("birth_month", people["birth"])
    for name in PLAIN:
        say(name, people[name])
    for right in workload.RIGHTS:
        for bound in ("since", "until"):
            say(f"{OF_RIGHT.get(right, right)}_{bound}", people[f"{bound}_{right}"])
    for name, column, kinds in (("child_case", "case", facts.ChildCase), ("lump", "lump", facts.Lump)):
        say(name, words(people[column], kinds))
    for year in workload.YEARS:
        say("household_poverty", words(people[f"poverty_{year}"], facts.Poverty), str(year))
        say("disability", words(people[f"disability_{year}"], facts.Disability), str(year))
    return made


def words(numbers, kinds):
    return kinds.encode(numpy.array([kind.name for kind in kinds])[numbers])


def main(path: str, month_count: int, each: bool) -> dict:
    made = simulation(workload.read(path))
    months = [periods.period(f"{month // 12}-{month % 12 + 1:02}") for month in range(workload.FIRST, workload.FIRST + month_count)]
    begun = time.process_time()
    paid = [made.calculate("paid", month) for month in months]
    said = {"totals": [int(amounts.sum(dtype=numpy.int64)) for amounts in paid], "calculation": time.process_time() - begun}
    return {**said, "each": digest(paid)} if each else said


def digest(paid) -> str:
    """Every person's sum over all months."""
    sums = sum((amounts.astype(numpy.int64) for amounts in paid), numpy.zeros(1, dtype=numpy.int64))
    said = "\n".join(f"{person} {dong}" for person, dong in enumerate(sums.tolist()) if dong)
    return hashlib.sha256(said.encode()).hexdigest()


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), "each" in sys.argv)))
