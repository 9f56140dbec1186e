"""Every row of the law has a worked case: what pays, what is cut by concurrency, where it starts and where it stops."""
from itertools import product

from ansinh.engine.law.book import FIELDS

from .coverage import all_cases, exercised, is_paid, name_of, rules, start_stop, verbs, without_beginning, without_end


def test_every_row_of_the_rules_pays_in_some_case():
    assert [name_of(rule) for rule in rules() if not is_paid(rule)] == []


def test_every_rule_of_concurrency_takes_something_away_in_some_case():
    assert {part for _standing, part in exercised().cut} == {"attendant", "care", "survivor", "assistance"}


def test_a_single_parent_both_loses_and_keeps_the_own_allowance():
    both = {"Đơn thân và khuyết tật nặng, cả hai"}
    assert ("single_parent", "assistance") in exercised().cut
    assert both <= {case.name for case in all_cases()}


def test_every_standing_with_a_rule_of_starting_is_granted_in_some_case():
    assert start_stop() - {standing for standing, _line, _part in exercised().pays} == set()


def test_every_age_at_which_a_right_begins_is_reached_in_some_case():
    assert without_beginning() == []


def test_every_age_at_which_a_right_ends_is_passed_in_some_case():
    assert without_end() == []


def test_both_fields_have_cases_of_stopping_suspending_resuming_correcting_and_dying():
    assert set(product(FIELDS, ("standing", "stop", "suspend", "resume", "correct", "died"))) - verbs() == set()


def test_some_cases_fall_on_29_february_and_some_births_are_known_by_year():
    days = {(event.day.month, event.day.day) for case in all_cases() for event in case.events}
    born = {event.facts["born"] for case in all_cases() for event in case.events if "born" in event.facts}
    assert (2, 29) in days
    assert (2, 29) in {(day.month, day.day) for day in born}
    assert any(isinstance(case.place.get("born"), int) for case in all_cases())
