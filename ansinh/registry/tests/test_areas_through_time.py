"""Units on a day, what they came from and went on as, and figures told in other units."""
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.registry.models import Area
from ansinh.registry.queries.areas import (
    Lineage,
    communes_beginning,
    figures_in,
    find_communes,
    full_name,
    full_names,
    predecessors,
    successors,
    unit,
)

BEFORE, AFTER = date(2021, 6, 1), date(2025, 7, 1)
Level = Area.Level


def names(areas):
    return [str(area) for area in areas]


def test_a_commune_is_named_with_its_district_while_there_was_one(tan_kim):
    assert full_name(tan_kim, BEFORE) == "xã Tân Kim, huyện Phú Bình"
    assert full_name(unit("05923", AFTER), AFTER) == "xã Tân Thành"


def test_the_district_is_named_as_of_the_day(units):
    commune = unit("05854", BEFORE)
    assert full_name(commune, BEFORE) == "phường Bãi Bông, thị xã Phổ Yên"
    assert full_name(commune, date(2023, 1, 1)) == "phường Bãi Bông, thành phố Phổ Yên"


def test_names_of_many_units_take_one_query(units, django_assert_num_queries):
    communes = list(Area.objects.communes().on(BEFORE))
    with django_assert_num_queries(1):
        assert len(full_names(communes, BEFORE)) == len(communes)


def test_a_merged_commune_goes_on_as_its_successor(tan_kim):
    assert names(successors(tan_kim, AFTER)) == ["xã Tân Thành"]


def test_a_divided_unit_has_several_successors(cam_gia):
    assert names(successors(cam_gia, AFTER)) == ["phường Gia Sàng", "phường Tích Lương"]


def test_succession_is_followed_over_several_steps(units):
    before_2020 = unit("05557", date(2019, 11, 1))
    assert str(before_2020) == "xã Kim Sơn"
    assert names(successors(before_2020, AFTER)) == ["xã Kim Phượng"]


def test_predecessors_are_found_across_days(units):
    assert "xã Tân Kim" in names(predecessors(unit("05923", AFTER), BEFORE))


def test_a_unit_is_itself_on_a_day_when_it_exists(tan_kim):
    assert successors(tan_kim, date(2023, 1, 1)) == [tan_kim]


def test_a_commune_is_found_by_code_of_the_day(units):
    assert names(find_communes("05467", on=BEFORE)) == ["phường Cam Giá"]
    assert names(find_communes("5467", on=AFTER)) == ["phường Gia Sàng"]


@pytest.mark.parametrize("written", ["Tân Kim", "tan kim", "Xã Tân Kim", "xa tan kim", "TÂN KIM", "tan kim, phu binh", "Tân Kim, huyện Phú Bình"])
def test_a_commune_is_found_by_name_with_or_without_accents(tan_kim, written):
    assert find_communes(written, on=BEFORE) == [tan_kim]


def test_an_ambiguous_name_gives_all_candidates(units):
    found = find_communes("Tân Thành", on=BEFORE)
    assert sorted(full_name(a, BEFORE) for a in found) == [
        "phường Tân Thành, thành phố Thái Nguyên", "xã Tân Thành, huyện Phú Bình",
    ]


def test_the_kind_word_or_the_district_decides(units):
    assert names(find_communes("phường Tân Thành", on=BEFORE)) == ["phường Tân Thành"]
    assert names(find_communes("tan thanh", on=BEFORE, district="Phú Bình")) == ["xã Tân Thành"]


def test_accents_tell_van_lang_from_van_lang(units):
    assert [a.code for a in find_communes("Văn Lăng", on=AFTER)] == ["05665"]
    assert [a.code for a in find_communes("Văn Lang", on=AFTER)] == ["02143"]
    assert [a.code for a in find_communes("van lang", on=AFTER)] == ["02143", "05665"]


def test_an_unknown_name_gives_nothing(units):
    assert find_communes("Không Có", on=BEFORE) == []


def test_a_look_up_field_completes_a_beginning(tan_kim):
    assert tan_kim in communes_beginning("tan k", on=BEFORE)


def test_a_figure_of_2021_is_told_in_the_communes_of_2025(tan_kim, cam_gia):
    told = figures_in({tan_kim.pk: 12, cam_gia.pk: 5}, on=AFTER)
    assert {str(a): n for a, n in told.by_area.items()} == {"xã Tân Thành": 12}
    assert (told.unplaced, told.total) == (5, 17)


def test_a_divided_unit_still_has_its_place_in_the_province(cam_gia):
    told = figures_in({cam_gia.pk: 5}, on=AFTER, level=Level.PROVINCE)
    assert ({a.code: n for a, n in told.by_area.items()}, told.unplaced) == ({"19": 5}, 0)


def test_a_figure_of_2025_is_told_in_the_districts_of_2021_where_the_whole_unit_lay_in_one(units):
    told = figures_in({unit("05923", AFTER).pk: 7}, on=BEFORE, level=Level.DISTRICT)
    assert {str(a): n for a, n in told.by_area.items()} == {"huyện Phú Bình": 7}


def test_what_has_no_unit_stays_in_the_total(units):
    assert figures_in({None: 3}, on=AFTER).unplaced == 3


DAYS = st.dates(date(2019, 9, 11), date(2026, 12, 31))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(data=st.data(), on=DAYS, level=st.sampled_from(Level.values))
def test_the_total_is_the_same_whichever_units_are_chosen(units, data, on, level):
    ids = list(Area.objects.communes().values_list("pk", flat=True))
    figures = data.draw(st.dictionaries(st.sampled_from([None, *ids]), st.integers(0, 10_000)))
    assert figures_in(figures, on=on, level=level).total == sum(figures.values())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(day=DAYS, on=DAYS)
def test_every_commune_of_a_day_lies_in_some_commune_of_any_other_day(units, day, on):
    lineage = Lineage()
    communes = [a for a in lineage.units.values() if a.level == Level.COMMUNE and a.since <= day and (a.until is None or a.until >= day)]
    assert all(lineage.on(area, on) for area in communes)
