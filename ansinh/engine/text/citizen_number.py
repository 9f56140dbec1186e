"""Numbers of papers: the 12-digit citizen number and what it says of its holder, old cards, social insurance."""
import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROVINCES_FILE = Path(__file__).with_name("citizen_provinces.csv")
LENGTHS = {12: "citizen", 10: "social_insurance", 9: "old_card"}
_SCIENTIFIC = re.compile(r"^\d[.,]?\d*[eE]\+?\d+$")
# Born abroad: the first three digits are a country, from 100 on.
FIRST_COUNTRY = 100


@dataclass(frozen=True)
class CitizenNumber:
    """Số định danh cá nhân: province of birth registration (``None``: unknown code), sex and year of birth."""

    number: str
    province_code: str
    province: str | None
    sex: str
    birth_year: int


@cache
def provinces() -> dict[str, str]:
    """The 63 province codes of citizen numbers; they are never taken away when provinces merge."""
    lines = [line for line in PROVINCES_FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def clean_number(value) -> tuple[str, str]:
    """The digits of a number as a sheet holds it (text, integer, float), and what is wrong with it in Vietnamese."""
    if value is None:
        return "", ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = re.sub(r"[\s.\-'’`]", "", str(value).removesuffix(".0"))
    if not text or (text.isascii() and text.isdigit()):
        return text, ""
    if _SCIENTIFIC.match(text):
        return "", f"Số {value} đã bị bảng tính rút gọn và mất chữ số; gõ lại đủ số ở dạng văn bản."
    return "", f"Số {value} có ký tự không phải chữ số."


def parse(number: str) -> CitizenNumber | None:
    """What a 12-digit number says; ``None`` where it is not one."""
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        return None
    mark = int(number[3])
    year = 1900 + mark // 2 * 100 + int(number[4:6])
    return CitizenNumber(number, number[:3], _place(number[:3]), "female" if mark % 2 else "male", year)


def warnings(number: str, *, sex: str = "", birth_year: int | None = None) -> list[str]:
    """Where a citizen number disagrees with what else is known. Old records have such faults: warn, do not refuse."""
    facts = parse(number)
    if facts is None:
        return [f"Số {number} không đủ 12 chữ số của số định danh cá nhân."]
    found = []
    if facts.province is None:
        found.append(f"Ba số đầu {facts.province_code} không phải mã tỉnh nào.")
    if sex and facts.sex != sex:
        found.append(f"Số định danh là của {_word(facts.sex)}, giới tính ghi {_word(sex)}.")
    if birth_year and facts.birth_year != birth_year:
        found.append(f"Số định danh cho năm sinh {facts.birth_year}, năm sinh ghi {birth_year}.")
    return found


def restore_leading_zero(number: str, *, sex: str = "", birth_year: int | None = None) -> str | None:
    """The 12 digits of a number that lost one or two leading zeros, where they then fit birth year and sex.

    Without a birth year nothing is restored: an 11-digit number alone proves nothing.
    """
    if not birth_year or not 10 <= len(number) <= 11:
        return None
    whole = number.zfill(12)
    return None if warnings(whole, sex=sex, birth_year=birth_year) else whole


def restore_old_card(number: str) -> str | None:
    """The 9 digits of an old card that lost its leading zero (cards of Thái Nguyên began with 09)."""
    return number.zfill(9) if len(number) == 8 and number.startswith("9") else None


def kind_of(number: str) -> str | None:
    """Which paper a number belongs to by its length: citizen, old_card, social_insurance; ``None`` for none."""
    return LENGTHS.get(len(number)) if number.isascii() and number.isdigit() else None


def _place(code):
    return provinces().get(code) or ("nước ngoài" if int(code) >= FIRST_COUNTRY else None)


def _word(sex):
    return "nữ" if sex == "female" else "nam"
