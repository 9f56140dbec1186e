"""Lists as CSV and XLSX; text from data never comes alive as a formula."""
import csv
import re
import tempfile
from collections.abc import Iterable
from datetime import date, datetime

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

LIVE = re.compile(r"^[\s\u00a0]*[=+\-@\t\r]")
NUMBER = re.compile(r"^[+-]?[\d.,\s]+%?$")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 18


def neutral(value):
    """A cell for CSV: days as dd/mm/yyyy, a quote in front of text that would start a formula."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if not isinstance(value, str):
        return "" if value is None else value
    return f"'{value}" if LIVE.match(value) and not NUMBER.match(value) else value


class _Echo:
    """What csv.writer writes to; each line is handed on at once, so a long list takes no memory."""

    def write(self, line):
        return line


def as_csv(name: str, head: list[str], rows: Iterable[list]) -> StreamingHttpResponse:
    """Rows as a CSV file in UTF-8 with its mark, so that spreadsheets read the accents."""
    writer = csv.writer(_Echo())

    def lines():
        yield "\ufeff" + writer.writerow(head)
        for row in rows:
            yield writer.writerow([neutral(value) for value in row])

    return StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8", headers=_attached(name, "csv"))


def as_xlsx(name: str, head: list[str], rows: Iterable[list]) -> FileResponse:
    """Rows as a spreadsheet; text is written as text, numbers as numbers, days as days."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it when it was sent)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(file, options) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.set_column(0, len(head) - 1, WIDTH)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, head, bold)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [_cell(value) for value in row])
    file.seek(0)
    return FileResponse(file, content_type=EXCEL, headers=_attached(name, "xlsx"))


def _cell(value):
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    return value if isinstance(value, (int, date, str)) or value is None else str(value)


def _attached(name, end):
    return {"Content-Disposition": f'attachment; filename="{name}.{end}"'}
