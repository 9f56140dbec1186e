"""What can happen to money."""
from .batches import replace_batch
from .payables import open_payables, record_openings

__all__ = ["open_payables", "record_openings", "replace_batch"]
