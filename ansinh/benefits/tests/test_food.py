"""Cấp gạo: rice for many by one decision within the law's limits; kilograms never meet đồng, and all of it can be taken back."""
from datetime import date

import pytest

from ansinh.benefits import actions
from ansinh.benefits.food import FoodAsked, food_round
from ansinh.benefits.models import FoodDecision, FoodRelief
from ansinh.office import actions as office
from ansinh.office import clock
from ansinh.office.models import Entry
from ansinh.payments.models import Movement, Payable, Posting
from ansinh.registry.actions import add_identifier, move, record_death, register_person
from ansinh.web.refusal import Forbidden, Refusal
from tests.people import COMMUNE, DISTRICT, OTHER_COMMUNE, PROVINCE

NOW, SEPTEMBER = date(2023, 9, 20), date(2023, 9, 1)
LAN, PAO, SAO = "Dương Thị Lan", "Lý Văn Páo", "Vi Thị Sao"
NUMBERS = {LAN: "HS-001", PAO: "HS-002", SAO: "HS-003"}
STORM = {"name": "Bão số 3 tháng 9/2023", "since": SEPTEMBER, "months": 2, "area_path": DISTRICT}
DECISION = {"number": "QĐ 118/QĐ-UBND", "signed_on": date(2023, 9, 18)}


@pytest.fixture(autouse=True)
def in_september():
    with clock.held_at(NOW):
        yield


@pytest.fixture
def village(settle, officer):
    """Lan and Páo of one household, Sao alone without a number of household; each with a number of dossier."""
    people = {LAN: settle(LAN, household="17"), PAO: settle(PAO, born=date(1975, 2, 3), household="17"), SAO: settle(SAO)}
    for name, person in people.items():
        add_identifier(person, kind="file", number=NUMBERS[name], since=date(2020, 1, 1), source="Sổ", by=officer)
    return people


def asked(*names, occasion="disaster", **other):
    return FoodAsked(occasion, **{**STORM, "numbers": tuple(NUMBERS.get(name, name) for name in names), **other})


def give(account, *names, people=None, occasion="disaster", **other):
    said = {**STORM, **DECISION, "numbers": tuple(NUMBERS.get(name, name) for name in names), **other}
    return actions.give_food(occasion, people=len(names) if people is None else people, by=account, **said)


def rice():
    return dict(FoodRelief.objects.current().values_list("person__name", "kilograms"))


def told(round_):
    return {one.who: one.words for one in round_.left_out}


def test_everybody_gets_the_laws_kilograms_for_every_month(village, officer):
    decision = give(officer, LAN, PAO)
    assert rice() == {LAN: 30, PAO: 30}
    row = FoodRelief.objects.get(person=village[LAN])
    assert (row.since, row.until, row.area_path, row.decision, row.source) == (
        SEPTEMBER, date(2023, 10, 31), COMMUNE, decision, "QĐ 118/QĐ-UBND ngày 18/09/2023",
    )
    assert (decision.kilograms, decision.months, decision.recorded_in.by) == (15, 2, officer)


def test_rice_touches_no_dong(village, officer):
    before = [model.objects.count() for model in (Payable, Posting, Movement)]
    give(officer, LAN, PAO)
    assert [model.objects.count() for model in (Payable, Posting, Movement)] == before


@pytest.mark.parametrize(("occasion", "months", "most"), [("disaster", 4, 3), ("between_harvests", 4, 3), ("crop_failure", 4, 3), ("lunar_new_year", 2, 1)])
def test_more_months_than_the_law_gives_are_refused_with_the_article(village, officer, occasion, months, most):
    with pytest.raises(Refusal, match=f"nhiều nhất {most} tháng") as refused:
        give(officer, LAN, occasion=occasion, months=months)
    assert refused.value.basis == "20/2021/NĐ-CP Điều 12"
    assert not FoodDecision.objects.exists()


@pytest.mark.parametrize(("wrong", "said"), [
    ({"occasion": "birthday"}, "không có dịp"), ({"since": date(2021, 6, 1)}, "chưa nói gì về gạo của tháng 06/2021"),
    ({"signed_on": date(2023, 9, 21)}, "Ngày ký 21/09/2023 chưa đến"), ({"people": 2}, "từ 2 thành 1"), ({"months": 0}, "đã ghi 0 tháng"),
])
def test_what_cannot_be_is_refused_and_nothing_is_written(village, officer, wrong, said):
    with pytest.raises(Refusal, match=said):
        give(officer, LAN, **wrong)
    assert not FoodDecision.objects.exists()
    assert not Entry.objects.filter(act="benefits.give_food").exists()


def test_a_month_is_given_once_on_an_occasion(village, officer):
    give(officer, LAN)
    again = food_round(asked(LAN, PAO, since=date(2023, 10, 1), name="Lũ tháng 10"))
    assert list(again.receivers["who"]) == [PAO]
    assert "Đã có gạo Bão số 3 tháng 9/2023, tháng 09, 10/2023, 30 kg, theo QĐ 118/QĐ-UBND" in told(again)[LAN]
    assert "20/2021/NĐ-CP Điều 12" in told(again)[LAN]


def test_months_of_one_occasion_add_up_to_the_laws_limit(village, officer):
    give(officer, LAN)
    november = date(2023, 11, 1)
    assert "một dịp nhiều nhất 3 tháng" in told(food_round(asked(LAN, since=november, name="bão số 3  tháng 9/2023")))[LAN]
    assert food_round(asked(LAN, since=november, months=1)).people == 1
    assert food_round(asked(LAN, since=november, name="Lũ quét tháng 11/2023")).people == 1


def test_two_gifts_at_tet_nearer_than_half_a_year_are_one_occasion(village, officer):
    with clock.held_at(date(2023, 12, 20)):
        give(officer, LAN, occasion="lunar_new_year", name="Tết Giáp Thìn", since=date(2023, 12, 1), months=1)
        near = asked(LAN, occasion="lunar_new_year", name="Tết Nguyên đán 2024", since=date(2024, 2, 1), months=1)
        assert "một dịp nhiều nhất 1 tháng" in told(food_round(near))[LAN]
        assert food_round(asked(LAN, occasion="lunar_new_year", name="Tết 2025", since=date(2025, 1, 1), months=1)).people == 1


def test_rice_of_another_occasion_is_told_and_does_not_forbid(village, officer):
    give(officer, LAN)
    found = food_round(asked(LAN, occasion="between_harvests", name="Giáp hạt 2023"))
    assert (found.people, [(one.who, one.words[:15]) for one in found.noticed]) == (1, [(LAN, "Cũng có gạo Bão")])


def test_the_dead_and_numbers_of_nobody_are_left_out_and_told(village, officer):
    record_death(village[SAO], on=date(2023, 8, 6), source="TLKT 12", by=officer)
    found = food_round(asked(LAN, SAO, "HS-999"))
    assert list(found.receivers["who"]) == [LAN]
    assert (told(found)[SAO], "Không ai ở địa bàn này" in told(found)["HS-999"]) == ("Mất ngày 06/08/2023.", True)


def test_a_neighbours_person_is_nobody_here(village, officer, clerk):
    found = food_round(asked(LAN, area_path="19.165."))
    assert (found.people, list(told(found))) == (0, ["HS-001"])
    with pytest.raises(Forbidden):
        give(officer, LAN, area_path=PROVINCE)


def test_a_household_is_given_whole_and_who_has_none_is_told(village, settle, officer):
    settle("Hoàng Văn Bình", household="18")
    record_death(settle("Lý Thị Mỷ", household="17"), on=date(2023, 8, 6), source="TLKT 13", by=officer)
    found = food_round(asked(PAO, SAO, households=True))
    assert sorted(found.receivers["who"]) == [LAN, PAO, SAO]
    assert [one.who for one in found.noticed] == [SAO]
    give(officer, PAO, SAO, households=True, people=3)
    assert rice() == {LAN: 30, PAO: 30, SAO: 30}


def test_the_commune_is_the_one_of_the_day_of_the_decision(village, areas, clerk):
    move(village[LAN], since=date(2023, 9, 19), area=areas[OTHER_COMMUNE], source="CT 4", by=clerk)
    give(clerk, LAN, area_path=PROVINCE)
    assert FoodRelief.objects.get().area_path == COMMUNE


def test_the_whole_decision_is_taken_back_at_once_and_known_as_it_was(village, officer):
    with clock.held_at(date(2023, 9, 21)):
        give(officer, LAN, PAO)
    with clock.held_at(date(2023, 9, 25)):
        office.undo(Entry.objects.get(act="benefits.give_food"), by=officer)
        assert rice() == {}
        assert FoodRelief.objects.known(date(2023, 9, 22)).count() == 2
        assert food_round(asked(LAN, PAO)).people == 2


def test_who_has_rice_is_not_forgotten_by_undoing_the_registration(areas, officer):
    new = register_person(
        name="Hoàng Văn Bình", area=areas[COMMUNE], since=date(2020, 1, 1), source="Sổ", numbers={"citizen": "019080001234"}, by=officer,
    )
    give(officer, "019080001234")
    with pytest.raises(Refusal, match="đã có hỗ trợ lương thực"):
        office.undo(Entry.objects.get(act="registry.register_person"), by=officer)
    assert rice() == {new.name: 30}


def test_the_same_decision_typed_twice_gives_once(village, officer):
    give(officer, LAN)
    with pytest.raises(Refusal, match="từ 1 thành 0"):
        give(officer, LAN)
    assert FoodRelief.objects.count() == 1


def test_the_journal_keeps_no_numbers_of_persons(village, officer):
    give(officer, LAN)
    facts = Entry.objects.get(act="benefits.give_food").facts
    assert ("HS-001" in str(facts), facts["number"]) == (False, "QĐ 118/QĐ-UBND")
