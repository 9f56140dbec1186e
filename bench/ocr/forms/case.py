"""An invented person and the papers' particulars: a value as the paper prints it, beside the same value in plain form."""

import calendar
import csv
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
# Names outside the demonstration's list: a reader that knows only that list must not look better than it is.
RARER_UNSEEN = {
    "male": "Khởi Khương Lịch Nhẫn Ngãi Phụng Quyết Rạng Sáu Thiệp Thuấn Tích Trác Trường Tước Viễn Vỹ Xuyên Bường Cấp Dần Hách".split(),
    "female": "Ánh Bưởi Chắt Diệp Duyên Hảo Hậu Khoan Khuê Lựu Miến Ngát Nguyện Nhạn Phấn Quyến Thấm Thiệm Tẹo Vượng Xế Ý".split(),
}
RARER_FRESH = {
    "male": "Bộc Cẩn Chước Cót Dụ Đính Giỏi Hoãn Ích Khoản Lịnh Luyến Mưu Nghinh Nhỡ Phiệt Quánh Rĩnh Sảng Tảo Thung Trù Tửu Uẩn Vượn Xưởng".split(),
    "female": "Bống Chít Cõi Dịu Đượm Hĩm Khánh Khói Lưỡng Mít Ngoãn Nhớn Nõn Phức Quắm Sặt Tằm Thẽ Trắm Tròn Ươm Vót Xuyến Yểng".split(),
}


@dataclass(frozen=True)
class Habit:
    """How the papers of a set write what all papers say; ``rarer`` are names that stand beside the demonstration's."""

    dossier: str = "TN/{letters} {number:05d}-{period}"
    between: str = "/"
    zeros: bool = True
    grouped: float = 0.0
    rarer: dict[str, list[str]] | None = None


HABITS = {
    "development": Habit(dossier="TN/{letters} {number:05d}/{period}"),
    "unseen": Habit(rarer=RARER_UNSEEN),
    "fresh": Habit(dossier="TN/{letters}-{number:05d}/{period}", between="-", zeros=False, grouped=0.3, rarer=RARER_FRESH),
}
RARER_SHARE = 0.3


@dataclass(frozen=True)
class Value:
    """``printed`` stands on the paper; ``plain`` is what a reader should make of it."""

    printed: str
    plain: str


@cache
def _names() -> dict:
    return yaml.safe_load((ROOT / "ansinh/cli/demonstration/names.yaml").read_text("utf-8"))


@cache
def _areas() -> list[dict]:
    with (ROOT / "ansinh/law/areas.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if not row["until"] or row["until"] > "2019"]


def places_on(day: date) -> list[str]:
    """Homes as they were called on a day: commune, district, province; since 1/7/2025 commune and province."""
    standing = {r["code"]: r for r in _areas() if (r["since"] or "1900") <= day.isoformat() <= (r["until"] or "9999")}

    def in_full(row):
        above = standing.get(row["parent"])
        return f"{row['kind']} {row['name']}" + (f", {in_full(above)}" if above else "")

    communes = (row for row in standing.values() if row["kind"] in ("xã", "phường", "thị trấn") and row["parent"] in standing)
    return [in_full(row) for row in communes if in_full(row).endswith("Thái Nguyên")]


def _pick(rng, choices):
    return choices[int(rng.integers(len(choices)))]


def name(rng, sex: str, older=True, rarer: dict | None = None) -> str:
    """A full name; a share of the given names comes from the rarer ones, where there are any."""
    names, key = _names(), f"{sex}_{'older' if older else 'younger'}"
    family = _pick(rng, [n for people in names["family"].values() for n in people])
    middle = _pick(rng, list(names["middle"][key]))
    given = _pick(rng, rarer[sex] if rng.random() < RARER_SHARE and rarer else names["given"][key])
    return unicodedata.normalize("NFC", " ".join(part for part in (family, middle, given) if part))


def day_between(rng, first: int, last: int) -> date:
    start = date(first, 1, 1)
    return start + timedelta(days=int(rng.integers((date(last, 12, 31) - start).days)))


def slashed(day: date, habit: Habit) -> Value:
    return Value(f"{day:%d/%m/%Y}".replace("/", habit.between), day.isoformat())


def spelled(day: date, habit: Habit) -> Value:
    """Two digits for days below ten and the months January and February, as the clerical rules ask; not all papers keep to them."""
    month = f"{day.month:02d}" if day.month < 3 and habit.zeros else str(day.month)
    return Value(f"ngày {day.day:02d} tháng {month} năm {day.year}" if habit.zeros else f"ngày {day.day} tháng {month} năm {day.year}", day.isoformat())


def same(text: str) -> Value:
    return Value(text, text)


def money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _born(rng, day: date, habit: Habit) -> Value:
    """Old papers often know no more than the year."""
    return Value(str(day.year), str(day.year)) if rng.random() < 0.35 else slashed(day, habit)


def _citizen(rng, number: str, habit: Habit) -> Value:
    """Some papers write the digits in groups of three."""
    apart = habit.grouped and rng.random() < habit.grouped
    return Value(" ".join(number[i : i + 3] for i in range(0, len(number), 3)) if apart else number, number)


def _number(rng, body: str, decided: date) -> Value:
    return same(f"{int(rng.integers(12, 4200))}/QĐ-{body if decided.year < 2008 else 'S' + body}")


def case(rng, set_name: str, sex: str | None = None, letters: str | None = None) -> dict[str, Value]:
    """Everything that a template may ask for, of one person and one decision."""
    habit = HABITS[set_name]
    decided = day_between(rng, 1985, 2024)
    born, sex = day_between(rng, 1925, 1960), sex or _pick(rng, ["male", "female"])
    person = name(rng, sex, rarer=habit.rarer)
    month = date(decided.year + decided.month // 12, decided.month % 12 + 1, 1)
    served = day_between(rng, 1965, 1972)
    fell = day_between(rng, 1973, 1979)
    place, rate = _pick(rng, places_on(decided)), int(rng.integers(21, 82))
    letters, period = letters or _pick(rng, ["TB", "LS", "BB", "CH", "TĐ"]), _pick(rng, ["CM", "KC", "BV"])
    citizen = "019" + "".join(str(d) for d in rng.integers(0, 10, 9)) if decided.year >= 2016 else "09" + "".join(str(d) for d in rng.integers(0, 10, 7))
    amount = int(rng.integers(300, 5200)) * 1000
    others = {f"relative{i}": same(name(rng, _pick(rng, ["male", "female"]), older=i < 3, rarer=habit.rarer)) for i in range(1, 6)}
    years = {f"year{i}": same(str(int(rng.integers(1920, 1985)))) for i in range(1, 6)}
    home = place.split(", ")
    return {
        "name": same(person), "NAME": Value(person.upper(), person), "title": same("ông" if sex == "male" else "bà"),
        "Title": same("Ông" if sex == "male" else "Bà"), "sex": same("Nam" if sex == "male" else "Nữ"),
        "born": _born(rng, born, habit), "citizen_number": _citizen(rng, citizen, habit), "citizen_issued": slashed(day_between(rng, 2016, 2023), habit),
        "dossier_number": same(habit.dossier.format(letters=letters, number=int(rng.integers(120, 99000)), period=period)),
        "decision_number": _number(rng, "LĐTBXH", decided), "short_number": same(f"{int(rng.integers(11, 990))}/GĐYK"),
        "decision_date": spelled(decided, habit), "decision_slashed": slashed(decided, habit),
        "earlier_number": same(f"{int(rng.integers(12, 900))}/QĐ-BQP"), "earlier_date": slashed(day_between(rng, 1980, 1984), habit),
        "signer": same(name(rng, "male", rarer=habit.rarer)), "clerk": same(name(rng, "female", older=False, rarer=habit.rarer)),
        "doctor": same(name(rng, "male", rarer=habit.rarer)), "injury_rate": Value(f"{rate}%", str(rate)),
        "injury_words": same(f"{rate} phần trăm"), "class": same(f"{4 if rate < 41 else 3 if rate < 61 else 2 if rate < 81 else 1}/4"),
        "entitled_from": Value(f"{month:%m/%Y}", f"{month:%Y-%m}"),
        "entitled_spelled": Value(f"tháng {month.month:02d} năm {month.year}", f"{month:%Y-%m}"),
        "entitled_first": Value(f"01/{month:%m/%Y}", f"{month:%Y-%m}"),
        "home_place": same(place), "commune": same(home[0]), "Commune": same(home[0][0].upper() + home[0][1:]),
        "district": same(home[1] if len(home) > 2 else home[0]), "native": same(_pick(rng, places_on(decided))),
        "enlisted": Value(f"{served:%m/%Y}", f"{served:%Y-%m}"), "wounded": slashed(served + timedelta(days=int(rng.integers(200, 700))), habit),
        "fell": slashed(fell, habit), "fell_spelled": spelled(fell, habit), "released": slashed(fell, habit), "imprisoned": slashed(served, habit),
        "unit": same(f"Tiểu đoàn {int(rng.integers(1, 12))}, Trung đoàn {int(rng.integers(12, 290))}, Sư đoàn {int(rng.integers(300, 330))}"),
        "rank": same(_pick(rng, ["Binh nhất", "Hạ sĩ", "Trung sĩ", "Thượng sĩ", "Thiếu úy", "Trung úy"])),
        "front": same(_pick(rng, ["mặt trận phía Nam", "chiến trường B", "Quảng Trị", "mặt trận Tây Nguyên", "Đông Nam Bộ", "Khe Sanh"])),
        "amount": same(money(amount)), "phone": same("09" + "".join(str(d) for d in rng.integers(0, 10, 8))),
        "sheets": same(str(int(rng.integers(8, 64)))), "days": same(str(calendar.monthrange(decided.year, decided.month)[1])),
        **others, **years,
    }
