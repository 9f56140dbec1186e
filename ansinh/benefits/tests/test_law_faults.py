"""Every fault of a law file is told in Vietnamese with file, line, cause and remedy; nothing is saved."""
import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.law_faults import SENTENCES
from ansinh.benefits.models import LawDraft
from ansinh.web.refusal import Refusal

RIGHT = """\
title: Dự thảo
instruments:
  - {number: Dự thảo 2024, title: Dự thảo nghị định, signed: 2023-11-01, verified: no}
standings:
  - {code: elder_70, field: assistance, vietnamese: Người từ 70 tuổi, short: Từ 70 tuổi, file: NCT, facts: [born], basis: Dự thảo 2024}
start_stop:
  - {standing: elder_70, month_of: decision, article: Dự thảo 2024, words: Hưởng từ tháng ký.}
rules:
  - {standing: elder_70, part: assistance, line: elder_70, age: [70, 80], article: Dự thảo 2024}
schedules:
  - title: Mức
    article: Điều 4
    level: assistance_level
    lines:
      - {line: assistance_level, title: Mức chuẩn, rows: [{since: 2024-01-01, amount: 450000, basis: Dự thảo 2024}]}
      - {line: elder_70, title: Từ 70 tuổi, factors: [{since: 2024-01-01, factor: '0.5', basis: Dự thảo 2024}]}
"""
LEVEL_ROW = "rows: [{since: 2024-01-01, amount: 450000, basis: Dự thảo 2024}]"
RULE = "{standing: elder_70, part: assistance, line: elder_70, age: [70, 80], article: Dự thảo 2024}"
NOTHING = "title: Dự thảo\n"
FAULTS = [
    ("yaml", "schedules:", "schedules: [", "dòng 11: Chữ ở đây không đúng khuôn YAML"),
    ("yaml", "title: Mức chuẩn", "title: *x", "không đúng khuôn YAML"),
    ("control_character", "title: Dự thảo\n", "title: Dự \x08thảo\n", "Có một ký tự không nhìn thấy được"),
    ("too_deep", "title: Mức chuẩn", "title: " + "[" * 2000 + "]" * 2000, "Ngoặc lồng trong ngoặc"),
    ("no_text", RIGHT, "- a\n", "Cả tệp phải là một bảng"),
    ("no_date", "2024-01-01", "2024-02-30", "2024-02-30 không phải ngày có thật"),
    ("no_number", "amount: 450000", "amount: 450_000", "dòng 15: 450_000 không phải số nguyên viết thường"),
    ("has_hour", "signed: 2023-11-01", "signed: 2023-11-01 08:00:00", "có cả giờ"),
    ("no_word", "title: Dự thảo\n", "? [a, b]\n: c\n", "Tên ô phải là một từ"),
    ("said_twice", "title: Dự thảo\n", "title: Dự thảo\ntitle: Nữa\n", "ô title: Ô này ghi hai lần, lần đầu ở dòng 1"),
    ("unknown_key", "article: Điều 4\n", "artcle: Điều 4\n", "dòng 12, ô artcle: Không có ô nào tên như thế"),
    ("not_a_list", LEVEL_ROW, "rows: 450000", "ô rows: Ô này phải là danh sách"),
    ("not_a_span", "age: [70, 80]", "age: 70", "ô age: Ghi 70, phải là hai số nguyên"),
    ("missing", "amount: 450000, ", "", "Thiếu ô amount"),
    ("wrong_kind", "amount: 450000", "amount: 45.0", "ô amount: Ghi 45.0, phải là số nguyên"),
    ("wrong_kind", "verified: no", "verified: 1", "phải là yes hoặc no"),
    ("instrument_twice", "standings:\n", "  - {number: Dự thảo 2024, title: Nữa, signed: 2023-11-01, verified: no}\nstandings:\n", "có hai lần"),
    ("in_force_before_signed", "signed: 2023-11-01", "signed: 2023-11-01, in_force: 2023-10-01", "trước ngày ký 2023-11-01"),
    ("annexes", "verified: no", "verified: no, annexes: missing", "phải đi cùng touches, since và replaces"),
    ("instrument_loaded", "number: Dự thảo 2024", "number: 20/2021/NĐ-CP", "đã có trong chương trình và đã đối chiếu"),
    ("unknown_instrument", "amount: 450000, basis: Dự thảo 2024", "amount: 450000, basis: 999/2024/NĐ-CP", "Không có văn bản số 999/2024/NĐ-CP"),
    ("no_amounts", RIGHT, NOTHING, "Tệp không có mức nào"),
    ("no_lines", "  - title: Mức\n", "  - title: Rỗng\n  - title: Mức\n", "Bảng này không có dòng nào"),
    ("two_amounts", LEVEL_ROW, LEVEL_ROW[:-1] + ", {since: 2024-01-01, amount: 1, basis: Dự thảo 2024}]", "có hai mức cùng từ 2024-01-01"),
    ("gap", LEVEL_ROW, LEVEL_ROW[:-1] + ", {since: 2024-03-01, amount: 500000, basis: Dự thảo 2024}]", "không có mức từ 2024-03-01"),
    ("no_factor", "factor: '0.5'", "factor: 'nửa'", "Hệ số ghi nửa"),
    ("no_grades", "    lines:", "    grades: 3\n    lines:", "ô grades: Ô này phải có line, title và columns"),
    ("no_amounts_by_grade", "    lines:", "    grades: {line: a, title: A, columns: [{since: 2024-01-01, basis: Dự thảo 2024, amounts: 3}]}\n    lines:",
     "ô amounts: Ô này phải ghi từng tỷ lệ"),
    ("grade_no_number", "    lines:", "    grades: {line: a, title: A, columns: [{since: 2024-01-01, basis: Dự thảo 2024, amounts: {a: 3}}]}\n    lines:",
     "Tỷ lệ ghi a"),
    ("grade_gap", "    lines:", "    grades: {line: a, title: A, columns: [{since: 2024-01-01, basis: Dự thảo 2024, amounts: {1: 3, 3: 4}}]}\n    lines:",
     "Không có mức của tỷ lệ 2"),
    ("not_first_of_month", "2024-01-01, amount", "2024-01-02, amount", "ô since: Ghi 2024-01-02, không phải ngày 1"),
    ("negative", "amount: 450000", "amount: -1", "Số tiền -1 âm"),
    ("line_nobody_draws", "line: assistance_level", "line: assistance_levl", "Không có dòng mức nào tên assistance_levl"),
    ("not_of_province", "    article: Điều 4\n", "    article: Điều 4\n    province: yes\n", "Tỉnh không quyết định elder_70"),
    ("rule_of_loaded_line", "line: elder_70, age", "line: elder_80, age", "elder_80 đã được trả từ trước"),
    ("standing_twice", "code: elder_70", "code: elder_80", "Diện elder_80 đã có"),
    ("no_first_month", "standing: elder_70, month_of", "standing: elder_71, month_of", "chưa có tháng bắt đầu hưởng"),
    ("no_facts", "facts: [born]", "facts: [tuoi]", "ô facts: Ô này phải là danh sách, chỉ gồm"),
    ("unknown_standing", "standing: elder_70, part", "standing: elder_71, part", "Không có diện elder_71"),
    ("not_one_of", "part: assistance", "part: assist", "ô part: Ghi assist, phải là một trong"),
    ("by_grade", "line: elder_70, age", "line: elder_70, by_grade: yes, age", "Quy tắc theo tỷ lệ phải ghi các tỷ lệ"),
    ("unknown_line", "line: elder_70, age", "line: elder_7, age", "Quy tắc rút dòng elder_7"),
    ("drawn_twice", f"  - {RULE}\n", f"  - {RULE}\n  - {RULE.replace('80]', '90]')}\n", "có thể cùng được trả"),
    ("unknown_birth_twice", f"  - {RULE}\n",
     f"  - {RULE.replace('age', 'or_unknown: yes, age')}\n  - {RULE.replace('age: [70, 80]', 'or_unknown: yes, age: [80, 90]')}\n", "chưa biết ngày sinh"),
    ("grade_without_rule", "facts: [born]", "facts: [born], grade: [21, 100]", "chưa có quy tắc cho tỷ lệ 21"),
]


def test_a_file_without_fault_is_saved(own_law, drafter):
    assert benefits.save_draft("thu.yaml", text=RIGHT, by=drafter).pk


@pytest.mark.parametrize(("code", "was", "now", "said"), FAULTS)
def test_a_wrong_file_is_refused_with_file_line_cause_and_remedy(own_law, drafter, code, was, now, said):
    assert was in RIGHT
    with pytest.raises(Refusal) as refusal:
        benefits.save_draft("thu.yaml", text=RIGHT.replace(was, now, 1), by=drafter)
    told = str(refusal.value)
    assert "Tệp thu.yaml, dòng " in told
    assert said in told
    assert refusal.value.__cause__.code == code
    assert not LawDraft.objects.exists()


def test_every_sentence_is_tried():
    # Of a whole file only: bytes that are no text stop at the form, a level that makes no whole đồng at the first trial.
    assert set(SENTENCES) - {code for code, *_rest in FAULTS} == {"not_utf8", "no_whole_dong"}
