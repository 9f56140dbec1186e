"""A checked dossier becomes standings with evidence; contradictions are settled first; one undo takes all of it back."""
from datetime import date

import pytest

from ansinh.dossiers.actions import confirm, correct_dossier, settle
from ansinh.dossiers.models import Dossier, Entering, Evidence
from ansinh.dossiers.queries.agreement import agreement_of, missing_fields, missing_papers
from ansinh.dossiers.queries.proofs import proofs_of
from ansinh.dossiers.tests.checked import BOX, DECISION, MINUTES
from ansinh.office.actions import undo
from ansinh.office.models import Entry, Job, Task
from ansinh.registry import actions as registry
from ansinh.registry.models import Identifier, Particulars, Person, Standing
from ansinh.web.refusal import Forbidden, Refusal
from tests.people import DISTRICT


def give(dossier, person, officer):
    return correct_dossier(dossier, title=dossier.title, shelf=dossier.shelf, sheets_on_paper=dossier.sheets_on_paper, person=person, by=officer)


def test_a_new_person_with_standing_and_evidence_comes_out_of_one_act(whole, officer):
    confirm(whole, is_new=True, by=officer)
    person = Person.objects.get(name="Trần Văn Ba")
    standing = Standing.objects.current().get(person=person)
    assert (person.birth_on, person.birth_precision) == (date(1950, 5, 1), "day")
    assert (standing.code, standing.grade, standing.since) == ("wounded", 41, date(1995, 1, 1))
    assert standing.source == "Quyết định trợ cấp số 1187/QĐ-LĐTBXH ngày 20/12/1994"
    assert {row.kind: row.number for row in Identifier.objects.filter(person=person)} == {"citizen": "019050001234", "file": "TB/19/00999"}
    assert (whole.person, whole.state) == (person, Dossier.State.VERIFIED)
    entry = Entry.objects.get(act="dossiers.confirm")
    assert list(entry.children.order_by("id").values_list("act", flat=True)) == ["registry.register_person", "registry.recognise"]


def test_what_is_verified_is_archived_by_itself(whole, officer):
    confirm(whole, is_new=True, by=officer)
    assert Job.objects.get(act="dossiers.archive_paper").key == f"dossiers.dossier:{whole.pk}"


def test_no_money_moves_by_it_but_a_task_asks(whole, officer):
    confirm(whole, is_new=True, by=officer)
    assert Task.objects.open().filter(act="benefits.grant", key=f"registry.person:{whole.person.pk}").exists()


def test_every_value_points_to_its_place_and_who_checked_it(whole, officer, second):
    confirm(whole, is_new=True, by=officer)
    found = proofs_of(whole.person, officer)
    assert {(kind, name) for kind, _row, name in found} == {
        ("particulars", "name"), ("particulars", "birth_on"), ("identifier", "number"), ("standing", "grade"), ("standing", "since"),
    }
    grade = next(proof for (_kind, _row, name), proof in found.items() if name == "grade")
    assert (grade.value, grade.checked_by, grade.entering.entered_by, grade.box) == ("41", second, officer, BOX)
    assert Evidence.objects.filter(name="grade").count() == 2


def test_evidence_outlives_a_restated_row_whose_value_is_the_same(whole, officer):
    confirm(whole, is_new=True, by=officer)
    registry.correct_particulars(whole.person, sex="male", source="CCCD", by=officer)
    row = Particulars.objects.current().get(person=whole.person)
    assert ("particulars", row.pk, "name") in proofs_of(whole.person, officer)
    registry.correct_particulars(whole.person, birth_on=date(1951, 5, 1), source="CCCD", by=officer)
    row = Particulars.objects.current().get(person=whole.person)
    assert ("particulars", row.pk, "birth_on") not in proofs_of(whole.person, officer)
    assert ("particulars", row.pk, "name") in proofs_of(whole.person, officer)


def test_one_undo_takes_everything_back(whole, officer):
    confirm(whole, is_new=True, by=officer)
    person = whole.person
    undo(Entry.objects.get(act="dossiers.confirm"), by=officer)
    whole.refresh_from_db()
    assert (whole.state, whole.verified_at, whole.person) == (Dossier.State.CHECKED, None, None)
    assert not Standing.objects.current().filter(person=person).exists()
    assert not Particulars.objects.current().filter(person=person).exists()
    assert not proofs_of(person, officer)


def test_a_known_person_gets_what_the_register_lacks_and_a_birth_made_exact(whole, ba, officer):
    give(whole, ba, officer)
    confirm(whole, by=officer)
    ba.refresh_from_db()
    assert (ba.birth_on, ba.birth_precision, whole.state) == (date(1950, 5, 1), "day", Dossier.State.VERIFIED)
    acts = Entry.objects.get(act="dossiers.confirm").children.order_by("id").values_list("act", flat=True)
    assert list(acts) == ["registry.correct_particulars", "registry.add_identifier", "registry.add_identifier", "registry.recognise"]
    with pytest.raises(Refusal, match="không có gì mới"):
        confirm(whole, by=officer)


def test_papers_that_contradict_each_other_raise_a_task_and_stop_the_confirmation(dossier_with, officer):
    dossier = dossier_with({"medical_board_minutes": {**MINUTES, "birth": "1951"}, "allowance_decision": DECISION})
    task = Task.objects.open().get(act="dossiers.settle")
    assert "Ngày sinh" in task.title
    with pytest.raises(Refusal, match="còn mâu thuẫn ở: Ngày sinh"):
        confirm(dossier, is_new=True, by=officer)
    settle(dossier, name="birth", entering=Entering.objects.get(name="birth", value="1951"), by=officer)
    confirm(dossier, is_new=True, by=officer)
    task.refresh_from_db()
    assert task.done_in is not None
    assert (dossier.person.birth_on, dossier.person.birth_precision) == (date(1951, 1, 1), "year")


def test_a_contradiction_with_the_register_is_settled_either_way(whole, ba, officer):
    registry.correct_particulars(ba, birth_on=date(1949, 1, 1), birth_precision="year", source="CCCD", by=officer)
    give(whole, ba, officer)
    assert [found.field.code for found in agreement_of(whole).contradictions] == ["birth"]
    assert Task.objects.open().filter(act="dossiers.settle").exists()
    settle(whole, name="birth", by=officer)
    assert agreement_of(whole).said["birth"].value == "1949"
    confirm(whole, by=officer)
    ba.refresh_from_db()
    assert ba.birth_on == date(1949, 1, 1)


def test_the_dossier_may_correct_the_register(whole, ba, officer):
    registry.recognise(ba, code="wounded", since=date(1995, 1, 1), source="Sổ cũ", grade=61, by=officer)
    give(whole, ba, officer)
    assert [found.field.code for found in agreement_of(whole).contradictions] == ["injury_rate"]
    settle(whole, name="injury_rate", entering=Entering.objects.filter(name="injury_rate", round=1).first(), by=officer)
    confirm(whole, by=officer)
    assert Standing.objects.current().get(person=ba).grade == 41


def chosen(dossier, name, officer):
    settle(dossier, name=name, entering=Entering.objects.filter(paper__dossier=dossier, name=name, round=1).first(), by=officer)


def test_a_standing_that_began_later_than_the_register_says_is_corrected_and_undone(whole, ba, officer):
    registry.recognise(ba, code="wounded", since=date(1990, 1, 1), source="Sổ cũ", grade=61, by=officer)
    give(whole, ba, officer)
    chosen(whole, "injury_rate", officer)
    chosen(whole, "entitled_from", officer)
    confirm(whole, by=officer)
    standing = Standing.objects.current().get(person=ba)
    assert (standing.since, standing.grade) == (date(1995, 1, 1), 41)
    assert {name for kind, _row, name in proofs_of(ba, officer) if kind == "standing"} == {"grade", "since"}
    undo(Entry.objects.get(act="dossiers.confirm"), by=officer)
    standing = Standing.objects.current().get(person=ba)
    assert (standing.since, standing.grade) == (date(1990, 1, 1), 61)


def test_a_choice_is_taken_back_and_asked_again(dossier_with, officer):
    dossier = dossier_with({"medical_board_minutes": {**MINUTES, "birth": "1951"}, "allowance_decision": DECISION})
    settle(dossier, name="birth", entering=Entering.objects.get(name="birth", value="1951"), by=officer)
    assert not Task.objects.open().filter(act="dossiers.settle").exists()
    undo(Entry.objects.get(act="dossiers.settle"), by=officer)
    assert [found.field.code for found in agreement_of(dossier).contradictions] == ["birth"]
    assert Task.objects.open().filter(act="dossiers.settle").exists()


def test_a_round_taken_back_asks_no_more_about_contradictions(dossier_with, second):
    dossier = dossier_with({"medical_board_minutes": {**MINUTES, "birth": "1951"}, "allowance_decision": DECISION})
    undo(Entry.objects.filter(act="dossiers.finish_entering").latest("id"), by=second)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.round, dossier.second_entered_by) == (Dossier.State.ENTERED, 2, None)
    assert not Task.objects.open().filter(act="dossiers.settle").exists()


def test_what_was_settled_is_not_settled_twice(whole, ba, officer):
    with pytest.raises(Refusal, match="đã được xử lý"):
        settle(whole, name="birth", by=officer)


def test_an_old_card_beside_a_citizen_number_is_no_contradiction(dossier_with, officer):
    dossier = dossier_with({"medical_board_minutes": {**MINUTES, "citizen_number": "090123456"}, "allowance_decision": DECISION})
    confirm(dossier, is_new=True, by=officer)
    numbers = Identifier.objects.current().filter(person=dossier.person)
    assert set(numbers.values_list("kind", "number")) == {("citizen", "019050001234"), ("old_card", "090123456"), ("file", "TB/19/00999")}
    assert len([kind for kind, _row, _name in proofs_of(dossier.person, officer) if kind == "identifier"]) == 3


def test_a_dossier_with_missing_papers_is_written_but_not_verified(dossier_with, officer):
    dossier = dossier_with({"allowance_decision": DECISION})
    confirm(dossier, is_new=True, by=officer)
    assert (dossier.state, missing_fields(dossier)) == (Dossier.State.CHECKED, [])
    assert [[kind.code for kind in choice] for choice in missing_papers(dossier)] == [["injury_certificate", "extract_slip"], ["medical_board_minutes"]]


def test_a_martyr_gets_a_day_of_death(dossier_with, officer):
    said = {"decision_number": "5/BT", "decision_date": "01/02/1973", "full_name": "Trần Văn Ba", "death_day": "17/04/1972"}
    dossier = dossier_with({"death_notice": said}, category="martyr", code="LS-00001")
    confirm(dossier, is_new=True, by=officer)
    assert dossier.person.died_on == date(1972, 4, 17)


def test_who_may_not_write_the_register_confirms_nothing(whole, appoint):
    digitiser = appoint("digitiser", "digitiser", DISTRICT)
    with pytest.raises(Forbidden):
        confirm(whole, is_new=True, by=digitiser)
    assert not Person.objects.filter(name="Trần Văn Ba").exists()


def test_a_dossier_still_being_entered_is_not_confirmed(lan_to_enter, officer):
    with pytest.raises(Refusal, match="chưa nhập và đối chiếu xong"):
        confirm(lan_to_enter, by=officer)


def test_the_journal_names_no_person(whole, officer):
    confirm(whole, is_new=True, by=officer)
    told = " ".join(f"{entry.title} {entry.facts}" for entry in Entry.objects.all())
    assert "Ba" not in told and "019050001234" not in told
