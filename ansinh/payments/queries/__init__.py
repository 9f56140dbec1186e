"""What can be asked of payments."""
from .settled import balances, open_claims, settled

__all__ = ["balances", "open_claims", "settled"]
