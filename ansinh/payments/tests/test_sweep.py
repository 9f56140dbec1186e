"""Soát: each planted fault is found by its check, with the money at risk, once a month."""
from datetime import date

import pytest

from ansinh.office import clock
from ansinh.payments import actions
from ansinh.payments.models import Finding, PayList
from ansinh.payments.queries.checks import CHECKS, said
from ansinh.payments.queries.findings import by_check
from ansinh.registry import actions as registry
from ansinh.web.refusal import Refusal
from tests.people import OTHER_COMMUNE

from .office import lock_day, open_before
from .sweeping import found_by, standing_of, tell

MAY, JUNE, JULY, AUGUST = (date(2023, m, 1) for m in range(5, 9))
MILLION = 1_000_000


@pytest.fixture
def lan(office):
    payable = office.payee("Dương Thị Lan")
    open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    return payable


@pytest.fixture
def minh(office):
    payable = office.payee("Dương Văn Minh", channel="bank")
    open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    return payable


def test_a_list_without_faults_has_no_finding_and_every_check_is_named(office, lan):
    office.propose(JUNE)
    assert not Finding.objects.exists()
    checked = by_check(Finding.objects.all())
    assert [check.code for check in checked] == list(CHECKS)
    assert not any(check.people for check in checked)


def test_who_died_before_the_month_is_found_with_the_money_at_risk(office, lan):
    registry.record_death(lan.person, on=date(2023, 5, 12), source="Trích lục khai tử 14", by=office.preparer)
    office.propose(JUNE)
    finding = Finding.objects.get()
    assert (finding.check_code, finding.person, finding.amount, finding.area_path) == ("da-mat", lan.person, MILLION, "19.173.05920.")
    assert said(finding.check_code, finding.facts) == "ghi nhận mất ngày 12/05/2023"


def test_who_died_in_the_month_is_paid_for_it_and_not_found(office, lan):
    registry.record_death(lan.person, on=date(2023, 6, 2), source="Trích lục khai tử 14", by=office.preparer)
    office.propose(JUNE)
    assert found_by("da-mat", JUNE) == []


def test_who_is_dead_in_the_population_list_is_found_until_the_register_says_so(office, lan, minh):
    tell(lan.person, state="dead", happened_on=date(2023, 4, 12), by=office.preparer)
    tell(minh.person, state="alive", by=office.preparer)
    office.propose(JUNE)
    assert found_by("dan-cu-mat", JUNE) == ["Dương Thị Lan"]
    registry.record_death(lan.person, on=date(2023, 4, 12), source="Trích lục khai tử 14", by=office.preparer)
    office.propose(JUNE)
    assert standing_of(JUNE) == {("dan-cu-mat", "Dương Thị Lan"): "het", ("da-mat", "Dương Thị Lan"): "mo"}


def test_a_death_in_the_population_list_after_the_month_is_not_found(office, lan):
    tell(lan.person, state="dead", happened_on=date(2023, 6, 12), by=office.preparer)
    office.propose(JUNE)
    assert found_by("dan-cu-mat", JUNE) == []


def test_who_moved_away_by_the_population_list_is_found(office, lan):
    tell(lan.person, state="moved", by=office.preparer)
    office.propose(JUNE)
    assert found_by("dan-cu-chuyen", JUNE) == ["Dương Thị Lan"]


def test_who_is_detained_is_found(office, lan):
    tell(lan.person, state="detained", happened_on=date(2023, 3, 1), by=office.preparer)
    office.propose(JUNE)
    assert found_by("giam-giu", JUNE) == ["Dương Thị Lan"]


def test_whom_the_register_knows_held_is_found_until_the_return(office, lan):
    registry.record_detention(lan.person, on=date(2023, 3, 1), cause="sentenced", source="Bản án 4", by=office.preparer)
    tell(lan.person, state="detained", happened_on=date(2023, 3, 2), since=date(2023, 5, 1), by=office.preparer)
    office.propose(JUNE)
    assert found_by("giam-giu", JUNE) == ["Dương Thị Lan"]
    assert said("giam-giu", Finding.objects.get(check_code="giam-giu").facts) == "bị giam giữ từ ngày 01/03/2023, theo sổ"
    registry.end_detention(lan.person, on=date(2023, 5, 20), source="Giấy ra trại 7", by=office.preparer)
    office.propose(JUNE)
    assert found_by("giam-giu", JUNE) == []


def test_who_is_held_without_a_sentence_keeps_the_money_of_merit_and_is_not_found(office, lan):
    registry.record_detention(lan.person, on=date(2023, 3, 1), cause="detained", source="Lệnh 4", by=office.preparer)
    office.propose(JUNE)
    assert found_by("giam-giu", JUNE) == []


def test_a_population_list_made_after_the_return_counts(office, lan):
    registry.record_detention(lan.person, on=date(2022, 3, 1), cause="sentenced", source="Bản án 4", by=office.preparer)
    registry.end_detention(lan.person, on=date(2023, 2, 20), source="Giấy ra trại 7", by=office.preparer)
    tell(lan.person, state="detained", since=date(2023, 5, 1), by=office.preparer)
    office.propose(JUNE)
    assert found_by("giam-giu", JUNE) == ["Dương Thị Lan"]


def test_two_of_one_name_and_birth_day_are_both_found_across_communes(office, lan):
    twin = office.payee("DƯƠNG THỊ LAN", area=OTHER_COMMUNE)
    office.propose(JUNE)
    found = Finding.objects.filter(check_code="trung")
    assert {finding.person_id for finding in found} == {lan.person_id, twin.person_id}
    assert said("trung", found[0].facts) == "2 dòng cùng họ tên, ngày sinh"


def test_who_has_no_channel_is_found(office):
    office.payee("Lý Văn Páo", channel="")
    office.propose(JUNE)
    assert found_by("kenh-chi", JUNE) == ["Lý Văn Páo"]


def test_one_account_of_two_people_is_found_for_both(office, minh):
    own = office.payee("Vi Thị Sao", channel="bank")
    actions.set_channel(own.person, since=date(2015, 1, 1), kind="bank", bank="Agribank", account_number=f"8500{minh.person_id}", by=office.preparer)
    office.propose(JUNE)
    assert found_by("tai-khoan", JUNE) == ["Dương Văn Minh", "Vi Thị Sao"]


def test_an_authority_that_ran_out_is_found(office):
    way = {"receiver": "Ma Thị Lường", "receiver_paper": "Giấy 2", "receiver_until": date(2023, 5, 31)}
    office.payee("Lý Văn Páo", **way)
    office.propose(JUNE)
    assert found_by("uy-quyen", JUNE) == ["Lý Văn Páo"]


def test_a_right_that_ended_while_the_list_still_pays_is_found(office, lan):
    office.end(lan, date(2023, 5, 31))
    office.due(lan, JUNE, MILLION)
    office.propose(JUNE)
    assert found_by("het-han", JUNE) == ["Dương Thị Lan"]


def test_who_lives_in_another_commune_now_is_found_and_so_is_who_left_the_province(office, lan, minh, areas):
    lists = office.propose(JUNE)
    with clock.held_at(lock_day(JUNE)):
        registry.move(lan.person, area=areas[OTHER_COMMUNE], since=date(2023, 5, 20), source="Giấy chuyển", by=office.preparer)
        registry.move(minh.person, area=None, address="Hà Nội", since=date(2023, 5, 20), source="Giấy chuyển", by=office.preparer)
        actions.sweep(lists, by=office.preparer)
    assert found_by("chuyen-di", JUNE) == ["Dương Thị Lan", "Dương Văn Minh"]


def test_a_rise_by_more_than_three_tenths_is_found_and_a_smaller_one_is_not(office, lan, minh):
    office.paid(JUNE)
    office.paid(JULY)
    office.due(lan, AUGUST, 1_300_000)
    office.due(minh, AUGUST, 1_300_001)
    office.propose(AUGUST)
    assert found_by("bat-thuong", AUGUST) == ["Dương Văn Minh"]
    assert said("bat-thuong", Finding.objects.get().facts) == "1.000.000 → 1.300.001 đ"


def test_a_fall_by_more_than_three_tenths_is_found(office, lan):
    office.paid(JUNE)
    office.paid(JULY)
    office.due(lan, AUGUST, 699_999)
    office.propose(AUGUST)
    assert found_by("bat-thuong", AUGUST) == ["Dương Thị Lan"]


def test_a_rise_of_the_standard_amount_explains_as_much_of_a_rise(office, lan):
    """From July 2023 the standard goes from 1.624.000 to 2.055.000 đ."""
    office.paid(JUNE)
    office.due(lan, JULY, 1_500_000)
    office.propose(JULY)
    assert found_by("bat-thuong", JULY) == []


def test_a_rise_with_arrears_explains_itself(office, lan):
    office.paid(JUNE)
    office.paid(JULY)
    office.due(lan, JULY, 1_500_000)
    office.due(lan, AUGUST, 1_500_000)
    office.propose(AUGUST)
    assert found_by("bat-thuong", AUGUST) == []


def test_who_pays_nothing_this_month_is_not_at_risk(office, lan):
    office.end(lan, date(2023, 5, 31))
    registry.record_death(lan.person, on=date(2023, 5, 12), source="Trích lục khai tử 14", by=office.preparer)
    office.propose(JUNE)
    assert not Finding.objects.exists()


def test_one_sweep_asks_each_check_one_question(office, lan, minh, django_assert_max_num_queries):
    lists = office.propose(JUNE)
    with django_assert_max_num_queries(len(CHECKS) + 12):
        actions.sweep(lists, by=office.preparer)


def test_a_list_approved_meanwhile_is_not_swept(office, lan):
    lists = office.propose(JUNE)
    PayList.objects.update(state="approved")
    with pytest.raises(Refusal, match="vừa được duyệt"):
        actions.sweep(lists, by=office.preparer)
