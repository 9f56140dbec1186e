"""A law file brings rules: new groups, and more for those who are paid already; months before it stay as they were."""
from datetime import date

import polars as pl

from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.law.texts import fields_of, text_of, with_texts
from ansinh.engine.months import as_month

from .frames import terms

RULES = """
title: Dự thảo thêm nhóm
instruments:
  - {number: 1/2027/NĐ-CP, title: Nghị định, signed: 2026-12-15, in_force: 2027-01-01, verified: no}
standings:
  - {code: elder_70, field: assistance, vietnamese: Người từ 70 tuổi, short: Từ 70 tuổi, file: NCT, facts: [born], basis: 1/2027/NĐ-CP Điều 5}
start_stop:
  - {standing: elder_70, month_of: decision, article: 1/2027/NĐ-CP Điều 8, words: Hưởng từ tháng ký quyết định.}
rules:
  - {standing: elder_70, part: assistance, line: elder_70, age: [70, 75], through_birthday: yes, article: 1/2027/NĐ-CP Điều 5}
  - {standing: disabled, part: supplement, line: disabled_from_90, age: [90, 199], article: 1/2027/NĐ-CP Điều 6}
schedules:
  - title: Hệ số thêm
    article: Điều 6
    level: assistance_level
    one_table: no
    lines:
      - {line: elder_70, title: Từ 70 tuổi, factors: [{since: 2027-01-01, factor: '0.5', basis: 1/2027/NĐ-CP}]}
      - {line: disabled_from_90, title: Khuyết tật từ 90 tuổi, factors: [{since: 2027-03-01, factor: '1.0', basis: 1/2027/NĐ-CP}]}
"""
OLD = {"standing": "disabled", "severity": "severe", "born": date(1930, 2, 1), "since": date(2025, 1, 1)}


def told():
    text = text_of(RULES.encode(), "draft.yaml", book())
    return text, with_texts(book(), [text])


def due(law_book, *rows):
    law = law_book.known_for(month=date(2027, 6, 1), locked_on=date(2027, 5, 25), field="assistance")
    found = amounts.due(amounts.parts(terms(*rows), law, until_month=as_month(date(2027, 6, 1)))).to_native()
    return {month: found.filter(pl.col("since") <= as_month(month), pl.col("until") >= as_month(month))["amount"].sum() for month in
            (date(2026, 12, 1), date(2027, 2, 1), date(2027, 3, 1), date(2027, 6, 1))}


def test_a_further_factor_for_a_group_is_paid_from_its_own_month_and_changes_no_month_before():
    _text, with_rules = told()
    before, after = due(book(), OLD), due(with_rules, OLD)
    assert [after[month] - before[month] for month in before] == [0, 0, 540_000, 540_000]


def test_a_new_group_is_paid_by_its_ages_beside_the_rules_of_concurrency():
    _text, with_rules = told()
    young = {"person": 1, "standing": "elder_70", "born": date(1952, 3, 10), "since": date(2027, 1, 1)}
    both = {"person": 1, "standing": "disabled", "severity": "severe", "born": date(1952, 3, 10), "since": date(2027, 3, 1)}
    assert list(due(with_rules, young).values()) == [0, 270_000, 270_000, 0]
    assert list(due(with_rules, young, both).values()) == [0, 270_000, 1_080_000, 1_080_000]
    assert with_rules.standing("elder_70").begins == "Hưởng từ tháng ký quyết định. (1/2027/NĐ-CP Điều 8)"


def test_rules_are_part_of_what_the_law_says():
    text, with_rules = told()
    assert fields_of(text, book()) == ["assistance"]
    assert with_rules.digest != with_texts(book(), [text_of(RULES.replace("'0.5'", "'0.6'").encode(), "draft.yaml", book())]).digest
    assert with_rules.digest != with_texts(book(), [text_of(RULES.replace("[70, 75]", "[70, 76]").encode(), "draft.yaml", book())]).digest
