"""Bảng ký nhận gạo as a spreadsheet, as the office prints it: a sheet for each commune with a place to sign on every row."""
from django.utils.translation import gettext as _

from ansinh.payments.reports.sheets import heading_of_rows, open_book, open_sheet, write_columns, write_head

from .food_lists import FoodList
from .models import FoodDecision

COLUMNS = (("position", 5), ("name", 28), ("birth", 12), ("address", 34), ("kilograms", 10), ("signature", 24), ("note", 20))
LONGEST_NAME = 31


def headings() -> dict[str, str]:
    """The Vietnamese heading of each column."""
    return {
        "position": _("STT"), "name": _("Họ và tên"), "birth": _("Ngày, năm sinh"), "address": _("Chỗ ở"), "kilograms": _("Gạo (kg)"),
        "signature": _("Ký nhận"), "note": _("Ghi chú, người nhận thay"),
    }


def food_sheet(decision: FoodDecision, lists: tuple[FoodList, ...], *, department: str) -> bytes:
    """The receiving sheets of a decision as .xlsx; texts are never formulas."""
    book, out = open_book()
    for number, food_list in enumerate(lists, start=1):
        sheet = open_sheet(book, f"{number}. {food_list.place}"[:LONGEST_NAME])
        said = {"name": decision.name, "place": food_list.place, "decision": str(decision)}
        head = (_("DANH SÁCH KÝ NHẬN GẠO HỖ TRỢ"), _("%(name)s · %(place)s · theo %(decision)s") % said)
        row = write_head(book, sheet, department=department, heading=head[0], note=head[1], columns=len(COLUMNS))
        _foot(book, sheet, _lines(book, sheet, food_list, row))
    book.close()
    return out.getvalue()


def _lines(book, sheet, food_list, row):
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    whole = book.add_format({"border": 1, "num_format": "#,##0", "valign": "top"})
    write_columns(book, sheet, row, COLUMNS, headings())
    for line in food_list.lines:
        row += 1
        sheet.set_row(row, 26)
        sheet.write_row(row, 0, [line.position, line.name, line.birth, line.address], text)
        sheet.write_number(row, 4, line.kilograms, whole)
        sheet.write_row(row, 5, ["", ""], text)
    row += 1
    sheet.write_string(row, 1, _("Cộng: %(people)s người") % {"people": len(food_list.lines)}, heading_of_rows(book))
    sheet.write_number(row, 4, food_list.kilograms, whole)
    return row + 2


def _foot(book, sheet, row):
    middle = book.add_format({"align": "center", "bold": True, "text_wrap": True})
    for start, end, words in ((0, 1, _("NGƯỜI LẬP")), (2, 3, _("NGƯỜI CẤP PHÁT")), (5, 6, _("CHỦ TỊCH ỦY BAN NHÂN DÂN"))):
        sheet.merge_range(row, start, row, end, words, middle)
    sheet.set_footer("&C&P/&N")
