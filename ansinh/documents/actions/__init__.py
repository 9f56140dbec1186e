"""What can happen to documents; importing this makes all acts known."""
from .issuing import issue_letter, issue_letters, void_letter
from .templates import take_template, withdraw_template

__all__ = ["issue_letter", "issue_letters", "take_template", "void_letter", "withdraw_template"]
