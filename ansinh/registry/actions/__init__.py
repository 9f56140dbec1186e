"""What can happen to areas, persons and imports."""

from .areas import follow_areas, load_areas
from .detention import correct_detention, end_detention, record_detention
from .imports import apply_import, approve_import, check_import, discard_import, undo_import, upload_import
from .marriage import correct_marriage, record_divorce, record_marriage
from .persons import add_identifier, correct_death, correct_identifier, correct_particulars, move, record_death, register_person
from .standings import correct_beginning, correct_standing, end_standing, recognise

__all__ = [
    "add_identifier", "apply_import", "approve_import", "check_import", "correct_beginning", "correct_death", "correct_detention",
    "correct_identifier", "correct_marriage", "correct_particulars", "correct_standing", "discard_import", "end_detention", "end_standing",
    "follow_areas", "load_areas", "move", "recognise", "record_death", "record_detention", "record_divorce", "record_marriage",
    "register_person", "undo_import", "upload_import",
]
