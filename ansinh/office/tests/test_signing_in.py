"""Signing in: doors, second factor, what was typed, demonstration codes."""
import pytest
from allauth.mfa.models import Authenticator
from django.core import signing
from django.core.cache import cache

from ansinh.office import clock, signin
from ansinh.office.founding import make_demonstration_account
from ansinh.office.installation import mark_demonstration
from ansinh.web import drafts, errors


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


def test_a_form_sent_after_the_session_ended_comes_back_filled_in_after_signing_in(client, officer):
    typed = {"username": "tran.an", "full_name": "gõ dở", "password": "không được giữ"}
    to_the_door = client.post("/viec/1/bo/", typed)
    assert to_the_door.url == "/dang-nhap/?next=/viec/1/bo/"
    sign_in(client, officer)
    assert "gõ dở" not in client.session[drafts.KEY]["typed"]
    assert signing.loads(client.session[drafts.KEY]["typed"]) == {"username": "tran.an", "full_name": "gõ dở"}


def test_no_page_may_load_anything_but_our_own_files(client, db):
    policy = client.get("/dang-nhap/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_body_too_big_is_answered_with_what_to_do(client, officer):
    client.force_login(officer)
    answer = client.post("/tim", {"q": "x" * (5 * 2**20)})
    assert answer.status_code == 413
    assert "Chia bảng thành vài tệp" in answer.content.decode()


def test_a_server_error_gives_a_number_to_read_out_and_asks_nothing_of_the_database(rf, django_assert_num_queries, db):
    request = rf.get("/")
    request.resolver_match = None
    with django_assert_num_queries(0):
        answer = errors.server_error(request).content.decode()
    assert "Thử lại không làm chi hai lần." in answer
    assert "L-" in answer
