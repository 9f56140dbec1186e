"""Spreadsheets as offices send them, and as attackers would: made in memory for tests."""

import io
import zipfile

import xlsxwriter

XLSX_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
WORKSHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def xlsx(rows, *, titles=(), hidden=(), hidden_columns=(), merges=(), formulas=(), sheet="Danh sách", hidden_sheet=None, start=(0, 0)):
    """Bytes of a workbook: titles above, then rows; ``hidden`` row and column numbers from 1; ``formulas`` (row, column, formula, value)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(sheet)
    for number, row in enumerate([*([title] for title in titles), *rows]):
        page.write_row(start[0] + number, start[1], [("" if cell is None else cell) for cell in row])
    for number in hidden:
        page.set_row(number - 1, None, None, {"hidden": True})
    for number in hidden_columns:
        page.set_column(number - 1, number - 1, None, None, {"hidden": True})
    for first_row, first_column, last_row, last_column, text in merges:
        page.merge_range(first_row - 1, first_column, last_row - 1, last_column, text)
    for row, column, formula, value in formulas:
        page.write_formula(row - 1, column, formula, None, value)
    if hidden_sheet:
        book.add_worksheet(hidden_sheet).hide()
    book.close()
    return out.getvalue()


def by_hand(sheet_xml, **more):
    """Bytes of a workbook whose one sheet is this XML; ``more`` adds or replaces parts."""
    parts = {**XLSX_PARTS, "xl/worksheets/sheet1.xml": sheet_xml, **more}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def inline(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_of(*rows, after=""):
    return f"{WORKSHEET}<sheetData>{''.join(rows)}{after}</sheetData></worksheet>"


HEADER_ROW = f'<row r="1">{inline("A1", "Họ và tên")}{inline("B1", "Ngày sinh")}</row>'
PERSON_ROW = f'<row r="2">{inline("A2", "Nguyễn Văn An")}{inline("B2", "1950")}</row>'


def blank_rows(megabytes):
    """XML of so many megabytes of rows without a cell, as a column formatted to the end leaves them."""
    row = '<row r="%d" spans="1:20" s="5" customFormat="1" ht="15.75" customHeight="1"/>'
    count = megabytes * 2**20 // (len(row) + 5)
    return "".join(row % number for number in range(3, 3 + count))


def ods(rows, *, hidden=(), repeated_row=1, repeated_cell=1, encrypted=False):
    """Bytes of an OpenDocument sheet; ``repeated_*`` repeat the last row and its last cell."""

    def cell(text, times):
        return f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}"><text:p>{text}</text:p></table:table-cell>'

    def line(number, row):
        last = number == len(rows)
        state = ' table:visibility="collapse"' if number in hidden else ""
        cells = "".join(cell(text, repeated_cell if last and place == len(row) - 1 else 1) for place, text in enumerate(row))
        return f'<table:table-row{state} table:number-rows-repeated="{repeated_row if last else 1}">{cells}</table:table-row>'

    body = "".join(line(number, row) for number, row in enumerate(rows, 1))
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Danh sách">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    secret = "<manifest:encryption-data/>" if encrypted else ""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{secret}</manifest:manifest>',
        )
        archive.writestr("content.xml", content)
    return out.getvalue()
