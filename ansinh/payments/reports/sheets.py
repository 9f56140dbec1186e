"""What every printed spreadsheet of the office begins with: the workbook, and the head with department, State and title."""
import io
from datetime import datetime

import xlsxwriter

# A fixed day keeps the bytes the same each time.
MADE = datetime(2021, 1, 1)
# So many columns of the left stand under the department's name.
OWN_COLUMNS = 5


def open_book() -> tuple[xlsxwriter.Workbook, io.BytesIO]:
    """A workbook in memory and where its bytes come out; texts are never formulas."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    return book, out


def open_sheet(book, name: str):
    """A page of a printed list: A4 across, as wide as the paper."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return sheet


def heading_of_rows(book):
    """How headings and sums of rows look."""
    return book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})


def write_columns(book, sheet, row: int, columns: tuple[tuple[str, int], ...], words: dict[str, str]):
    """The headings of the columns (name and width) at a row that every printed page repeats."""
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, words[name], heading_of_rows(book))
    sheet.repeat_rows(row)


def write_head(book, sheet, *, department: str, heading: str, note: str, columns: int) -> int:
    """The head of a printed list; returns the row that follows it."""
    middle = book.add_format({"bold": True, "align": "center", "font_name": "Times New Roman", "text_wrap": True})
    title = book.add_format({"bold": True, "align": "center", "font_size": 14, "font_name": "Times New Roman"})
    last = columns - 1
    own = min(OWN_COLUMNS, columns // 2)
    sheet.merge_range(0, 0, 0, own - 1, department.upper(), middle)
    sheet.merge_range(0, own, 0, last, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", middle)
    sheet.merge_range(1, own, 1, last, "Độc lập – Tự do – Hạnh phúc", middle)
    sheet.merge_range(3, 0, 3, last, heading, title)
    sheet.merge_range(4, 0, 4, last, note, middle)
    return 6
