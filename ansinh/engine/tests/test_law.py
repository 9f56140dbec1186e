"""The book of law: what it knows when, and which files it refuses."""
import shutil
from datetime import date

import polars as pl
import pytest

from ansinh.engine.law import LawError, book, load
from ansinh.engine.law.book import FOLDER
from ansinh.engine.months import as_month


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "law")
    return tmp_path / "law"


def change(path, was, now):
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, now, 1), "utf-8")


def level(month, locked_on, of=date(2023, 7, 1), line="wounded_61"):
    found = book().known_for(month=month, locked_on=locked_on).amounts.filter(
        pl.col("line") == line, pl.col("law_since") <= as_month(of), pl.col("law_until") >= as_month(of)
    )
    return found["unit_amount"].to_list()


def test_all_lines_of_annex_i_and_both_injury_tables_are_loaded_for_three_decrees():
    tables = [row for row in book().schedules["merit"] if row.table in ("annex_1.yaml", "wounded.yaml", "wounded_b.yaml")]
    assert len(tables) == 3 * (48 + 80 + 80)
    assert len({row.line for row in tables}) == 48 + 160


def test_a_decree_in_force_after_the_first_of_the_month_is_not_used_by_its_list():
    assert level(date(2023, 9, 1), date(2023, 8, 25)) == [3_174_000]
    assert level(date(2023, 10, 1), date(2023, 9, 25)) == [4_016_000]


def test_a_decree_signed_after_the_lock_day_is_not_used():
    assert level(date(2024, 7, 1), date(2024, 6, 25), of=date(2024, 7, 1)) == [4_016_000]
    assert level(date(2024, 8, 1), date(2024, 7, 25), of=date(2024, 7, 1)) == [5_450_000]


def test_the_lock_day_is_the_25th_or_the_working_day_before():
    assert book().lock_day(date(2023, 10, 1)) == date(2023, 9, 25)
    assert book().lock_day(date(2021, 8, 1)) == date(2021, 7, 23)
    assert book().lock_day(date(2023, 2, 1)) == date(2023, 1, 19)


def test_months_after_june_2026_are_provisional_while_the_annexes_are_missing():
    assert not book().is_provisional(date(2026, 6, 1))
    assert book().is_provisional(date(2026, 7, 1))
    assert level(date(2026, 11, 1), date(2026, 10, 23), of=date(2026, 7, 1)) == [5_450_000]
    assert book().level(date(2026, 7, 1)).verified is False


ANNEX = "Nghị định 77/2024/NĐ-CP, Phụ lục II"
FUNERAL = "02/2020/UBTVQH14, Điều 121; Lương cơ sở 2.530.000 đ: Nghị định 161/2026/NĐ-CP, Điều 3"
DISABLED = "Nghị định 20/2021/NĐ-CP, Điều 6; Mức chuẩn trợ giúp xã hội 540.000 đ: Nghị định 335/2026/NĐ-CP, Điều 4"
PENSION = "Nghị định 335/2026/NĐ-CP, Điều 3"
SECOND_HAND = "Nghị định 176/2025/NĐ-CP, Điều 3"


@pytest.mark.parametrize(("basis", "month", "text"), [
    (ANNEX, date(2026, 6, 1), ""), (ANNEX, date(2026, 7, 1), "321/2026/NĐ-CP"), (FUNERAL, date(2026, 7, 1), ""),
    (DISABLED, date(2026, 7, 1), "335/2026/NĐ-CP"), (PENSION, date(2026, 7, 1), ""), (SECOND_HAND, date(2026, 8, 1), ""),
    ("Nghị định 177/2024/NĐ-CP, Điều 1", date(2026, 7, 1), ""),
])
def test_an_amount_is_provisional_where_a_text_that_is_not_loaded_replaces_what_it_rests_on(basis, month, text):
    assert book().awaited_in(basis, month) == text


def test_a_text_that_was_loaded_makes_nothing_provisional_any_more(folder):
    change(folder / "instruments.yaml", "annexes: missing, replaces: [75/2021/NĐ-CP", "replaces: [75/2021/NĐ-CP")
    loaded = load(folder)
    assert loaded.awaited(ANNEX) is None
    assert loaded.awaited_in(DISABLED, date(2026, 7, 1)) == "335/2026/NĐ-CP"
    assert loaded.awaited_in(ANNEX, date(2026, 7, 1), even_loaded=True) == "321/2026/NĐ-CP"


def test_a_text_that_is_not_loaded_says_what_it_replaces(folder):
    change(folder / "instruments.yaml", "replaces: [20/2021/NĐ-CP, 76/2024/NĐ-CP], ", "")
    with pytest.raises(LawError, match="together with `touches`, `since` and `replaces`"):
        load(folder)


def test_the_digest_changes_with_any_amount(folder):
    before = load(folder).digest
    change(folder / "merit" / "wounded.yaml", "61: 4016000", "61: 4016001")
    assert load(folder).digest != before


@pytest.mark.parametrize(
    ("file", "was", "now", "told"),
    [
        ("merit/annex_1.yaml", "amount: 1815000", "amount: 1.815", r"annex_1.yaml:\d+: 'amount' is 1.815, must be a whole number"),
        ("merit/annex_1.yaml", "amount: 1815000", "amount: yes", r"annex_1.yaml:\d+: 'amount' is True, must be a whole number"),
        ("merit/annex_1.yaml", "basis: 75/2021/NĐ-CP", "basis: 57/2021/NĐ-CP", r"annex_1.yaml:\d+: 57/2021/NĐ-CP is not in instruments.yaml"),
        ("merit/annex_1.yaml", "since: 2021-07-01", "since: 2021-07-02", r"annex_1.yaml:\d+: since 2021-07-02 is not the first of a month"),
        ("merit/annex_1.yaml", "{since: 2023-07-01, amount: 2297000", "{since: 2021-07-01, amount: 2297000", r"pre1945_full: gap"),
        ("merit/annex_1.yaml", "{since: 2023-07-01, amount: 2297000, basis: 55/2023/NĐ-CP}", "{since: 2021-07-01, amount: 1, basis: 75/2021/NĐ-CP}",
         r"pre1945_full: two amounts from 2021-07-01"),
        ("merit/wounded.yaml", "        61: 3174000\n", "", r"wounded.yaml:\d+: gap: no amount for grade 61"),
        ("merit/wounded.yaml", "        61: 3174000\n", "        61: 3174000\n        61: 3174001\n", r"wounded.yaml:\d+: 61 is said twice"),
        ("merit/rules.yaml", "line: sick_41", "line: sick_40", r"rules.yaml:\d+: line 'sick_40' is in no schedule"),
        ("merit/rules.yaml", "standing: sick", "standing: ill", r"rules.yaml:\d+: 'ill' is not in standings.yaml"),
        ("instruments.yaml", "signed: 2023-07-21", "signed: 21/7/2023", r"instruments.yaml:\d+: 'signed' is '21/7/2023', must be a date"),
        ("calendar.yaml", "04-21", "04-31", r"calendar.yaml:\d+: '04-31' is no day of 2021"),
    ],
)
def test_a_wrong_file_is_refused_with_file_line_and_reason(folder, file, was, now, told):
    change(folder / file, was, now)
    with pytest.raises(LawError, match=told):
        load(folder)


@pytest.mark.parametrize(("file", "was", "now", "told"), [
    ("sweep/exclusive.yaml", "elder_fostered, disabled, small", "elder_fostered, disabeld, small", "'disabeld' is not in standings.yaml, nearest is 'disabled'"),
    ("sweep/exclusive.yaml", "[single_parent, elder_80]", "[single_parent, elder_08]", "'elder_08' is not in 'of', nearest is 'elder_80'"),
    ("sweep/exclusive.yaml", "only_with: social_pension", "only_with: social_pensions", "nearest is 'social_pension'"),
    ("sweep/ages.yaml", "standing: hiv_child, until", "standing: hiv_chid, until", "nearest is 'hiv_child'"),
    ("sweep/ages.yaml", "then: student_16_22", "then: student_16_23", "nearest is 'student_16_22'"),
    ("assistance/start_stop.yaml", "standing: disabled,", "standing: disabled_, month_of: decision, article: 20/2021/NĐ-CP, words: x}\n- {standing: disabled,", "nearest is 'disabled'"),
    ("assistance/rules.yaml", "standing: single_parent,", "standing: single_parents,", "nearest is 'single_parent'"),
])
def test_a_code_that_no_standing_has_is_refused_with_file_line_and_the_nearest_one(folder, file, was, now, told):
    change(folder / file, was, now)
    with pytest.raises(LawError, match=rf"{file.rpartition('/')[2]}:\d+: ") as refused:
        load(folder)
    assert told in str(refused.value)


@pytest.mark.parametrize(("was", "now", "said"), [
    ("standings: [death_lump], years: 0", "standings: [death_lumps], years: 0", "'death_lumps' is not in standings.yaml, nearest is 'death_lump'"),
    ("standings: [death_lump], years: 0", "standings: [], years: 0", "must be a list of standings"),
    ("years: 1, people: 3", "years: 1, people: 0", "people from 1"),
    ("only: dead, words", "only: buried, words", "must be dead or living"),
    ("article: 131/2021/NĐ-CP Điều 28", "article: 131/2020/NĐ-CP Điều 28", "is not in instruments.yaml"),
    ("monthly_of: merit", "monthly_of: labour", "monthly_of"),
    ("{standing: heroic_mother}", "{standing: hero_mother}", "is not in standings.yaml"),
    ("standings: [martyr_worship], years: 1", "standings: [martyr_worship]", "a limit says one of"),
    ("couple: one_share, words", "couple: two_shares, words", "must be one_share"),
])
def test_a_limit_that_cannot_be_trusted_is_refused_with_file_and_line(folder, was, now, said):
    change(folder / "limits.yaml", was, now)
    with pytest.raises(LawError, match=r"limits\.yaml:\d+: ") as refused:
        load(folder)
    assert said in str(refused.value)


@pytest.mark.parametrize(("was", "now", "said"), [
    ("kilograms: 15, months: 1", "kilograms: 15.5, months: 1", "must be a whole number"),
    ("kilograms: 15, months: 1", "kilograms: 0, months: 1", "from 1"),
    ("since: 2021-07-01, kilograms: 15, months: 1", "since: 2021-07-02, kilograms: 15, months: 1", "not the first of a month"),
    ("months: 1, article: 20/2021/NĐ-CP Điều 12", "months: 1, article: 21/2021/NĐ-CP Điều 12", "is not in instruments.yaml"),
    ("yearly: yes", "yearly: yes\n  monthly: no", "'monthly' is not known here"),
])
def test_an_occasion_for_rice_that_cannot_be_trusted_is_refused_with_file_and_line(folder, was, now, said):
    change(folder / "food_relief.yaml", was, now)
    with pytest.raises(LawError, match=r"food_relief\.yaml:\d+: ") as refused:
        load(folder)
    assert said in str(refused.value)


def test_rice_is_known_from_its_first_month_on():
    tet = book().food["lunar_new_year"]
    assert (tet.rule(date(2021, 6, 1)), tet.rule(date(2021, 7, 1)).kilograms, tet.rule(date(2030, 1, 1)).months) == (None, 15, 1)
