"""What the registry keeps: areas, persons and what is true of them."""
from .areas import Area, Succession
from .imports import Import, ImportRow
from .persons import Death, Identifier, Particulars, Person, Residence, Standing

__all__ = ["Area", "Death", "Identifier", "Import", "ImportRow", "Particulars", "Person", "Residence", "Standing", "Succession"]
