"""Lists from police and civil status: matched to our persons, kept beside the register, and never a change of it."""
from datetime import date

import pytest

from ansinh.registry import actions as registry
from ansinh.registry.models import Death, Person, PopulationRecord
from tests.imports import AN, BINH

HEADER = ["Số định danh", "Họ và tên", "Ngày sinh", "Tình trạng", "Ngày xảy ra", "Số liệu đến ngày"]


@pytest.fixture
def an_is_known(take_in):
    take_in([AN, BINH])


@pytest.fixture
def bring(take_in):
    """``bring(rows)``: a population list, approved and applied."""
    return lambda rows: take_in(rows, kind="population", header=HEADER, name="cong-an.xlsx")


@pytest.fixture
def check(upload):
    """``check(rows)``: a population list, checked only."""
    return lambda rows: upload(rows, kind="population", header=HEADER, name="cong-an.xlsx")


def said_of(import_):
    row = import_.rows.get()
    return row.outcome, row.reason


def test_a_death_is_kept_as_a_source_and_the_register_stays_as_it_was(an_is_known, bring):
    bring([[AN[0], AN[1], AN[2], "Đã chết", "12/04/2023", "30/04/2023"]])
    record = PopulationRecord.objects.get()
    assert (record.person.name, record.state, record.happened_on, record.since) == (AN[1], "dead", date(2023, 4, 12), date(2023, 4, 30))
    assert record.source == "bảng cong-an.xlsx"
    assert not Death.objects.exists()
    assert Person.objects.get(name=AN[1]).died_on is None


def test_without_a_number_name_and_whole_birth_date_are_enough(an_is_known, bring):
    bring([["", "NGUYỄN VĂN AN", "15/8/1950", "chuyển đi", "", ""]])
    record = PopulationRecord.objects.get()
    assert (record.person.name, record.state, record.since) == (AN[1], "moved", date(2023, 5, 20))


def test_two_persons_of_one_name_and_birth_are_asked_back(an_is_known, take_in, check):
    take_in([["", AN[1], AN[2], "Nam", "Tân Kim", "Xóm 9", "mới"]], header=["Số định danh", "Họ và tên", "Ngày sinh", "Giới tính", "Xã", "Địa chỉ", "Mã người"])
    assert said_of(check([["", AN[1], AN[2], "Đã mất", "", ""]]))[0] == "ambiguous"


def test_who_is_not_in_the_register_is_left_and_nobody_is_registered(an_is_known, check):
    assert said_of(check([["019050009999", "Lò Thị Xa", "01/01/1960", "Đã chết", "", ""]])) == ("same", "Không có trong sổ nên không phải soát.")
    assert Person.objects.count() == 2


def test_a_state_that_nobody_knows_is_asked_back(an_is_known, check):
    outcome, reason = said_of(check([[AN[0], AN[1], AN[2], "vắng mặt", "", ""]]))
    assert outcome == "wrong"
    assert "“vắng mặt” chưa rõ" in reason


def test_a_day_after_the_day_of_the_list_is_wrong(an_is_known, check):
    assert "sau ngày của số liệu" in said_of(check([[AN[0], AN[1], AN[2], "Đã chết", "12/05/2023", "30/04/2023"]]))[1]


def test_a_row_without_number_needs_a_whole_birth_date(an_is_known, check):
    assert "đủ ngày, tháng, năm" in said_of(check([["", AN[1], "1950", "Đã chết", "", ""]]))[1]


def test_the_newest_list_counts_and_an_older_one_changes_nothing(an_is_known, bring, check):
    bring([[AN[0], AN[1], AN[2], "Đã chết", "12/04/2023", "30/04/2023"]])
    assert said_of(check([[AN[0], AN[1], AN[2], "Đang cư trú", "", "31/03/2023"]])) == ("same", "Đã có số liệu mới hơn về người này.")
    bring([[AN[0], AN[1], AN[2], "Đang cư trú", "", "10/05/2023"]])
    assert PopulationRecord.objects.current().get().state == "alive"


def test_a_person_of_another_district_is_only_somebody_elsewhere(areas, appoint, take_in, check):
    take_in([["019050001234", "Nguyễn Văn An", "15/08/1950", "Nam", "Bá Xuyên", "Tổ 1"]], area_path="19.165.", by=appoint("song_cong", "officer", "19.165."))
    assert said_of(check([[AN[0], AN[1], AN[2], "Đã chết", "", ""]])) == ("wrong", "Có người trùng ở xã khác.")


def test_an_undone_list_says_nothing_any_more(an_is_known, bring, officer):
    registry.undo_import(bring([[AN[0], AN[1], AN[2], "Đã chết", "", ""]]), by=officer)
    assert not PopulationRecord.objects.current().exists()
