import unicodedata
from datetime import date
from io import BytesIO

import pytest
import xlwt

from ansinh.registry.sheets.columns import Column
from ansinh.registry.sheets.read import read_workbook
from ansinh.web.refusal import Refusal

from .workbooks import HEADER_ROW, PERSON_ROW, blank_rows, by_hand, inline, ods, sheet_of, xlsx

COLUMNS = (
    Column("name", "Họ và tên", ("họ tên", "tên đối tượng"), required=True),
    Column("birth", "Ngày sinh", ("ngày tháng năm sinh", "năm sinh")),
    Column("number", "Số định danh", ("số cccd", "cccd", "cmnd")),
    Column("amount", "Mức đang chi", ("mức hưởng",)),
)
HEADER = ["Họ và tên", "Ngày sinh", "Số định danh", "Mức đang chi"]


def only_sheet(data, name="sheet.xlsx"):
    book = read_workbook(data, name, COLUMNS)
    assert len(book.sheets) == 1
    return book.sheets[0]


def column(sheet, name):
    return sheet.frame[name].to_list()


def test_the_header_is_found_below_title_rows_and_row_numbers_are_those_of_the_sheet():
    sheet = only_sheet(xlsx([[None], HEADER, ["Nguyễn Văn An", "1950"]], titles=["UBND XÃ TÂN KIM", "DANH SÁCH CHI TRẢ"]))
    assert sheet.header.last_row == 4
    assert sheet.frame["row"].to_list() == [5]
    assert "UBND XÃ TÂN KIM" in sheet.header.titles


@pytest.mark.parametrize(
    "head", ["HỌ VÀ TÊN", "ho va ten", "Họ tên", "Họ  và\u00a0tên ", "Ho\u0323 và tên", "Hä vµ tªn", "Họ và tên (ghi chữ in hoa)"]
)
def test_headers_match_with_or_without_accents_in_any_case_and_by_synonyms(head):
    assert column(only_sheet(xlsx([[head, "Năm sinh"], ["Nguyễn Văn An", 1950]])), "name") == ["Nguyễn Văn An"]


def test_a_table_that_begins_in_another_column_is_read():
    assert column(only_sheet(xlsx([HEADER, ["Nguyễn Văn An", "1950", "019050001234"]], start=(3, 2))), "number") == [
        "019050001234"
    ]


def test_merged_header_cells_over_two_lines_are_read():
    rows = [
        [None, None, "Giấy tờ", None],
        ["Họ và tên", "Năm sinh", "Số CCCD", "Ngày cấp"],
        ["Nguyễn Văn An", "1950", "019050001234", "2021"],
    ]
    sheet = only_sheet(xlsx(rows, merges=[(1, 2, 1, 3, "Giấy tờ")]))
    assert column(sheet, "number") == ["019050001234"]
    assert sheet.frame["row"].to_list() == [3]


def test_a_header_merged_downwards_is_read():
    rows = [["Họ và tên", "Năm sinh"], [None, None], ["Nguyễn Văn An", "1950"]]
    sheet = only_sheet(xlsx(rows, merges=[(1, 0, 2, 0, "Họ và tên"), (1, 1, 2, 1, "Năm sinh")]))
    assert column(sheet, "name") == ["Nguyễn Văn An"]


def test_a_line_that_numbers_the_columns_is_no_data():
    rows = [["STT", *HEADER], ["A", "1", "2", "3", "4"], ["1", "Nguyễn Văn An", "1950", "", ""]]
    assert column(only_sheet(xlsx(rows)), "name") == ["Nguyễn Văn An"]


def test_hidden_rows_are_read_and_said_so():
    sheet = only_sheet(xlsx([HEADER, ["Nguyễn Văn An"], ["Trần Thị Bình"]], hidden=[3]))
    assert column(sheet, "name") == ["Nguyễn Văn An", "Trần Thị Bình"]
    assert sheet.hidden == {3}
    assert any("1 dòng ẩn" in note for note in sheet.notes)


def test_a_formula_cell_gives_its_stored_result_and_is_marked():
    sheet = only_sheet(xlsx([HEADER, ["Nguyễn Văn An"]], formulas=[(2, 3, "=1000*2055", 2055000)]))
    assert column(sheet, "amount") == ["2055000"]
    assert sheet.formulas == {"amount": {2}}
    assert any("công thức" in note for note in sheet.notes)


def test_unknown_columns_are_named():
    sheet = only_sheet(xlsx([[*HEADER, "Tình trạng nhà ở"], ["Nguyễn Văn An", "", "", "", "tạm"]]))
    assert any("E “Tình trạng nhà ở”" in note for note in sheet.notes)


def test_text_is_put_into_one_form():
    loose = unicodedata.normalize("NFD", "Nguyễn\u00a0 Văn \u200bAn")
    assert column(only_sheet(xlsx([HEADER, [loose]])), "name") == ["Nguyễn Văn An"]


@pytest.mark.parametrize(("written", "encoding"), [("NguyÔn V¨n H\xadng", "TCVN3"), ("Nguyeãn Vaên Höng", "VNI")])
def test_old_encodings_are_converted_with_the_guess_shown(written, encoding):
    sheet = only_sheet(xlsx([HEADER, [written]]))
    assert column(sheet, "name") == ["Nguyễn Văn Hưng"]
    assert sheet.raw["name"].to_list() == [written]
    assert any(encoding in note and "Nguyễn Văn Hưng" in note for note in sheet.notes)


def test_a_doubtful_cell_follows_its_column():
    assert column(only_sheet(xlsx([HEADER, ["NguyÔn V¨n An"], ["Dòng"]])), "name") == ["Nguyễn Văn An", "Dũng"]


def test_genuine_cells_beside_old_ones_are_left_alone():
    rows = [HEADER, ["NguyÔn V¨n An"], ["Lê Hà"], ["Đặng Văn Toàn"], ["Hoà"]]
    assert column(only_sheet(xlsx(rows)), "name") == ["Nguyễn Văn An", "Lê Hà", "Đặng Văn Toàn", "Hoà"]


def test_numbers_dates_and_errors_come_as_text():
    rows = [HEADER, ["Nguyễn Văn An", 18490, 19050001234, 2055000.0]]
    sheet = only_sheet(xlsx(rows, formulas=[(3, 0, "=1/0", "#DIV/0!"), (3, 1, "=1", 1)]))
    assert sheet.frame.row(0) == (2, "Nguyễn Văn An", "18490", "19050001234", "2055000")
    assert sheet.frame["name"][1] is None


def test_a_million_blank_rows_are_no_hindrance():
    data = by_hand(sheet_of(HEADER_ROW, PERSON_ROW, after=blank_rows(70)))
    assert column(only_sheet(data), "name") == ["Nguyễn Văn An"]


def test_rows_without_numbers_are_counted():
    header = '<row><c t="inlineStr"><is><t>Họ và tên</t></is></c><c t="inlineStr"><is><t>Năm sinh</t></is></c></row>'
    row = '<row hidden="1"><c t="inlineStr"><is><t>Nguyễn Văn An</t></is></c><c><v>1950</v></c></row>'
    sheet = only_sheet(by_hand(sheet_of(header, row)))
    assert sheet.hidden == {2}


def test_hidden_sheets_are_not_read_but_named():
    book = read_workbook(xlsx([HEADER, ["Nguyễn Văn An"]], hidden_sheet="Nháp"), "a.xlsx", COLUMNS)
    assert any("Nháp" in note for note in book.notes)


def test_a_sheet_without_a_header_is_refused_with_what_it_lacks():
    with pytest.raises(Refusal, match="Danh sách.*Họ và tên"):
        read_workbook(xlsx([["a", "b"], ["1", "2"]]), "a.xlsx", COLUMNS)


def test_an_empty_sheet_is_refused():
    with pytest.raises(Refusal, match="không có dòng nào"):
        read_workbook(xlsx([]), "a.xlsx", COLUMNS)


def test_an_ods_sheet_is_read_with_its_hidden_rows():
    sheet = only_sheet(ods([HEADER[:2], ["Nguyễn Văn An", "1950"], ["Trần Thị Bình", "1951"]], hidden=[3]), "a.ods")
    assert column(sheet, "birth") == ["1950", "1951"]
    assert sheet.hidden == {3}


def test_an_old_xls_sheet_is_read():
    book = xlwt.Workbook()
    page = book.add_sheet("Danh sách")
    style = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for place, title in enumerate(HEADER):
        page.write(2, place + 1, title)
    page.write(3, 1, "Nguyễn Văn An")
    page.write(3, 2, date(1950, 8, 15), style)
    page.write(3, 3, 19050001234)
    out = BytesIO()
    book.save(out)
    sheet = only_sheet(out.getvalue(), "a.xls")
    assert sheet.frame.row(0)[:4] == (4, "Nguyễn Văn An", "1950-08-15", "19050001234")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_in_any_usual_encoding_and_delimiter(delimiter, encoding):
    text = "\r\n".join(
        delimiter.join(row)
        for row in [
            HEADER,
            ["Nguyễn Văn An", "15/8/1950", "019050001234", '"1.234.000"'],
            ["", "", "", ""],
            ["Lê Thị Bình", "", "", ""],
        ]
    )
    sheet = only_sheet(text.encode(encoding), "a.csv")
    assert column(sheet, "name") == ["Nguyễn Văn An", "Lê Thị Bình"]
    assert sheet.frame["row"].to_list() == [2, 4]


def test_csv_in_the_old_windows_code_page_is_read():
    text = unicodedata.normalize("NFC", "Họ và tên,Năm sinh\r\nNguyễn Văn Hưng,1950\r\n")
    data = "".join(as_1258(c) for c in text).encode("cp1258")
    assert column(only_sheet(data, "a.csv"), "name") == ["Nguyễn Văn Hưng"]


def as_1258(character):
    """The code page writes the letter, then its tone."""
    apart = unicodedata.normalize("NFD", character)
    tones = "".join(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones)) + tones if tones else character


def test_csv_in_tcvn3_is_read():
    data = "Hä vµ tªn,N¨m sinh\r\nNguyÔn V¨n H\xadng,1950\r\n".encode("latin-1")
    assert column(only_sheet(data, "a.csv"), "name") == ["Nguyễn Văn Hưng"]


def test_two_sheets_of_one_file_are_both_read():
    two = {
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Xã A" sheetId="1" r:id="rId1"/><sheet name="Xã B" sheetId="2" r:id="rId2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
        "xl/worksheets/sheet2.xml": sheet_of(HEADER_ROW, f'<row r="2">{inline("A2", "Trần Thị Bình")}</row>'),
    }
    book = read_workbook(by_hand(sheet_of(HEADER_ROW, PERSON_ROW), **two), "a.xlsx", COLUMNS)
    assert [sheet.name for sheet in book.sheets] == ["Xã A", "Xã B"]


def test_a_name_in_two_columns_under_one_merged_title_is_put_together():
    rows = [["Họ và tên", None, "Năm sinh"], ["Nguyễn Văn", "An", "1950"]]
    sheet = only_sheet(xlsx(rows, merges=[(1, 0, 1, 1, "Họ và tên")]))
    assert column(sheet, "name") == ["Nguyễn Văn An"]
    assert not any("không dùng đến" in note for note in sheet.notes)


@pytest.mark.parametrize("name", ["Tống Văn Thái", "Tong Van Thai", "Tống Huyền Trang", "Chu Tích Sơn", "Công Thị Hoa"])
def test_a_person_whose_name_begins_like_a_total_is_a_person(name):
    sheet = only_sheet(xlsx([HEADER, [name, "1950"], ["Tổng cộng", None, None, "5000"], ["Cộng 1 người"], ["Chủ tịch UBND xã"]]))
    assert column(sheet, "name") == [name]


def test_group_headings_totals_and_repeated_headers_are_passed_over_and_named():
    rows = [HEADER, ["I. XÃ TÂN KIM"], ["Nguyễn Văn An", "1950"], HEADER, ["Lê Bình", "1951"], ["Tổng cộng", None, None, "5000"], ["Người lập biểu", "Kế toán"], [None, None, "Cộng:", 5000]]
    sheet = only_sheet(xlsx(rows))
    assert column(sheet, "name") == ["Nguyễn Văn An", "Lê Bình"]
    assert any("5 dòng không phải dòng dữ liệu" in note and "I. XÃ TÂN KIM" in note for note in sheet.notes)
