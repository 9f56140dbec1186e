"""A demonstration in which an account is taken at its word, so that tests of verbs need no typing."""
import pytest

from ansinh.office.founding import make_demonstration_account
from ansinh.office.installation import mark_demonstration


@pytest.fixture
def as_account(db, monkeypatch):
    """``as_account(officer)``: from now on the command is this account's."""
    mark_demonstration()

    def take(account):
        make_demonstration_account(account, second_factor=False)
        monkeypatch.setenv("ANSINH_AS", account.username)
        return account

    return take
