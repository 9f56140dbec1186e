"""What can happen to entitlements."""
from .assessment import assess
from .bulk import grant_many, withdraw_grants
from .entitlements import begin, correct, grant, resume, stop, suspend
from .food import give_food
from .law_drafts import adopt_law, save_draft
from .level_changes import finish_level_changes
from .preparing import prepare_lists
from .rounds import grant_round

__all__ = [
    "adopt_law", "assess", "begin", "correct", "finish_level_changes", "give_food", "grant", "grant_many", "grant_round",
    "prepare_lists", "resume", "save_draft", "stop", "suspend", "withdraw_grants",
]
