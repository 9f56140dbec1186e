"""What was entered, settled and proved elsewhere stands again after a package was taken in, as far as this office's own rules allow."""
import pytest

from ansinh.dossiers.actions import confirm, export_package, settle
from ansinh.dossiers.models import Dossier, Entering, Evidence, Settlement
from ansinh.dossiers.queries.agreement import agreement_of
from ansinh.dossiers.queries.errors import rates
from ansinh.dossiers.receipts import receipt_words
from ansinh.office import clock
from ansinh.office.models import Task
from ansinh.registry import actions as registry
from tests.people import OTHER_COMMUNE, PROVINCE

from .checked import CERTIFICATE, DECISION, MINUTES
from .packages import contents, edited, elsewhere, of_first, repacked, take_in

State = Dossier.State
NUMBER = DECISION["citizen_number"]


@pytest.fixture
def verified(whole, ba, officer):
    """Ba's dossier, written into the register."""
    whole.person = ba
    whole.save()
    return confirm(whole, by=officer)


def test_a_verified_dossier_is_verified_here_where_the_register_says_the_same(verified, travelling, receiver, ba):
    there = Evidence.objects.count()
    (arrival,) = take_in(travelling(verified), receiver)
    dossier = arrival.dossier
    assert (dossier.state, dossier.person, arrival.link) == (State.VERIFIED, ba, "linked")
    assert dossier.verified_at is not None
    assert (arrival.proved, arrival.proved_there) == (there, there)
    proof = Evidence.objects.filter(page__dossier=dossier, name="grade").first()
    assert proof.standing.person == ba
    assert proof.checked_by is None
    assert proof.checked_elsewhere_by == "Second (second)"
    assert receipt_words(arrival.as_data()).startswith("TB-01187: đã xác minh; đã nối")


def test_a_verified_dossier_leaves_another_installation_as_it_came(verified, officer, tmp_path):
    export_package([verified], to=tmp_path / "goi.zip", by=officer)
    told, again = elsewhere(tmp_path / "goi.zip", tmp_path)
    assert "'state': 'verified'" in told
    assert contents(again) == contents(tmp_path / "goi.zip")
    assert len(of_first(contents(again))["evidence"]) == Evidence.objects.count()


def test_who_entered_elsewhere_is_kept_in_words(verified, travelling, receiver):
    (arrival,) = take_in(travelling(verified), receiver)
    rows = Entering.objects.filter(paper__dossier=arrival.dossier)
    assert set(rows.values_list("entered_by__username", "entered_elsewhere_by", "round")) == {
        ("receiver", "Officer (officer)", 1), ("receiver", "Second (second)", 2),
    }
    assert rows.first().who == "Officer (officer) ở nơi gửi gói; Receiver nhận gói"


def test_of_a_person_who_is_not_here_a_dossier_is_checked_and_left_open(verified, travelling, receiver, tmp_path):
    path = repacked(travelling(verified), tmp_path / "x.zip", lambda parts: edited(parts, ("person", "citizen_number"), "019050009999"))
    (arrival,) = take_in(path, receiver)
    assert (arrival.dossier.state, arrival.dossier.person, arrival.link, arrival.proved) == (State.CHECKED, None, "nobody", 0)
    assert "ở nơi gửi: đã xác minh" in receipt_words(arrival.as_data())


def test_without_the_number_of_a_person_the_one_on_the_papers_counts(verified, travelling, receiver, tmp_path, ba):
    path = repacked(travelling(verified), tmp_path / "x.zip", lambda parts: edited(parts, ("person", "citizen_number"), ""))
    assert take_in(path, receiver)[0].dossier.person == ba


def test_a_person_of_another_district_is_nobody_here(verified, travelling, receiver, appoint, areas, ba):
    path = travelling(verified)
    registry.move(ba, area=areas[OTHER_COMMUNE], since=clock.today(), source="Phiếu chuyển", by=appoint("province", "officer", PROVINCE))
    (arrival,) = take_in(path, receiver)
    assert (arrival.link, arrival.dossier.person) == ("nobody", None)


def test_what_the_register_says_otherwise_is_asked_and_not_proved(verified, travelling, receiver, ba, officer):
    path = travelling(verified)
    registry.correct_particulars(ba, name="Trần Văn Bá", source="Giấy khai sinh", by=officer)
    (arrival,) = take_in(path, receiver)
    assert arrival.dossier.state == State.CHECKED
    assert arrival.proved < arrival.proved_there
    assert Task.objects.open().filter(key=f"dossiers.dossier:{arrival.dossier.pk}", act="dossiers.settle").exists()


def test_a_checked_dossier_can_be_written_into_the_register_as_any_other(whole, ba, travelling, receiver, officer):
    path = travelling(whole)
    registry.add_identifier(ba, kind="citizen", number=NUMBER, source="Thẻ", by=officer)
    (arrival,) = take_in(path, receiver)
    assert (arrival.dossier.state, arrival.dossier.person) == (State.CHECKED, ba)
    assert confirm(arrival.dossier, by=receiver).state == State.VERIFIED


def test_one_person_entering_twice_is_no_second_entering(verified, travelling, receiver, tmp_path):
    def one_hand(parts):
        edited(parts, ("enterings",), [row | {"by": "Officer (officer)"} for row in of_first(parts)["enterings"]])

    (arrival,) = take_in(repacked(travelling(verified), tmp_path / "x.zip", one_hand), receiver)
    assert (arrival.dossier.state, arrival.dossier.round) == (State.ENTERED, 2)


def test_an_entering_left_out_leaves_the_dossier_before_the_rules(verified, travelling, receiver, tmp_path):
    def nothing_entered(parts):
        edited(parts, ("enterings",), [])
        edited(parts, ("evidence",), [])

    (arrival,) = take_in(repacked(travelling(verified), tmp_path / "x.zip", nothing_entered), receiver)
    assert (arrival.dossier.state, arrival.dossier.round) == (State.READ, 1)


def test_a_choice_between_papers_goes_along(dossier_with, travelling, receiver, officer):
    dossier = dossier_with({"injury_certificate": CERTIFICATE, "medical_board_minutes": MINUTES | {"injury_rate": "45"}, "allowance_decision": DECISION})
    (contradiction,) = agreement_of(dossier).contradictions
    chosen = settle(dossier, name="injury_rate", entering=contradiction.sides[0].papers[0].entering, reason="quyết định sau", by=officer)
    (arrival,) = take_in(travelling(dossier), receiver)
    ours = Settlement.objects.get(dossier=arrival.dossier)
    assert (ours.reason, ours.entering.value) == ("quyết định sau", chosen.entering.value)
    assert agreement_of(arrival.dossier).contradictions == ()


def test_what_was_entered_elsewhere_counts_for_nobody_here(verified, travelling, receiver):
    before = rates(receiver, clock.today().replace(day=1))[2].entered
    take_in(travelling(verified), receiver)
    assert rates(receiver, clock.today().replace(day=1))[2].entered == before
