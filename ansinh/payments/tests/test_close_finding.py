"""Đóng mục soát: with a reason, for the facts that were found; two officers, a list made anew, undo."""
from datetime import date

import pytest

from ansinh.engine.law.places import LawError
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.payments import actions
from ansinh.payments.models import Closing, Finding, Line, PayList, SweepDecision
from ansinh.payments.queries.findings import decided_words, risk_of
from ansinh.payments.reasons import FILE, load_reasons, offered, reasons
from ansinh.registry import actions as registry
from ansinh.web.refusal import Forbidden, Refusal
from tests.people import DISTRICT, OTHER_COMMUNE

from .office import fresh, line_of, lock_day, open_before
from .sweeping import standing_of, tell

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))
MILLION = 1_000_000
LAN = "Dương Thị Lan"
MOVED = ("dan-cu-chuyen", LAN)


@pytest.fixture
def lan(office):
    payable = office.payee(LAN)
    open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    tell(payable.person, state="moved", by=office.preparer)
    return payable


@pytest.fixture
def lists(office, lan):
    """June's list with one open finding: Lan moved away by the population list."""
    return office.propose(JUNE)


@pytest.fixture
def finding(lists):
    return Finding.objects.get()


@pytest.fixture
def second(appoint):
    """Another officer of the same district."""
    return appoint("second", "officer", DISTRICT)


def close(finding, by, reason="verified", note="Đã gọi xã Tân Kim, bà vẫn ở nhà"):
    return actions.close_finding(finding, reason=reason, note=note, by=by)


def test_a_list_with_an_open_finding_is_not_approved(office, lists):
    with pytest.raises(Refusal, match="Còn 1 mục soát mở ở 05920-2023-06-BĐ"):
        office.approve(lists)
    assert PayList.objects.get().state == "proposed"


def test_a_closed_finding_lets_the_list_be_approved(office, lists, finding):
    close(finding, office.preparer)
    office.approve(lists)
    assert standing_of(JUNE) == {MOVED: "dong"}


def test_the_second_of_two_officers_is_told_who_was_quicker_and_why(office, finding, second):
    close(finding, office.preparer)
    with pytest.raises(Refusal, match="Clerk_Of_Lists vừa đóng mục này: Đúng người, đã xác minh"):
        close(finding, second, reason="other", note="khác")
    assert Closing.objects.count() == 1


def test_a_reason_needs_words_where_the_office_says_so(office, finding):
    with pytest.raises(Refusal, match="Ghi rõ đã xác minh") as refused:
        close(finding, office.preparer, note=" ")
    assert refused.value.field == "note"
    close(finding, office.preparer, reason="corrected", note="")


@pytest.mark.parametrize("reason", ["two_people", "held", "paid_by_decision", "anything"])
def test_a_reason_of_another_check_or_way_is_refused(office, finding, reason):
    with pytest.raises(Refusal, match="Loại lý do này"):
        close(finding, office.preparer, reason=reason)


def test_an_officer_of_another_district_may_not_close(finding, neighbour):
    with pytest.raises(Forbidden):
        close(finding, neighbour)


def test_the_note_stays_out_of_the_journal(office, finding):
    close(finding, office.preparer)
    entry = Entry.objects.get(act="payments.close_finding")
    assert (entry.key, entry.facts) == (f"payments.finding:{finding.pk}", {"reason": "verified"})


def test_a_closing_survives_a_list_made_anew_with_the_same_facts(office, lan, lists, finding):
    close(finding, office.preparer)
    office.due(lan, JUNE, 1_100_000)
    again = office.propose(JUNE)
    assert again[0].pk != lists[0].pk
    finding.refresh_from_db()
    assert (standing_of(JUNE), finding.amount) == ({MOVED: "dong"}, 1_100_000)


def test_other_facts_open_a_closed_finding_again_and_it_can_be_closed_anew(office, lan, finding):
    close(finding, office.preparer)
    registry.record_death(lan.person, on=date(2023, 5, 2), source="Trích lục khai tử 14", by=office.preparer)
    office.propose(JUNE)
    close(Finding.objects.get(check_code="da-mat"), office.preparer, note="nhầm người cùng tên")
    registry.correct_death(lan.person, on=date(2023, 5, 3), source="Trích lục khai tử 15", by=office.preparer)
    office.propose(JUNE)
    assert standing_of(JUNE)[("da-mat", LAN)] == "mo"
    close(Finding.objects.get(check_code="da-mat"), office.preparer, note="vẫn nhầm")
    assert standing_of(JUNE)[("da-mat", LAN)] == "dong"


def test_a_finding_that_is_seen_no_more_is_gone_and_needs_no_closing(office, lan, lists, finding):
    finding.person.populationrecord_rows.update(withdrawn_at=clock.now(), withdrawn_in=Entry.objects.first())
    actions.sweep(lists, by=office.preparer)
    assert standing_of(JUNE) == {MOVED: "het"}
    with pytest.raises(Refusal, match="không còn thấy"):
        close(finding, office.preparer)
    office.approve(lists)


def test_what_was_gone_and_is_found_again_is_the_same_finding(office, lists, finding):
    Finding.objects.update(gone_in=finding.found_in)
    actions.sweep(lists, by=office.preparer)
    assert Finding.objects.get().gone_in is None


def test_who_fell_off_the_lists_has_no_finding_any_more(office, lan, finding):
    office.payee("Vi Thị Sao")
    office.end(lan, date(2023, 5, 31))
    office.propose(JUNE)
    assert standing_of(JUNE) == {MOVED: "het"}


def test_a_finding_comes_to_light_just_before_the_approval(office, lan, lists, finding):
    close(finding, office.preparer)
    registry.record_death(lan.person, on=date(2023, 5, 2), source="Trích lục khai tử 14", by=office.preparer)
    with pytest.raises(Refusal, match="Còn 1 mục soát mở"):
        office.approve(lists)


def test_holding_a_line_closes_its_findings_and_letting_go_opens_them(office, lists, finding):
    line = line_of(LAN, JUNE)
    actions.hold(line, reason="chờ xã trả lời", by=office.preparer)
    assert standing_of(JUNE) == {MOVED: "giu"}
    assert Closing.objects.get().reason == "held"
    actions.release(line, by=office.preparer)
    assert standing_of(JUNE) == {MOVED: "mo"}


def test_a_held_line_is_no_risk_also_when_something_new_is_found(office, lan, lists):
    actions.hold(line_of(LAN, JUNE), reason="chờ xã trả lời", by=office.preparer)
    registry.record_death(lan.person, on=date(2023, 5, 2), source="Trích lục khai tử 14", by=office.preparer)
    office.approve(lists)
    assert risk_of(lists) == (0, 0)


def test_holding_is_undone_with_its_closings(office, lists, finding):
    actions.hold(line_of(LAN, JUNE), reason="chờ xã trả lời", by=office.preparer)
    undo(Entry.objects.get(act="payments.hold"), by=office.preparer)
    assert (line_of(LAN, JUNE).held_because, standing_of(JUNE)) == ("", {MOVED: "mo"})


def test_a_hold_on_a_list_made_anew_meanwhile_is_let_go_on_the_new_line(office, lan, lists):
    actions.hold(line_of(LAN, JUNE), reason="chờ xã trả lời", by=office.preparer)
    office.due(lan, JUNE, 1_100_000)
    office.propose(JUNE)
    assert standing_of(JUNE) == {MOVED: "giu"}
    with pytest.raises(Refusal, match="đã được lập lại"):
        undo(Entry.objects.get(act="payments.hold"), by=office.preparer)
    actions.release(line_of(LAN, JUNE), by=office.preparer)
    assert standing_of(JUNE) == {MOVED: "mo"}


def test_a_finding_is_opened_again_by_an_officer_and_that_is_undone(office, finding, second):
    close(finding, office.preparer)
    actions.reopen_finding(finding, by=second)
    assert standing_of(JUNE) == {MOVED: "mo"}
    undo(Entry.objects.get(act="payments.reopen_finding"), by=second)
    assert standing_of(JUNE) == {MOVED: "dong"}
    with pytest.raises(Refusal, match="đang mở"):
        actions.reopen_finding(Finding.objects.create(
            month=JULY, field="merit", check_code="trung", person=finding.person, area_path=OTHER_COMMUNE, facts="2", amount=1,
            found_in=finding.found_in, seen_in=finding.seen_in,
        ), by=office.preparer)


def test_closing_is_undone_until_the_list_is_approved(office, lists, finding):
    close(finding, office.preparer)
    entry = Entry.objects.get(act="payments.close_finding")
    undo(entry, by=office.preparer)
    assert standing_of(JUNE) == {MOVED: "mo"}
    close(finding, office.preparer)
    office.approve(lists)
    with pytest.raises(Refusal, match="đã duyệt"):
        undo(Entry.objects.filter(act="payments.close_finding").last(), by=office.preparer)
    with pytest.raises(Refusal, match="đã duyệt"):
        actions.reopen_finding(finding, by=office.preparer)


def test_open_findings_are_paid_by_a_decision_with_number_and_reason(office, lists, chief):
    actions.decide_open(lists, number="QĐ 31/QĐ-SLĐTBXH", reason="xã trả lời trước 28/5", by=chief)
    office.approve(lists)
    assert standing_of(JUNE) == {MOVED: "quyet-dinh"}
    decision = SweepDecision.objects.get()
    assert (decision.count, decision.amount, decision.area_path) == (1, MILLION, "19.173.05920.")
    assert [(d["number"], d["n"]) for d in decided_words(fresh(lists))] == [("QĐ 31/QĐ-SLĐTBXH", 1)]
    assert Entry.objects.filter(act="payments.decide_open", facts__number="QĐ 31/QĐ-SLĐTBXH").exists()


@pytest.mark.parametrize(("number", "reason", "field"), [(" ", "lý do", "number"), ("QĐ 31", " ", "reason")])
def test_a_decision_needs_number_and_reason(lists, chief, number, reason, field):
    with pytest.raises(Refusal) as refused:
        actions.decide_open(lists, number=number, reason=reason, by=chief)
    assert refused.value.field == field


def test_a_decision_covers_nothing_that_is_found_later(office, lan, lists, chief):
    actions.decide_open(lists, number="QĐ 31", reason="xã trả lời sau", by=chief)
    registry.record_death(lan.person, on=date(2023, 5, 2), source="Trích lục khai tử 14", by=office.preparer)
    with pytest.raises(Refusal, match="Còn 1 mục soát mở"):
        office.approve(lists)


def test_there_is_nothing_to_decide_where_nothing_is_open(office, lists, finding, chief):
    close(finding, office.preparer)
    with pytest.raises(Refusal, match="không cần quyết định"):
        actions.decide_open(lists, number="QĐ 31", reason="thừa", by=chief)


def test_a_decision_is_undone_until_the_list_is_approved(office, lists, chief):
    actions.decide_open(lists, number="QĐ 31", reason="xã trả lời sau", by=chief)
    undo(Entry.objects.get(act="payments.decide_open"), by=chief)
    assert (standing_of(JUNE), decided_words(lists)) == ({MOVED: "mo"}, [])
    actions.decide_open(lists, number="QĐ 32", reason="xã trả lời sau", by=chief)
    office.approve(lists)
    with pytest.raises(Refusal, match="đã duyệt"):
        undo(Entry.objects.filter(act="payments.decide_open").last(), by=chief)


def test_an_officer_may_not_decide(office, lists):
    with pytest.raises(Forbidden):
        actions.decide_open(lists, number="QĐ 31", reason="tự quyết", by=office.preparer)


def test_the_same_fault_next_month_is_a_finding_of_its_own(office, lists, finding):
    close(finding, office.preparer)
    office.export(office.approve(lists))
    office.reconcile(lists)
    office.propose(JULY)
    assert standing_of(JULY) == {MOVED: "mo"}


def test_every_reason_is_offered_somewhere_and_knows_its_way():
    assert {reason.by for reason in reasons().values()} == {"officer", "hold", "decision"}
    assert "two_people" in [reason.code for reason in offered("trung")]
    assert "two_people" not in [reason.code for reason in offered("da-mat")]


def test_a_finding_of_a_list_withdrawn_meanwhile_is_not_held(office, lists, finding):
    with clock.held_at(lock_day(JUNE)):
        actions.withdraw(lists, by=office.preparer)
    assert finding.line() is None
    assert Line.objects.count() == 1


def test_a_reason_for_a_check_that_nobody_makes_is_refused_with_file_line_and_the_nearest_one(tmp_path):
    path = tmp_path / FILE.name
    path.write_text(FILE.read_text("utf-8").replace("qua-tuoi", "qua-tuo"), "utf-8")
    with pytest.raises(LawError, match=r"reasons\.yaml:\d+: 'qua-tuo' is not in the checks of the sweep, nearest is 'qua-tuoi'"):
        load_reasons(path)
