"""What is believed of a person now and was believed then; the timeline."""
from datetime import date, datetime

import pytest

from ansinh.office import clock
from ansinh.registry import actions
from ansinh.registry.queries.areas import unit
from ansinh.registry.queries.persons import birth_words, now_of, number_warnings, standings_of, timeline


@pytest.fixture
def recognised(ngoc, keeper):
    return actions.recognise(ngoc, code="wounded", grade=81, special=True, since=date(2010, 1, 1), source="QĐ 12", by=keeper)


def test_a_person_of_today(ngoc, recognised):
    now = now_of(ngoc)
    assert now.place == "Xóm 5, xã Tân Kim, huyện Phú Bình"
    assert [str(number) for number in now.identifiers] == ["019150001234"]
    assert now.standings == [recognised] and now.died_on is None and now.particulars.name == "Nguyễn Thị Ngọc"


def test_a_place_keeps_the_name_it_had_after_the_merger(ngoc):
    assert now_of(ngoc, date(2026, 1, 1)).place == "Xóm 5, xã Tân Kim, huyện Phú Bình"


def test_what_was_true_and_what_was_known_are_two_questions(ngoc, recognised, keeper):
    with clock.held_at(date(2023, 9, 1)):
        actions.correct_standing(ngoc, code="wounded", grade=85, since=date(2020, 1, 1), source="QĐ 13", by=keeper)
        grade = {
            (on, known): standings_of(ngoc, on, known)[0].grade
            for on in (date(2019, 1, 1), date(2021, 1, 1))
            for known in (date(2023, 8, 31), None)
        }
    assert grade == {
        (date(2019, 1, 1), date(2023, 8, 31)): 81, (date(2019, 1, 1), None): 81,
        (date(2021, 1, 1), date(2023, 8, 31)): 81, (date(2021, 1, 1), None): 85,
    }


def test_nothing_was_known_before_it_was_recorded(ngoc):
    assert now_of(ngoc, known=date(2023, 5, 31)).particulars is None
    assert timeline(ngoc, known=date(2023, 5, 31)) == []


def test_the_timeline_tells_a_life_newest_first(ngoc, recognised, keeper, units):
    actions.move(ngoc, area=unit("05518", date(2023, 1, 1)), address="Tổ 2", since=date(2022, 3, 1), source="Đăng ký", by=keeper)
    actions.add_identifier(ngoc, kind="citizen", number="019150007777", since=date(2022, 6, 1), source="CCCD mới", by=keeper)
    actions.record_death(ngoc, on=date(2023, 5, 2), source="Giấy báo tử", by=keeper)
    assert [(event.day.year, event.words) for event in timeline(ngoc)] == [
        (2023, "Mất"),
        (2022, "Đổi số định danh cá nhân thành 019150007777"),
        (2022, "Cư trú tại Tổ 2, phường Thắng Lợi, thành phố Sông Công"),
        (2015, "Cư trú tại Xóm 5, xã Tân Kim, huyện Phú Bình"),
        (2010, "Thương binh, 81 %, đặc biệt nặng"),
        (1950, "Sinh 01/05/1950"),
    ]


def test_what_became_known_later_is_not_in_the_earlier_timeline(ngoc, keeper):
    with clock.held_at(datetime(2023, 7, 1, 8, tzinfo=clock.ZONE)):
        actions.record_death(ngoc, on=date(2023, 5, 2), source="Giấy báo tử", by=keeper)
    assert "Mất" not in [event.words for event in timeline(ngoc, known=date(2023, 6, 30))]
    assert "Mất" in [event.words for event in timeline(ngoc, known=date(2023, 7, 1))]


def test_who_left_the_province_is_shown_where(ngoc, keeper):
    actions.move(ngoc, area=None, address="tỉnh Lâm Đồng", since=date(2023, 4, 1), source="x", by=keeper)
    assert now_of(ngoc).place == "tỉnh Lâm Đồng (ngoài tỉnh)"


def test_a_number_that_disagrees_with_the_person_is_warned_of(ngoc, keeper):
    assert number_warnings(ngoc) == []
    actions.correct_particulars(ngoc, sex="male", source="x", by=keeper)
    assert number_warnings(ngoc) == ["Số định danh là của nữ, giới tính ghi nam."]


def test_a_birth_is_told_as_far_as_it_is_known(ngoc, minh):
    assert (birth_words(ngoc), birth_words(minh)) == ("01/05/1950", "1985")
