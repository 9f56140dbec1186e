"""What can happen to areas, persons and imports."""

from .areas import follow_areas, load_areas
from .imports import apply_import, approve_import, check_import, discard_import, undo_import, upload_import

__all__ = [
    "apply_import", "approve_import", "check_import", "discard_import", "follow_areas", "load_areas", "undo_import", "upload_import",
]
