"""Who may order a verb: passwords and codes on the terminal, demonstration accounts at their word, nobody without one."""
import pytest

from ansinh.cli import main, who
from ansinh.office.founding import make_demonstration_account
from ansinh.office.installation import mark_demonstration
from ansinh.office.models import Account, Right

BRIEF = ["brief", "--as-of", "2023-10-26"]


@pytest.fixture
def typed(monkeypatch):
    """``typed("secret", "123456")``: a terminal on which these are typed, one after another."""

    def type_in(*answers):
        waiting = iter(answers)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(who, "getpass", lambda _prompt: next(waiting))
        monkeypatch.setattr("ansinh.cli.accounts.getpass", lambda _prompt: next(waiting))

    return type_in


def test_without_an_account_nothing_about_persons_is_said(db, capsys, monkeypatch):
    monkeypatch.delenv("ANSINH_AS", raising=False)
    assert main(BRIEF) == 1
    assert "--as" in capsys.readouterr().err


def test_the_right_password_is_enough_for_an_officer(officer, typed):
    typed("officer-1975")
    assert main([*BRIEF, "--as", "officer"]) == 0


@pytest.mark.parametrize("username", ["officer", "khong-co-ai"])
def test_a_wrong_password_and_an_unknown_account_are_told_alike(officer, typed, username, capsys):
    typed("sai")
    assert main([*BRIEF, "--as", username]) == 1
    assert capsys.readouterr().err == f"ansinh: {who.WRONG}\n"


def test_an_approver_without_a_second_factor_is_sent_to_the_page(chief, typed, capsys):
    typed("chief-1975")
    assert main([*BRIEF, "--as", "chief"]) == 1
    assert "mã" in capsys.readouterr().err


def test_a_password_is_never_read_from_a_pipe(officer, capsys):
    assert main([*BRIEF, "--as", "officer"]) == 1
    assert "cửa sổ lệnh" in capsys.readouterr().err


def test_a_demonstration_takes_its_own_accounts_at_their_word(officer, monkeypatch):
    mark_demonstration()
    make_demonstration_account(officer, second_factor=False)
    monkeypatch.setenv("ANSINH_AS", "officer")
    assert main(BRIEF) == 0


def test_the_first_account_of_a_database_is_its_administrator(db, typed):
    typed("mot mat khau dai", "mot mat khau dai")
    assert main(["account", "create", "quantri", "--name", "Vi Quang Khoát"]) == 0
    assert Right.objects.get().role == "administrator"


def test_a_second_account_needs_an_administrator(officer, typed, capsys):
    assert main(["account", "create", "hai", "--name", "Hai"]) == 1
    assert not Account.objects.filter(username="hai").exists()


def test_two_different_passwords_make_no_account(db, typed, capsys):
    typed("mot mat khau dai", "mot mat khau khac")
    assert main(["account", "create", "quantri", "--name", "Vi Quang Khoát"]) == 1
    assert not Account.objects.exists()


def test_an_administrator_appoints(appoint, officer, as_account, capsys):
    as_account(appoint("boss", "administrator", "19."))
    assert main(["account", "appoint", "officer", "--role", "auditor", "--since", "2023-01-01"]) == 0
    assert officer.rights.filter(role="auditor", area_path="19.").exists()


def test_a_role_that_does_not_exist_is_refused_with_those_that_do(appoint, officer, as_account, capsys):
    as_account(appoint("boss", "administrator", "19."))
    assert main(["account", "appoint", "officer", "--role", "vua"]) == 1
    assert "auditor" in capsys.readouterr().err
