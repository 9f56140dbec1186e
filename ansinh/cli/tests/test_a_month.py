"""A month walked with the command alone: assess, propose, approve, export, reconcile, why, brief, proofs."""
import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook

from ansinh.cli import main
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.payments.models import PayList

JULY = date(2023, 7, 1)
COMMUNE = ["--area", "05920"]


@pytest.fixture
def clerk(appoint):
    """Prepares lists for the whole province."""
    return appoint("preparer", "officer", "19.")


@pytest.fixture
def on_lock_day():
    with clock.held_at(book().lock_day(JULY)):
        yield


@pytest.fixture
def june_came_back(lan_is_paid, accountant, as_account, tmp_path):
    """``june_came_back("Đã nhận", "")``: the provider's form for June, filled in."""

    def fill_in(result, reason):
        as_account(accountant)
        assert main(["list", "export", "--month", "2023-06", "--to", str(tmp_path)]) == 0
        path = tmp_path / "tra-ve-2023-06.xlsx"
        sheet = load_workbook(path)
        heads = {cell.value: cell.column for cell in sheet.active[1]}
        sheet.active.cell(2, heads["Kết quả"], result)
        sheet.active.cell(2, heads["Lý do"], reason)
        sheet.save(path)
        return str(path)

    return fill_in


@pytest.fixture
def july_is_proposed(on_lock_day, june_came_back, clerk, as_account):
    assert main(["list", "reconcile", june_came_back("Đã nhận", "")]) == 0
    as_account(clerk)
    assert main(["assess", "--month", "2023-07"]) == 0
    assert main(["list", "propose", "--month", "2023-07"]) == 0


def test_an_assessment_run_twice_writes_nothing_the_second_time(july_is_proposed, capsys):
    capsys.readouterr()
    assert main(["assess", "--month", "2023-07", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["written"] == 0


def test_who_prepared_a_list_may_not_approve_it(july_is_proposed, capsys):
    assert main(["list", "approve", "--month", "2023-07"]) == 1
    assert "không có quyền" in capsys.readouterr().err


def test_another_person_approves_and_the_files_are_written(july_is_proposed, chief, accountant, as_account, tmp_path, capsys):
    as_account(chief)
    assert main(["list", "approve", "--month", "2023-07", *COMMUNE]) == 0
    as_account(accountant)
    capsys.readouterr()
    assert main(["list", "export", "--month", "2023-07", "--to", str(tmp_path / "ra"), "--json"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert all((tmp_path / "ra" / name).stat().st_size for name in files)
    assert {name.rpartition(".")[2] for name in files} == {"xlsx", "pdf"}


def test_exporting_again_gives_the_same_bytes(lan_is_paid, accountant, as_account, tmp_path):
    as_account(accountant)
    for folder in ("mot", "hai"):
        assert main(["list", "export", "--month", "2023-06", "--to", str(tmp_path / folder)]) == 0
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / f).iterdir()} for f in ("mot", "hai"))
    assert first == second


def test_what_was_not_collected_is_carried_into_the_next_list(on_lock_day, lan_is_paid, june_came_back, clerk, as_account, capsys):
    assert main(["list", "reconcile", june_came_back("Chưa nhận", "vắng nhà")]) == 0
    as_account(clerk)
    main(["assess", "--month", "2023-07"])
    main(["list", "propose", "--month", "2023-07"])
    assert PayList.objects.get(month=JULY).carried == lan_is_paid.total


def test_a_list_may_be_withdrawn_before_it_is_approved(july_is_proposed):
    assert main(["list", "withdraw", "--month", "2023-07"]) == 0
    assert not PayList.objects.standing().filter(month=JULY).exists()


def test_there_is_nothing_to_approve_in_a_month_without_lists(chief, as_account, areas, capsys):
    as_account(chief)
    assert main(["list", "approve", "--month", "2023-07"]) == 1
    assert "không có danh sách" in capsys.readouterr().err


def test_a_neighbour_sees_no_list_of_ours(lan_is_paid, neighbour, as_account, capsys):
    as_account(neighbour)
    capsys.readouterr()
    assert main(["list", "show", "--month", "2023-06", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lists"] == []


@pytest.fixture
def typed(monkeypatch):
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))


def test_why_names_the_article_and_the_paper(lan_is_paid, officer, as_account, typed, capsys):
    as_account(officer)
    typed("TB/19/00161")
    assert main(["why", "-", "--month", "2023-06"]) == 0
    said = capsys.readouterr().out
    assert "3.174.000 đ" in said
    assert "75/2021/NĐ-CP" in said
    assert "QĐ 12/QĐ-SLĐTBXH" in said


def test_why_answers_a_neighbour_as_if_there_were_nobody(lan_is_paid, neighbour, as_account, typed, capsys):
    as_account(neighbour)
    typed("TB/19/00161")
    assert main(["why", "-", "--month", "2023-06"]) == 1


def test_a_number_is_not_taken_from_the_command_line(officer, as_account, capsys):
    as_account(officer)
    assert main(["why", "019150001234", "--month", "2023-06"]) == 1
    assert "ansinh why -" in capsys.readouterr().err


def test_the_ledger_and_the_journal_are_proved(lan_is_paid, auditor, as_account, capsys):
    as_account(auditor)
    assert main(["verify", "ledger"]) == 0
    assert main(["verify", "journal"]) == 0


def test_the_brief_adds_up_to_its_places(lan_is_paid, auditor, as_account, capsys):
    as_account(auditor)
    assert main(["brief", "--as-of", "2023-06-20", "--json"]) == 0
    page = json.loads(capsys.readouterr().out)
    values = {figure["code"]: figure["value"] for figure in page["figures"]}
    assert values == {
        "merit.payees": 1, "merit.month_amount": 3_174_000, "merit.arrears": lan_is_paid.arrears, "merit.unpaid": 0, "merit.recovery": 0,
        "dossiers.verified": 0,
    }
    assert page["communes"][0]["merit.month_amount"] == 3_174_000
    assert page["districts"][0]["merit.payees"] == 1


def test_the_brief_of_a_day_before_the_approval_knows_nothing_of_it(lan_is_paid, auditor, as_account, capsys):
    as_account(auditor)
    main(["brief", "--as-of", "2023-06-20", "--known-on", "2023-05-01", "--json"])
    assert [figure["value"] for figure in json.loads(capsys.readouterr().out)["figures"]] == [0, 0, 0, 0, 0, 0]
