"""`ansinh cases` and `ansinh verify law`: no database, exit code 0 only when nothing is wrong."""
import json

import pytest

from ansinh.cli import main

CASE = """\
- case: Thương binh 61 %
  born: 1950-05-01
  sex: male
  events:
    - {{learnt: 2010-01-05, standing: wounded, grade: 61, since: 2010-01-01}}
  lists: {{from: 2023-06, to: 2023-10}}
  expect:
    2023-10: {{due: 4016000, arrears: {arrears}}}
"""


@pytest.fixture
def written(tmp_path):
    def write(**values):
        path = tmp_path / "cases.yaml"
        path.write_text(CASE.format(**values), "utf-8")
        return str(path)

    return write


def test_right_cases_end_with_0(written, capsys):
    assert main(["cases", written(arrears=2_526_000)]) == 0
    assert capsys.readouterr().out == "1 cases, 1 months, 0 wrong\n"


def test_each_difference_is_printed_and_the_code_is_not_0(written, capsys):
    assert main(["cases", written(arrears=1)]) == 1
    difference, ending = capsys.readouterr().out.splitlines()
    assert "2023-10" in difference
    assert ending == "1 cases, 1 months, 1 wrong"


def test_json_says_whose_months_the_arrears_are_and_by_which_article(written, capsys):
    main(["cases", written(arrears=2_526_000), "--json"])
    month = json.loads(capsys.readouterr().out)["cases"][0]["months"]["2023-10"]
    assert month["arrears_of"][0]["from"] == "2023-07"
    assert "55/2023" in month["arrears_of"][0]["articles"][0]


def test_a_case_that_cannot_be_read_names_its_line(tmp_path, capsys):
    path = tmp_path / "bad.yaml"
    path.write_text(CASE.format(arrears=0).replace("wounded", "wuonded"), "utf-8")
    assert main(["cases", str(path)]) == 1
    assert "bad.yaml:5" in capsys.readouterr().err


def test_all_law_that_is_shipped_is_whole(capsys):
    assert main(["verify", "law", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["wrong"] == 0
    assert "321/2026/NĐ-CP" in found["unverified"]
