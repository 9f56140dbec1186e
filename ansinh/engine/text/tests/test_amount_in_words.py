import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.engine.text.amount_in_words import amount_in_words, in_words

TABLE = [
    (0, "không"),
    (1, "một"),
    (5, "năm"),
    (10, "mười"),
    (11, "mười một"),
    (14, "mười bốn"),
    (15, "mười lăm"),
    (20, "hai mươi"),
    (21, "hai mươi mốt"),
    (24, "hai mươi tư"),
    (25, "hai mươi lăm"),
    (100, "một trăm"),
    (101, "một trăm linh một"),
    (104, "một trăm linh bốn"),
    (105, "một trăm linh năm"),
    (109, "một trăm linh chín"),
    (110, "một trăm mười"),
    (115, "một trăm mười lăm"),
    (121, "một trăm hai mươi mốt"),
    (124, "một trăm hai mươi tư"),
    (125, "một trăm hai mươi lăm"),
    (555, "năm trăm năm mươi lăm"),
    (1_000, "một nghìn"),
    (1_001, "một nghìn không trăm linh một"),
    (1_004, "một nghìn không trăm linh bốn"),
    (1_015, "một nghìn không trăm mười lăm"),
    (1_021, "một nghìn không trăm hai mươi mốt"),
    (1_105, "một nghìn một trăm linh năm"),
    (15_000, "mười lăm nghìn"),
    (21_000, "hai mươi mốt nghìn"),
    (24_000, "hai mươi tư nghìn"),
    (25_025, "hai mươi lăm nghìn không trăm hai mươi lăm"),
    (105_105, "một trăm linh năm nghìn một trăm linh năm"),
    (1_000_000, "một triệu"),
    (1_000_001, "một triệu không trăm linh một"),
    (1_000_015, "một triệu không trăm mười lăm"),
    (1_001_001, "một triệu không trăm linh một nghìn không trăm linh một"),
    (1_005_000, "một triệu không trăm linh năm nghìn"),
    (21_500_015, "hai mươi mốt triệu năm trăm nghìn không trăm mười lăm"),
    (24_024_024, "hai mươi tư triệu không trăm hai mươi tư nghìn không trăm hai mươi tư"),
    (100_000_001, "một trăm triệu không trăm linh một"),
    (999_999_999, "chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín"),
    (2_055_000, "hai triệu không trăm năm mươi lăm nghìn"),
    (4_016_000, "bốn triệu không trăm mười sáu nghìn"),
    (10**9, "một tỷ"),
    (10**9 + 5_000, "một tỷ không trăm linh năm nghìn"),
    (10**9 + 1_000_000, "một tỷ không trăm linh một triệu"),
    (10**9 + 5, "một tỷ không trăm linh năm"),
    (21 * 10**9 + 21, "hai mươi mốt tỷ không trăm hai mươi mốt"),
    (10**12, "một nghìn tỷ"),
    (10**12 + 1, "một nghìn tỷ không trăm linh một"),
    (10**12 + 15_000, "một nghìn tỷ không trăm mười lăm nghìn"),
    (10**12 + 10**9, "một nghìn không trăm linh một tỷ"),
    (10**15, "một triệu tỷ"),
    (-1_200_000, "âm một triệu hai trăm nghìn"),
]
VALUES = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
SCALES = {"nghìn": 10**3, "triệu": 10**6}


def read_back(words):
    """A reader of number words written independently of the writer."""
    total = section = group = digit = 0
    for word in words.split():
        if word in VALUES:
            digit = VALUES[word]
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group, digit = group + 10, 0
        elif word in SCALES:
            section, group, digit = section + (group + digit) * SCALES[word], 0, 0
        elif word == "tỷ":
            total, section, group, digit = (total + section + group + digit) * 10**9, 0, 0, 0
    return total + section + group + digit


@pytest.mark.parametrize(("number", "words"), TABLE)
def test_numbers_are_said_as_on_receipts(number, words):
    assert in_words(number) == words


def test_the_sentence_under_a_list_begins_with_a_capital_and_names_the_currency():
    assert amount_in_words(1_234_567) == "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"


@given(st.integers(0, 10**15))
def test_words_read_back_give_the_number(number):
    assert read_back(in_words(number)) == number


@given(st.integers(1, 10**15))
def test_a_negative_amount_is_the_positive_one_with_minus(number):
    assert in_words(-number) == f"âm {in_words(number)}"
