"""What can happen to dossiers; importing this makes all acts known."""
from .confirming import confirm
from .correcting import correct_dossier, find_dossier, record_loss, set_retention
from .dossiers import register_dossier
from .entering import confirm_kind, enter_field, finish_entering
from .following import follow_persons
from .leasing import leave, take, take_next
from .loans import lend_dossier, return_dossier
from .opening import note_opening, open_dossier
from .settling import settle

__all__ = [
    "confirm", "confirm_kind", "correct_dossier", "enter_field", "find_dossier", "finish_entering", "follow_persons", "leave", "lend_dossier",
    "note_opening", "open_dossier", "record_loss", "register_dossier", "return_dossier", "set_retention", "settle", "take", "take_next",
]
