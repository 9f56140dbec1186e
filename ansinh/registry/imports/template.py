"""The empty form of a kind: the columns with their explanations, to be filled in and sent back."""

from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _

from .kinds import Kind

WIDTH = 18
FORM_ROWS = 5_000


def write_template(kind: Kind, path: Path):
    """Write the empty form of a kind to ``path`` (.xlsx): a sheet to fill in, and a sheet that explains each column."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#EEF2F6", "valign": "vcenter"})
    required = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#FFF1D6", "valign": "vcenter"})
    # Text format throughout, so that no spreadsheet eats a leading zero or turns a month into a day.
    text = book.add_format({"num_format": "@"})
    form = book.add_worksheet(_("Danh sách"))
    form.set_row(0, 32)
    form.freeze_panes(1, 0)
    for place, column in enumerate(form_columns(kind)):
        form.set_column(place, place, WIDTH, text)
        form.write_string(0, place, column.title, required if column.required else head)
        if column.help:
            form.write_comment(0, place, column.help)
    _explain(book, kind, head)
    if kind.guide:
        _list_groups(book, kind.guide(), head)
    book.close()


def _explain(book, kind, head):
    page = book.add_worksheet(_("Giải thích"))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, (title, width) in enumerate(
        ((_("Cột"), 28), (_("Bắt buộc"), 10), (_("Ví dụ"), 24), (_("Cách ghi"), 70), (_("Tên khác được nhận"), 60))
    ):
        page.set_column(place, place, width, wrapped)
        page.write_string(0, place, title, head)
    for row, column in enumerate(form_columns(kind), 1):
        cells = (column.title, _("có") if column.required else "", column.example, column.help, "; ".join(column.synonyms))
        for place, cell in enumerate(cells):
            page.write_string(row, place, cell)


def _list_groups(book, groups, head):
    page = book.add_worksheet(_("Các diện"))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, (title, width) in enumerate(((_("Diện"), 60), (_("Ghi một trong các cách"), 80), (_("Điều khoản"), 34))):
        page.set_column(place, place, width, wrapped)
        page.write_string(0, place, title, head)
    for row, cells in enumerate(groups, 1):
        for place, cell in enumerate(cells):
            page.write_string(row, place, cell)


def form_columns(kind: Kind) -> list:
    """The columns that the empty form asks for; a receipt may hold more."""
    return [column for column in kind.columns if column.on_form]
