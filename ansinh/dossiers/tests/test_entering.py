"""Entering a dossier: accepted and typed values, blind second entering, the third officer, and what is refused."""
import pytest

from ansinh.dossiers import rounds
from ansinh.dossiers.actions import confirm_kind, enter_field, finish_entering, take
from ansinh.dossiers.models import Dossier, Entering, PageText
from ansinh.dossiers.queries.entering import differing, settled_of
from ansinh.dossiers.words import Box
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.web.refusal import Forbidden, Refusal
from tests.people import DISTRICT

PLACE = Box(50, 60, 155, 20)
FACTS = {"injury_rate": "61", "entitled_from": "01/2010", "birth": "1950", "decision_number": "12/QĐ-SLĐTBXH", "decision_date": "04/01/2010"}


@pytest.fixture
def third(appoint):
    return appoint("third", "officer", DISTRICT)


@pytest.fixture
def never_drawn(monkeypatch):
    monkeypatch.setattr("ansinh.dossiers.actions.entering.is_drawn", lambda code, per_mille: False)


@pytest.fixture
def paper(lan_to_enter):
    return lan_to_enter.papers.get()


@pytest.fixture
def entered(lan_to_enter, lan_page, paper, officer, never_drawn):
    """Lan's dossier after the first round."""
    confirm_kind(paper, kind="allowance_decision", by=officer)
    enter_field(paper, name="full_name", value="Dương Thị Lan", by=officer)
    for name, value in FACTS.items():
        enter_field(paper, name=name, value=value, page=lan_page, box=PLACE, by=officer)
    return finish_entering(lan_to_enter, number=1, by=officer)


def enter_again(dossier, page, account, rate, month="01/2010"):
    """The second round: the two fields that are always entered twice."""
    paper = dossier.papers.get()
    enter_field(paper, name="injury_rate", value=rate, page=page, box=PLACE, by=account)
    enter_field(paper, name="entitled_from", value=month, page=page, box=PLACE, by=account)
    return finish_entering(dossier, number=2, by=account)


def test_a_suggestion_that_is_accepted_keeps_its_place(paper, lan_page, officer):
    entering = enter_field(paper, name="full_name", value="DƯƠNG THỊ LAN", by=officer)
    assert (entering.is_as_suggested, entering.page, entering.round) == (True, lan_page, 1)
    assert (entering.left, entering.top, entering.width, entering.height) == (50, 60, 155, 20)


def test_a_typed_value_finds_its_place_among_the_words_of_the_page(paper, lan_page, officer):
    PageText.objects.filter(page=lan_page).update(words=[["Sinh", 10, 90, 40, 20, 90, 0], ["năm", 60, 90, 30, 20, 90, 0], ["1950", 100, 90, 50, 20, 40, 0]])
    entering = enter_field(paper, name="birth", value="1950", by=officer)
    assert (entering.page, entering.left, entering.width, entering.is_as_suggested) == (lan_page, 100, 50, False)


def test_a_box_beyond_the_page_is_cut_to_it(paper, lan_page, officer):
    entering = enter_field(paper, name="birth", value="1950", page=lan_page, box=Box(-20, 790, 2000, 200), by=officer)
    assert (entering.left, entering.top, entering.width, entering.height) == (0, 790, 600, 10)
    with pytest.raises(Refusal, match="ngoài trang"):
        enter_field(paper, name="birth", value="1950", page=lan_page, box=Box(900, 900, 20, 20), by=officer)


def test_the_journal_does_not_say_what_was_typed(paper, officer):
    enter_field(paper, name="full_name", value="Dương Thị Lan", by=officer)
    assert Entry.objects.get(act="dossiers.enter_field").facts == {"name": "full_name"}


def test_a_round_is_not_finished_while_kind_or_suggestion_is_undecided(lan_to_enter, paper, officer):
    with pytest.raises(Refusal, match="Giấy thứ 1 chưa được nhận loại"):
        finish_entering(lan_to_enter, number=1, by=officer)
    confirm_kind(paper, kind="allowance_decision", by=officer)
    with pytest.raises(Refusal, match="Còn 1 ô chưa nhận: Họ và tên"):
        finish_entering(lan_to_enter, number=1, by=officer)


def test_a_value_that_proves_something_needs_its_place(lan_to_enter, paper, officer):
    confirm_kind(paper, kind="allowance_decision", by=officer)
    enter_field(paper, name="full_name", value="Dương Thị Lan", by=officer)
    enter_field(paper, name="birth", value="1950", by=officer)
    with pytest.raises(Refusal, match="Chưa chỉ chỗ trên trang cho: Ngày sinh"):
        finish_entering(lan_to_enter, number=1, by=officer)


def test_fields_that_are_always_entered_twice_send_the_dossier_to_a_second_officer(entered):
    assert (entered.state, entered.round, entered.entered_twice) == (Dossier.State.ENTERED, 2, False)


def test_the_same_officer_never_enters_twice(entered, officer):
    with pytest.raises(Refusal, match="không chờ tài khoản này nhập"):
        take(entered, by=officer)
    with pytest.raises(Refusal, match="không chờ tài khoản này nhập"):
        enter_field(entered.papers.get(), name="injury_rate", value="61", by=officer)


def test_a_neighbour_enters_nothing(paper, neighbour):
    with pytest.raises(Forbidden):
        enter_field(paper, name="full_name", value="x", by=neighbour)


def test_two_enterings_that_agree_check_the_dossier_and_describe_its_papers(entered, lan_page, second):
    dossier = enter_again(entered, lan_page, second, "61")
    paper = dossier.papers.get()
    rate = next(row for row in settled_of(dossier) if row.field.code == "injury_rate")
    assert (dossier.state, rate.value, rate.checked_by) == (Dossier.State.CHECKED, "61", second)
    assert (paper.number, paper.notation, f"{paper.issued_on:%d/%m/%Y}") == ("12", "QĐ-SLĐTBXH", "04/01/2010")


def test_a_difference_goes_to_a_third_officer_who_decides(entered, lan_page, second, third):
    dossier = enter_again(entered, lan_page, second, "41")
    assert (dossier.state, dossier.round) == (Dossier.State.ENTERED, 3)
    assert [field.code for _paper, field in differing(dossier)] == ["injury_rate"]
    with pytest.raises(Refusal, match="không chờ tài khoản này nhập"):
        take(dossier, by=second)
    with pytest.raises(Refusal, match="Còn 1 ô chưa nhận"):
        finish_entering(dossier, number=3, by=third)
    enter_field(dossier.papers.get(), name="injury_rate", value="41", page=lan_page, box=PLACE, by=third)
    finish_entering(dossier, number=3, by=third)
    rate = next(row for row in settled_of(dossier) if row.field.code == "injury_rate")
    assert (dossier.state, rate.value, rate.entering.round) == (Dossier.State.CHECKED, "41", 3)


def test_the_third_officer_may_say_that_it_cannot_be_read(entered, lan_page, second, third):
    dossier = enter_again(entered, lan_page, second, "41")
    enter_field(dossier.papers.get(), name="injury_rate", is_unreadable=True, by=third)
    finish_entering(dossier, number=3, by=third)
    assert next(row for row in settled_of(dossier) if row.field.code == "injury_rate").is_unreadable


def test_a_finished_round_is_taken_back_until_others_build_on_it(entered, lan_page, officer, second):
    undo(Entry.objects.get(act="dossiers.finish_entering"), by=officer)
    entered.refresh_from_db()
    assert (entered.state, entered.round) == (Dossier.State.READ, 1)
    enter_field(entered.papers.get(), name="birth", value="1951", page=lan_page, box=PLACE, by=officer)
    finish_entering(entered, number=1, by=officer)
    enter_again(entered, lan_page, second, "61")
    with pytest.raises(Refusal, match="đã được người khác nhập tiếp"):
        undo(Entry.objects.filter(act="dossiers.finish_entering").order_by("id")[1], by=officer)


def test_five_of_a_hundred_dossiers_are_drawn_and_always_the_same():
    drawn = [code for code in range(10_000) if rounds.is_drawn(f"TB-{code:05}", 50)]
    assert 400 < len(drawn) < 600
    assert all(rounds.is_drawn(f"TB-{code:05}", 50) for code in drawn)


def test_a_drawn_dossier_is_entered_again_whole(entered, lan_page, second):
    entered.entered_twice = True
    entered.save()
    enter_field(entered.papers.get(), name="full_name", value="Dương Thị Lân", by=second)
    enter_again(entered, lan_page, second, "61")
    assert {field.code for _paper, field in differing(entered)} == {"full_name", "birth", "decision_number", "decision_date"}


def test_an_entering_is_never_changed_but_replaced(paper, officer):
    enter_field(paper, name="full_name", value="Dương Thị Lạn", by=officer)
    enter_field(paper, name="full_name", value="Dương Thị Lan", by=officer)
    assert Entering.objects.count() == 2
    assert [row.value for row in settled_of(paper.dossier)] == ["Dương Thị Lan"]
