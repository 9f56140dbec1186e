"""The law's examples, and what a wrong file of cases is told."""
from pathlib import Path

import pytest

from ansinh.engine.cases import run
from ansinh.engine.law import LawError
from ansinh.engine.law.book import FOLDER

GOOD = """- case: Một người
  events:
    - {learnt: 2010-01-05, standing: wounded, grade: 61, since: 2010-01-01}
  lists: {from: 2023-06, to: 2023-10}
  expect:
    2023-10: {due: 4016000, arrears: 2526000}
"""


@pytest.mark.parametrize("path", sorted((FOLDER / "cases").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_worked_cases_come_out(path):
    assert run(path).lines()[:-1] == []


def case_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "cases.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_difference_is_printed_and_counted(tmp_path):
    lines = run(case_file(tmp_path, GOOD.replace("due: 4016000", "due: 1"))).lines()
    assert lines == ["Một người: 2023-10 due 4016000, expected 1", "1 cases, 1 months, 1 wrong"]


def test_json_names_the_months_and_article_of_arrears(tmp_path):
    month = run(case_file(tmp_path, GOOD)).as_json()["cases"][0]["months"]["2023-10"]
    assert month["arrears_of"] == [{"from": "2023-07", "to": "2023-09", "each": 842_000, "articles": ["Nghị định 55/2023/NĐ-CP, Phụ lục II"]}]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("wounded,", "wuonded,", r"cases.yaml:3: 'wuonded' is no standing"),
        ("grade: 61", "grade: 161", r"cases.yaml:3: .*bảng của diện này từ 21 đến 100"),
        ("grade: 61", "grade: '61'", r"cases.yaml:3: 'grade' is '61', must be a whole number"),
        ("2010-01-05", "2010-02-30", r"cases.yaml:3: '2010-02-30'.*real date"),
        ("to: 2023-10", "to: 2023-13", r"cases.yaml:4: '2023-13' is no month"),
        ("2023-10: {due", "2024-10: {due", r"cases.yaml:6: 2024-10 is not among the lists"),
        ("due: 4016000", "dues: 4016000", r"cases.yaml:6: 'dues' is not known here"),
        ("events:", "event:", r"cases.yaml:2: 'event' is not known here"),
        ("standing: wounded, grade: 61, since", "suspend: wounded, since", r"cases.yaml:3: wounded was not granted before"),
        ("grade: 61", "grade: 61, grade: 62", r"cases.yaml:3: 'grade' is said twice"),
        ("  lists", "\tlists", r"cases.yaml:4: .*mend the YAML"),
        ("- case: Một người", "case: Một người", r"cases.yaml:"),
    ],
)
def test_a_wrong_case_is_refused_with_line_reason_and_remedy(tmp_path, was, now, told):
    with pytest.raises(LawError, match=told):
        run(case_file(tmp_path, GOOD.replace(was, now, 1)))


def test_two_cases_of_one_name_are_refused(tmp_path):
    with pytest.raises(LawError, match="cases.yaml:7: case 'Một người' stands twice"):
        run(case_file(tmp_path, GOOD + GOOD))
