"""Social assistance of Viet Nam as an OpenFisca country package: a variable a group, dated parameters, months."""
from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from openfisca_assistance.entities import entities
from openfisca_assistance.variables import assistance, care, decisions, facts

HERE = Path(__file__).parent


def system() -> TaxBenefitSystem:
    """The rules with their parameters."""
    made = TaxBenefitSystem(entities)
    made.add_variables(*decisions.inputs, *(variable for module in (facts, decisions, assistance, care) for variable in _of(module)))
    made.load_parameters(str(HERE / "parameters"))
    return made


def _of(module):
    """The variables that a module defines."""
    return [
        value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Variable) and value.__module__ == module.__name__
    ]
