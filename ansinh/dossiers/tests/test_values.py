"""What is typed into a field: understood, shown again, refused with a sentence that names the field."""
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.dossiers.catalogue import catalogue
from ansinh.dossiers.values import agrees, birth_of, plain_birth, same, shown, understood
from ansinh.office import clock
from ansinh.web.refusal import Refusal

FIELDS = catalogue().fields
PAST = st.dates(date(1931, 1, 1), date(2020, 12, 31))


@pytest.fixture(autouse=True, scope="module")
def in_2023():
    with clock.held_at(date(2023, 6, 1)):
        yield


@given(day=PAST)
def test_a_day_that_is_shown_is_understood_again(day):
    plain = understood(FIELDS["decision_date"], day.isoformat())
    assert understood(FIELDS["decision_date"], shown(FIELDS["decision_date"], plain)) == plain == day.isoformat()


@given(day=PAST, length=st.sampled_from([4, 7, 10]))
def test_a_birth_keeps_its_precision_on_the_way_to_the_registry_and_back(day, length):
    plain = day.isoformat()[:length]
    assert plain_birth(*birth_of(plain)) == plain == understood(FIELDS["birth"], shown(FIELDS["birth"], plain))


@given(text=st.text(max_size=40))
def test_whatever_is_typed_is_understood_or_refused(text):
    for_field = FIELDS["injury_rate"]
    try:
        assert understood(for_field, text) == "" or 1 <= int(understood(for_field, text)) <= 100
    except Refusal as refusal:
        assert for_field.title in refusal.sentence


@pytest.mark.parametrize(("name", "typed", "plain"), [
    ("birth", "1950", "1950"), ("birth", "5/1950", "1950-05"), ("birth", "01-5-1950", "1950-05-01"), ("entitled_from", "tháng 5 năm 1995", "1995-05"),
    ("injury_rate", "41 %", "41"), ("citizen_number", "019 150 001234", "019150001234"), ("decision_number", "Số: 1187/qđ-lđtbxh", "1187/QĐ-LĐTBXH"),
    ("full_name", "  DƯƠNG  ĐÌNH Thuận ", "DƯƠNG ĐÌNH Thuận"), ("signer", "", ""),
])
def test_what_officers_type_is_kept_in_one_plain_form(name, typed, plain):
    assert understood(FIELDS[name], typed) == plain


@pytest.mark.parametrize(("name", "typed", "words"), [
    ("injury_rate", "4l", "từ 1 đến 100"), ("injury_rate", "0", "từ 1 đến 100"), ("injury_rate", "101", "từ 1 đến 100"), ("decision_date", "1950", "đủ ngày"),
    ("decision_date", "31/02/1950", "Không có ngày"), ("entitled_from", "1995", "tháng/năm"), ("citizen_number", "12345", "5 chữ số"),
    ("citizen_number", "0l9150001234", "chỉ có chữ số"), ("full_name", "Lan 2", "không có chữ số"), ("birth", "1/1/2099", "tương lai"),
    ("decision_number", "không số", "có chữ số"),
])
def test_what_cannot_be_is_refused_with_what_is_wanted(name, typed, words):
    with pytest.raises(Refusal, match=words) as refused:
        understood(FIELDS[name], typed)
    assert refused.value.field == name


def test_capitals_and_the_place_of_a_tone_mark_make_no_other_name():
    assert same(FIELDS["full_name"], "NGUYỄN THỊ HOÀ", "Nguyễn Thị Hòa")
    assert not same(FIELDS["full_name"], "Nguyễn Thị Hoa", "Nguyễn Thị Hòa")


def test_a_year_agrees_with_a_day_in_it_and_with_no_other():
    assert agrees(FIELDS["birth"], "1950", "1950-05-01")
    assert not agrees(FIELDS["birth"], "1950", "1951-05-01")
    assert not agrees(FIELDS["injury_rate"], "4", "41")
