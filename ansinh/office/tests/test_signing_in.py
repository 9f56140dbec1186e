"""Signing in: doors, second factor, what was typed, demonstration codes."""
import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from ansinh.office import clock, signin
from ansinh.office.founding import make_demonstration_account
from ansinh.office.installation import mark_demonstration
from ansinh.web import drafts


@pytest.fixture(autouse=True)
def no_failed_attempts_are_remembered():
    cache.clear()


def sign_in(client, account):
    return client.post("/dang-nhap/", {"login": account.username, "password": f"{account.username}-1975"})


def test_a_wrong_password_is_answered_in_vietnamese(client, officer):
    answer = client.post("/dang-nhap/", {"login": "officer", "password": "sai"})
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in answer.content.decode()


def test_an_officer_needs_no_second_factor(client, officer):
    assert sign_in(client, officer).url == "/"


def test_an_approver_must_set_up_a_second_factor_first(client, chief):
    sign_in(client, chief)
    assert client.get("/tai-khoan/").url == "/xac-thuc/ung-dung/"


def test_a_door_opens_for_an_account_only(client, db):
    assert client.get("/tai-khoan/").url.startswith("/dang-nhap/")


def test_there_is_no_signing_up(client, db):
    assert client.get("/dang-ky/").status_code == 404


def test_signed_in_pages_are_not_kept_by_the_browser(client, officer):
    client.force_login(officer)
    assert "no-store" in client.get("/tai-khoan/")["Cache-Control"]


def test_what_was_typed_when_the_session_ended_is_kept_until_the_page_opens_again(rf):
    request = rf.post("/che-do/moi/", {"note": "gõ dở", "password": "x"})
    request.session = {}
    drafts.keep(request)
    again = rf.get("/che-do/moi/")
    again.session = request.session
    assert drafts.take(again) == {"note": "gõ dở"}
    assert drafts.take(again) == {}


def test_a_demonstration_shows_the_code_of_the_moment_and_it_opens_the_door(client, chief):
    mark_demonstration()
    make_demonstration_account(chief, second_factor=True)
    code = signin.demonstration_code(chief)
    sign_in(client, chief)
    assert client.post("/xac-thuc/ma/", {"code": code}).url == "/"


def test_outside_a_demonstration_no_code_is_shown(chief):
    assert signin.demonstration_code(chief) is None


def test_a_code_works_once(client, chief):
    mark_demonstration()
    make_demonstration_account(chief, second_factor=True)
    code = signin.demonstration_code(chief)
    sign_in(client, chief)
    client.post("/xac-thuc/ma/", {"code": code})
    client.logout()
    sign_in(client, chief)
    assert "Mã không đúng hoặc đã hết hạn" in client.post("/xac-thuc/ma/", {"code": code}).content.decode()


def test_the_demonstration_code_follows_the_machine_and_not_the_demonstration_clock(chief):
    mark_demonstration()
    make_demonstration_account(chief, second_factor=True)
    with clock.held_at(clock.today().replace(year=2023)):
        assert len(signin.demonstration_code(chief)) == 6
    assert Authenticator.objects.filter(user=chief).exists()
