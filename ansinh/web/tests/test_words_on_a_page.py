"""Money, days, months and states are written in one way everywhere."""
from datetime import date

import pytest

from ansinh.web.exports import neutral
from ansinh.web.page import Chip, parts
from ansinh.web.templatetags.office_words import chip, count, day, dong, month, share


@pytest.mark.parametrize(
    ("value", "form", "written"),
    [
        (4016000, "", "4.016.000"),
        (4016000, "đ", "4.016.000\u00a0đ"),
        (842000, "+", "+\u00a0842.000"),
        (-600000, "", "−\u00a0600.000"),
        (0, "", '<span class="zero">0</span>'),
        (None, "", '<span class="zero">–</span>'),
    ],
)
def test_money_has_dots_a_true_minus_grey_nought_and_a_dash_for_unknown(value, form, written):
    assert dong(value, form) == written


def test_days_months_counts_and_shares_follow_vietnamese_order():
    assert (day(date(2023, 7, 1)), month(date(2023, 10, 1)), count(17486), share(0.978)) == (
        "01/07/2023", "10/2023", "17.486", "97,8\u00a0%",
    )


def test_a_chip_is_a_shape_and_a_word_and_its_word_is_escaped():
    assert chip(Chip("<Đang hưởng>", "ok")) == '<span class="chip ok">&lt;Đang hưởng&gt;</span>'


@pytest.mark.parametrize("live", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", " =HYPERLINK()"])
def test_text_that_would_be_a_formula_is_quoted(live):
    assert neutral(live).startswith("'")


@pytest.mark.parametrize("still", ["Nguyễn Văn An", "-600.000", "+84", ""])
def test_plain_text_and_numbers_stay_as_they_are(still):
    assert neutral(still) == still


def test_the_parts_of_a_bar_fill_it():
    placed = parts(("c-month", 300), ("c-due", 100))
    assert [part["x"] for part in placed] == ["0.0", "750.0"]
