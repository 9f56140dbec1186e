"""Staff at their screens: each account in a browser window of its own, signed in as a person would."""
from datetime import datetime

import pytest

from ansinh.office import clock, signin
from ansinh.office.founding import make_demonstration_account
from ansinh.office.installation import mark_demonstration, set_demonstration_clock
from tests.browser import LAWFUL_NO, listening


@pytest.fixture
def stand_at(transactional_db):
    """``stand_at(day)``: the clock of the whole house, also of the live server, stands at nine in the morning."""
    mark_demonstration()

    def set_clock(day):
        set_demonstration_clock(datetime(day.year, day.month, day.day, 9, tzinfo=clock.ZONE))

    yield set_clock
    clock.forget_shift()


@pytest.fixture
def at_desk(stand_at, browser, browser_context_args, live_server):
    """``at_desk(account)``: a window in which the account has signed in, with its code where its role needs one."""
    opened = []

    def sign_in(account, *, second_factor=False, lawful=LAWFUL_NO):
        make_demonstration_account(account, second_factor=second_factor)
        context = browser.new_context(**browser_context_args, base_url=live_server.url)
        page = context.new_page()
        opened.append((context, listening(page, lawful)))
        page.goto("/dang-nhap/")
        page.locator("#id_login").fill(account.username)
        page.locator("#id_password").fill(f"{account.username}-1975")
        page.get_by_role("button", name="Tiếp tục").click()
        if second_factor:
            page.locator("#id_code").fill(signin.demonstration_code(account))
            page.get_by_role("button", name="Đăng nhập").click()
        return page

    yield sign_in
    for context, said in opened:
        context.close()
        assert not said, "\n".join(said)
