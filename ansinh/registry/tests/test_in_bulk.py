"""Facts of many persons at once: the same rules as the acts for one."""
from datetime import date

import polars as pl
import pytest

from ansinh.office.act import continuing, open_entry
from ansinh.office.dated import EARLIEST, clashing
from ansinh.registry import actions
from ansinh.registry.actions import in_bulk
from ansinh.registry.models import Person, Residence, Standing
from ansinh.registry.queries.search import search
from ansinh.web.refusal import Refusal

NAMES = ["Đặng Thị Hoà", "Nguyễn Văn An", "Nguyễn Văn An"]


@pytest.fixture
def inside(keeper):
    with continuing(open_entry("registry.apply_import", keeper)) as entry:
        yield entry


@pytest.fixture
def many(inside, tan_kim):
    """Three persons registered in one go."""
    rows = pl.DataFrame({
        "name": NAMES, "birth_on": [date(1950, 1, 1)] * 3, "birth_precision": ["year"] * 3, "sex": ["female", "male", "male"],
        "area_path": [tan_kim.path] * 3, "area_id": [tan_kim.pk] * 3, "address": ["Xóm 1", None, ""], "household": [None] * 3,
        "phone": [None] * 3, "place_since": [date(2015, 1, 1)] * 3,
    }, schema_overrides={"household": pl.String, "phone": pl.String})
    return in_bulk.register_many(rows, source="bảng dân cư").to_list()


def test_persons_registered_in_bulk_look_like_persons_registered_one_by_one(many, in_2023, keeper, tan_kim):
    alone = actions.register_person(
        name=NAMES[0], birth_on=date(1950, 1, 1), birth_precision="year", sex="female", area=tan_kim, since=date(2015, 1, 1), source="x", by=keeper
    )
    cached = ("name", "search_key", "accented_key", "given_key", "sort_key", "birth_on", "birth_precision", "sex", "died_on", "area_path")
    one, other = (Person.objects.filter(pk=pk).values(*cached).get() for pk in (alone.pk, many[0]))
    assert {n: bytes(v) if n == "sort_key" else v for n, v in one.items()} == {n: bytes(v) if n == "sort_key" else v for n, v in other.items()}


def test_persons_registered_in_bulk_are_found(many, keeper):
    assert [hit.person.pk for hit in search("Đặng Thị Hòa 1950", keeper)] == [many[0]]
    assert {hit.person.pk for hit in search("nguyen van an", keeper)} == set(many[1:])


def test_a_second_number_of_the_same_kind_is_refused_as_a_whole(many):
    rows = pl.DataFrame({"person_id": many[:2], "kind": ["citizen"] * 2, "number": ["019150000001", "019050000002"]})
    in_bulk.identify_many(rows, source="x")
    with pytest.raises(Refusal, match="trùng ngày"):
        in_bulk.identify_many(rows.with_columns(number=pl.lit("019") + pl.col("number").str.slice(3).str.reverse()), source="x")


def test_rows_of_one_sheet_may_not_clash_with_each_other(many):
    rows = pl.DataFrame({"person_id": [many[0]] * 2, "code": ["wounded"] * 2, "since": [EARLIEST] * 2, "medal": [""] * 2})
    with pytest.raises(Refusal, match="Diện wounded trùng ngày"):
        in_bulk.record_many(rows, Standing, source="x")


def test_a_move_in_bulk_cuts_the_residence(many, thuong_dinh):
    rows = pl.DataFrame(
        {"person_id": many[:1], "area_id": [thuong_dinh.pk], "address": ["Xóm 2"], "household": [""], "phone": [""], "place_since": [date(2020, 1, 1)]}
    )
    in_bulk.move_many(rows, source="x")
    spans = Residence.objects.current().filter(person=many[0]).order_by("since").values_list("area__code", "since", "until")
    assert list(spans) == [("05920", date(2015, 1, 1), date(2019, 12, 31)), ("05932", date(2020, 1, 1), None)]
    assert not clashing(Residence).exists()
