"""What can be asked of payments; the checks of the sweep make themselves known by being read."""
from . import sweep
from .carried import carry_overs, waiting_items
from .proposed import proposals_of
from .settled import balances, cancellable_claims, open_claims, settled
from .verify import verify_ledger

__all__ = [
    "balances", "cancellable_claims", "carry_overs", "open_claims", "proposals_of", "settled", "sweep", "verify_ledger",
    "waiting_items",
]
