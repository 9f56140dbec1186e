from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.engine.text.dates import SERIAL_START, parse_date, parse_month

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
D = date(1950, 8, 15)


@pytest.mark.parametrize(
    "written",
    ["15/08/1950", "15/8/1950", "15-8-1950", "15.08.1950", "15 8 1950", " 15 / 08 / 1950 ", "1950-08-15", "1950-08-15 00:00:00", "1950/8/15", "15081950", "19500815", 15081950, "ngày 15 tháng 8 năm 1950", "Ngày 15/8/1950", "15-8-50", "15/08/50", datetime(1950, 8, 15, 7), D, 18490, 18490.0, "18490"],
)
def test_a_full_date_is_read_however_it_is_written(written):
    assert parse_date(written)[:3] == (D, "day", "")


@pytest.mark.parametrize("written", ["1932", 1932, 1932.0, "1932.0", "năm 1932", "Sinh năm 1932", "khoảng 1932", "~1932", "00/00/1932", "0/0/1932", "../../1932", "?/?/1932", "__/__/1932"])
def test_only_a_year(written):
    assert parse_date(written)[:3] == (date(1932, 1, 1), "year", "")


@pytest.mark.parametrize("written", ["08/1950", "8/1950", "08-1950", "1950-08", "tháng 8/1950", "tháng 8 năm 1950", "00/08/1950", "T8/1950", "081950"])
def test_only_a_month(written):
    assert parse_date(written)[:3] == (date(1950, 8, 1), "month", "")


@pytest.mark.parametrize("written", [None, "", "  ", "\u00a0"])
def test_nothing_is_unknown_and_no_fault(written):
    assert parse_date(written) == (None, "unknown", "", "")


@pytest.mark.parametrize(
    ("written", "says"),
    [("30/02/1950", "30/2/1950"), ("31/04/1950", "31/4/1950"), ("08/15/1950", "tháng 15"), ("15/08/3050", "3050"), ("15/08/150", "150"), ("mùa đông", "mùa đông"), ("1/2/3/4", "1/2/3/4"), ("15/08/..", "15/08"), (-5, "-5"), (float("nan"), "nan"), ("15/tám/1950", "tám")],
)
def test_an_impossible_date_is_said_to_be_so(written, says):
    read = parse_date(written)
    assert read.day is None
    assert says in read.fault


def test_a_guess_is_said():
    assert "1950" in parse_date("15/8/50").note
    assert "15/08/1950" in parse_date(18490).note


@pytest.mark.parametrize("written", ["05/2023", "5/2023", "tháng 5 năm 2023", "Tháng 5/2023", "T5/2023", "5.2023", 5.2023, "2023-05", "01/05/2023", datetime(2023, 5, 1)])
def test_a_month_is_read_however_it_is_written(written):
    assert parse_month(written) == (date(2023, 5, 1), "")


def test_a_month_that_a_sheet_took_for_a_number_is_read():
    assert parse_month(5.202) == (date(2020, 5, 1), "")


def test_a_year_alone_is_no_month():
    assert parse_month("2023")[0] is None
    assert "05/2023" in parse_month("2023")[1]


@given(DAYS)
def test_every_day_is_read_back_from_every_form(day):
    forms = [f"{day:%d/%m/%Y}", day.isoformat(), f"{day.day}-{day.month}-{day.year}", f"{day:%d%m%Y}", day]
    assert {parse_date(form)[:3] for form in forms} == {(day, "day", "")}


@given(st.dates(date(1906, 1, 1), date(2099, 12, 31)))
def test_serials_of_spreadsheets_are_days(day):
    assert parse_date((day - SERIAL_START).days).day == day


@given(st.one_of(st.text(), st.floats(), st.integers()))
def test_any_cell_at_all_is_answered(value):
    assert parse_date(value).precision in ("day", "month", "year", "unknown")
