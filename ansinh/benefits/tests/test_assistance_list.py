"""Social assistance on a list of its own: reckoned by its own tables, beside the merit list of the same person and month."""
from datetime import date

import pytest
from django.urls import reverse

from ansinh.benefits import actions as benefits
from ansinh.engine.law import book
from ansinh.engine.months import as_date
from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.payments.models import Line, PayList, Posting, Proposal
from ansinh.web.refusal import Refusal
from tests.people import PROVINCE

NOVEMBER = date(2023, 11, 1)


@pytest.fixture
def lan_grown_old(lan, officer):
    """Lan, a wounded soldier who is severely disabled too; both fields pay."""
    with clock.held_at(date(2023, 9, 5)):
        benefits.grant(lan, standing="wounded", grade=61, since=date(2023, 9, 1), source="QĐ 12", by=officer)
        benefits.grant(lan, standing="disabled", severity="severe", since=date(2023, 9, 1), source="QĐ 13", by=officer)
    return lan


def lists_of(field, appoint):
    preparer = appoint(f"preparer-{field}", "officer", PROVINCE)
    with clock.held_at(book().lock_day(NOVEMBER)):
        benefits.assess(NOVEMBER, field=field, by=preparer)
        return payments.propose(NOVEMBER, field=field, by=preparer)


@pytest.mark.parametrize(("field", "total"), [("merit", 4_016_000 * 3), ("assistance", 720_000 * 3)])
def test_each_field_has_a_list_with_its_own_money(lan_grown_old, appoint, field, total):
    (paylist,) = lists_of(field, appoint)
    assert (paylist.field, paylist.total) == (field, total)


def test_lists_of_both_fields_have_different_numbers(lan_grown_old, appoint):
    numbers = {paylist.number for field in ("merit", "assistance") for paylist in lists_of(field, appoint)}
    assert len(numbers) == 2


def test_approving_one_field_leaves_the_other_alone(lan_grown_old, appoint, chief):
    assistance = lists_of("assistance", appoint)
    lists_of("merit", appoint)
    payments.approve(assistance, by=chief)
    assert {posting.payable.field for posting in Posting.objects.all()} == {"assistance"}
    assert PayList.objects.get(field="merit").state == PayList.State.PROPOSED


def test_a_birth_is_taken_from_the_person_where_the_paper_names_nobody_else(lan_grown_old):
    terms = lan_grown_old.payables.get(field="assistance").entitlement.terms_rows.get()
    assert terms.born == lan_grown_old.birth_on


def test_a_lump_sum_is_paid_once_and_in_one_month(lan, officer, appoint):
    with clock.held_at(date(2023, 10, 10)):
        benefits.grant(lan, standing="injury_lump", grade=8, since=date(2023, 10, 10), source="QĐ 14", by=officer)
    lists_of("merit", appoint)
    assert Line.objects.get().arrears == 4 * 2_055_000


def test_a_severity_that_the_law_does_not_know_is_refused_and_nothing_is_written(lan, officer):
    with pytest.raises(Refusal, match="mức độ khuyết tật"):
        benefits.grant(lan, standing="disabled", severity="light", since=date(2023, 9, 1), source="QĐ", by=officer)
    assert not lan.payables.exists()


def test_the_receipt_of_a_line_shows_level_times_factor(lan_grown_old, appoint, officer, client):
    (paylist,) = lists_of("assistance", appoint)
    client.force_login(officer)
    said = client.get(reverse("payments.why", args=[paylist.lines.get().pk])).content.decode()
    assert "360.000 đ × 2" in said


def test_months_looked_at_one_by_one_for_two_claims_are_told_together(lan, officer, appoint):
    born = date(1943, 1, 31)
    with clock.held_at(date(2023, 9, 5)):
        benefits.grant(lan, standing="elder_poor", since=date(2022, 6, 1), born=born, source="QĐ 12", by=officer)
        benefits.grant(lan, standing="elder_80", since=date(2023, 1, 1), born=born, source="QĐ 13", by=officer)
    lists_of("assistance", appoint)
    told = [[(as_date(part["since"]), as_date(part["until"]), part["amount"]) for part in p.parts] for p in Proposal.objects.order_by("since")]
    young, old = (date(2022, 6, 1), date(2022, 12, 1), 540_000), (date(2023, 1, 1), NOVEMBER, 720_000)
    assert told == [[young], [old], [old]]


def test_parts_of_a_month_are_told_in_one_order_so_that_the_same_content_is_never_new(lan, officer, appoint):
    with clock.held_at(date(2023, 9, 5)):
        benefits.grant(lan, standing="wounded", grade=85, attendant=True, since=date(2022, 6, 1), source="QĐ 12", by=officer)
    lists_of("merit", appoint)
    told = [(part["since"], part["part"]) for part in Proposal.objects.get(kind="due").parts]
    assert [part for _since, part in told] == ["allowance", "attendant", "supplement"] and told == sorted(told)
