"""How the command answers: words, JSON, exit codes, refusals in one line."""
import json

import pytest

from ansinh.cli import main
from ansinh.cli.verbs import VERBS, Needs

WITHOUT_ACCOUNT = {
    "demo", "serve", "worker", "doctor", "migrate", "index", "template", "cases", "verify law", "verify files", "account create",
}


def test_only_these_verbs_run_without_an_account():
    assert {verb.words for verb in VERBS if verb.needs < Needs.ACCOUNT} == WITHOUT_ACCOUNT


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.words)
def test_every_verb_explains_itself(verb, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*verb.words.split(), "--help"])
    assert ended.value.code == 0
    assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["brief"], "còn thiếu --as-of"),
        (["brief", "--as-of", "2023-13-01"], "không phải ngày"),
        (["assess", "--month", "tháng mười"], "không phải tháng"),
        (["lít"], "không có 'lít'"),
        (["serve", "--port", "99999"], "không phải cổng"),
        (["cases"], "còn thiếu TỆP"),
    ],
)
def test_a_command_typed_wrong_is_said_in_one_line_and_ends_with_2(typed, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(typed)
    errors = capsys.readouterr().err
    assert ended.value.code == 2
    assert said in errors
    assert errors.count("\n") == 1


@pytest.mark.parametrize("text", ["2023-10", "10/2023"])
def test_a_month_may_be_written_in_two_ways(text):
    assert VERBS and month_of(text) == "2023-10-01"


def month_of(text):
    month = next(verb for verb in VERBS if verb.words == "assess").arguments[0][1]["type"]
    return month(text).isoformat()


def test_a_file_that_is_not_there_is_said_with_its_name(tmp_path, capsys):
    assert main(["cases", str(tmp_path / "khong-co.yaml")]) == 1
    assert "khong-co.yaml" in capsys.readouterr().err


def test_a_refusal_as_json_holds_the_sentence(tmp_path, capsys):
    assert main(["cases", str(tmp_path / "khong-co.yaml"), "--json"]) == 1
    assert "khong-co.yaml: cannot be read" in json.loads(capsys.readouterr().out)["error"]


def test_the_index_of_scans_is_made_anew(lan_page, capsys):
    assert main(["index", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pages"] == 1


def test_dossiers_leave_and_a_number_that_is_here_is_not_taken_in_again(lan_page, officer, as_account, tmp_path, capsys):
    as_account(officer)
    assert main(["dossiers", "export", "TB-00161", "--to", str(tmp_path / "goi.zip"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"dossiers": 1, "files": 1}
    assert main(["dossiers", "export", "TB-0", "--to", str(tmp_path / "x.zip")]) == 1
    assert main(["dossiers", "import", str(tmp_path / "goi.zip")]) == 1
    assert "TB-00161" in capsys.readouterr().err
