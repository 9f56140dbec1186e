"""Values of fields: what was typed becomes its plain form or a sentence why not; how it is shown; when two are the same."""
import re
from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from ansinh.engine.text.dates import WrittenDate, parse_date
from ansinh.engine.text.names import accented_key, normalise
from ansinh.office import clock
from ansinh.web.refusal import Refusal

from .catalogue import Field

LONGEST = 300
CARD_LENGTHS = (9, 12)
FIRST_PAPER = date(1930, 1, 1)
_PARTS = {4: "year", 7: "month", 10: "day"}


def understood(field: Field, text: str) -> str:
    """The plain form of what was typed (ISO day or month, digits, text); empty stays empty; refused with a sentence."""
    text = normalise(text)
    if len(text) > LONGEST:
        raise _refused(field, _("dài hơn %(n)d chữ") % {"n": LONGEST})
    return _READERS[field.type](field, text) if text else ""


def shown(field: Field, value: str) -> str:
    """The plain form as officers write it: 01/05/1950, 05/1950, 41."""
    if field.type in ("birth", "day", "month") and value:
        return "/".join(reversed(value.split("-")))
    return value


def same(field: Field, one: str, other: str) -> bool:
    """Whether two plain values say the same: names and places without regard to capitals and the place of a tone mark."""
    if field.type in ("name", "place"):
        return accented_key(one) == accented_key(other)
    return one == other


def agrees(field: Field, one: str, other: str) -> bool:
    """Whether two values can both be true: a year of birth agrees with a day in it."""
    shorter, longer = sorted((one, other), key=len)
    return same(field, one, other) or (field.type == "birth" and bool(shorter) and longer.startswith(f"{shorter}-"))


def birth_of(value: str) -> tuple[date | None, str]:
    """A plain birth as the registry keeps it: first possible day and precision."""
    if not value:
        return None, "unknown"
    year, month, day = (int(part) for part in (value + "-01-01")[:10].split("-"))
    return date(year, month, day), _PARTS[len(value)]


def plain_birth(birth_on: date | None, precision: str) -> str:
    """A birth of the registry as a plain value."""
    if birth_on is None:
        return ""
    return birth_on.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def _refused(field, why):
    return Refusal(_("Ô %(field)s: %(why)s.") % {"field": field.title, "why": why}, field=field.code)


def _name(field, text):
    if any(c.isdigit() for c in text):
        raise _refused(field, _("tên người không có chữ số; “%(text)s” có thể đã đọc nhầm chữ") % {"text": text})
    if len(text) > 120:
        raise _refused(field, _("tên dài hơn 120 chữ"))
    return text


def _text(field, text):
    return text


def _written(field, text, century) -> WrittenDate:
    read = parse_date(text, century=century)
    if read.fault or read.day is None:
        raise _refused(field, (read.fault or _("“%(text)s” không phải ngày") % {"text": text}).rstrip("."))
    if read.day > clock.today():
        raise _refused(field, _("%(text)s ở tương lai") % {"text": text})
    return read


def _birth(field, text):
    read = _written(field, text, 1900)
    return plain_birth(read.day, read.precision)


def _day(field, text):
    read = _written(field, text, 1900)
    if read.precision != "day":
        raise _refused(field, _("ghi đủ ngày/tháng/năm"))
    if read.day < FIRST_PAPER:
        raise _refused(field, _("%(text)s trước năm %(year)d") % {"text": text, "year": FIRST_PAPER.year})
    return read.day.isoformat()


def _month(field, text):
    read = _written(field, text, 1900)
    if read.precision == "year":
        raise _refused(field, _("ghi tháng/năm, ví dụ 05/1995"))
    return read.day.isoformat()[:7]


def _rate(field, text):
    found = re.fullmatch(r"(\d{1,3})\s*(%|phần trăm)?", text)
    if not found or not 1 <= int(found[1]) <= 100:
        raise _refused(field, _("tỷ lệ là một số từ 1 đến 100; “%(text)s” thì không") % {"text": text})
    return str(int(found[1]))


def _citizen_number(field, text):
    digits = re.sub(r"[\s.\-]", "", text)
    if not (digits.isascii() and digits.isdigit()):
        raise _refused(field, _("số định danh chỉ có chữ số; “%(text)s” thì không") % {"text": text})
    if len(digits) not in CARD_LENGTHS:
        raise _refused(field, _("có %(n)d chữ số, cần 12 (hoặc 9 với chứng minh nhân dân)") % {"n": len(digits)})
    return digits


def _number(field, text):
    number = re.sub(r"^số\s*:?\s*", "", text, flags=re.IGNORECASE).upper()
    if not any(c.isdigit() for c in number) or len(number) > 40:
        raise _refused(field, _("ghi số như trên giấy, có chữ số và không quá 40 ký tự"))
    return number


_READERS: dict[str, Callable[[Field, str], str]] = {
    "name": _name, "birth": _birth, "citizen_number": _citizen_number, "dossier_number": _number, "paper_number": _number,
    "day": _day, "month": _month, "rate": _rate, "place": _text,
}
