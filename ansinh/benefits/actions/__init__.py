"""What can happen to entitlements."""
from .assessment import assess
from .bulk import grant_many, withdraw_grants
from .entitlements import begin, correct, grant, resume, stop, suspend
from .law_drafts import adopt_law, save_draft

__all__ = ["adopt_law", "assess", "begin", "correct", "grant", "grant_many", "resume", "save_draft", "stop", "suspend", "withdraw_grants"]
