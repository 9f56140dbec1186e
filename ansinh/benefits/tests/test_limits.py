"""What the law does not allow is refused with its article, and nothing is written; the same for one grant and for many at once."""
from datetime import date

import polars as pl
import pytest
from django.urls import reverse

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.registry import actions as registry
from ansinh.web.refusal import Refusal

from .people import grant_many_for_test

TODAY = date(2025, 12, 10)
DIED = date(2025, 3, 20)


def grant_one(person, standing, since, facts, by):
    return benefits.grant(person, standing=standing, since=since, source="QĐ 7/QĐ-UBND", by=by, **facts)


def grant_in_bulk(person, standing, since, facts, by):
    row = {"person_id": person.pk, "standing": standing, "since": since, "source": "QĐ 7/QĐ-UBND", "rests_on_id": None, "paid_up_to": None, **facts}
    made = grant_many_for_test(pl.DataFrame([row], schema_overrides={"rests_on_id": pl.Int64, "paid_up_to": pl.Date}), by=by)
    return Entitlement.objects.get(pk=made["entitlement_id"][0])


@pytest.fixture(params=[grant_one, grant_in_bulk])
def grants(request, officer):
    """``grants(person, standing, day, …facts)``, by the one road and by the other."""

    def grant(person, standing, since, **facts):
        with clock.held_at(TODAY):
            return request.param(person, standing, since, facts, officer)

    return grant


@pytest.fixture
def lan_dead(lan, officer):
    with clock.held_at(date(2025, 3, 25)):
        registry.record_death(lan, on=DIED, source="Trích lục khai tử 5", by=officer)
    lan.refresh_from_db()
    return lan


def refused(grants, person, standing, since, **facts):
    """The sentence of a refusal that wrote nothing."""
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as said:
        grants(person, standing, since, **facts)
    assert Entry.objects.count() == entries
    return str(said.value)


@pytest.mark.parametrize("second", ["merit_funeral", "assistance_funeral", "social_pension_funeral"])
def test_a_person_is_buried_once_whichever_field_pays(grants, lan_dead, second):
    grants(lan_dead, "merit_funeral", DIED)
    assert "02/2020/UBTVQH14 Điều 6" in refused(grants, lan_dead, second, DIED)


def test_a_funeral_granted_by_mistake_can_be_undone_and_granted_anew(grants, lan_dead, officer):
    grants(lan_dead, "merit_funeral", DIED)
    undo(Entry.objects.latest("pk"), by=officer)
    assert grants(lan_dead, "assistance_funeral", DIED)


@pytest.mark.parametrize("standing", ["merit_funeral", "death_lump", "assistance_funeral", "facility_funeral", "social_pension_funeral"])
def test_what_is_paid_at_death_is_not_paid_to_the_living(grants, lan, standing):
    assert "chưa được ghi nhận mất" in refused(grants, lan, standing, DIED)


def test_what_is_paid_at_death_counts_by_the_month_of_death(grants, lan_dead):
    assert "131/2021/NĐ-CP Điều 121" in refused(grants, lan_dead, "merit_funeral", date(2025, 4, 2))


@pytest.mark.parametrize(("standing", "facts", "article"), [
    ("wounded", {"grade": 61}, "131/2021/NĐ-CP Điều 118"), ("disabled", {"severity": "severe"}, "20/2021/NĐ-CP Điều 8"),
])
def test_the_dead_get_no_monthly_benefit(grants, lan_dead, standing, facts, article):
    assert article in refused(grants, lan_dead, standing, date(2025, 4, 1), **facts)


def test_the_month_of_death_is_still_paid(grants, lan_dead):
    assert grants(lan_dead, "disabled", date(2025, 3, 1), severity="severe")


def test_a_grave_is_visited_by_three_at_most(grants, lan):
    assert "đã ghi 4 người" in refused(grants, lan, "grave_visit", date(2025, 7, 1), quantity=300, people=4)


def test_a_correction_takes_no_fourth_visitor_either(grants, lan, officer):
    visit = grants(lan, "grave_visit", date(2025, 7, 1), quantity=300, people=3)
    with clock.held_at(TODAY), pytest.raises(Refusal, match="nhiều nhất ba người"):
        benefits.correct(visit, since=date(2025, 7, 1), people=4, source="QĐ 8", by=officer)


@pytest.mark.parametrize(("standing", "first", "second", "facts"), [
    ("grave_visit", date(2025, 1, 5), date(2025, 12, 1), {"quantity": 300, "people": 2}),
    ("martyr_worship", date(2025, 1, 5), date(2025, 7, 27), {"martyrs": 1}),
    ("recuperation_home", date(2024, 12, 1), date(2025, 1, 5), {}),
    ("education_school", date(2024, 9, 5), date(2025, 8, 31), {}),
    ("aid_wheelchair", date(2022, 5, 1), date(2025, 12, 1), {}),
])
def test_what_comes_again_too_soon_is_refused(grants, lan, standing, first, second, facts):
    grants(lan, standing, first, **facts)
    assert "75/2021/NĐ-CP" in refused(grants, lan, standing, second, **facts) or standing == "martyr_worship"


@pytest.mark.parametrize(("standing", "first", "second", "facts"), [
    ("grave_visit", date(2024, 12, 5), date(2025, 1, 1), {"quantity": 300, "people": 2}),
    ("recuperation_home", date(2023, 12, 1), date(2025, 1, 5), {}),
    ("education_school", date(2024, 9, 5), date(2025, 9, 1), {}),
    ("aid_wheelchair", date(2022, 1, 1), date(2026, 1, 1), {}),
])
def test_what_comes_again_in_its_time_is_granted(grants, lan, standing, first, second, facts):
    grants(lan, standing, first, **facts)
    assert grants(lan, standing, second, **facts)


def test_who_is_wounded_from_81_percent_recuperates_every_year(grants, lan):
    grants(lan, "wounded", date(2020, 1, 1), grade=85)
    grants(lan, "recuperation_centre", date(2024, 6, 1))
    assert grants(lan, "recuperation_home", date(2025, 6, 1))


@pytest.mark.parametrize(("standing", "born", "facts", "said"), [
    ("assisted_child", date(2005, 1, 5), {"case": "b"}, "từ đủ 0 đến 16 tuổi"),
    ("elder_80", date(1950, 5, 1), {}, "từ đủ 80 tuổi"),
    ("small_child_difficult_area", date(2021, 1, 1), {"poverty": "poor"}, "20/2021/NĐ-CP Điều 5 khoản 7"),
    ("social_pension", date(1953, 5, 1), {"poverty": "none"}, "từ đủ 75 tuổi"),
])
def test_a_standing_of_another_age_is_refused(grants, settle, standing, born, facts, said):
    assert said in refused(grants, settle("Trần Văn Minh", born), standing, date(2025, 8, 1), **facts)


def test_the_month_of_the_birthday_is_the_first(grants, settle):
    assert grants(settle("Trần Văn Minh", date(1945, 8, 31)), "elder_80", date(2025, 8, 1))


def test_a_household_that_is_not_poor_has_no_right_to_a_standing_of_the_poor(grants, lan):
    assert "Điều 5 khoản 5" in refused(grants, lan, "elder_poor", date(2025, 8, 1), poverty="near_poor")


def test_nobody_has_a_right_before_birth(grants, settle):
    child = settle("Trần Văn Minh", date(2025, 6, 9))
    assert "trước khi sinh" in refused(grants, child, "assisted_child", date(2025, 5, 1), case="a")


def test_who_has_it_already_is_not_granted_it_again(grants, lan):
    grants(lan, "disabled", date(2025, 1, 1), severity="severe")
    assert "đang hưởng Khuyết tật" in refused(grants, lan, "disabled", date(2025, 6, 1), severity="severe")


def test_a_fact_that_the_tables_need_is_asked_for(grants, lan):
    assert "mức độ khuyết tật" in refused(grants, lan, "disabled", date(2025, 1, 1))


def test_a_lump_sum_ends_with_its_month(grants, lan):
    (terms,) = grants(lan, "injury_lump", date(2025, 2, 7), grade=8).terms_rows.all()
    assert (terms.since, terms.until) == (date(2025, 2, 7), date(2025, 2, 28))


def test_the_birth_of_the_person_counts_where_the_paper_names_nobody_else(grants, lan):
    assert grants(lan, "disabled", date(2025, 1, 1), severity="severe").terms_rows.get().born == lan.birth_on


ONE_SHARE, MAY = "20/2021/NĐ-CP Điều 20 khoản 2 điểm a", date(2025, 5, 1)


@pytest.fixture
def husband(lan, settle, officer):
    """Lan's, since 2010."""
    with clock.held_at(TODAY):
        man = settle("Lục Văn An")
        registry.record_marriage(man, on=date(2010, 3, 15), source="Giấy 1", spouse=lan, by=officer)
    return man


def test_husband_and_wife_have_one_share_whoever_is_granted_it_first(grants, lan, husband):
    grants(lan, "disabled_parent", MAY, children=1)
    assert ONE_SHARE in refused(grants, husband, "disabled_parent", date(2025, 8, 1), children=1)
    assert ONE_SHARE in refused(grants, husband, "disabled_parent", date(2024, 8, 1), children=1)
    assert not husband.payables.exists()


def test_what_else_husband_and_wife_have_is_not_shared(grants, lan, husband):
    grants(lan, "disabled", MAY, severity="severe")
    assert grants(husband, "disabled", MAY, severity="severe")


def test_the_other_may_have_the_share_once_it_has_ended(grants, lan, husband, officer):
    first = grants(lan, "disabled_parent", MAY, children=1)
    with clock.held_at(TODAY):
        benefits.stop(first, until=date(2025, 7, 31), source="QĐ 8", by=officer)
    assert ONE_SHARE in refused(grants, husband, "disabled_parent", date(2025, 7, 1), children=1)
    assert grants(husband, "disabled_parent", date(2025, 8, 1), children=1)


def test_who_are_divorced_have_a_share_each(grants, lan, husband, officer):
    with clock.held_at(TODAY):
        registry.record_divorce(lan, on=date(2025, 6, 10), source="Bản án 7", by=officer)
    grants(lan, "disabled_parent", date(2025, 4, 1), children=1)
    assert ONE_SHARE in refused(grants, husband, "disabled_parent", date(2025, 6, 1), children=1)
    assert grants(husband, "disabled_parent", date(2025, 7, 1), children=1)


def test_a_widow_has_the_share_by_herself(grants, lan, husband, officer):
    grants(husband, "disabled_parent", MAY, children=1)
    with clock.held_at(TODAY):
        registry.record_death(husband, on=date(2025, 6, 10), source="Trích lục 7", by=officer)
    assert grants(lan, "disabled_parent", date(2025, 7, 1), children=1)


def test_of_two_rows_for_husband_and_wife_none_is_written(lan, husband, officer):
    rows = pl.DataFrame([
        {"person_id": who.pk, "standing": "disabled_parent", "since": MAY, "source": "QĐ 7", "rests_on_id": None, "paid_up_to": None, "children": 1}
        for who in (lan, husband)
    ], schema_overrides={"rests_on_id": pl.Int64, "paid_up_to": pl.Date})
    with clock.held_at(TODAY), pytest.raises(Refusal, match=ONE_SHARE):
        grant_many_for_test(rows, by=officer)
    assert not lan.payables.exists() and not husband.payables.exists()


def test_of_two_rows_for_one_funeral_none_is_written(lan_dead, officer):
    rows = pl.DataFrame([
        {"person_id": lan_dead.pk, "standing": "merit_funeral", "since": DIED, "source": "QĐ 7", "rests_on_id": None, "paid_up_to": None},
    ] * 2, schema_overrides={"rests_on_id": pl.Int64, "paid_up_to": pl.Date})
    with pytest.raises(Refusal, match="02/2020/UBTVQH14 Điều 6"):
        grant_many_for_test(rows, by=officer)
    assert not lan_dead.payables.exists()


def test_the_form_says_the_limits_with_their_articles_and_what_is_not_compared_yet(client, officer, lan):
    client.force_login(officer)
    said = client.get(reverse("entitlement.grant", args=[lan.pk]), {"dien": "recuperation_home"}).content.decode()
    assert "Điều dưỡng hai năm một lần" in said
    assert "75/2021/NĐ-CP Điều 6, chưa đối chiếu bản gốc" in said


def test_the_form_refuses_before_it_shows_consequences(client, officer, lan):
    client.force_login(officer)
    address = f"{reverse('entitlement.grant', args=[lan.pk])}?dien=elder_80"
    with clock.held_at(TODAY):
        answer = client.post(address, {"since": "01/08/2025", "source": "QĐ 3"})
    assert (answer.status_code, "từ đủ 80 tuổi" in answer.content.decode()) == (422, True)
