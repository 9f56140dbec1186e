"""Standings (diện): recognised by a paper, corrected, ended; the law says which facts they need."""
from datetime import date

import pytest

from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.registry import actions
from ansinh.registry.models import Standing
from ansinh.web.refusal import Forbidden, Refusal

SINCE = date(2010, 1, 1)


@pytest.fixture
def wounded(ngoc, keeper):
    """Ngọc, wounded soldier of 61 % since 2010."""
    return actions.recognise(ngoc, code="wounded", grade=61, since=SINCE, source="QĐ 12/QĐ-LĐTBXH", by=keeper)


def grades(person):
    rows = Standing.objects.current().filter(person=person).order_by("since")
    return [(row.since.year, row.until and row.until.year, row.grade, row.attendant) for row in rows]


def test_a_recognised_standing_holds_the_facts_of_its_paper(wounded, ngoc):
    assert (wounded.person, wounded.code, wounded.grade, wounded.source) == (ngoc, "wounded", 61, "QĐ 12/QĐ-LĐTBXH")


WRONG = [
    ({"code": "hero_of_nothing"}, "Không có diện mã hero_of_nothing"),
    ({"grade": 20}, "từ 21 đến 100 %"),
    ({"grade": None}, "tỷ lệ chưa ghi"),
    ({"martyrs": 2}, "không dùng đến martyrs"),
    ({"since": date(1940, 1, 1)}, "trước ngày sinh"),
    ({"since": date(2024, 1, 1)}, "chưa đến"),
    ({"source": " "}, "Ghi quyết định"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG)
def test_what_the_law_does_not_know_is_refused(ngoc, keeper, wrong, sentence):
    with pytest.raises(Refusal, match=sentence):
        actions.recognise(ngoc, **{"code": "wounded", "grade": 61, "since": SINCE, "source": "QĐ", **wrong}, by=keeper)
    assert not Standing.objects.exists()


def test_the_same_standing_is_not_recognised_twice(wounded, ngoc, keeper):
    with pytest.raises(Refusal, match="Đã ghi nhận diện Thương binh"):
        actions.recognise(ngoc, code="wounded", grade=41, since=date(2015, 1, 1), source="QĐ", by=keeper)


def test_one_person_may_have_several_standings(wounded, ngoc, keeper):
    actions.recognise(ngoc, code="martyr_relative", martyrs=1, since=SINCE, source="QĐ", by=keeper)
    assert Standing.objects.current().filter(person=ngoc).count() == 2


def test_an_officer_of_another_field_does_not_recognise(ngoc, appoint):
    with pytest.raises(Forbidden):
        actions.recognise(ngoc, code="wounded", grade=61, since=SINCE, source="QĐ", by=appoint("labour", "officer", "19.", "labour"))


def test_a_correction_holds_from_its_day(wounded, ngoc, keeper):
    row = actions.correct_standing(ngoc, code="wounded", grade=65, since=date(2015, 1, 1), source="QĐ 13", by=keeper)
    assert grades(ngoc) == [(2010, 2014, 61, False), (2015, None, 65, False)]
    assert (row.grade, row.since) == (65, date(2015, 1, 1))


def test_a_correction_learnt_late_ends_at_the_next_change_of_the_same_fact(wounded, ngoc, keeper):
    actions.correct_standing(ngoc, code="wounded", grade=71, since=date(2018, 1, 1), source="QĐ 14", by=keeper)
    actions.correct_standing(ngoc, code="wounded", grade=65, attendant=True, since=date(2015, 1, 1), source="QĐ 13", by=keeper)
    assert grades(ngoc) == [(2010, 2014, 61, False), (2015, 2017, 65, True), (2018, None, 71, True)]


def test_a_correction_before_the_standing_began_is_refused(wounded, ngoc, keeper):
    with pytest.raises(Refusal, match="không có diện Thương binh vào ngày 01/01/2009"):
        actions.correct_standing(ngoc, code="wounded", grade=65, since=date(2009, 1, 1), source="QĐ", by=keeper)


def test_a_correction_that_says_nothing_new_is_refused(wounded, ngoc, keeper):
    with pytest.raises(Refusal, match="Không có gì khác"):
        actions.correct_standing(ngoc, code="wounded", grade=61, since=date(2015, 1, 1), source="QĐ", by=keeper)


def test_undoing_a_correction_brings_the_grade_back(wounded, ngoc, keeper):
    actions.correct_standing(ngoc, code="wounded", grade=65, since=date(2015, 1, 1), source="QĐ 13", by=keeper)
    undo(Entry.objects.get(act="registry.correct_standing"), by=keeper)
    assert grades(ngoc) == [(2010, None, 61, False)]


def test_a_standing_ends_on_its_last_day(wounded, ngoc, keeper):
    actions.end_standing(ngoc, code="wounded", until=date(2022, 12, 31), source="QĐ 15", by=keeper)
    assert grades(ngoc) == [(2010, 2022, 61, False)]


def test_an_earlier_end_takes_the_rows_after_it_away(wounded, ngoc, keeper):
    actions.correct_standing(ngoc, code="wounded", grade=65, since=date(2015, 1, 1), source="QĐ 13", by=keeper)
    actions.end_standing(ngoc, code="wounded", until=date(2012, 12, 31), source="QĐ 15", by=keeper)
    assert grades(ngoc) == [(2010, 2012, 61, False)]


def test_a_standing_does_not_end_before_it_began(wounded, ngoc, keeper):
    with pytest.raises(Refusal, match="chưa có diện"):
        actions.end_standing(ngoc, code="wounded", until=date(2009, 12, 31), source="QĐ", by=keeper)


def test_a_standing_begins_later_than_was_believed(wounded, ngoc, keeper):
    row = actions.correct_beginning(ngoc, code="wounded", since=date(2012, 6, 1), source="QĐ 16", by=keeper)
    assert (row.since, row.source, row.grade) == (date(2012, 6, 1), "QĐ 16", 61)
    assert Standing.objects.current().get(person=ngoc) == row
    assert not Standing.objects.on(date(2012, 5, 31)).filter(person=ngoc).exists()


def test_a_later_beginning_takes_the_changes_before_it_away(wounded, ngoc, keeper):
    actions.correct_standing(ngoc, code="wounded", grade=65, since=date(2015, 1, 1), source="QĐ 13", by=keeper)
    actions.correct_standing(ngoc, code="wounded", grade=71, since=date(2018, 1, 1), source="QĐ 14", by=keeper)
    actions.correct_beginning(ngoc, code="wounded", since=date(2016, 1, 1), source="QĐ 16", by=keeper)
    assert grades(ngoc) == [(2016, 2017, 65, False), (2018, None, 71, False)]


def test_a_standing_begins_earlier_than_was_believed(wounded, ngoc, keeper):
    actions.correct_beginning(ngoc, code="wounded", since=date(2008, 1, 1), source="QĐ 16", by=keeper)
    assert grades(ngoc) == [(2008, None, 61, False)]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": "sick"}, "không có diện Bệnh binh"), ({"since": SINCE}, "đúng ngày 01/01/2010"), ({"since": date(2024, 1, 1)}, "chưa đến"),
        ({"since": date(1940, 1, 1)}, "trước ngày sinh"), ({"source": " "}, "Ghi quyết định"), ({"since": date(2021, 1, 1)}, "đã thôi diện"),
    ],
)
def test_a_beginning_that_cannot_be_is_refused(wounded, ngoc, keeper, wrong, sentence):
    actions.end_standing(ngoc, code="wounded", until=date(2020, 12, 31), source="QĐ 15", by=keeper)
    with pytest.raises(Refusal, match=sentence):
        actions.correct_beginning(ngoc, **{"code": "wounded", "since": date(2012, 1, 1), "source": "QĐ 16", **wrong}, by=keeper)
    assert grades(ngoc) == [(2010, 2020, 61, False)]


def test_undoing_a_later_beginning_brings_everything_back(wounded, ngoc, keeper):
    actions.correct_standing(ngoc, code="wounded", grade=65, since=date(2015, 1, 1), source="QĐ 13", by=keeper)
    actions.correct_beginning(ngoc, code="wounded", since=date(2016, 1, 1), source="QĐ 16", by=keeper)
    undo(Entry.objects.get(act="registry.correct_beginning"), by=keeper)
    assert grades(ngoc) == [(2010, 2014, 61, False), (2015, None, 65, False)]
