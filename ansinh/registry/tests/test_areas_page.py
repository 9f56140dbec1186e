"""Areas on screen: one figure in the units of two days, with equal totals."""
from datetime import date

import pytest

from ansinh.registry.actions import register_person
from ansinh.registry.queries.areas import unit
from ansinh.registry.ribbons import drawn

IN_2023 = date(2023, 6, 1)


@pytest.fixture
def opened(client, keeper, units, in_2023):
    client.force_login(keeper)
    return client


def words(answer):
    return answer.content.decode()


def test_districts_of_2021_stand_beside_communes_of_2025_and_the_totals_agree(opened, keeper, tan_kim, cam_gia):
    for_tan_kim = {"since": IN_2023, "source": "Sổ cư trú", "by": keeper}
    register_person(name="Dương Đình Thuận", area=tan_kim, **for_tan_kim)
    register_person(name="Lê Thị Cam", area=cam_gia, **for_tan_kim)
    content = opened.get("/dia-ban/", {"so": "nguoi"}).context["page"].content
    assert (content["left"].total, content["right"].total) == (2, 2)
    assert content["right"].unplaced == 1
    assert len(content["left"].rows) == 9
    assert len(content["right"].rows) == 92


def test_a_figure_opens_into_the_persons_it_counts(opened, keeper, tan_kim):
    register_person(name="Dương Đình Thuận", area=tan_kim, since=IN_2023, source="Sổ cư trú", by=keeper)
    rows = {row["name"]: row for row in opened.get("/dia-ban/", {"so": "nguoi"}).context["page"].content["left"].rows}
    assert rows["Huyện Phú Bình"]["count"] == 1
    assert "Dương Đình Thuận" in words(opened.get(rows["Huyện Phú Bình"]["url"]))


def test_a_figure_of_a_unit_that_does_not_exist_yet_opens_too(opened, keeper, tan_kim):
    register_person(name="Dương Đình Thuận", area=tan_kim, since=IN_2023, source="Sổ cư trú", by=keeper)
    rows = {row["name"]: row for row in opened.get("/dia-ban/", {"so": "nguoi"}).context["page"].content["right"].rows}
    assert "Dương Đình Thuận" in words(opened.get(rows["Xã Tân Thành"]["url"]))


def test_the_three_divided_units_are_named_with_what_they_became(opened):
    names = {row["name"] for row in opened.get("/dia-ban/").context["page"].content["split"]}
    assert names == {"Phường Gia Sàng", "Phường Cam Giá", "Xã Thượng Đình"}


def test_two_communes_told_apart_by_accents_only_are_pointed_out(opened):
    assert "Xã Văn Lăng" in words(opened.get("/dia-ban/"))


def test_an_unreadable_day_is_answered_and_nothing_breaks(opened):
    assert opened.get("/dia-ban/", {"first": "hôm qua", "second": "01/07/2025"}).status_code == 200


def test_a_divided_unit_is_drawn_in_gold_to_both(opened):
    huyen = {row["name"]: row["area"].pk for row in opened.get("/dia-ban/").context["page"].content["left"].rows}["Huyện Phú Bình"]
    drawing = opened.get("/dia-ban/", {"huyen": huyen}).context["page"].content["ribbons"]
    assert sum(ribbon["is_cut"] for ribbon in drawing.ribbons) == 2
    assert len(drawing.left) == 20


def test_the_people_of_a_divided_unit_are_guessed_into_neither(opened, keeper, units):
    register_person(name="Lê Thị Đình", area=unit("05932", IN_2023), since=IN_2023, source="Sổ cư trú", by=keeper)
    drawing = opened.get("/dia-ban/", {"so": "nguoi"}).context["page"].content["ribbons"]
    assert {place["people"] for place in drawing.right if "bị chia" in place["people"]} == {"0 người, chưa kể đơn vị bị chia"}


def test_nothing_to_draw_is_no_picture():
    assert drawn([]) is None
