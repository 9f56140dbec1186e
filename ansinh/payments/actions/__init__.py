"""What can happen to money."""
from ..return_file import Answer
from .approving import approve
from .batches import keep_batch, put_aside, replace_batch
from .channels import change_channels, set_channel, set_channels
from .exporting import export, export_copy
from .findings import close_finding, decide_open, reopen_finding
from .left_behind import record_heirs, record_offset
from .lists import close, hold, release, return_to_preparer
from .packing import run_export
from .payables import keep_payable, open_payable, open_payables, record_openings, restore_openings, withdraw_openings
from .proposing import propose
from .reconciling import reconcile, reconcile_file, reconcile_name, reconcile_rejection, record_return, record_signature
from .reconciling_month import reconcile_month
from .recovering import decide_recovery, give_notice, hear_debtor, open_recovery, resume_recovery, suspend_recovery
from .recovering_money import cancel_repayment, record_repayment, waive_recovery, withdraw_waiver
from .returning import record_refund, waive
from .running import approve_many, export_many, fetch_run_file, refuse_unseen
from .slips import print_slips
from .sweeping import sweep
from .withdrawing import withdraw

__all__ = [
    "Answer", "approve", "approve_many", "cancel_repayment", "change_channels", "close", "close_finding",
    "decide_open", "decide_recovery", "export", "export_copy", "export_many", "fetch_run_file", "give_notice",
    "hear_debtor", "hold", "keep_batch", "keep_payable", "open_payable", "open_payables", "open_recovery",
    "print_slips", "propose", "put_aside", "reconcile", "reconcile_file", "reconcile_month", "reconcile_name",
    "reconcile_rejection", "record_heirs", "record_offset", "record_openings", "record_refund", "record_repayment",
    "record_return", "record_signature", "refuse_unseen", "release", "reopen_finding", "replace_batch",
    "restore_openings", "resume_recovery", "return_to_preparer", "run_export", "set_channel", "set_channels", "suspend_recovery", "sweep",
    "waive", "waive_recovery", "withdraw", "withdraw_openings", "withdraw_waiver",
]
