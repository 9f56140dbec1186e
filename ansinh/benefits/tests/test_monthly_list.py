"""From reckoning to the provider's return, month by month."""
from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.payments.models import Posting, Proposal
from ansinh.payments.queries import balances, open_claims, verify_ledger
from ansinh.web.refusal import Refusal

JUNE, JULY, SEPTEMBER, OCTOBER, NOVEMBER = (date(2023, m, 1) for m in (6, 7, 9, 10, 11))
MAY = date(2023, 5, 1)


def test_a_late_decree_pays_its_arrears_with_the_first_list_that_may_use_it(lan, granted, run_list):
    granted(lan, grade=61, paid_up_to=date(2023, 8, 1))
    september = run_list(SEPTEMBER)["Dương Thị Lan"]
    october = run_list(OCTOBER)["Dương Thị Lan"]
    assert (september.this_month, september.arrears) == (3_174_000, 0)
    assert (october.this_month, october.arrears, october.total) == (4_016_000, 2_526_000, 6_542_000)
    assert october.arrears_months == "07–09/2023"
    assert verify_ledger() == []


def test_reckoning_again_writes_nothing(lan, granted, appoint):
    preparer = appoint("again", "officer", "19.")
    granted(lan, grade=61, paid_up_to=MAY)
    with clock.held_at(date(2023, 5, 25)):
        _batch, first = benefits.assess(JUNE, by=preparer)
        _batch, second = benefits.assess(JUNE, by=preparer)
    assert (first, second) == (1, 0)


def test_what_is_not_collected_goes_with_the_next_list_and_the_ledger_stays_whole(lan, granted, run_list):
    granted(lan, grade=61, paid_up_to=MAY)
    run_list(JUNE, unpaid={"Dương Thị Lan"})
    july = run_list(JULY)["Dương Thị Lan"]
    assert (july.this_month, july.carried, july.total) == (3_174_000, 3_174_000, 6_348_000)
    assert verify_ledger() == []
    assert balances()["owed"] == 0


def test_a_stop_learnt_late_is_found_as_an_overpayment_and_owed_back(lan, granted, run_list, officer):
    entitlement = Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=MAY))
    run_list(JUNE)
    run_list(JULY)
    with clock.held_at(date(2023, 7, 20)):
        benefits.stop(entitlement, until=date(2023, 5, 31), source="Trích lục khai tử 14", by=officer)
    august = run_list(date(2023, 8, 1))["Dương Thị Lan"]
    assert (august.this_month, august.overpaid, august.total) == (0, 6_348_000, 0)
    assert open_claims().sort("month")["amount"].to_list() == [3_174_000, 3_174_000]
    assert verify_ledger() == []


def test_a_stop_undone_cancels_the_recovery_before_it_pays(lan, granted, run_list, officer):
    entitlement = Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=MAY))
    run_list(JUNE)
    with clock.held_at(date(2023, 6, 20)):
        benefits.stop(entitlement, until=date(2023, 5, 31), source="Nhầm người", by=officer)
    run_list(JULY)
    with clock.held_at(date(2023, 7, 20)):
        benefits.stop(entitlement, until=date(2023, 12, 31), source="Quyết định sửa", by=officer)
    august = run_list(date(2023, 8, 1))["Dương Thị Lan"]
    assert (august.this_month, august.arrears) == (3_174_000, 3_174_000)
    assert len(open_claims()) == 0
    assert verify_ledger() == []


def test_the_preparer_may_not_approve_their_own_list(lan, granted, chief, appoint):
    both = appoint("both", "officer", "19.")
    granted(lan, grade=61, paid_up_to=MAY)
    with clock.held_at(date(2023, 5, 25)):
        benefits.assess(JUNE, by=both)
        lists = payments.propose(JUNE, by=both)
    both.rights.update(role="approver")
    with pytest.raises(Refusal, match="người khác"):
        payments.approve(lists, by=type(both).objects.get(pk=both.pk))
    assert Posting.objects.count() == 0


def test_a_list_approved_twice_is_posted_once(lan, granted, chief, appoint):
    preparer = appoint("first", "officer", "19.")
    second = appoint("second", "approver", "19.")
    granted(lan, grade=61, paid_up_to=MAY)
    with clock.held_at(date(2023, 5, 25)):
        benefits.assess(JUNE, by=preparer)
        lists = payments.propose(JUNE, by=preparer)
        payments.approve(lists, by=chief)
        with pytest.raises(Refusal, match="vừa được người khác duyệt"):
            payments.approve(lists, by=second)
    assert Posting.objects.count() == 1


def test_a_list_reckoned_anew_since_must_be_proposed_again(lan, granted, chief, appoint, officer):
    preparer = appoint("early", "officer", "19.")
    entitlement = Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=MAY))
    with clock.held_at(date(2023, 5, 25)):
        benefits.assess(JUNE, by=preparer)
        benefits.correct(entitlement, since=date(2023, 1, 1), grade=65, source="Biên bản giám định", by=officer)
        lists = payments.propose(JUNE, by=preparer)
        benefits.assess(JUNE, by=preparer)
        with pytest.raises(Refusal, match="tính lại"):
            payments.approve(lists, by=chief)


def test_a_held_line_is_not_paid_and_comes_back_as_arrears(lan, granted, settle, chief, accountant, appoint):
    preparer = appoint("holder", "officer", "19.")
    granted(lan, grade=61, paid_up_to=MAY)
    granted(settle("Lý Văn Páo"), "prisoner", paid_up_to=MAY)
    with clock.held_at(date(2023, 5, 25)):
        benefits.assess(JUNE, by=preparer)
        lists = payments.propose(JUNE, by=preparer)
        payments.hold(lists[0].lines.get(name="Dương Thị Lan"), reason="chờ xác minh tin mất", by=preparer)
        payments.approve(lists, by=chief)
    with clock.held_at(book().lock_day(JULY)):
        benefits.assess(JULY, by=preparer)
        july = payments.propose(JULY, by=preparer)[0].lines.get(name="Dương Thị Lan")
    assert (july.this_month, july.arrears) == (3_174_000, 3_174_000)
    assert verify_ledger() == []


def test_proposals_carry_the_article_of_every_part(lan, granted, appoint):
    granted(lan, grade=85, attendant=True, paid_up_to=MAY)
    with clock.held_at(date(2023, 5, 25)):
        benefits.assess(JUNE, by=appoint("teller", "officer", "19."))
    parts = Proposal.objects.get().parts
    assert {p["part"]: p["amount"] for p in parts} == {"allowance": 4_426_000, "supplement": 815_000, "attendant": 1_624_000}
    assert all("75/2021/NĐ-CP" in p["basis"] for p in parts)
