import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.registry.sheets.columns import Column
from ansinh.registry.sheets.neutral import neutral
from ansinh.registry.sheets.read import read_workbook
from ansinh.registry.sheets.receipt import write_receipt

from .workbooks import ods, xlsx

COLUMNS = (Column("name", "Họ và tên", required=True), Column("birth", "Ngày sinh"))
HEADER = ["Họ và tên", "Ngày sinh", "Ghi chú"]
ANSWER = ("Không nhận", "Trùng <dòng> & “số”", "Xóa dòng này")


def receipt_of(data, name, rows):
    sheets = list(read_workbook(data, name, COLUMNS).sheets)
    return write_receipt(data, name, sheets, {0: rows})


def cells(data):
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)]


def test_the_same_sheet_comes_back_with_three_more_columns():
    data = xlsx([HEADER, ["Nguyễn Văn An", 1950, "x"], ["Lê Bình", "1951", None]], titles=["DANH SÁCH"])
    receipt, name = receipt_of(data, "chi.xlsx", {3: ("Nhận", "", ""), 4: ANSWER})
    assert name == "chi-ket-qua.xlsx"
    assert cells(receipt)[1:] == [
        [*HEADER, "Kết quả", "Lý do", "Gợi ý sửa"],
        ["Nguyễn Văn An", 1950, "x", "Nhận", None, None],
        ["Lê Bình", "1951", None, *ANSWER],
    ]


def test_other_parts_of_the_workbook_stay_byte_for_byte():
    data = xlsx([HEADER, ["Nguyễn Văn An", 1950, "x"]], formulas=[(2, 2, "=1+1", 2)])
    receipt, _name = receipt_of(data, "a.xlsx", {2: ANSWER})
    before, after = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(receipt))
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["xl/worksheets/sheet1.xml"]
    assert cells(receipt)[1][2] == "=1+1"


def test_a_receipt_of_a_receipt_has_the_columns_once_and_only_the_new_answers():
    data = xlsx([HEADER, ["Nguyễn Văn An", 1950, "x"], ["Lê Bình", "1951", None]])
    first, name = receipt_of(data, "a.xlsx", {2: ANSWER, 3: ANSWER})
    second, _name = receipt_of(first, name, {3: ("Đã có", "", "")})
    assert cells(second) == [
        [*HEADER, "Kết quả", "Lý do", "Gợi ý sửa"],
        ["Nguyễn Văn An", 1950, "x", None, None, None],
        ["Lê Bình", "1951", None, "Đã có", None, None],
    ]


def test_a_formula_that_reaches_out_is_taken_away_and_its_result_stays():
    data = xlsx([HEADER, ["An", 1950, None]], formulas=[(2, 2, '=HYPERLINK("http://x","y")', "y")])
    receipt, _name = receipt_of(data, "a.xlsx", {2: ANSWER})
    assert cells(receipt)[1][2] == "y"


def test_a_csv_comes_back_as_csv_with_nothing_alive_in_it():
    text = "Họ và tên;Ngày sinh;Ghi chú\r\nNguyễn Văn An;1950;\"=cmd|'/C calc'!A0\"\r\nLê Bình;-5;+1 234\r\n"
    receipt, name = receipt_of(text.encode(), "a.csv", {2: ANSWER})
    rows = list(csv.reader(io.StringIO(receipt.decode("utf-8-sig")), delimiter=";"))
    assert name == "a-ket-qua.csv"
    assert rows[1] == ["Nguyễn Văn An", "1950", "'=cmd|'/C calc'!A0", *ANSWER]
    assert rows[2][1] == "-5"


@pytest.mark.parametrize("name", ["a.ods"])
def test_other_formats_come_back_as_xlsx(name):
    receipt, new_name = receipt_of(ods([HEADER, ["Nguyễn Văn An", "1950", "=1+1"]]), name, {2: ANSWER})
    assert new_name == "a-ket-qua.xlsx"
    page = openpyxl.load_workbook(io.BytesIO(receipt)).active
    assert [cell.value for cell in page[2]] == ["Nguyễn Văn An", "1950", "=1+1", *ANSWER]
    assert page["C2"].data_type == "s" or page["C2"].quotePrefix is not None


@given(st.text(), st.sampled_from("=+-@\t\r"))
def test_no_text_starts_a_formula(text, mark):
    assert neutral(mark + text + "x").startswith("'")


@pytest.mark.parametrize("number", ["-5", "+84 208 123", "-1.234,5", "5", "Nguyễn"])
def test_plain_numbers_and_words_are_left_alone(number):
    assert neutral(number) == number
