"""What can happen to documents; importing this makes all acts known."""
from .issuing import issue_letter, issue_letters
from .templates import take_template, withdraw_template
from .voiding import hand_over, recall_letter, void_letter

__all__ = ["hand_over", "issue_letter", "issue_letters", "recall_letter", "take_template", "void_letter", "withdraw_template"]
