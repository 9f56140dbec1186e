"""What the registry keeps: areas, persons and what is true of them."""
from .areas import Area, Succession
from .persons import Death, Identifier, Particulars, Person, Residence, Standing

__all__ = ["Area", "Death", "Identifier", "Particulars", "Person", "Residence", "Standing", "Succession"]
