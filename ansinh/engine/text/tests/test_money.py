import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.engine.text.money import parse_amount


@pytest.mark.parametrize("written", ["1.234.000", "1,234,000", "1 234 000", "1\u00a0234\u00a0000", "1,234,000 đ", "1.234.000đ", "1.234.000 đồng", "1.234.000 VNĐ", "1234000", "1234000.0", "1.234.000,00", "1,234,000.00", 1234000, 1234000.0])
def test_amounts_are_read_however_they_are_written(written):
    assert parse_amount(written) == (1_234_000, "")


@pytest.mark.parametrize("written", ["-50.000", "(50.000)", -50000])
def test_amounts_below_zero(written):
    assert parse_amount(written) == (-50_000, "")


@pytest.mark.parametrize("written", [None, "", "  "])
def test_an_empty_cell_is_no_amount_and_no_fault(written):
    assert parse_amount(written) == (None, "")


@pytest.mark.parametrize("written", ["1.234.00", "1,23", "1.234,5", 0.5, "hai triệu", "1.234,000", float("nan"), float("inf"), "đ", True])
def test_anything_else_is_a_fault(written):
    assert parse_amount(written)[0] is None
    assert parse_amount(written)[1]


@given(st.integers(0, 10**13))
def test_every_way_of_grouping_gives_the_amount(amount):
    forms = [f"{amount:,}", f"{amount:,}".replace(",", "."), str(amount), f"{amount:,} đồng", float(amount)]
    assert {parse_amount(form) for form in forms} == {(amount, "")}


@given(st.one_of(st.text(), st.floats()))
def test_any_cell_at_all_is_answered(value):
    assert isinstance(parse_amount(value)[1], str)
