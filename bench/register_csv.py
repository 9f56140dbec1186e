"""The common register "P-n": seeded rows of nine columns as a UTF-8 CSV, for the import comparison. All invented."""
import csv
import random
from datetime import date, timedelta
from pathlib import Path

COLUMNS = ["citizen_id", "full_name", "birth_date", "sex", "commune", "household", "address", "phone", "poverty"]
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Triệu".split()
MIDDLE = "Văn Thị Hữu Đức Ngọc Minh Quang Thanh Xuân Đình Thu Kim Hồng Công".split()
GIVEN = "An Anh Bình Chi Cường Dung Dũng Đạt Giang Hà Hải Hạnh Hiếu Hoa Hòa Hùng Hương Khánh Lan Linh Long Mai Nam Nga Phúc Quân Sơn Thảo Trang Yến".split()
AREAS = Path(__file__).resolve().parents[1] / "ansinh" / "law" / "areas.csv"
DISTRICTS = {str(code) for code in (164, 165, 167, 168, 169, 170, 171, 172, 173)}
FIRST_NUMBER = 19_000_000_000
FIRST_BIRTH, BIRTH_DAYS = date(1930, 1, 1), 33_000


def communes() -> list[str]:
    """The 178 communes of 2021, from the law's list of units."""
    with AREAS.open(encoding="utf-8", newline="") as handle:
        rows = [r for r in csv.DictReader(handle) if len(r["code"]) == 5 and r["parent"] in DISTRICTS]
    return sorted({r["code"] for r in rows if r["since"] <= "2021-01-01" and (r["until"] or "9999") > "2021-01-01"})


def write(path: Path, count: int):
    """Write ``count`` rows; the same rows on every run."""
    draw, places = random.Random(2021), communes()
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(COLUMNS)
        out.writerows(_row(draw, i, places) for i in range(count))


def _row(draw, i, places):
    name = f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}"
    birth = FIRST_BIRTH + timedelta(days=draw.randrange(BIRTH_DAYS))
    poverty = draw.choices("012", weights=(60, 20, 20))[0]
    return [
        f"{FIRST_NUMBER + i:012d}", name, birth.isoformat(), draw.choice("MF"), places[(i // 4) % len(places)], f"H{i // 4:07d}",
        f"Xóm {draw.randrange(1, 30)}", f"09{draw.randrange(10**8):08d}", poverty,
    ]
