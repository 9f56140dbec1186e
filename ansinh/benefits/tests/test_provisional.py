"""Tạm tính: said of each amount that rests on what a text replaces that is not loaded, and of no other; second-hand is another word."""
from datetime import date

import pytest
from django.urls import reverse

from ansinh.benefits import actions as benefits
from ansinh.benefits.consequences import preview_grant
from ansinh.benefits.models import Entitlement
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.payments.models import Line, PayList
from ansinh.payments.queries.awaited import Awaited, awaited_of
from ansinh.payments.reports.content import content

MAY, NOVEMBER = date(2026, 5, 1), date(2026, 11, 1)
MERIT, ASSISTANCE = "321/2026/NĐ-CP", "335/2026/NĐ-CP"
# 77/2024, 61 %: June as paid, July to November until the annexes of 321/2026 are loaded.
EACH = 5_450_000


@pytest.fixture
def in_october():
    with clock.held_at(book().lock_day(NOVEMBER)) as moment:
        yield moment


@pytest.fixture
def wounded(lan, granted, in_october):
    return Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=MAY))


@pytest.fixture
def listed(wounded, clerk):
    benefits.assess(NOVEMBER, by=clerk)
    return payments.propose(NOVEMBER, by=clerk)[0]


def shown(client, account, name, *args):
    client.force_login(account)
    return client.get(reverse(name, args=args)).content.decode()


def test_of_a_list_it_is_told_how_much_and_what_it_waits_for(listed, clerk, client):
    assert (listed.total, awaited_of(listed)) == (6 * EACH, Awaited(5 * EACH, (MERIT,)))
    assert f"tạm tính 27.250.000 đ, chờ {MERIT}" in shown(client, clerk, "payments.list", listed.pk)
    assert f"(tạm tính 27.250.000 đ, chờ {MERIT})" in shown(client, clerk, "payments.paper", listed.pk)
    assert content(listed).provisional == f"Tạm tính 27.250.000 đồng, chờ {MERIT}"


def test_an_approved_list_says_the_same_from_its_postings(listed, chief):
    payments.approve([listed], by=chief)
    assert awaited_of(PayList.objects.get(pk=listed.pk)) == Awaited(5 * EACH, (MERIT,))


def test_each_part_of_the_receipt_says_it_for_itself(listed, clerk, client):
    page = shown(client, clerk, "payments.why", Line.objects.get(paylist=listed).pk)
    june, later = page.index("Truy lĩnh tháng 06/2026"), page.index("Truy lĩnh tháng 07, 08, 09, 10/2026")
    chip = f"tạm tính, chờ {MERIT}"
    assert chip in page[:june] and chip not in page[june:later] and chip in page[later:]


def test_it_stands_beside_the_amount_on_the_pages_of_person_and_right(listed, wounded, officer, client):
    chip = f"tạm tính, chờ {MERIT}"
    assert chip in shown(client, officer, "person", wounded.payable.person_id)
    assert chip in shown(client, officer, "entitlement", wounded.pk)


def test_a_month_before_it_says_nothing(lan, granted, officer, client):
    with clock.held_at(date(2026, 6, 10)):
        entitlement = granted(lan, grade=61, paid_up_to=MAY)
        assert "tạm tính" not in shown(client, officer, "person", lan.pk) + shown(client, officer, "entitlement", entitlement)


def test_what_is_only_second_hand_is_not_provisional(in_october, settle, granted, clerk, client):
    """The pension of 335/2026 was read elsewhere; the factors that it changes for the disabled were read nowhere."""
    granted(settle("Vi Thị Sao", born=date(1945, 5, 1)), "social_pension", since=NOVEMBER)
    disabled = settle("Vi Thị Sen", born=date(1980, 5, 1))
    granted(disabled, "disabled", since=NOVEMBER, severity="severe")
    benefits.assess(NOVEMBER, field="assistance", by=clerk)
    (paylist,) = payments.propose(NOVEMBER, field="assistance", by=clerk)
    of_disabled = Line.objects.get(person=disabled).total
    assert (paylist.total - of_disabled, awaited_of(paylist)) == (540_000, Awaited(of_disabled, (ASSISTANCE,)))
    page = shown(client, clerk, "payments.why", Line.objects.exclude(person=disabled).get().pk)
    assert "tạm tính" not in page and "chưa đối chiếu bản gốc" in page


def test_a_grant_says_before_it_is_written_what_it_waits_for(in_october, settle):
    found = preview_grant(settle("Vi Thị Sao"), "wounded", since=NOVEMBER, values={"grade": 61})
    assert found.awaited == (MERIT,)
    pension = preview_grant(settle("Vi Thị Sen", born=date(1945, 5, 1)), "social_pension", since=NOVEMBER, values={})
    assert (pension.monthly_after, pension.awaited) == (540_000, ())
