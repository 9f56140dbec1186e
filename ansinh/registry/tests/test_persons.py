"""A person registered, corrected, numbered, moved, dead; the person's own row always shows what is believed."""
from datetime import date

import pytest

from ansinh.engine.text.names import sort_key
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.registry import actions
from ansinh.registry.models import Death, Identifier, Particulars, Person, Residence
from ansinh.registry.queries.areas import unit
from ansinh.web.refusal import Forbidden, Refusal

BORN = date(1950, 5, 1)


def last_entry(act):
    return Entry.objects.filter(act=act).latest("id")


def fresh(person):
    return Person.objects.get(pk=person.pk)


def test_a_registered_person_is_shown_as_believed(ngoc):
    assert (ngoc.name, ngoc.search_key, ngoc.accented_key, ngoc.given_key) == (
        "Nguyễn Thị Ngọc", "nguyen thi ngoc", "nguyễn thị ngọc", "ngoc nguyen thi",
    )
    assert (ngoc.birth_on, ngoc.birth_precision, ngoc.sex, ngoc.area_path) == (BORN, "day", "female", "19.173.05920.")
    assert bytes(ngoc.sort_key) == sort_key("Nguyễn Thị Ngọc")
    assert Identifier.objects.get(person=ngoc).number == "019150001234"


def test_the_journal_holds_no_name_and_no_number(ngoc):
    entry = last_entry("registry.register_person")
    assert not {"name", "numbers", "address", "birth_on"} & set(entry.facts)
    assert "Ngọc" not in f"{entry.title}{entry.key}{entry.facts}"


def test_a_name_is_kept_in_nfc_with_single_spaces(tan_kim, in_2023, keeper):
    person = actions.register_person(name=" Nguye\u0302\u0303n  An ", area=tan_kim, since=date(2020, 1, 1), source="x", by=keeper)
    assert person.name == "Nguyễn An"


WRONG_PARTICULARS = [
    ({"name": " "}, "Họ tên không được để trống"),
    ({"name": "An 2"}, "không có chữ số"),
    ({"birth_on": date(2030, 1, 1), "birth_precision": "day"}, "Ngày sinh ở tương lai"),
    ({"birth_on": BORN}, "cùng với độ rõ"),
    ({"since": date(2023, 7, 1)}, "chưa đến"),
    ({"numbers": {"citizen": "12345"}}, "phải có 12 chữ số"),
    ({"numbers": {"old_card": "12345"}}, "9 hoặc 12 chữ số"),
    ({"numbers": {"passport": "B1"}}, "Không có loại số"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG_PARTICULARS)
def test_wrong_particulars_are_refused_and_leave_no_trace(tan_kim, in_2023, keeper, wrong, sentence):
    said = {"name": "Lê Văn An", "area": tan_kim, "since": date(2020, 1, 1), "source": "x", **wrong}
    with pytest.raises(Refusal, match=sentence):
        actions.register_person(**said, by=keeper)
    assert not Person.objects.exists() and not Entry.objects.filter(act="registry.register_person").exists()


def test_a_person_lives_in_a_commune_of_that_day(units, in_2023, keeper):
    district = unit("173", date(2023, 1, 1))
    with pytest.raises(Refusal, match="phải là xã"):
        actions.register_person(name="An", area=district, since=date(2020, 1, 1), source="x", by=keeper)
    ended = unit("05557", date(2019, 11, 1))
    with pytest.raises(Refusal, match="chọn đơn vị của ngày đó"):
        actions.register_person(name="An", area=ended, since=date(2020, 1, 1), source="x", by=keeper)


def test_an_officer_of_another_district_registers_nobody_here(tan_kim, in_2023, neighbour):
    with pytest.raises(Forbidden):
        actions.register_person(name="An", area=tan_kim, since=date(2020, 1, 1), source="x", by=neighbour)


def test_an_officer_of_one_field_may_state_facts_of_persons(ngoc, appoint):
    merit_officer = appoint("merit", "officer", "19.173.", "merit")
    actions.record_death(ngoc, on=date(2023, 5, 2), source="Giấy báo tử", by=merit_officer)
    assert fresh(ngoc).died_on == date(2023, 5, 2)


def test_correcting_a_name_corrects_the_keys_and_keeps_what_was_believed(ngoc, keeper):
    actions.correct_particulars(ngoc, name="Nguyễn Thị Ngộc", source="CCCD", by=keeper)
    assert (ngoc.name, ngoc.search_key, ngoc.accented_key) == ("Nguyễn Thị Ngộc", "nguyen thi ngoc", "nguyễn thị ngộc")
    assert Particulars.objects.filter(person=ngoc).count() == 2
    assert Particulars.objects.current().get(person=ngoc).birth_on == BORN


def test_undoing_a_correction_brings_the_name_back(ngoc, keeper):
    actions.correct_particulars(ngoc, name="Nguyễn Thị Ngộc", source="CCCD", by=keeper)
    undo(last_entry("registry.correct_particulars"), by=keeper)
    assert fresh(ngoc).name == "Nguyễn Thị Ngọc"


def test_a_new_name_from_a_day_leaves_the_old_one_before_it(ngoc, keeper):
    actions.correct_particulars(ngoc, name="Nguyễn Thị Hoa", since=date(2020, 1, 1), source="QĐ cải chính", by=keeper)
    assert Particulars.objects.on(date(2019, 12, 31)).get(person=ngoc).name == "Nguyễn Thị Ngọc"
    assert fresh(ngoc).name == "Nguyễn Thị Hoa"


def test_a_correction_that_says_nothing_new_is_refused(ngoc, keeper):
    with pytest.raises(Refusal, match="Không có gì khác"):
        actions.correct_particulars(ngoc, name="Nguyễn Thị Ngọc", source="x", by=keeper)


def test_a_number_leads_to_one_person_and_the_other_is_not_named(ngoc, minh, keeper):
    with pytest.raises(Refusal, match="một người khác trong sổ") as refused:
        actions.add_identifier(minh, kind="citizen", number="019150001234", source="x", by=keeper)
    assert "Ngọc" not in str(refused.value)


def test_a_second_number_needs_the_day_of_change(ngoc, keeper):
    with pytest.raises(Refusal, match="ghi ngày đổi số"):
        actions.add_identifier(ngoc, kind="citizen", number="019150009999", source="x", by=keeper)
    actions.add_identifier(ngoc, kind="citizen", number="019150009999", since=date(2022, 1, 1), source="x", by=keeper)
    assert Identifier.objects.on(date(2021, 12, 31)).get(person=ngoc).number == "019150001234"
    assert Identifier.objects.on(date(2022, 1, 1)).get(person=ngoc).number == "019150009999"


def test_a_wrong_number_is_corrected(ngoc, keeper):
    row = Identifier.objects.get(person=ngoc)
    actions.correct_identifier(row, number="019150001235", source="CCCD", by=keeper)
    assert Identifier.objects.current().get(person=ngoc).number == "019150001235"


def test_a_move_takes_the_person_to_the_other_commune(ngoc, keeper, units):
    actions.move(ngoc, area=unit("05518", date(2023, 1, 1)), since=date(2023, 3, 1), source="Đăng ký cư trú", by=keeper)
    assert fresh(ngoc).area_path == "19.165.05518."
    assert Residence.objects.on(date(2023, 2, 28)).get(person=ngoc).area.code == "05920"


def test_a_move_learnt_late_ends_where_the_next_known_one_begins(ngoc, keeper, units):
    actions.move(ngoc, area=unit("05518", date(2023, 1, 1)), since=date(2023, 3, 1), source="x", by=keeper)
    actions.move(ngoc, area=unit("05923", date(2023, 1, 1)), since=date(2022, 1, 1), source="x", by=keeper)
    spans = Residence.objects.current().filter(person=ngoc).order_by("since").values_list("area__code", "since", "until")
    assert list(spans) == [
        ("05920", date(2015, 3, 1), date(2021, 12, 31)),
        ("05923", date(2022, 1, 1), date(2023, 2, 28)),
        ("05518", date(2023, 3, 1), None),
    ]
    assert fresh(ngoc).area_path == "19.165.05518."


def test_who_leaves_the_province_is_still_seen_by_the_last_commune(ngoc, keeper, officer):
    actions.move(ngoc, area=None, address="phường 1, tỉnh Lâm Đồng", since=date(2023, 4, 1), source="Phiếu di chuyển", by=keeper)
    assert Residence.objects.on(date(2023, 5, 1)).get(person=ngoc).area is None
    assert ngoc in Person.objects.visible_to(officer)


def test_leaving_the_province_needs_a_destination(ngoc, keeper):
    with pytest.raises(Refusal, match="ghi nơi đến"):
        actions.move(ngoc, area=None, since=date(2023, 4, 1), source="x", by=keeper)


def test_undoing_a_move_brings_the_person_back(ngoc, keeper, units):
    actions.move(ngoc, area=unit("05518", date(2023, 1, 1)), since=date(2023, 3, 1), source="x", by=keeper)
    undo(last_entry("registry.move"), by=keeper)
    assert fresh(ngoc).area_path == "19.173.05920."
    assert Residence.objects.current().get(person=ngoc).until is None


def test_the_neighbour_does_not_move_our_person(ngoc, neighbour, tan_kim):
    with pytest.raises(Forbidden):
        actions.move(ngoc, area=tan_kim, since=date(2023, 3, 1), source="x", by=neighbour)


def test_a_death_is_recorded_corrected_and_undone(ngoc, keeper):
    actions.record_death(ngoc, on=date(2023, 5, 2), source="Giấy báo tử", by=keeper)
    actions.correct_death(ngoc, on=date(2023, 5, 3), source="Trích lục khai tử", by=keeper)
    assert fresh(ngoc).died_on == date(2023, 5, 3)
    undo(last_entry("registry.correct_death"), by=keeper)
    assert fresh(ngoc).died_on == date(2023, 5, 2)
    undo(last_entry("registry.record_death"), by=keeper)
    assert fresh(ngoc).died_on is None and not Death.objects.current().exists()


@pytest.mark.parametrize(("on", "sentence"), [(date(2023, 6, 2), "tương lai"), (date(1949, 1, 1), "trước ngày sinh")])
def test_an_impossible_day_of_death_is_refused(ngoc, keeper, on, sentence):
    with pytest.raises(Refusal, match=sentence):
        actions.record_death(ngoc, on=on, source="x", by=keeper)


def test_nobody_dies_twice(ngoc, keeper):
    actions.record_death(ngoc, on=date(2023, 5, 2), source="x", by=keeper)
    with pytest.raises(Refusal, match="Đã ghi nhận mất ngày 02/05/2023"):
        actions.record_death(ngoc, on=date(2023, 5, 3), source="x", by=keeper)


def test_an_undone_registration_is_found_by_nobody(ngoc, keeper):
    undo(last_entry("registry.register_person"), by=keeper)
    assert (fresh(ngoc).search_key, fresh(ngoc).area_path) == ("", "")
    assert ngoc not in Person.objects.visible_to(keeper)
    actions_number = Identifier.objects.current().filter(number="019150001234")
    assert not actions_number.exists()


def test_a_registration_that_was_built_on_is_not_undone(ngoc, keeper):
    entry = last_entry("registry.register_person")
    actions.recognise(ngoc, code="wounded", grade=61, since=date(2010, 1, 1), source="QĐ 1", by=keeper)
    with pytest.raises(Refusal, match="vì đã có diện"):
        undo(entry, by=keeper)
    assert fresh(ngoc).area_path == "19.173.05920."


def test_persons_follow_a_merger_and_those_of_a_divided_unit_wait_for_a_person(ngoc, minh, thuong_dinh, keeper):
    actions.move(minh, area=thuong_dinh, since=date(2023, 3, 1), source="x", by=keeper)
    with clock.held_at(date(2025, 7, 1)):
        assert actions.follow_areas(on=clock.today(), by=keeper) == 1
        assert actions.follow_areas(on=clock.today(), by=keeper) == 0
    assert fresh(ngoc).area_path == "19.05923."
    assert fresh(minh).area_path == "19.173.05932."
    task = Entry.objects.filter(act="registry.follow_areas").first().tasks_raised.get()
    assert task.act == "registry.move" and "1 người của xã Thượng Đình" in task.title


def test_a_residence_of_an_ended_unit_is_found_under_its_successor(ngoc, keeper):
    with clock.held_at(date(2025, 8, 1)):
        actions.correct_particulars(ngoc, name="Nguyễn Thị Ngộc", source="CCCD", by=keeper)
    assert fresh(ngoc).area_path == "19.05923."
    assert Residence.objects.current().get(person=ngoc).area.path == "19.173.05920."
