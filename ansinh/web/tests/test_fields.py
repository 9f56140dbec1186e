"""Days, months and amounts as offices write them."""
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from ansinh.web.fields import AmountField, DayField, MonthField


@pytest.mark.parametrize("typed", ["14/07/2023", "14-7-2023", "14.07.2023", "2023-07-14", " 14/7/23 "])
def test_a_day_is_read_in_vietnamese_order(typed):
    assert DayField().clean(typed) == date(2023, 7, 14)


@pytest.mark.parametrize("typed", ["07/2023", "2023", "31/02/2023", "hôm qua", "1" * 40, ""])
def test_what_is_no_whole_day_is_refused(typed):
    with pytest.raises(ValidationError):
        DayField().clean(typed)


def test_a_month_is_its_first_day():
    assert MonthField().clean("10/2023") == date(2023, 10, 1)


@pytest.mark.parametrize(("typed", "amount"), [("4.016.000", 4016000), ("4016000 đ", 4016000), ("0", 0)])
def test_an_amount_is_whole_dong(typed, amount):
    assert AmountField().clean(typed) == amount


def test_a_part_of_a_dong_is_refused():
    with pytest.raises(ValidationError):
        AmountField().clean("12,5")
