"""Consequences are shown before an act, and the reasons of an amount after it."""
from datetime import date

import pytest

from ansinh.benefits.actions import correct, grant, stop
from ansinh.benefits.consequences import preview
from ansinh.benefits.models import Entitlement, Terms
from ansinh.benefits.why import why
from ansinh.engine import terms
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.payments.models import Payable
from ansinh.web.refusal import Refusal

JUNE, MAY = date(2023, 6, 1), date(2023, 5, 1)


def test_a_stop_learnt_late_shows_the_months_to_recover_and_writes_nothing(lan, granted, run_list):
    entitlement = Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=MAY))
    run_list(JUNE)
    rows = Terms.objects.count()
    with clock.held_at(date(2023, 6, 20)):
        shown = preview(entitlement, terms.stop, until=date(2023, 4, 30))
    assert [m.month for m in shown.months] == [MAY, JUNE]
    assert (shown.recovery, shown.arrears) == (6_348_000, 0)
    assert (shown.monthly_before, shown.monthly_after) == (3_174_000, 0)
    assert Terms.objects.count() == rows


def test_a_raised_grade_shows_arrears_and_names_months_without_a_table(lan, granted, run_list):
    entitlement = Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=MAY))
    run_list(JUNE)
    with clock.held_at(date(2023, 6, 20)):
        shown = preview(entitlement, terms.correct, since=date(2021, 1, 1), values={"grade": 65})
    assert shown.arrears == 24 * (3_383_000 - 3_174_000)
    assert shown.unknown == (date(2021, 1, 1), date(2021, 6, 1))


def test_why_names_every_part_with_article_dates_and_paper(lan, granted, run_list):
    granted(lan, grade=85, special=True, attendant=True, paid_up_to=MAY)
    run_list(JUNE)
    with clock.held_at(date(2023, 6, 20)):
        (month,) = why(lan, JUNE)
    assert month.due == 4_426_000 + 1_670_000 + 2_086_000
    assert {p.words for p in month.parts} == {"Trợ cấp hằng tháng", "Phụ cấp", "Trợ cấp người phục vụ"}
    assert {p.paper for p in month.parts} == {"QĐ 12/QĐ-SLĐTBXH"}
    assert {p.since for p in month.parts} == {"01/07/2021"}
    assert [p["amount"] for p in month.postings] == [month.due]


def test_the_printed_title_follows_the_grade_and_an_undo_takes_it_back(lan, granted, officer):
    entitlement = Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=MAY))
    with clock.held_at(date(2023, 6, 20)):
        correct(entitlement, since=date(2023, 5, 1), grade=65, source="Biên bản giám định 7", by=officer)
        assert Payable.objects.get(pk=entitlement.pk).title == "Thương binh, 65 %"
        undo(Entry.objects.get(act="benefits.correct"), by=officer)
    assert Payable.objects.get(pk=entitlement.pk).title == "Thương binh, 61 %"


@pytest.mark.parametrize(("act", "said"), [(stop, {"until": JUNE}), (correct, {"since": JUNE, "grade": 65})])
def test_a_grant_that_was_taken_back_has_nothing_left_to_change(lan, officer, act, said):
    entitlement = grant(lan, standing="wounded", grade=61, since=MAY, source="QĐ 12", by=officer)
    undo(Entry.objects.get(act="benefits.grant"), by=officer)
    with pytest.raises(Refusal, match="đã được hoàn tác"):
        act(entitlement, source="QĐ 13", **said, by=officer)
