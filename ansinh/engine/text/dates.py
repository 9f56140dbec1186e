"""Dates as people and spreadsheets write them: a day, a month or only a year, or a reason why it cannot be read."""
import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from .names import normalise

# Day 0 of spreadsheets, which take 1900 for a leap year.
SERIAL_START = date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1850, 2100
LAST_SERIAL = 73_415  # the end of 2100

_WORDS = re.compile(r"\b(ngày|ngay|tháng|thang|năm|nam|sinh|khoảng|khoang)\b|~", re.IGNORECASE)
_MONTH_LETTER = re.compile(r"^[tT]\s*(?=\d)")
_UNKNOWN = re.compile(r"^(0+|[.…?_xX*-]*)$")
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[ T].*)?$")


class WrittenDate(NamedTuple):
    """A read date: its first possible day, ``day|month|year|unknown``, what is wrong, what was guessed (Vietnamese)."""

    day: date | None
    precision: str
    fault: str = ""
    note: str = ""


UNKNOWN = WrittenDate(None, "unknown")


def parse_date(value, *, century: int = 1900) -> WrittenDate:
    """Read a cell: text in day-month-year order, ISO, a year, ``năm 1932``, a serial number, a date or datetime.

    ``century`` completes years of two digits (1900 for births).
    """
    if isinstance(value, datetime):
        return _checked(value.year, value.month, value.day)
    if isinstance(value, date):
        return _checked(value.year, value.month, value.day)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value)
    return _text(normalise(str(value or "")), century)


def parse_month(value) -> tuple[date | None, str]:
    """The first day of a month written as ``05/2023``, ``tháng 5 năm 2023``, ``5.2023``, ``2023-05`` or a date; and a fault."""
    if isinstance(value, float) and 1 <= value < 13 and not value.is_integer():
        value = f"{value:.4f}"  # 5.2020 became the number 5.202
    read = parse_date(value, century=2000)
    if read.fault or read.day is None:
        return None, read.fault
    if read.precision == "year":
        return None, f"“{value}” chỉ có năm; ghi tháng/năm, ví dụ 05/2023."
    return read.day.replace(day=1), ""


def _number(value):
    if value != value or value < 1 or value > 99_999_999:
        return _bad(value)
    if float(value).is_integer() and FIRST_YEAR <= value <= LAST_YEAR:
        return WrittenDate(date(int(value), 1, 1), "year")
    if LAST_YEAR < value <= LAST_SERIAL:
        day = SERIAL_START + timedelta(days=int(value))
        return WrittenDate(day, "day", note=f"Ô là số {int(value)}, đọc là {day:%d/%m/%Y}.")
    return _digits(str(int(value)).zfill(8)) if float(value).is_integer() and value > 999_999 else _bad(value)


def _text(text, century):
    if not text:
        return UNKNOWN
    if re.fullmatch(r"[0-9]+(\.0+)?", text):
        return _bare_number(text.split(".")[0])
    bare = _MONTH_LETTER.sub("", " ".join(_WORDS.sub(" ", text).replace(":", " ").split()) if not _ISO.match(text) else text)
    if iso := _ISO.match(bare):
        return _checked(int(iso[1]), int(iso[2]), int(iso[3]) if iso[3] else None)
    if bare.isdigit() and bare.isascii():
        return _bare_number(bare)
    parts = [part.strip() for part in re.split(r"[/\-.,\s]+" if re.search(r"\d", bare) else r"[/]", bare)]
    return _parts(bare, parts, century)


def _bare_number(digits):
    if len(digits) == 8:
        return _digits(digits)
    if len(digits) == 6 and FIRST_YEAR <= int(digits[2:]) <= LAST_YEAR:
        return _checked(int(digits[2:]), int(digits[:2]), None)
    return _number(int(digits))


def _digits(eight):
    """Eight digits without separators: day first, or year first where only that can be meant."""
    if FIRST_YEAR <= int(eight[4:]) <= LAST_YEAR:
        return _checked(int(eight[4:]), int(eight[2:4]), int(eight[:2]))
    return _checked(int(eight[:4]), int(eight[4:6]), int(eight[6:]))


def _parts(text, parts, century):
    """Day, month, year from the right; what is a zero, dots or question marks is unknown."""
    values = [None if _UNKNOWN.match(part) else part for part in parts]
    if not values[-1] or len(values) > 3 or any(v and not (v.isascii() and v.isdigit()) for v in values):
        return _bad(text)
    year = int(values[-1])
    note = ""
    if len(values[-1]) == 2:
        year += century
        note = f"Năm hai chữ số “{values[-1]}”, hiểu là {year}."
    month = int(values[-2]) if len(values) > 1 and values[-2] else None
    day = int(values[0]) if len(values) == 3 and values[0] else None
    return _checked(year, month, day)._replace(note=note)


def _checked(year, month=None, day=None):
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return WrittenDate(None, "unknown", f"Năm {year} không hợp lý.")
    if month is None:
        return WrittenDate(date(year, 1, 1), "year")
    if not 1 <= month <= 12:
        return WrittenDate(None, "unknown", f"Không có tháng {month}; ghi theo thứ tự ngày/tháng/năm.")
    try:
        return WrittenDate(date(year, month, 1 if day is None else day), "month" if day is None else "day")
    except ValueError:
        return WrittenDate(None, "unknown", f"Không có ngày {day}/{month}/{year} dương lịch (nếu là ngày âm lịch thì chỉ ghi năm).")


def _bad(value):
    return WrittenDate(None, "unknown", f"“{value}” không đọc được là ngày; ghi ngày/tháng/năm, ví dụ 15/08/1950, hoặc chỉ năm.")
