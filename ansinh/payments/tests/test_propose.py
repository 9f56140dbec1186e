"""Lập danh sách: one list a commune and channel, in order of names; what did not change stays."""
from datetime import date

import pytest

from ansinh.office import clock
from ansinh.payments import actions
from ansinh.payments.models import Line, PayList
from ansinh.registry import actions as registry
from ansinh.registry.models import Residence
from ansinh.web.refusal import Refusal
from tests.people import DISTRICT, OTHER_COMMUNE

from .office import line_of, lock_day

JUNE, JULY = date(2023, 6, 1), date(2023, 7, 1)


def test_a_month_that_was_not_reckoned_has_no_lists(office):
    with pytest.raises(Refusal, match="Chưa tính tháng 06/2023"):
        actions.propose(JUNE, by=office.preparer)


def test_each_commune_and_channel_has_its_list(office):
    office.payee("Dương Thị Lan")
    office.payee("Lý Văn Páo", channel="bank")
    office.payee("Vi Thị Sao", area=OTHER_COMMUNE)
    lists = office.propose(JUNE)
    assert {paylist.number for paylist in lists} == {"05920-2023-06-BĐ", "05920-2023-06-NH", "05518-2023-06-BĐ"}


def test_lines_stand_in_vietnamese_order_of_given_names(office):
    for name in ("Trần Văn Ưu", "Dương Thị Ánh", "Nguyễn Văn Đào", "Đặng Thị Dung", "Lý Văn An"):
        office.payee(name)
    lines = office.propose(JUNE)[0].lines.order_by("position")
    assert [line.name.split()[-1] for line in lines] == ["An", "Ánh", "Dung", "Đào", "Ưu"]


def test_a_line_keeps_what_was_known_of_the_payee(office):
    payable = office.payee("Dương Thị Lan", channel="bank", receiver="Dương Văn Minh", receiver_relation="con", receiver_paper="UQ 3/2023")
    registry.add_identifier(payable.person, kind="file", number="TB/19/00161", source="QĐ 12", by=office.preparer)
    line = office.propose(JUNE)[0].lines.get()
    assert (line.name, line.birth, line.file_number, line.standing) == ("Dương Thị Lan", "01/05/1950", "TB/19/00161", "Thương binh, 61 %")
    assert (line.receiver, line.bank, line.account_number) == ("Dương Văn Minh (con)", "Agribank", f"8500{payable.person_id}")


def test_a_receiver_whose_paper_has_run_out_is_not_on_the_line(office):
    office.payee("Dương Thị Lan", receiver="Dương Văn Minh", receiver_paper="UQ 3/2023", receiver_until=date(2023, 3, 31))
    assert office.propose(JUNE)[0].lines.get().receiver == ""


def test_who_has_no_channel_is_paid_by_post(office):
    office.payee("Dương Thị Lan", channel=None)
    assert office.propose(JUNE)[0].channel == "post"


def test_what_did_not_change_is_left_as_it_is_and_what_changed_is_made_anew(office):
    lan = office.payee("Dương Thị Lan")
    office.payee("Vi Thị Sao", area=OTHER_COMMUNE)
    first = {paylist.area_path: paylist.pk for paylist in office.propose(JUNE)}
    office.due(lan, JUNE, 1_200_000)
    second = {paylist.area_path: paylist.pk for paylist in office.propose(JUNE)}
    assert first[OTHER_COMMUNE] == second[OTHER_COMMUNE]
    assert set(first.values()) & set(second.values()) == {first[OTHER_COMMUNE]}
    assert line_of("Dương Thị Lan", JUNE).total == 1_200_000 + 5 * 1_000_000


def test_a_held_line_stays_held_when_its_list_is_made_anew(office):
    office.payee("Dương Thị Lan")
    other = office.payee("Lý Văn Páo")
    actions.hold(office.propose(JUNE)[0].lines.get(name="Dương Thị Lan"), reason="chờ xác minh", by=office.preparer)
    office.due(other, JUNE, 1_200_000)
    office.propose(JUNE)
    assert line_of("Dương Thị Lan", JUNE).held_because == "chờ xác minh"


def test_a_list_that_is_approved_is_left_alone(office):
    lan = office.payee("Dương Thị Lan")
    approved = office.approve(office.propose(JUNE))
    office.due(lan, JUNE, 1_200_000)
    assert office.propose(JUNE) == []
    assert list(PayList.objects.values_list("pk", "state")) == [(approved[0].pk, "approved")]


def test_a_list_on_which_nobody_is_left_is_gone(office):
    lan = office.payee("Dương Thị Lan")
    office.propose(JUNE)
    office.dues[lan.pk] = {}
    assert office.propose(JUNE) == []
    assert Line.objects.count() == 0


def test_only_the_lists_of_an_area_are_proposed_when_an_area_is_named(office, officer):
    office.payee("Dương Thị Lan")
    office.payee("Vi Thị Sao", area=OTHER_COMMUNE)
    with clock.held_at(lock_day(JUNE)):
        office.reckon(JUNE)
        lists = actions.propose(JUNE, area_path=DISTRICT, by=officer)
    assert [paylist.area_path for paylist in lists] == ["19.173.05920."]


def test_a_payee_without_a_home_is_named(office):
    office.payee("Dương Thị Lan")
    Residence.objects.update(withdrawn_at=clock.now())
    with pytest.raises(Refusal, match="Dương Thị Lan"):
        office.propose(JUNE)


def test_who_moved_is_on_the_list_of_the_new_commune(office):
    lan = office.payee("Dương Thị Lan")
    office.paid(JUNE)
    registry.move(lan.person, area=office.areas[OTHER_COMMUNE], since=date(2023, 6, 10), source="Công an xã", by=office.preparer)
    assert [paylist.area_path for paylist in office.propose(JULY)] == [OTHER_COMMUNE]


def test_a_batch_read_late_in_the_evening_takes_the_day_of_viet_nam(office):
    lan = office.payee("Dương Thị Lan")
    registry.move(lan.person, area=office.areas[OTHER_COMMUNE], since=date(2023, 5, 25), source="Công an xã", by=office.preparer)
    with clock.held_at(clock.end_of(date(2023, 5, 24)).replace(hour=5)):
        office.reckon(JUNE)
        lists = actions.propose(JUNE, by=office.preparer)
    assert [paylist.area_path for paylist in lists] == [OTHER_COMMUNE]
