"""The kind ``beneficiaries``: the sheet from which an office pays today, checked, compared and taken over."""

from .kind import BENEFICIARIES

__all__ = ["BENEFICIARIES"]
