"""What can happen to dossiers; importing this makes all acts known."""
from .dossiers import register_dossier

__all__ = ["register_dossier"]
