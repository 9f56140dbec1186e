"""Amounts of đồng as spreadsheets hold them."""
import re

_UNIT = re.compile(r"(đồng|vnđ|vnd|đ|₫)\.?$", re.IGNORECASE)
_GROUPED = re.compile(r"^\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*$")
_DECIMALS = re.compile(r"[.,]0{1,2}$")


def parse_amount(value) -> tuple[int | None, str]:
    """The đồng of a cell (``1.234.000``, ``1,234,000 đ``, ``1234000.0``, a number), and what is wrong in Vietnamese.

    An empty cell is ``None`` without a fault; a part of a đồng is refused.
    """
    if value is None or isinstance(value, bool):
        return None, "" if value is None else _fault(value)
    if isinstance(value, (int, float)):
        return (int(value), "") if value == value and abs(value) < 1e15 and float(value).is_integer() else (None, _fault(value))
    text = _UNIT.sub("", " ".join(str(value).split())).strip()
    if not text:
        return None, "" if not str(value).strip() else _fault(value)
    negative = text.startswith("-") or (text.startswith("(") and text.endswith(")"))
    number = _plain(text.strip("-()").strip())
    return (None, _fault(value)) if number is None else (-number if negative else number, "")


def _plain(text):
    """Digits only, or in groups of three after one kind of mark, with or without empty decimals."""
    whole = _DECIMALS.sub("", text)
    decimal_mark = text[len(whole) : len(whole) + 1]
    for candidate in (text, "" if decimal_mark and decimal_mark in whole else whole):
        if candidate.isascii() and candidate.isdigit():
            return int(candidate)
        if _GROUPED.match(candidate):
            return int(re.sub(r"\D", "", candidate))
    return None


def _fault(value):
    return f"“{value}” không đọc được là số tiền chẵn đồng; ghi ví dụ 2.055.000."


def dotted(number: int) -> str:
    """A whole number as it is written in Vietnamese: ``1.400.000``."""
    return f"{number:,}".replace(",", ".")
