"""The search box: numbers, names with or without accents, years of birth, rights."""
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.engine.text.names import accented_key, fold
from ansinh.office import clock
from ansinh.registry import actions
from ansinh.registry.models import Person
from ansinh.registry.queries.areas import unit
from ansinh.registry.queries.search import namesakes, search, understood

PEOPLE = [
    ("Nguyễn Văn An", 1950, "05920"), ("Nguyễn Văn Ân", 1950, "05920"), ("Nguyễn Văn An", 1961, "05920"),
    ("Nguyễn An", 1950, "05923"), ("Nguyễn Văn Anh", 1950, "05923"), ("Đặng Thị Hoà", 1944, "05518"),
    ("Trần Văn An", 1950, "05518"), ("Nguyễn Vân An", None, "05920"),
]


@pytest.fixture
def people(units, keeper, in_2023):
    """A few people with like names in three communes of two districts."""
    for name, year, code in PEOPLE:
        born = {"birth_on": date(year, 1, 1), "birth_precision": "year"} if year else {}
        area = unit(code, date(2023, 1, 1))
        actions.register_person(name=name, area=area, since=date(2015, 1, 1), source="x", by=keeper, **born)


def found(text, account):
    return [(hit.person.name, hit.person.birth_on and hit.person.birth_on.year) for hit in search(text, account)]


def test_a_name_without_accents_finds_all_spellings(people, keeper):
    assert found("nguyen van an", keeper) == [
        ("Nguyễn Vân An", None), ("Nguyễn Văn An", 1950), ("Nguyễn Văn Ân", 1950), ("Nguyễn Văn An", 1961), ("Nguyễn Văn Anh", 1950),
    ]


def test_the_same_accents_rank_first(people, keeper):
    assert found("Nguyễn Văn An", keeper)[:2] == [("Nguyễn Văn An", 1950), ("Nguyễn Văn An", 1961)]
    assert found("nguyễn văn ân", keeper)[0] == ("Nguyễn Văn Ân", 1950)


def test_a_year_of_birth_narrows(people, keeper):
    assert found("nguyen van an 1961", keeper) == [("Nguyễn Văn An", 1961)]
    assert found("nguyen van an 1/1/1961", keeper) == [("Nguyễn Văn An", 1961)]


def test_the_beginning_of_a_name_is_enough(people, keeper):
    assert ("Đặng Thị Hoà", 1944) in found("dang thi h", keeper)
    assert ("Đặng Thị Hoà", 1944) in found("Đặng", keeper)


@pytest.mark.parametrize("typed", ["dang thi hoa", "Đặng Thị Hòa", "ĐẶNG THỊ HOÀ", "  đặng   thị hoà ", "\u0110a\u0323\u0306ng Thi\u0323 Hoa\u0300"])
def test_the_place_of_the_tone_case_and_normal_form_do_not_matter(people, keeper, typed):
    assert found(typed, keeper) == [("Đặng Thị Hoà", 1944)]


def test_a_missing_middle_name_still_finds(people, keeper):
    assert found("nguyen an 1950", keeper)[0] == ("Nguyễn An", 1950)
    assert ("Nguyễn Văn An", 1961) in found("nguyen an", keeper)
    assert found("dang hoa", keeper) == [("Đặng Thị Hoà", 1944)]


def test_given_name_first_finds_too(people, keeper):
    assert found("an tran", keeper) == [("Trần Văn An", 1950)]


@pytest.mark.parametrize("typed", ["019150001234", "0191 5000 1234", "TB/19/0123", "tb/19/0123", "TB/19", "090123456", "09012"])
def test_a_number_finds_whole_or_by_its_beginning(ngoc, keeper, typed):
    actions.add_identifier(ngoc, kind="file", number="TB/19/0123", source="x", by=keeper)
    actions.add_identifier(ngoc, kind="old_card", number="090123456", source="x", by=keeper)
    assert [hit.person for hit in search(typed, keeper)] == [ngoc]


def test_a_number_of_the_past_still_leads_to_the_person(ngoc, keeper):
    actions.add_identifier(ngoc, kind="citizen", number="019150009999", since=date(2022, 1, 1), source="x", by=keeper)
    assert [(hit.person, hit.number) for hit in search("019150001234", keeper)] == [(ngoc, "019150001234")]


def test_a_number_written_down_wrongly_leads_to_nobody(ngoc, keeper):
    row = ngoc.identifier_rows.get()
    actions.correct_identifier(row, number="019150005555", source="x", by=keeper)
    assert search("019150001234", keeper) == []


def test_nobody_outside_ones_rights_is_found(people, ngoc, officer, neighbour, nobody, auditor):
    assert found("dang thi hoa", officer) == []
    assert found("dang thi hoa", neighbour) == [("Đặng Thị Hoà", 1944)]
    assert search("019150001234", neighbour) == []
    assert [hit.person for hit in search("019150001234", auditor)] == [ngoc]
    assert search("dang", nobody) == []


def test_an_undone_registration_is_not_found_by_an_empty_search(people, keeper):
    assert search("", keeper) == search("   ", keeper) == search("...", keeper) == []


@pytest.mark.parametrize("typed", ["%", "_", "' OR 1=1 --", "\x00", "🦆", "1950", "an 31/2/1950", "x" * 500, "\U0010ffff"])
def test_nonsense_finds_nobody_and_breaks_nothing(people, keeper, typed):
    assert search(typed, keeper) == []


def test_no_more_than_asked_for_are_given(people, keeper):
    assert len(search("nguyen", keeper, limit=3)) == 3


def test_the_number_of_queries_is_bounded(people, keeper, django_assert_max_num_queries):
    search("warm rights", keeper)
    with django_assert_max_num_queries(6):
        search("Nguyễn Văn An 1950", keeper)


def test_namesakes_are_shown_before_someone_is_registered_twice(people):
    assert [p.name for p in namesakes("nguyễn văn an", date(1950, 1, 1)).order_by("name")] == ["Nguyễn Văn An", "Nguyễn Văn Ân"]


def test_what_was_typed_is_understood():
    question = understood(" nguyễn  văn an 1950 ")
    assert (question.name, question.born) == ("nguyễn văn an", (date(1950, 1, 1), date(1950, 12, 31)))
    assert understood("tb/19/1").number == "TB/19/1"


SYLLABLES = st.sampled_from("nguyễn nguyên trần văn vân thị an ân anh hoà hòa đức duc lý lí".split())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(words=st.lists(SYLLABLES, min_size=1, max_size=4), year=st.sampled_from([None, 1944, 1950, 1961]))
def test_search_agrees_with_reading_every_name(people, keeper, words, year):
    typed = " ".join(words)
    plain, accented = fold(typed), accented_key(typed)
    with clock.held_at(date(2023, 6, 1)):
        hits = [hit.person for hit in search(f"{typed} {year or ''}", keeper)]
    born = [p for p in Person.objects.all() if year is None or (p.birth_on and p.birth_on.year == year)]
    assert {p for p in born if fold(p.name).startswith(plain)} <= set(hits)
    assert set(hits) <= set(born)
    exact = [p for p in born if accented_key(p.name) == accented and accented != plain]
    assert set(hits[: len(exact)]) == set(exact)
