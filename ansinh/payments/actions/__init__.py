"""What can happen to money."""
from .approving import approve
from .batches import replace_batch
from .channels import change_channels, set_channel, set_channels
from .exporting import export, export_copy
from .left_behind import record_heirs, record_offset
from .lists import close, hold, release, return_to_preparer
from .payables import keep_payable, open_payable, open_payables, record_openings, withdraw_openings
from .proposing import propose
from .returning import Answer, reconcile, record_refund, record_return, waive
from .withdrawing import withdraw

__all__ = [
    "Answer", "approve", "change_channels", "close", "export", "export_copy", "hold", "keep_payable", "open_payable", "open_payables",
    "propose", "reconcile", "record_heirs", "record_offset", "record_openings", "record_refund", "record_return", "release",
    "replace_batch", "return_to_preparer", "set_channel", "set_channels", "waive", "withdraw", "withdraw_openings",
]
