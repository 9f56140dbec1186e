"""What the registry keeps: areas, persons and what is true of them."""
from .areas import Area, Succession
from .detention import Detention
from .imports import Import, ImportRow
from .marriage import Marriage
from .persons import Death, Identifier, Particulars, Person, Residence, Standing
from .population import PopulationRecord

__all__ = [
    "Area", "Death", "Detention", "Identifier", "Import", "ImportRow", "Marriage", "Particulars", "Person", "PopulationRecord", "Residence",
    "Standing", "Succession",
]
