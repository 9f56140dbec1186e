"""`ansinh template` and `ansinh import`: dry run, approval by another person, receipt, refusals."""
import json

import pytest
from openpyxl import load_workbook

from ansinh.cli import main
from ansinh.registry.models import Import, Person

HEAD = "Họ và tên;Ngày sinh;Giới tính;Số CCCD;Mã xã\n"
GOOD = "Nông Văn Sửu;1951;Nam;019051004127;05920\n"
BAD = "Hoàng Văn Thực;;Nam;;05920\n"


@pytest.fixture
def sheet(tmp_path):
    def write(*rows):
        path = tmp_path / "bo-sung.csv"
        path.write_text(HEAD + "".join(rows), "utf-8-sig")
        return str(path)

    return write


@pytest.fixture
def clerk(areas, officer, as_account):
    return as_account(officer)


@pytest.mark.parametrize("kind", ["persons", "beneficiaries"])
def test_the_empty_form_has_a_column_for_everything(kind, tmp_path, capsys):
    path = tmp_path / "mau.xlsx"
    assert main(["template", kind, str(path), "--json"]) == 0
    columns = json.loads(capsys.readouterr().out)["columns"]
    assert load_workbook(path).worksheets[0].max_column == columns


def test_an_unknown_kind_is_refused_with_those_that_exist(tmp_path, capsys):
    assert main(["template", "ngua", str(tmp_path / "mau.xlsx")]) == 1
    assert "beneficiaries" in capsys.readouterr().err


def test_a_dry_run_leaves_nothing(clerk, sheet, capsys):
    assert main(["import", "persons", sheet(GOOD, BAD), "--dry-run"]) == 0
    assert "1 mới" in capsys.readouterr().out
    assert not Import.objects.exists()


def test_a_sheet_waits_for_somebody_elses_approval(clerk, sheet):
    assert main(["import", "persons", sheet(GOOD)]) == 0
    assert Import.objects.get().state == Import.State.CHECKED
    assert not Person.objects.filter(name="Nông Văn Sửu").exists()


def test_nobody_approves_ones_own_sheet(clerk, sheet, capsys):
    assert main(["import", "persons", sheet(GOOD), "--approve"]) == 1
    assert "--approver" in capsys.readouterr().err


def test_another_person_approves_the_same_sheet(clerk, chief, as_account, sheet):
    path = sheet(GOOD)
    main(["import", "persons", path])
    as_account(chief)
    assert main(["import", "persons", path, "--approve"]) == 0
    assert Person.objects.filter(name="Nông Văn Sửu").exists()


def test_two_people_may_do_it_in_one_go(clerk, chief, as_account, sheet, capsys):
    as_account(chief)
    as_account(clerk)
    assert main(["import", "persons", sheet(GOOD, BAD), "--approve", "--approver", "chief", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["state"] == "applied"
    assert [row["row"] for row in said["rejected"]] == [3]


def test_the_same_sheet_a_second_time_does_nothing(clerk, chief, as_account, sheet, capsys):
    as_account(chief)
    as_account(clerk)
    path = sheet(GOOD)
    main(["import", "persons", path, "--approve", "--approver", "chief"])
    capsys.readouterr()
    assert main(["import", "persons", path, "--approve", "--approver", "chief", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["same"] == 1
    assert Person.objects.filter(name="Nông Văn Sửu").count() == 1


def test_the_receipt_is_the_same_sheet_with_what_became_of_each_row(clerk, sheet, tmp_path):
    receipt = tmp_path / "tra-ve.csv"
    assert main(["import", "persons", sheet(GOOD, BAD), "--receipt", str(receipt)]) == 0
    head, good, bad = receipt.read_text("utf-8-sig").splitlines()
    assert "Kết quả" in head
    assert good.startswith("Nông Văn Sửu")
    assert "Thiếu" in bad


def test_a_sheet_without_one_good_row_is_no_success(clerk, sheet):
    assert main(["import", "persons", sheet(BAD)]) == 1


def test_a_sheet_of_something_else_is_refused(clerk, tmp_path, capsys):
    path = tmp_path / "la.csv"
    path.write_text("a;b\n1;2\n", "utf-8")
    assert main(["import", "persons", str(path)]) == 1
    assert capsys.readouterr().err.startswith("ansinh: ")
