"""What payments keeps: payables and channels, proposals, lists, what was found on them, and the ledger."""
from .ledger import Item, LedgerAccount, Movement, Opening, Posting
from .lists import Line, PayList
from .payables import Channel, Payable
from .proposals import Batch, Kind, Proposal
from .recovery import RecoveryCase, RecoveryMonth, RecoveryStep
from .returns import ReturnAnswer, ReturnFile
from .runs import ListRun
from .sweep import Closing, Finding, SweepDecision

__all__ = [
    "Batch", "Channel", "Closing", "Finding", "Item", "Kind", "LedgerAccount", "Line", "ListRun", "Movement", "Opening", "PayList",
    "Payable", "Posting", "Proposal", "RecoveryCase", "RecoveryMonth", "RecoveryStep", "ReturnAnswer", "ReturnFile",
    "SweepDecision",
]
