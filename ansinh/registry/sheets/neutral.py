"""Cells that must never come alive: text that a spreadsheet would take for a formula."""

import re

_LIVE = re.compile(r"^[\s\u00a0]*[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+-]?[\d.,\s]+%?$")


def neutral(text: str) -> str:
    """The text for a CSV cell: a quote in front of what would start a formula; plain numbers stay."""
    if _LIVE.match(text) and not _NUMBER.match(text):
        return f"'{text}"
    return text
