"""Acts on entitlements, one by one or many at once: a list that waits for approval follows in the same act, and their undo brings it back."""
from datetime import date

import polars as pl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement, Terms
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.payments import actions as payments
from ansinh.payments.models import Line, PayList
from ansinh.registry.models import Residence
from ansinh.web.refusal import Refusal
from tests.people import PROVINCE

from .people import NO_FACTS, grant_many_for_test
from .waiting import AMOUNT, JULY, JUNE, LAN, PAO, books, line

AUGUST, END_OF_MAY, END_OF_JUNE = date(2023, 8, 1), date(2023, 5, 31), date(2023, 6, 30)
PAPER = "QĐ 77/QĐ-SLĐTBXH ngày 26/06/2023"
SAO, SEN = "Vi Thị Sao", "Vi Thị Sen"
WORSHIP, EACH = "martyr_worship", 1_400_000


def fresh(entitlement):
    return Entitlement.objects.select_related("payable__person").get(pk=entitlement.pk)


def undo_last(act, by):
    undo(Entry.objects.filter(act=act, undone_by=None).latest("pk"), by=by)


def rows_of(*people):
    facts = {**NO_FACTS, "grade": 61, "standing": "wounded", "since": date(2023, 7, 1), "source": PAPER, "rests_on_id": None, "paid_up_to": None}
    schema = {"rests_on_id": pl.Int64, "grade": pl.Int64, "martyrs": pl.Int64, "seniority": pl.Int64, "paid_up_to": pl.Date}
    return pl.DataFrame([{"person_id": person.pk, **facts} for person in people], schema_overrides=schema)


@pytest.mark.parametrize(("verb", "said", "pays", "overpaid"), [
    ("stop", {"until": END_OF_JUNE}, None, None),
    ("stop", {"until": END_OF_MAY}, 0, AMOUNT),
    ("suspend", {"since": JULY}, None, None),
    ("correct", {"since": JULY, "grade": 65}, 3_383_000, 0),
    ("correct", {"since": JUNE, "grade": 65}, 3_383_000 + 209_000, 0),
    ("begin", {"since": JUNE}, AMOUNT, None),
])
def test_the_list_says_what_working_the_month_out_again_would(in_july_list, wounded, officer, propose, clerk, verb, said, pays, overpaid):
    before = books()
    getattr(benefits, verb)(fresh(wounded), source=PAPER, by=officer, **said)
    assert (getattr(line(), "total", None), overpaid in (None, getattr(line(), "overpaid", None))) == (pays, True)
    after = books()
    assert benefits.assess(JULY, by=clerk)[1] == 0
    payments.propose(JULY, by=clerk)
    assert books() == after
    undo_last(f"benefits.{verb}", officer)
    assert books() == before
    assert benefits.assess(JULY, by=clerk)[1] == 0


def test_who_is_paid_again_comes_back_onto_the_list_and_leaves_it_with_the_undo(in_july_list, wounded, officer):
    benefits.suspend(fresh(wounded), since=JULY, source=PAPER, by=officer)
    assert line() is None
    before = books()
    benefits.resume(fresh(wounded), since=JULY, source=PAPER, by=officer)
    assert (line().total, line().position) == (AMOUNT, 1)
    undo_last("benefits.resume", officer)
    assert books() == before


def test_who_is_granted_a_right_comes_onto_the_list_that_waits(in_july_list, settle, officer, propose, clerk):
    before = books()
    benefits.grant(settle(SAO), standing="wounded", since=JUNE, source=PAPER, grade=61, by=officer)
    assert (line(SAO).this_month, line(SAO).arrears, line(SAO).position) == (AMOUNT, AMOUNT, 3)
    after = books()
    propose()
    assert books() == after
    undo_last("benefits.grant", officer)
    assert books() == before


def test_whose_home_is_not_known_is_granted_all_the_same_and_named_when_lists_are_made(in_july_list, settle, officer, clerk):
    person = settle(SAO)
    Residence.objects.filter(person=person).update(withdrawn_at=clock.now(), withdrawn_in=Entry.objects.latest("pk"))
    benefits.grant(person, standing="wounded", since=JUNE, source=PAPER, grade=61, by=officer)
    assert line(SAO) is None
    with pytest.raises(Refusal, match=SAO):
        payments.propose(JULY, by=clerk)


def test_the_old_list_can_no_longer_be_approved_and_the_new_one_can(in_july_list, wounded, officer, chief, clerk):
    seen = list(PayList.objects.filter(month=JULY))
    benefits.correct(fresh(wounded), since=JUNE, grade=65, source=PAPER, by=officer)
    with pytest.raises(Refusal, match="mở lại trang"):
        payments.approve(seen, by=chief)
    now = list(PayList.objects.filter(month=JULY))
    assert {paylist.proposed_in.by for paylist in now} == {clerk}
    payments.approve(now, by=chief)
    assert [row.amount for row in Line.objects.get(name=LAN, paylist__month=JULY).items.order_by("amount")] == [209_000, 3_383_000]
    with clock.held_at(book().lock_day(AUGUST)):
        benefits.assess(AUGUST, by=clerk)
        payments.propose(AUGUST, by=clerk)
    assert Line.objects.get(name=LAN, paylist__month=AUGUST).arrears == 0


def test_what_is_approved_is_left_alone_and_the_next_list_makes_it_good(in_july_list, wounded, officer, chief, clerk):
    payments.approve(list(PayList.objects.filter(month=JULY)), by=chief)
    before = books()
    benefits.stop(fresh(wounded), until=END_OF_JUNE, source=PAPER, by=officer)
    assert books() == before
    with clock.held_at(book().lock_day(AUGUST)):
        benefits.assess(AUGUST, by=clerk)
        payments.propose(AUGUST, by=clerk)
    assert Line.objects.get(name=LAN, paylist__month=AUGUST).overpaid == AMOUNT


def test_an_undo_after_the_approval_leaves_the_approved_list_alone(in_july_list, wounded, officer, chief):
    benefits.stop(fresh(wounded), until=END_OF_JUNE, source=PAPER, by=officer)
    payments.approve(list(PayList.objects.filter(month=JULY)), by=chief)
    before = books()
    undo_last("benefits.stop", officer)
    assert books() == before and not Line.objects.filter(name=LAN, paylist__month=JULY).exists()


def test_a_line_that_is_held_stays_held(in_july_list, wounded, officer, clerk):
    payments.hold(line(), reason="chờ xác minh", by=clerk)
    before = books()
    benefits.stop(fresh(wounded), until=END_OF_JUNE, source=PAPER, by=officer)
    assert (line().total, line().held_because) == (0, "chờ xác minh")
    undo_last("benefits.stop", officer)
    assert books() == before


def test_many_grants_make_each_list_anew_once(in_july_list, settle, officer, propose):
    before, was = books(), PayList.objects.get(month=JULY)
    grant_many_for_test(rows_of(settle(SAO), settle(SEN)), by=officer)
    assert (line(SAO).total, line(SEN).total, line().total) == (AMOUNT, AMOUNT, AMOUNT)
    assert PayList.objects.get(month=JULY).pk == was.pk + 1
    after = books()
    propose()
    assert books() == after
    undo_last("benefits.grant_many_for_test", officer)
    assert books() == before


def test_many_grants_ask_the_database_no_more_often_than_one(in_july_list, settle, officer):
    one, many = [settle(SAO)], [settle(f"{SEN} {number}") for number in range(20)]
    with CaptureQueriesContext(connection) as for_one:
        grant_many_for_test(rows_of(*one), by=officer)
    with CaptureQueriesContext(connection) as for_many:
        grant_many_for_test(rows_of(*many), by=officer)
    assert len(for_many) <= len(for_one)


def test_a_round_comes_onto_the_list_that_waits_and_leaves_it_with_its_undo(in_july_list, settle, granted, clerk, propose):
    granted(settle(SAO), WORSHIP, since=date(2022, 7, 1), martyrs=1)
    propose()
    before = books()
    asked = {"since": JULY, "source": PAPER, "area_path": PROVINCE, "people": 1}
    benefits.grant_round(WORSHIP, by=clerk, **asked)
    assert line(SAO).this_month == EACH
    undo_last("benefits.grant_round", clerk)
    assert books() == before


@pytest.fixture
def stopping(wounded, officer, client):
    """The page that stops Lan's allowance: what it shows, and what it answers to the confirmation."""
    client.force_login(officer)
    address = reverse("entitlement.change", args=[wounded.pk, "thoi-huong"])

    def ask(**more):
        typed = {"cause": "other", "until": "30/06/2023", "source": PAPER}
        return client.post(address, {**typed, **more})

    ask.seen = lambda: client.get(address).context["page"].form["seen"].value()
    return ask


def test_the_page_says_before_the_act_which_list_changes(in_july_list, stopping):
    shown = stopping(seen=stopping.seen()).content.decode()
    assert "Danh sách tháng 07/2023: bỏ dòng của người này" in shown and f"{line().paylist.number} chờ duyệt, lập lại ngay cùng việc này" in shown
    assert line().total == AMOUNT


def test_who_looked_before_an_approval_is_told_and_nothing_is_written(in_july_list, stopping, chief):
    seen = stopping.seen()
    payments.approve(list(PayList.objects.filter(month=JULY)), by=chief)
    answer = stopping(seen=seen, confirmed="yes")
    assert answer.status_code == 422 and "vừa được duyệt, rút hoặc lập lại" in answer.content.decode()
    assert not Terms.objects.current().filter(until=END_OF_JUNE).exists()
    assert stopping(seen=stopping.seen(), confirmed="yes").status_code == 302


def test_the_page_of_a_grant_says_which_list_gets_a_line(in_july_list, settle, officer, client):
    client.force_login(officer)
    address = reverse("entitlement.grant", args=[settle(SAO).pk])
    shown = client.post(f"{address}?dien=wounded", {"since": "01/07/2023", "source": PAPER, "grade": "61"}).content.decode()
    assert "Danh sách tháng 07/2023: thêm dòng của người này" in shown
    assert line(SAO) is None


def test_the_page_of_an_undo_says_which_list_changes_back(in_july_list, wounded, officer, client):
    benefits.stop(fresh(wounded), until=END_OF_JUNE, source=PAPER, by=officer)
    client.force_login(officer)
    entry = Entry.objects.get(act="benefits.stop")
    shown = client.get(reverse("undo", args=[entry.pk])).content.decode()
    assert "Danh sách tháng 07/2023: thêm dòng của người này" in shown and line() is None
    client.post(reverse("undo", args=[entry.pk]), {"confirmed": "yes"})
    assert line().total == AMOUNT and line(PAO).position == 2


def test_the_page_of_a_round_says_how_the_lists_change(in_july_list, settle, granted, clerk, client):
    granted(settle(SAO), WORSHIP, since=date(2022, 7, 1), martyrs=1)
    client.force_login(clerk)
    said = {"since": "01/07/2023", "source": PAPER, "noi": PROVINCE, "way": "last", "martyrs": "1"}
    shown = client.post(f"{reverse('entitlement.round')}?dien={WORSHIP}", said).content.decode()
    assert "Danh sách chờ duyệt đổi ngay khi ghi" in shown and "dòng của người này từ 1.400.000 thành 2.800.000 đ" in shown
