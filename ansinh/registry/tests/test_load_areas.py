"""Loading the dated list of administrative units."""
from datetime import date

import pytest

from ansinh.office.models import Entry
from ansinh.registry.actions.areas import AREAS_FILE, load_areas, read_areas
from ansinh.registry.models import Area, Succession
from ansinh.registry.queries.areas import unit
from ansinh.web.refusal import Forbidden, Refusal

KEY_DAYS = [
    ("19.", "2019-11-01", 180), ("19.", "2020-01-01", 178), ("19.", "2023-04-09", 178), ("19.", "2023-04-10", 177),
    ("19.", "2024-11-30", 177), ("19.", "2024-12-01", 172), ("06.", "2020-01-31", 122), ("06.", "2020-02-01", 108),
    ("19.", "2025-06-30", 172), ("06.", "2025-06-30", 108), ("19.", "2025-07-01", 92), ("06.", "2025-07-01", 0),
]


@pytest.mark.parametrize(("path", "day", "count"), KEY_DAYS)
def test_communes_of_key_days_are_counted_as_published(units, path, day, count):
    communes = Area.objects.communes().on(date.fromisoformat(day)).filter(path__startswith=path)
    assert communes.count() == count


def test_the_communes_of_2021_are_137_xa_32_phuong_and_9_thi_tran(units):
    communes = Area.objects.communes().on(date(2021, 6, 1)).filter(path__startswith="19.")
    kinds = [communes.filter(kind=kind).count() for kind in ("xã", "phường", "thị trấn")]
    assert kinds == [137, 32, 9]


def test_loading_twice_changes_nothing(units, keeper):
    before = Area.objects.count(), Succession.objects.count()
    assert load_areas(by=keeper) == 0
    assert (Area.objects.count(), Succession.objects.count()) == before
    assert Entry.objects.filter(act="registry.load_areas").count() == 2


def test_a_path_runs_through_the_district_until_districts_end(units):
    assert unit("05920", date(2021, 1, 1)).path == "19.173.05920."
    assert unit("05467", date(2025, 7, 1)).path == "19.05467."


def test_a_code_means_another_unit_after_the_merger(units):
    assert str(unit("05467", date(2025, 6, 30))) == "phường Cam Giá"
    assert str(unit("05467", date(2025, 7, 1))) == "phường Gia Sàng"


def test_a_unit_older_than_the_first_list_is_shown_so(units):
    assert str(unit("05920", date(2021, 1, 1)).since_words) == "trước 11/9/2019"
    assert str(unit("05923", date(2026, 1, 1)).since_words) == "01/07/2025"


def test_divided_units_are_marked_as_split(units):
    split = Succession.objects.filter(is_split=True).values_list("predecessor__code", "on").distinct()
    assert set(split) == {
        ("05461", date(2025, 7, 1)), ("05467", date(2025, 7, 1)), ("05932", date(2025, 7, 1)),
        ("02149", date(2020, 2, 1)), ("02155", date(2020, 2, 1)),
    }


def test_districts_end_without_a_successor(units):
    districts = Area.objects.filter(level=Area.Level.DISTRICT, until=date(2025, 6, 30))
    assert districts.count() == 17
    assert not Succession.objects.filter(predecessor__in=districts).exists()


def test_a_changed_list_changes_only_what_differs(units, keeper, tmp_path):
    file = tmp_path / "areas.csv"
    file.write_text(AREAS_FILE.read_text("utf-8").replace("xã,Tân Kim,173", "xã,Tân Kim Mới,173"), "utf-8")
    assert load_areas(file=file, by=keeper) == 1
    assert unit("05920", date(2021, 1, 1)).name == "Tân Kim Mới"


HEAD = "code,kind,name,parent,since,until,successors,source\n"
FAULTS = {
    "dòng 3: mã 19 trùng ngày": "19,tỉnh,A,,,2025-06-30,,x\n19,tỉnh,B,,2025-06-30,,,x\n",
    "dòng 2: không có đơn vị mã 20 vào ngày 2025-07-01": "19,tỉnh,A,,,2025-06-30,20,x\n",
    "dòng 2: có đơn vị kế tiếp nhưng": "19,tỉnh,A,,,,19,x\n",
    "dòng 2: ngày hoặc mã": "19,tỉnh,A,,hôm qua,,,x\n",
}


@pytest.mark.parametrize(("sentence", "text"), FAULTS.items())
def test_a_faulty_list_is_refused_with_file_line_and_reason(tmp_path, sentence, text):
    file = tmp_path / "areas.csv"
    file.write_text(HEAD + text, "utf-8")
    with pytest.raises(Refusal, match=f"areas.csv {sentence}"):
        read_areas(file)


def test_an_auditor_may_not_load_areas(auditor):
    with pytest.raises(Forbidden):
        load_areas(by=auditor)
