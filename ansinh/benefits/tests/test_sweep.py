"""Checks that benefits puts into the sweep: benefits that exclude each other, and ages crossed."""
from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.benefits.sweep import years_before
from ansinh.engine.law import book
from ansinh.engine.law.sweep import Running
from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.payments.models import Finding, Proposal
from ansinh.payments.queries.checks import said
from ansinh.registry import actions as registry

JUNE, PAID_UP_TO = date(2023, 6, 1), date(2023, 5, 1)


@pytest.fixture
def propose(appoint):
    """``propose(month)``: the month reckoned and proposed on its lock day."""
    preparer = appoint("preparer", "officer", "19.")

    def run(month=JUNE):
        with clock.held_at(book().lock_day(month)):
            benefits.assess(month, by=preparer)
            return payments.propose(month, by=preparer)

    return run


def found(code):
    return [(finding.person.name, said(code, finding.facts)) for finding in Finding.objects.standing().filter(check_code=code)]


def clash(code, *running):
    return book().exclusive[code].clash(running)


def two_paid(lan, granted, propose, standings):
    """Two allowances that are proposed for the month, and then turn out to be these."""
    first = granted(lan, "wounded", paid_up_to=PAID_UP_TO, grade=61)
    second = granted(lan, "helper", paid_up_to=PAID_UP_TO, medal="resistance")
    lists = propose()
    Entitlement.objects.filter(pk=first).update(standing=standings[0])
    Entitlement.objects.filter(pk=second).update(standing=standings[1])
    payments.sweep(lists, by=lists[0].proposed_in.by)


def test_two_exclusive_benefits_that_are_both_paid_are_found_with_their_article(lan, granted, propose):
    two_paid(lan, granted, propose, ("disabled", "elder_80"))
    [(name, words)] = found("loai-tru")
    assert name == "Dương Thị Lan"
    assert words.startswith("Hai trợ cấp xã hội hằng tháng, chỉ hưởng một mức cao nhất: ")
    assert words.endswith("(20/2021/NĐ-CP Điều 6 khoản 2)")


def test_a_basis_that_was_not_compared_says_so(lan, granted, propose):
    two_paid(lan, granted, propose, ("disabled", "social_pension"))
    assert "176/2025/NĐ-CP, căn cứ chờ đối chiếu" in found("loai-tru")[0][1]


def test_two_benefits_that_go_together_are_not_found(lan, granted, propose):
    granted(lan, "wounded", paid_up_to=PAID_UP_TO, grade=61)
    granted(lan, "helper", paid_up_to=PAID_UP_TO, medal="resistance")
    propose()
    assert found("loai-tru") == []


def test_what_the_reckoning_pays_once_puts_nothing_at_risk(lan, granted, propose):
    granted(lan, "pre1945_relative", paid_up_to=PAID_UP_TO, care=True)
    other = granted(lan, "helper", paid_up_to=PAID_UP_TO, medal="resistance")
    lists = propose()
    Entitlement.objects.filter(pk=other).update(standing="martyr_relative")
    Proposal.objects.filter(payable=other).update(after=0)
    payments.sweep(lists, by=lists[0].proposed_in.by)
    assert found("loai-tru") == []


def test_three_survivor_allowances_are_one_too_many():
    relatives = [Running(f"{whose}_relative", martyrs=1) for whose in ("martyr", "pre1945", "dead61")]
    assert clash("survivors", *relatives) == ["dead61_relative", "martyr_relative", "pre1945_relative"]
    assert clash("survivors", *relatives[:2]) == []


def test_beside_two_martyrs_no_other_survivor_allowance_is_had():
    assert clash("two_martyrs", Running("martyr_relative", martyrs=2), Running("dead61_relative")) == ["dead61_relative", "martyr_relative"]
    assert clash("two_martyrs", Running("martyr_relative", martyrs=1), Running("dead61_relative")) == []


def test_of_social_allowances_only_the_highest_but_a_single_parent_may_have_another():
    assert clash("highest_only", Running("disabled"), Running("elder_80")) == ["disabled", "elder_80"]
    assert clash("highest_only", Running("single_parent"), Running("disabled")) == []
    assert clash("highest_only", Running("single_parent"), Running("assisted_child")) == ["assisted_child", "single_parent"]
    assert clash("pension_or_allowance", Running("social_pension"), Running("disabled")) == ["disabled", "social_pension"]
    assert clash("pension_or_allowance", Running("elder_poor"), Running("disabled")) == []


def as_if(standing, person_id):
    """The entitlement reckoned as another standing: the social allowances are granted by other acts."""
    Entitlement.objects.filter(payable__person=person_id).update(standing=standing)


@pytest.mark.parametrize(
    ("standing", "born", "words"),
    [
        ("assisted_child", date(2007, 6, 30), "đã đủ 16 tuổi, hết diện"), ("student_16_22", date(2001, 6, 1), "đã đủ 22 tuổi, hết diện"),
        ("assisted_child", date(2019, 6, 15), "tháng này đủ 4 tuổi, mức đổi"), ("elder_80", date(1943, 7, 1), "chưa đủ 80 tuổi"),
        ("elder_difficult_area", date(1948, 7, 1), "chưa đủ 75 tuổi"), ("social_pension", date(1954, 1, 1), "chưa đủ 70 tuổi"),
    ],
)
def test_an_age_crossed_this_month_or_before_is_found(settle, granted, propose, standing, born, words):
    person = settle("Vi Thị Sao", born=born)
    granted(person, paid_up_to=PAID_UP_TO, grade=61, since=max(date(2010, 1, 1), born))
    lists = propose()
    as_if(standing, person.pk)
    payments.sweep(lists, by=lists[0].proposed_in.by)
    [(_name, told)] = found("qua-tuoi")
    assert words in told


@pytest.mark.parametrize(
    ("standing", "born"),
    [
        ("assisted_child", date(2007, 7, 1)), ("assisted_child", date(2019, 5, 31)), ("elder_80", date(1943, 6, 30)), ("disabled", date(1990, 1, 1)),
        ("wounded", date(2007, 1, 1)),
    ],
)
def test_an_age_that_touches_nothing_is_not_found(settle, granted, propose, standing, born):
    person = settle("Vi Thị Sao", born=born)
    granted(person, paid_up_to=PAID_UP_TO, grade=61, since=max(date(2010, 1, 1), born))
    lists = propose()
    as_if(standing, person.pk)
    payments.sweep(lists, by=lists[0].proposed_in.by)
    assert found("qua-tuoi") == []


def test_of_the_29th_of_february_the_28th_counts():
    assert years_before(date(2024, 2, 29), 16) == date(2008, 2, 29)
    assert years_before(date(2024, 2, 29), 15) == date(2009, 2, 28)


def test_every_rule_has_a_basis_and_says_whether_it_was_compared():
    rules = [*book().exclusive.values(), *book().ages.values()]
    assert all(rule.basis for rule in rules)
    assert {rule.verified for rule in rules} == {True, False}


@pytest.fixture
def both_paid(lan, settle, officer, appoint):
    """Lan and the man to whom she is found to be married are both paid for small children; a third person too."""
    clerk = appoint("preparer2", "officer", "19.")
    people = [lan, settle("Lục Văn An"), settle("Hà Thị Ba")]
    with clock.held_at(date(2023, 5, 20)):
        for person in people:
            said = {"since": PAID_UP_TO, "source": "QĐ 5", "paid_up_to": PAID_UP_TO, "children": 1}
            benefits.grant(person, standing="disabled_parent", **said, by=officer)
    with clock.held_at(book().lock_day(JUNE)):
        benefits.assess(JUNE, field="assistance", by=clerk)
        return people, payments.propose(JUNE, field="assistance", by=clerk)


def marry(one, other, officer, lists):
    with clock.held_at(date(2023, 6, 20)):
        registry.record_marriage(one, on=date(2015, 2, 3), source="Giấy 1", spouse=other, by=officer)
        payments.sweep(lists, by=lists[0].proposed_in.by)


def test_husband_and_wife_who_are_both_paid_one_share_are_found_with_the_article(both_paid, officer):
    (lan, an, _third), lists = both_paid
    assert found("vo-chong") == []
    marry(an, lan, officer, lists)
    assert sorted(name for name, _words in found("vo-chong")) == ["Dương Thị Lan", "Lục Văn An"]
    assert found("vo-chong")[0][1] == "Khuyết tật nuôi con nhỏ: Vợ và chồng cùng thuộc diện thì chỉ hưởng một suất (20/2021/NĐ-CP Điều 20 khoản 2 điểm a)"


def test_who_are_divorced_or_widowed_are_not_found(both_paid, officer):
    (lan, an, third), lists = both_paid
    marry(an, lan, officer, lists)
    with clock.held_at(date(2023, 6, 21)):
        registry.record_divorce(lan, on=date(2023, 5, 31), source="Bản án 3", by=officer)
        registry.record_marriage(lan, on=date(2023, 6, 15), source="Giấy 2", spouse=third, by=officer)
        payments.sweep(lists, by=lists[0].proposed_in.by)
    assert found("vo-chong") == []
