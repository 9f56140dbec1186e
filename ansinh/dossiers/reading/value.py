"""A value read from a paper."""
from dataclasses import dataclass

from .runs import Run


@dataclass(frozen=True)
class Value:
    """A value in plain form, the words it stands in, how well it fits what is known, the share of doubt that a check takes away."""

    plain: str
    run: Run
    fit: float
    checked: float = 0.0
