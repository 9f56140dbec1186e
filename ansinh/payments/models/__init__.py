"""What payments keeps: payables and channels, proposals, lists, and the ledger."""
from .ledger import Item, LedgerAccount, Movement, Opening, Posting
from .lists import Line, PayList
from .payables import Channel, Payable
from .proposals import Batch, Kind, Proposal
from .recovery import RecoveryCase, RecoveryMonth, RecoveryStep
from .returns import ReturnAnswer, ReturnFile

__all__ = [
    "LedgerAccount", "Batch", "Channel", "Item", "Kind", "Line", "Movement", "Opening", "PayList", "Payable", "Posting", "Proposal",
    "RecoveryCase", "RecoveryMonth", "RecoveryStep", "ReturnAnswer", "ReturnFile",
]
