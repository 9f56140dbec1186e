"""The book of dossiers: lent and returned, lost and found, corrected, kept, opened; each back where it can go back."""
from datetime import date

import pytest

from ansinh.dossiers import actions
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.retention import retention_of, retention_words
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.registry import actions as registry
from ansinh.registry.models import Person
from ansinh.web.refusal import Forbidden, Refusal
from tests.imports import AN, BINH
from tests.people import COMMUNE, OTHER_COMMUNE

DUE = date(2023, 6, 30)


@pytest.fixture(autouse=True)
def a_day_in_june():
    with clock.held_at(date(2023, 6, 1)):
        yield


@pytest.fixture
def lend(lan_dossier, officer):
    def make(**said):
        return actions.lend_dossier(lan_dossier, borrower="Thanh tra Sở", purpose="đối chiếu", **{"due_on": DUE, **said}, by=officer)

    return make


def newest(act):
    return Entry.objects.filter(act=act).latest("id")


def test_a_paper_file_is_lent_once_at_a_time_and_comes_back(lend, lan_dossier, officer):
    lend()
    with pytest.raises(Refusal, match="đang cho mượn từ ngày 01/06/2023"):
        lend()
    loan = actions.return_dossier(lan_dossier, by=officer)
    assert loan.back_on == date(2023, 6, 1)
    lend()


def test_a_loan_is_not_due_before_it_began(lend):
    with pytest.raises(Refusal, match="trước ngày mượn"):
        lend(due_on=date(2023, 5, 1))


def test_nothing_is_returned_that_was_not_lent(lan_dossier, officer):
    with pytest.raises(Refusal, match="không có lượt mượn"):
        actions.return_dossier(lan_dossier, by=officer)


def test_lending_and_returning_can_be_undone_the_last_first(lend, lan_dossier, officer):
    lend()
    actions.return_dossier(lan_dossier, by=officer)
    with pytest.raises(Refusal, match="hoàn tác việc ghi trả trước"):
        undo(newest("dossiers.lend_dossier"), by=officer)
    undo(newest("dossiers.return_dossier"), by=officer)
    assert lan_dossier.loans.get().back_on is None
    undo(newest("dossiers.lend_dossier"), by=officer)
    assert not lan_dossier.loans.exists()


def test_a_return_stays_where_the_file_went_out_again(lend, lan_dossier, officer):
    lend()
    actions.return_dossier(lan_dossier, by=officer)
    back = newest("dossiers.return_dossier")
    lend()
    with pytest.raises(Refusal, match="cho mượn lần nữa"):
        undo(back, by=officer)


def test_who_borrowed_stays_out_of_the_journal(lend):
    lend()
    assert newest("dossiers.lend_dossier").facts == {"due_on": "2023-06-30"}


def test_a_lost_original_is_not_lent_and_may_be_found(lend, lan_dossier, officer):
    actions.record_loss(lan_dossier, on=date(2023, 5, 2), note="Không thấy sau đợt chuyển kho", by=officer)
    with pytest.raises(Refusal, match="ghi là mất"):
        lend()
    actions.find_dossier(lan_dossier, by=officer)
    assert Dossier.objects.get().lost_on is None
    undo(newest("dossiers.find_dossier"), by=officer)
    assert Dossier.objects.get().loss_note == "Không thấy sau đợt chuyển kho"


def test_a_loss_lies_not_ahead(lan_dossier, officer):
    with pytest.raises(Refusal, match="chưa đến"):
        actions.record_loss(lan_dossier, on=date(2023, 7, 1), note="", by=officer)


def test_a_correction_is_undone_unless_another_came_after(lan_dossier, officer):
    said = {"title": "Dương Thị Lân", "person": lan_dossier.person, "sheets_on_paper": 4}
    actions.correct_dossier(lan_dossier, **said, shelf="Tủ 3", by=officer)
    first = newest("dossiers.correct_dossier")
    actions.correct_dossier(lan_dossier, **said, shelf="Tủ 4", by=officer)
    with pytest.raises(Refusal, match="sửa lần nữa"):
        undo(first, by=officer)
    undo(newest("dossiers.correct_dossier"), by=officer)
    undo(first, by=officer)
    lan_dossier.refresh_from_db()
    assert (lan_dossier.title, lan_dossier.shelf) == ("Dương Thị Lan", "")
    assert lan_dossier.search_key == "tb 00161 duong thi lan"


def test_a_title_stays_out_of_the_journal(lan_dossier, officer):
    actions.correct_dossier(lan_dossier, title="Dương Thị Lân", person=lan_dossier.person, by=officer)
    assert "title" not in newest("dossiers.correct_dossier").facts


def test_a_correction_that_changes_nothing_is_refused(lan_dossier, officer):
    with pytest.raises(Refusal, match="Không có gì khác"):
        actions.correct_dossier(lan_dossier, title=lan_dossier.title, person=lan_dossier.person, sheets_on_paper=4, by=officer)


def test_nobody_sends_a_dossier_to_a_person_elsewhere(lan_dossier, minh, areas, officer, neighbour):
    registry.move(minh, area=areas[OTHER_COMMUNE], since=date(2023, 1, 1), source="CT07", by=officer)
    with pytest.raises(Forbidden):
        actions.correct_dossier(lan_dossier, title="Dương Văn Minh", person=minh, by=officer)


def test_nobody_registers_a_dossier_of_a_person_elsewhere(lan, neighbour):
    with pytest.raises(Forbidden):
        actions.register_dossier("TB-7", category="wounded", title="Lan", area_path=OTHER_COMMUNE, person=lan, by=neighbour)


def test_merit_dossiers_are_kept_for_ever(lan_dossier, officer):
    with pytest.raises(Refusal, match="131/2021"):
        actions.set_retention(lan_dossier, years=20, by=officer)
    assert retention_words(None) == "vĩnh viễn"


def test_other_dossiers_are_kept_within_the_rule_of_the_day(lan_dossier, officer):
    Dossier.objects.update(field="labour")
    dossier = Dossier.objects.get()
    with pytest.raises(Refusal, match="từ 1 đến 70 năm"):
        actions.set_retention(dossier, years=71, by=officer)
    actions.set_retention(dossier, years=20, by=officer)
    assert Dossier.objects.get().retention_years == 20
    assert retention_of("labour", date(2025, 7, 1)).basis == "Luật Lưu trữ 33/2024/QH15 Điều 15"


def test_a_dossier_follows_its_person_there_and_back(lan_dossier, areas, officer, appoint):
    province = appoint("tinh", "officer", "19.")
    registry.move(lan_dossier.person, area=areas[OTHER_COMMUNE], since=date(2023, 2, 1), source="CT07", by=province)
    assert Dossier.objects.get().area_path == OTHER_COMMUNE
    undo(newest("registry.move"), by=province)
    assert Dossier.objects.get().area_path == COMMUNE


def test_opening_leaves_one_line_a_day_and_account(lan_dossier, officer, auditor):
    actions.note_opening(lan_dossier, officer)
    actions.note_opening(lan_dossier, officer)
    actions.note_opening(lan_dossier, auditor)
    with clock.held_at(date(2023, 6, 2)):
        actions.note_opening(lan_dossier, officer)
    assert Entry.objects.filter(act="dossiers.open_dossier", title="TB-00161").count() == 3


def test_dossiers_follow_what_an_import_moved(take_in, areas, officer):
    take_in([AN])
    person = Person.objects.get()
    actions.register_dossier("TB-7", category="wounded", title="An", area_path=COMMUNE, person=person, by=officer)
    Dossier.objects.update(area_path=OTHER_COMMUNE)
    take_in([BINH])
    assert Dossier.objects.get().area_path == COMMUNE


def test_dossiers_follow_an_undone_import(take_in, areas, officer, chief):
    made = take_in([AN])
    person = Person.objects.get()
    actions.register_dossier("TB-7", category="wounded", title="An", area_path=COMMUNE, person=person, by=officer)
    registry.undo_import(made, by=chief)
    assert Dossier.objects.get().area_path == COMMUNE
