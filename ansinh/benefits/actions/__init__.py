"""What can happen to entitlements."""
from .assessment import assess
from .bulk import grant_many, withdraw_grants
from .entitlements import begin, correct, grant, resume, stop, suspend

__all__ = ["assess", "begin", "correct", "grant", "grant_many", "resume", "stop", "suspend", "withdraw_grants"]
