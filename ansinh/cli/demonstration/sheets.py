"""The spreadsheets that an office would have of these people, with the faults that such sheets have."""
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import xlsxwriter

from ansinh.engine.law import Book
from ansinh.engine.text import legacy
from ansinh.engine.text.names import sort_key

from .dice import Dice

# Above this a register comes as CSV: no office keeps a third of a million people in one worksheet.
LARGEST_WORKBOOK = 20_000
HIDDEN_EVERY, GROUPED = 97, 3
TITLES = (
    "ỦY BAN NHÂN DÂN {DISTRICT}",
    "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
    "DANH SÁCH NGƯỜI CÓ CÔNG VÀ THÂN NHÂN HƯỞNG TRỢ CẤP ƯU ĐÃI HẰNG THÁNG",
    "(Theo dõi đến hết tháng {month})",
)
SEXES = {"male": "Nam", "female": "Nữ"}
MEDALS = {"before1945": "Trước 1945", "resistance": "Kháng chiến"}
CHANNELS = {"post": "Bưu điện", "bank": "Chuyển khoản"}
# Shares of rows with each fault.
FAULTS = {
    "decomposed": 0.012, "lost_zero": 0.03, "lost_digit": 0.004, "no_number": 0.006, "bad_grade": 0.003, "no_code": 0.05,
    "other_amount": 0.02, "typed_amount": 0.3,
}
IN_OLD_LETTERS, IN_CAPITALS = "05965", "05512"


@dataclass(frozen=True)
class Heading:
    """One column of the office's list: its group and words, its width, and what stands in it."""

    words: str
    cell: Callable
    width: int = 10
    group: str = ""


def beneficiaries(people: pl.DataFrame, book: Book, folder: Path, *, paid_up_to: date, seed: int, mended=False) -> list[Path]:
    """Write one workbook a district of its payees (with ``amount``); ``mended`` leaves the faults out."""
    dice = Dice(seed)
    marked = people if mended else with_faults(people, dice)
    headings = list(_headings(book, paid_up_to))
    written = []
    for (code, district), rows in marked.group_by("district_code", "district", maintain_order=True):
        path = folder / f"danh-sach-nguoi-co-cong-{code}{'-da-sua' if mended else ''}.xlsx"
        keys = [(r["commune_code"], sort_key(r["name"])) for r in rows.iter_rows(named=True)]
        order = sorted(range(len(rows)), key=keys.__getitem__)
        _write_list(path, rows[order], headings, district, paid_up_to, mended=mended)
        written.append(path)
    return sorted(written)


def with_faults(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Mark rows with the faults that they shall have in the sheet; two rows stand twice."""
    count = len(people)
    marked = people.with_columns(dice.happens(f"fault {name}", count, share).alias(name) for name, share in FAULTS.items())
    marked = marked.with_columns(
        old_letters=pl.col("commune_code") == IN_OLD_LETTERS, capitals=pl.col("commune_code") == IN_CAPITALS,
        amount=pl.when("other_amount").then(pl.col("amount") - 99_000).otherwise("amount"),
        grade=pl.when("bad_grade").then(pl.col("grade") // 10).otherwise("grade"),
    )
    twice = marked.group_by("district_code", maintain_order=True).head(1).select(marked.columns)
    return pl.concat([marked, twice])


def register(people: pl.DataFrame, folder: Path) -> list[Path]:
    """Write the population register of each district, as CSV or, where it is small, as a workbook."""
    written = []
    for number, ((code,), rows) in enumerate(people.group_by("district_code", maintain_order=True)):
        table = _register_columns(rows)
        path = folder / f"dan-cu-{code}.{'xlsx' if number % 2 and len(rows) <= LARGEST_WORKBOOK else 'csv'}"
        if path.suffix == ".csv":
            path.write_bytes(b"\xef\xbb\xbf" + table.write_csv(separator=";").encode())
        else:
            table.write_excel(path, "Dân cư", dtype_formats={pl.String: "@"}, autofit=False)
        written.append(path)
    return sorted(written)


def _register_columns(rows):
    year_only = pl.col("birth_precision") == "year"
    born = pl.when(year_only).then(pl.col("birth_on").dt.to_string("%Y")).otherwise(pl.col("birth_on").dt.to_string("%d/%m/%Y"))
    return rows.select(
        pl.col("household").alias("Số hộ"), pl.col("name").alias("Họ và tên"), born.alias("Ngày tháng năm sinh"),
        pl.col("sex").replace_strict(SEXES).alias("Giới tính"), pl.col("citizen").alias("Số CCCD"),
        pl.col("ethnicity").alias("Dân tộc"), pl.col("commune_code").alias("Mã xã"), pl.col("commune").alias("Xã, phường"),
        pl.col("district").alias("Huyện"), pl.col("address").alias("Thôn, xóm"),
    )


def _headings(book: Book, paid_up_to: date) -> Iterator[Heading]:
    month = f"{paid_up_to:%m/%Y}"
    short = {code: standing.short for code, standing in book.standings.items()}
    live, pay, receiver = "Nơi cư trú", "Chi trả", "Người được ủy quyền nhận"
    yield Heading("Số hồ sơ", lambda r: r["file_number"], 12)
    yield Heading("Họ và tên", _name, 26)
    yield Heading("Ngày, tháng, năm sinh", _birth, 12)
    yield Heading("Giới tính", lambda r: SEXES[r["sex"]], 8)
    yield Heading("Số CCCD", _number, 15)
    yield Heading("Mã xã", lambda r: "" if r.get("no_code") else r["commune_code"], 8, live)
    yield Heading("Xã, phường", _commune, 18, live)
    yield Heading("Thôn, xóm", lambda r: r["address"], 10, live)
    yield Heading("Đối tượng", lambda r: short[r["standing"]], 30)
    yield Heading("Tỷ lệ thương tật (%)", lambda r: r["grade"], 9)
    yield Heading("Đặc biệt nặng", lambda r: _cross(r["special"]), 8)
    yield Heading("Người phục vụ", lambda r: _cross(r["attendant"]), 8)
    yield Heading("Số liệt sĩ", lambda r: r["martyrs"], 7)
    yield Heading("Nuôi dưỡng", lambda r: _cross(r["care"]), 8)
    yield Heading("Tái giá", lambda r: _cross(r["remarried"]), 7)
    yield Heading("Hình thức khen thưởng", lambda r: MEDALS.get(r["medal"]), 20)
    yield Heading("Thoát ly", lambda r: _cross(r["full_time"]), 8)
    yield Heading("Thâm niên", lambda r: r["seniority"], 8)
    yield Heading("Hưởng từ tháng", lambda r: f"{r['since']:%m/%Y}", 10)
    yield Heading("Đã chi đến hết tháng", lambda _r: month, 10)
    yield Heading("Mức đang chi tháng này", _amount, 14)
    yield Heading("Hình thức chi trả", lambda r: CHANNELS[r["channel"]], 12, pay)
    yield Heading("Số tài khoản", lambda r: r["account"], 16, pay)
    yield Heading("Ngân hàng", lambda r: r["bank"], 12, pay)
    yield Heading("Người nhận thay", lambda r: r["receiver"], 22, receiver)
    yield Heading("Quan hệ", lambda r: r["relation"], 10, receiver)
    yield Heading("Giấy ủy quyền", lambda r: r["receiver"] and "Giấy ủy quyền có chứng thực của UBND xã", 24, receiver)
    yield Heading("Ủy quyền đến ngày", lambda r: r["receiver"] and "31/12/2024", 12, receiver)
    yield Heading("Số quyết định", lambda r: r["decision"], 18)
    yield Heading("Ghi chú", lambda _r: None, 16)


def _name(row):
    name = row["name"]
    if row.get("capitals"):
        return name.upper()
    if row.get("old_letters"):
        return to_old_letters(name)
    return unicodedata.normalize("NFD", name) if row.get("decomposed") else name


def _birth(row):
    born = row["birth_on"]
    return born.year if row["birth_precision"] == "year" else f"{born:%d/%m/%Y}"


def _number(row):
    number = row["citizen"]
    if row.get("no_number") or not number:
        return None
    if row.get("lost_digit"):
        return number[:-2]
    return int(number) if row.get("lost_zero") else number


def _commune(row):
    if row.get("old_letters"):
        return to_old_letters(row["commune"].removeprefix("Xã "))
    return row["commune"].removeprefix("Xã ").removeprefix("Phường ") if row.get("no_code") else row["commune"]


def _amount(row):
    return f"{row['amount']:,}".replace(",", ".") if row.get("typed_amount") else row["amount"]


def _cross(flag):
    return "x" if flag else None


def to_old_letters(text: str) -> str:
    """The text as fonts of the 1990s held it (TCVN3)."""
    return unicodedata.normalize("NFC", text).translate(OLD_LETTERS)


# The reading of each old character, turned round; plain letters on both sides keep it a part of a word.
OLD_LETTERS = str.maketrans(
    {read: c for c in map(chr, range(0xA1, 0x100)) if (read := legacy.convert(f"a{c}a", legacy.TCVN3)[1]) != c}
)


def _write_list(path, rows, headings, district, paid_up_to, *, mended):
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False})
    page = book.add_worksheet("Danh sách")
    page.set_landscape()
    bold = book.add_format({"bold": True, "align": "center"})
    for line, title in enumerate(TITLES):
        page.merge_range(line, 0, line, 12, title.format(DISTRICT=district.upper(), month=f"{paid_up_to:%m/%Y}"), bold)
    first = len(TITLES) + 1
    _write_head(book, page, headings, first)
    _write_rows(book, page, rows, headings, first + GROUPED, mended=mended)
    book.close()


def _write_head(book, page, headings, line):
    """Two lines of headings, groups merged over theirs, and the line that only numbers the columns."""
    form = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    for place, heading in enumerate([Heading("STT", None, 5), *headings]):
        page.set_column(place, place, heading.width)
        page.write_string(line + 2, place, f"({place + 1})", form)
        if heading.group:
            page.write_string(line + 1, place, heading.words, form)
        else:
            page.merge_range(line, place, line + 1, place, heading.words, form)
    groups = [heading.group for heading in headings]
    for group in filter(None, dict.fromkeys(groups)):
        start = groups.index(group) + 1
        page.merge_range(line, start, line, start + groups.count(group) - 1, group, form)


def _write_rows(book, page, rows, headings, line, *, mended):
    money = book.add_format({"num_format": "#,##0", "border": 1})
    old = book.add_format({"font_name": ".VnTime", "border": 1})
    plain = book.add_format({"border": 1})
    for number, row in enumerate(rows.iter_rows(named=True), start=1):
        page.write_number(line, 0, number, plain)
        form = old if row.get("old_letters") else plain
        for place, heading in enumerate(headings, start=1):
            page.write(line, place, heading.cell(row), money if heading.words.startswith("Mức") else form)
        if not mended and number % HIDDEN_EVERY == 0:
            page.set_row(line, None, None, {"hidden": True})
        line += 1
    page.write_string(line, 0, f"Tổng cộng: {len(rows)} người", plain)
