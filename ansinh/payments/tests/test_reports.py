"""What is printed of a list: whole, in order, the same bytes each time, never a live formula."""
import io
from datetime import date

import openpyxl
import pytest

from ansinh.office import clock
from ansinh.office.models import Entry
from ansinh.payments.models import Line, PayList
from ansinh.payments.reports import bank_file, list_pdf, list_sheet, return_form
from ansinh.registry.models import Person
from tests.people import COMMUNE

OCTOBER = date(2023, 10, 1)
NAMES = ("Dương Thị Lan", "=1+1", "Nguyễn Hoàng Thị Phương Thảo Nguyên Hạnh Dung")


@pytest.fixture
def paylist(areas, officer):
    entry = Entry.objects.create(at=clock.now(), act="payments.propose", by=officer)
    made = PayList.objects.create(
        number="05920-2023-10-NH", field="merit", month=OCTOBER, area=areas[COMMUNE], area_path=COMMUNE, channel="bank",
        known_at=clock.now(), law_digest="0", content_digest="0", batch_digest="0", proposed_in=entry, people=3,
        this_month=12_048_000, arrears=7_578_000, total=19_626_000,
    )
    Line.objects.bulk_create(_line(made, place, name) for place, name in enumerate(NAMES, 1))
    return made


def _line(paylist, place, name):
    person = Person.objects.create(name=name, search_key=name.lower(), sort_key=name.encode(), area_path=COMMUNE)
    return Line(
        paylist=paylist, person=person, position=place, name=name, birth="1950", file_number=f"TB-0{place}", standing="Thương binh, 61 %",
        bank="Agribank", account_number="-8500", this_month=4_016_000, arrears=2_526_000, arrears_months="07–09/2023", total=6_542_000,
    )


def test_the_sheet_names_every_payee_and_sums_to_the_list(paylist):
    sheet = openpyxl.load_workbook(io.BytesIO(list_sheet(paylist, department="Sở")))["Danh sách"]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert set(NAMES) <= set(cells)
    assert 19_626_000 in cells
    assert any("Mười chín triệu sáu trăm hai mươi sáu nghìn đồng" in str(value) for value in cells)


def test_a_name_like_a_formula_stays_a_text(paylist):
    sheet = openpyxl.load_workbook(io.BytesIO(list_sheet(paylist, department="Sở")))["Danh sách"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"
    assert '"\'=1+1"' in bank_file(paylist).decode("utf-8-sig")
    assert '"\'-8500"' in bank_file(paylist).decode("utf-8-sig")


def test_printed_twice_the_bytes_are_the_same(paylist):
    assert list_sheet(paylist, department="Sở") == list_sheet(paylist, department="Sở")
    assert list_pdf(paylist, department="Sở") == list_pdf(paylist, department="Sở")
    assert return_form([paylist]) == return_form([paylist])


def test_the_printed_page_is_declared_pdf_a_2b(paylist):
    data = list_pdf(paylist, department="Sở Lao động – Thương binh và Xã hội tỉnh Thái Nguyên")
    assert data.startswith(b"%PDF-")
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in data
