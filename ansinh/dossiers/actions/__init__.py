"""What can happen to dossiers; importing this makes all acts known."""
from .dossiers import register_dossier
from .entering import confirm_kind, enter_field, finish_entering
from .leasing import leave, take, take_next

__all__ = ["confirm_kind", "enter_field", "finish_entering", "leave", "register_dossier", "take", "take_next"]
