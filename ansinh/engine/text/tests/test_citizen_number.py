import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.engine.text.citizen_number import (
    clean_number,
    kind_of,
    parse,
    provinces,
    restore_leading_zero,
    restore_old_card,
    warnings,
)


def test_the_63_codes_are_kept_for_ever():
    assert len(provinces()) == 63
    assert provinces()["019"] == "Thái Nguyên"
    assert provinces()["006"] == "Bắc Kạn"


def test_a_citizen_number_says_province_sex_and_year():
    assert (parse("019050001234").province, parse("019050001234").sex, parse("019050001234").birth_year) == ("Thái Nguyên", "male", 1950)
    assert (parse("006301000001").sex, parse("006301000001").birth_year) == ("female", 2001)


@pytest.mark.parametrize("other", ["", "19050001234", "0190500012345", "01905000123a", "٠١٩٠٥٠٠٠١٢٣٤"])
def test_anything_but_12_digits_is_no_citizen_number(other):
    assert parse(other) is None


def test_a_number_that_disagrees_is_warned_of_with_what_disagrees():
    assert warnings("019050001234", sex="male", birth_year=1950) == []
    assert "1950" in warnings("019050001234", birth_year=1951)[0]
    assert "nam" in warnings("019050001234", sex="female")[0]
    assert "003" in warnings("003050001234")[0]


def test_a_lost_zero_is_restored_only_where_the_number_then_fits():
    assert restore_leading_zero("19050001234", sex="male", birth_year=1950) == "019050001234"
    assert restore_leading_zero("1050001234", sex="male", birth_year=1950) == "001050001234"
    assert restore_leading_zero("19050001234", sex="female", birth_year=1950) is None
    assert restore_leading_zero("19050001234", sex="male", birth_year=1951) is None
    assert restore_leading_zero("19050001234", sex="male") is None
    assert restore_leading_zero("905000123", sex="male", birth_year=1950) is None


def test_an_old_card_of_thai_nguyen_gets_its_zero_back():
    assert restore_old_card("90123456") == "090123456"
    assert restore_old_card("12345678") is None


@pytest.mark.parametrize(("held", "number"), [(19050001234.0, "19050001234"), (19050001234, "19050001234"), (" 019 050 001 234", "019050001234"), ("'019050001234", "019050001234"), ("090-123-456", "090123456"), ("19050001234.0", "19050001234"), (None, ""), ("", "")])
def test_numbers_are_read_as_sheets_hold_them(held, number):
    assert clean_number(held) == (number, "")


@pytest.mark.parametrize("lost", ["1.905E+10", "1,905E+10", "abc", "01905000123x"])
def test_numbers_that_lost_digits_or_hold_letters_are_faults(lost):
    assert clean_number(lost)[0] == ""
    assert clean_number(lost)[1]


def test_kinds_are_told_by_length():
    assert [kind_of(n) for n in ("0" * 12, "0" * 10, "0" * 9, "0" * 8)] == ["citizen", "social_insurance", "old_card", None]


@given(st.sampled_from(sorted(provinces())), st.sampled_from(["male", "female"]), st.integers(1900, 2099), st.integers(0, 999999))
def test_every_number_that_lost_zeros_comes_back(province, sex, year, serial):
    mark = (year // 100 - 19) * 2 + (sex == "female")
    number = f"{province}{mark}{year % 100:02}{serial:06}"
    shown = str(int(number))
    assert warnings(number, sex=sex, birth_year=year) == []
    assert restore_leading_zero(shown, sex=sex, birth_year=year) == number
