"""The list as a spreadsheet, as the office prints it, and the form on which the provider reports back."""
from django.utils.translation import gettext as _

from ..models import PayList
from .content import ListContent, content
from .sheets import heading_of_rows, open_book, open_sheet, write_columns, write_head

COLUMNS = (
    ("position", 5), ("name", 26), ("file_number", 12), ("birth", 11), ("standing", 30), ("this_month", 13), ("arrears", 13),
    ("arrears_months", 12), ("carried", 12), ("deduction", 12), ("overpaid", 12), ("total", 14), ("receiver", 20), ("held", 18),
)
SUMMED = ("this_month", "arrears", "carried", "deduction", "overpaid", "total")
RETURN_COLUMNS = (
    "Số danh sách", "STT", "Số hồ sơ", "Họ và tên", "Số tiền", "Kết quả", "Lý do", "Số tiền đã trả", "Người ký nhận", "Quan hệ", "Giấy tờ",
)
PAID, UNPAID = "Đã nhận", "Chưa nhận"


def headings() -> dict[str, str]:
    """The Vietnamese heading of each column."""
    return {
        "position": _("STT"), "name": _("Họ và tên"), "file_number": _("Số hồ sơ"), "birth": _("Ngày, năm sinh"),
        "standing": _("Diện, mức"), "this_month": _("Tháng này"), "arrears": _("Truy lĩnh"), "arrears_months": _("Tháng truy lĩnh"),
        "carried": _("Tháng trước chuyển sang"), "deduction": _("Trừ thu hồi"), "overpaid": _("Chi thừa phát hiện"),
        "total": _("Thực nhận (đồng)"), "receiver": _("Người nhận thay"), "held": _("Giữ lại vì"),
    }


def list_sheet(paylist: PayList, *, department: str, said: ListContent | None = None) -> bytes:
    """The printed list with its sheet of increases and decreases, as .xlsx; texts are never formulas."""
    said = said or content(paylist)
    book, out = open_book()
    sheet = open_sheet(book, _("Danh sách"))
    row = _head(book, sheet, said, department)
    row = _lines(book, sheet, said, row)
    _foot(book, sheet, said, row)
    _changes(book, said)
    book.close()
    return out.getvalue()


def return_form(lists: list[PayList]) -> bytes:
    """The form on which the provider writes *Đã nhận* or *Chưa nhận* with the reason, one row a payee."""
    book, out = open_book()
    sheet = book.add_worksheet(_("Trả về"))
    sheet.write_row(0, 0, RETURN_COLUMNS, book.add_format({"bold": True, "border": 1}))
    sheet.set_column(3, 3, 30)
    row = 1
    for paylist in lists:
        lines = paylist.lines.filter(held_because="", total__gt=0).order_by("position")
        for position, file_number, name, total in lines.values_list("position", "file_number", "name", "total"):
            sheet.write_string(row, 0, paylist.number)
            sheet.write_number(row, 1, position)
            sheet.write_string(row, 2, file_number)
            sheet.write_string(row, 3, name)
            sheet.write_number(row, 4, total)
            row += 1
    book.close()
    return out.getvalue()


def _head(book, sheet, said, department):
    note = _("Tháng %(month)s · %(area)s · chi qua %(channel)s · số %(number)s") % {
        "month": said.month, "area": said.area, "channel": said.channel, "number": said.number,
    }
    note = f"{note} · {said.provisional}" if said.provisional else note
    return write_head(book, sheet, department=department, heading=said.heading, note=note, columns=len(COLUMNS))


def _lines(book, sheet, said, row):
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    money = book.add_format({"border": 1, "num_format": "#,##0", "valign": "top"})
    write_columns(book, sheet, row, COLUMNS, headings())
    for line in said.lines:
        row += 1
        for column, (name, _width) in enumerate(COLUMNS):
            value = line[name]
            sheet.write(row, column, value, money if name in SUMMED else text)
    row += 1
    sheet.write_string(row, 1, _("Cộng: %(people)s người") % {"people": said.sums["people"]}, heading_of_rows(book))
    for column, (name, _width) in enumerate(COLUMNS):
        if name in SUMMED:
            sheet.write_number(row, column, said.sums[name], money)
    return row + 2


def _foot(book, sheet, said, row):
    middle = book.add_format({"align": "center", "bold": True, "text_wrap": True})
    sheet.write_string(row, 0, _("Số tiền bằng chữ: %(words)s") % {"words": said.in_words}, book.add_format({"italic": True}))
    for decided in said.decided:
        row += 1
        sheet.write_string(row, 0, decided)
    for start, words in zip((0, 4, 7, 11), (_("NGƯỜI LẬP"), _("NGƯỜI CHI TRẢ"), _("TRƯỞNG PHÒNG"), _("THỦ TRƯỞNG ĐƠN VỊ")), strict=True):
        sheet.merge_range(row + 2, start, row + 2, start + 2, words, middle)
    sheet.set_footer("&C&P/&N")


def _changes(book, said):
    sheet = book.add_worksheet(_("Tăng giảm"))
    bold = book.add_format({"bold": True, "border": 1})
    money = book.add_format({"num_format": "#,##0", "border": 1})
    sheet.write_row(0, 0, [_("Loại"), _("Họ và tên"), _("Số hồ sơ"), _("Tháng trước"), _("Tháng này"), _("Chênh lệch"), _("Lý do")], bold)
    sheet.set_column(1, 1, 28)
    sheet.set_column(3, 5, 14)
    sheet.set_column(6, 6, 50)
    for row, change in enumerate(said.changes, 1):
        sheet.write_row(row, 0, [change["sign"], change["name"], change["file_number"]])
        sheet.write_row(row, 3, [change["before"], change["now"], change["difference"]], money)
        sheet.write_string(row, 6, change["reason"])
