"""The first day of an entitlement is corrected: months lost are recovered, months gained are arrears, and the registry's word asks for it."""
from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.consequences import preview
from ansinh.benefits.models import Entitlement
from ansinh.benefits.queries import current_terms
from ansinh.engine import terms
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry, Task
from ansinh.payments.queries import verify_ledger
from ansinh.registry import actions as registry
from ansinh.web.refusal import Refusal

MARCH, MAY, JUNE, JULY = (date(2023, month, 1) for month in (3, 5, 6, 7))
TODAY = date(2023, 6, 20)
PAPER = "Quyết định 14"


@pytest.fixture
def entitlement(lan, granted):
    """Lan's allowance from 1 May 2023."""
    return Entitlement.objects.get(pk=granted(lan, grade=61, since=MAY))


def spans(entitlement):
    return [(row.since, row.until, row.grade, row.source) for row in current_terms(entitlement)]


def test_an_earlier_day_brings_arrears_with_the_next_list(entitlement, run_list, officer):
    run_list(JUNE)
    with clock.held_at(TODAY):
        shown = preview(entitlement, terms.begin, since=MARCH)
        benefits.begin(entitlement, since=MARCH, source=PAPER, by=officer)
    assert (shown.arrears, shown.recovery) == (2 * 3_174_000, 0)
    assert spans(entitlement) == [(MARCH, None, 61, PAPER)]
    july = run_list(JULY)["Dương Thị Lan"]
    assert (july.this_month, july.arrears) == (3_174_000, 2 * 3_174_000)
    assert verify_ledger() == []


def test_a_later_day_makes_what_was_paid_before_it_a_recovery(entitlement, run_list, officer):
    run_list(JUNE)
    with clock.held_at(TODAY):
        shown = preview(entitlement, terms.begin, since=JULY)
        benefits.begin(entitlement, since=JULY, source=PAPER, by=officer)
    assert (shown.arrears, shown.recovery) == (0, 2 * 3_174_000)
    run_list(JULY)
    assert verify_ledger() == []


def test_an_undo_brings_the_day_and_its_paper_back(entitlement, officer):
    with clock.held_at(TODAY):
        benefits.correct(entitlement, since=JUNE, grade=65, source="Biên bản 7", by=officer)
        before = spans(entitlement)
        benefits.begin(entitlement, since=date(2023, 6, 10), source=PAPER, by=officer)
        assert spans(entitlement) == [(date(2023, 6, 10), None, 65, PAPER)]
        undo(Entry.objects.get(act="benefits.begin"), by=officer)
    assert spans(entitlement) == before


def test_what_changes_nothing_or_cannot_be_is_refused(entitlement, officer):
    benefits.stop(entitlement, until=date(2023, 6, 30), source="x", by=officer)
    with pytest.raises(Refusal, match="đúng từ ngày 01/05/2023"):
        benefits.begin(entitlement, since=MAY, source=PAPER, by=officer)
    with pytest.raises(Refusal, match="sau ngày thôi hưởng 30/06/2023"):
        benefits.begin(entitlement, since=JULY, source=PAPER, by=officer)


def test_a_standing_that_began_on_another_day_asks_for_it_and_the_act_answers(lan, granted, officer):
    with clock.held_at(TODAY):
        registry.recognise(lan, code="wounded", grade=61, since=MARCH, source="QĐ 12", by=officer)
        entitlement = Entitlement.objects.get(pk=granted(lan, grade=61, since=MARCH))
        registry.correct_beginning(lan, code="wounded", since=MAY, source="QĐ 13", by=officer)
        task = Task.objects.open().get(act="benefits.begin")
        assert (task.key, task.facts) == (f"benefits.entitlement:{entitlement.pk}", {"since": "2023-05-01"})
        benefits.begin(entitlement, since=MAY, source="QĐ 13", by=officer)
    assert not Task.objects.open().filter(act="benefits.begin").exists()


def test_an_earlier_span_that_is_recognised_asks_for_it_too(lan, granted, officer):
    with clock.held_at(TODAY):
        registry.recognise(lan, code="wounded", grade=61, since=MAY, source="QĐ 12", by=officer)
        granted(lan, grade=61, since=MAY)
        registry.recognise(lan, code="wounded", grade=61, since=MARCH, until=date(2023, 4, 30), source="QĐ 13", by=officer)
    assert Task.objects.open().get(act="benefits.begin").facts == {"since": "2023-03-01"}


def test_an_officer_sees_the_consequences_before_it_is_written(entitlement, run_list, officer, client):
    run_list(JUNE)
    client.force_login(officer)
    address = f"/che-do/{entitlement.pk}/ngay-bat-dau/"
    with clock.held_at(TODAY):
        assert "Hưởng từ ngày" in client.get(address).content.decode()
        seen = "-".join(str(row.pk) for row in current_terms(entitlement))
        said = {"since": "01/07/2023", "source": PAPER, "seen": seen}
        shown = client.post(address, said).content.decode()
        assert "Tháng đã chi thừa: không sửa, thành khoản thu hồi" in shown
        assert client.post(address, {**said, "confirmed": "yes"}).status_code == 302
    assert spans(entitlement)[0][0] == JULY
