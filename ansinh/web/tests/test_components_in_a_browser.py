"""Every part of the look in a real browser: access, width, dark theme, keys, without scripts."""
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.urls("ansinh.web.tests.components"), pytest.mark.django_db(transaction=True)]
WIDTHS = [(1366, 768), (360, 740)]


@pytest.fixture
def components(page, live_server):
    page.goto(f"{live_server.url}/thanh-phan/")
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_parts_have_no_serious_fault_of_access(page, live_server, has_no_serious_fault, width, height, theme):
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme)
    page.goto(f"{live_server.url}/thanh-phan/")
    has_no_serious_fault()


@pytest.mark.parametrize("address", ["/thanh-phan/", "/dang-nhap/", "/khong-co/"])
def test_nothing_scrolls_sideways_on_a_phone(page, live_server, address):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("keys", ["Control+k", "/"])
def test_the_search_box_is_one_key_away(components, keys):
    components.keyboard.press(keys)
    expect(components.locator("#search")).to_be_focused()


def test_a_refused_form_is_read_first(components):
    expect(components.locator("[data-refusal]").first).to_be_focused()


def test_arrow_keys_walk_the_rows_of_a_table(components):
    components.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<table><tbody><tr><th><a id=a href=/>1</a></th></tr><tr><th><a id=b href=/>2</a></th></tr></tbody></table>')")
    components.locator("#a").focus()
    components.keyboard.press("ArrowDown")
    expect(components.locator("#b")).to_be_focused()


@pytest.mark.parametrize("address", ["/dang-nhap/", "/khong-co/"])
def test_the_doors_have_no_serious_fault_of_access(page, live_server, has_no_serious_fault, address):
    page.goto(live_server.url + address)
    has_no_serious_fault()


def test_the_title_face_comes_from_our_own_host(components):
    assert components.evaluate("document.fonts.check('600 20px \"Noto Serif\"', 'Điềm Thuỵ')")


def test_a_form_is_answered_without_scripts(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/dang-nhap/")
    page.locator("#id_login").fill("khong-co")
    page.locator("#id_password").fill("sai mật khẩu")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_contain_text("Tên đăng nhập hoặc mật khẩu không đúng.")
    context.close()
