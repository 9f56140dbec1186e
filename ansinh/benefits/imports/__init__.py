"""The sheets from which an office pays today, of both fields, checked, compared and taken over."""

from .kind import ASSISTED, BENEFICIARIES

__all__ = ["ASSISTED", "BENEFICIARIES"]
