import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.engine.text.names import accented_key, collation_key, fold, normalise, proper_case, sort_key, unify_tones

SYLLABLES = st.sampled_from(
    "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Văn Thị Đức Hữu An Ánh Ăn Ân Ảnh Đào Hoà Hòa Thuỷ Thủy Quý Quí Yến Ước Ơn".split()
)
NAMES = st.lists(SYLLABLES, min_size=1, max_size=5).map(" ".join)


def test_the_letter_d_with_a_stroke_folds_to_d():
    assert fold("Đặng Đức") == "dang duc"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hoà", "Hòa"), ("Thuỵ", "Thụy"), ("Khoẻ", "Khỏe"), ("Quý", "Quí"), ("Lý", "Lí"), ("Kỳ", "Kì"), ("Mỹ", "Mĩ"), ("NGUYỄN\u00a0 An", "nguyễn an")],
)
def test_two_spellings_of_one_name_are_one_key_also_with_accents(one, other):
    assert fold(one) == fold(other)
    assert accented_key(one) == accented_key(other)


def test_names_that_differ_by_accents_differ_in_the_accented_key_only():
    assert fold("Hoà") == fold("Hoa")
    assert accented_key("Hoà") != accented_key("Hoa")


def test_the_beginning_of_a_folded_name_stays_its_beginning():
    assert fold("Nguyễn Thị Quyên").startswith(fold("nguyen thi quy"))


@pytest.mark.parametrize("kept", ["Toàn", "Hoặc", "Quà", "Quý", "Thuyền", "Khuỷu"])
def test_a_tone_that_has_one_place_only_is_not_moved(kept):
    assert unify_tones(kept) == kept


def test_invisible_characters_and_no_break_spaces_vanish():
    assert normalise("\ufeffNguyễn\u00a0\u200bVăn \u3000 An\u00ad ") == "Nguyễn Văn An"


def test_names_sort_by_given_name_then_family_name_then_middle_name():
    names = ["Trần Văn Bình", "Lê Thị An", "Đỗ Văn An", "Dương Văn An", "Lê Hữu An", "Nguyễn Ân"]
    assert sorted(names, key=sort_key) == ["Dương Văn An", "Đỗ Văn An", "Lê Hữu An", "Lê Thị An", "Nguyễn Ân", "Trần Văn Bình"]


def test_letters_and_tones_follow_the_vietnamese_dictionary():
    words = "An Anh Ảnh Ánh Ăn Ân Dũng Dương Đào Đặng Na Nghĩa Ngọc On Ô Ơn Uyên Ưu".split()
    assert sorted(words, key=sort_key) == words
    assert sorted(["má", "mạ", "mã", "ma", "mả", "mà"], key=collation_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


@pytest.mark.parametrize("odd", ["", "  ", "\u0301", "H'Hen Niê", "Nguyễn Văn An-2", "Müller Ñandú", "Ёлка", "李", "ß", "e\u0306"])
def test_digits_hyphens_apostrophes_and_foreign_marks_have_a_place(odd):
    assert isinstance(sort_key(odd), bytes)
    assert isinstance(fold(odd), str)


@pytest.mark.parametrize(
    ("typed", "right"),
    [("NGUYỄN VĂN AN", "Nguyễn Văn An"), ("đặng thị ánh", "Đặng Thị Ánh"), ("Nguyễn văn AN", "Nguyễn Văn An"), ("h'hen niê", "H'Hen Niê"), ("Ronald McDonald", "Ronald McDonald")],
)
def test_a_name_in_the_wrong_case_is_put_right(typed, right):
    assert proper_case(typed) == right


@given(NAMES)
def test_keys_do_not_depend_on_the_unicode_form(name):
    loose = unicodedata.normalize("NFD", name)
    assert (fold(loose), accented_key(loose), sort_key(loose)) == (fold(name), accented_key(name), sort_key(name))


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_any_two_texts_can_be_ordered(one, other):
    assert (sort_key(one) < sort_key(other)) + (sort_key(one) > sort_key(other)) + (sort_key(one) == sort_key(other)) == 1
