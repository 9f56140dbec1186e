"""Worked cases: an officer's examples of the law, read from YAML and reckoned list by list without a database."""
from .reading import Case, CaseError, read_cases
from .report import Report, run

__all__ = ["Case", "CaseError", "Report", "read_cases", "run"]
