"""Where a value stands on a page: found with or without accents, in spite of spaces and misread letters."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.dossiers.nearest import nearest, places
from ansinh.dossiers.words import Box, Word


def lines(*texts):
    """Words of lines of text, ten pixels a letter."""
    found = []
    for number, text in enumerate(texts):
        left = 0
        for word in text.split():
            found.append(Word(word, Box(left, number * 30, len(word) * 10, 20), 90, number))
            left += len(word) * 10 + 10
    return found


PAGE = lines("Họ và tên: DƯƠNG ĐÌNH THUẬN", "Sinh ngày 1 tháng 5 năm 1950", "Tỷ lệ thương tật: 4 l phần trăm", "Số: 1187/QĐ-LĐTBXH ngày 20-7-1976")


@pytest.mark.parametrize(("value", "text"), [
    ("Dương Đình Thuận", "DƯƠNG ĐÌNH THUẬN"), ("Duong Dinh Thuan", "DƯƠNG ĐÌNH THUẬN"), ("Dương Đinh Thuân", "DƯƠNG ĐÌNH THUẬN"),
    ("1950-05-01", "1 tháng 5 năm 1950"), ("1950-05", "5 năm 1950"), ("1950", "1950"), ("1976-07-20", "20-7-1976"), ("4l", "4 l"), ("41", "4 l"),
    ("1187/QĐ-LĐTBXH", "1187/QĐ-LĐTBXH"),
])
def test_a_value_is_found_where_it_stands(value, text):
    assert places(PAGE, value)[0].text == text


def test_what_is_nowhere_on_the_page_has_no_place():
    assert nearest(PAGE, "Tống Khắc Lương") is None
    assert nearest([], "Lan") is None
    assert nearest(PAGE, "1951-05-01") is None


def test_the_box_holds_all_words_of_the_value():
    assert nearest(PAGE, "Dương Đình Thuận") == Box(110, 0, 160, 20)


WORDS = st.lists(st.text("abcdeghiklmnopqrstuvxy", min_size=2, max_size=7), min_size=1, max_size=12)


@given(words=WORDS, start=st.integers(0, 11), length=st.integers(1, 4))
def test_words_that_stand_on_the_page_are_always_found_within_it(words, start, length):
    page = lines(" ".join(words))
    wanted = words[start % len(words):][:length]
    box = nearest(page, " ".join(wanted))
    assert box is not None
    assert page[0].box.left <= box.left and box.right <= page[-1].box.right
