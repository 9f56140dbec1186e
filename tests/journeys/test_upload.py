"""A large file goes up in a browser whose connection is cut, that is paused, reloaded, and told to choose the file again."""
import os

import pytest
from playwright.sync_api import expect

from ansinh.dossiers import actions, uploads
from ansinh.dossiers.models import Scan
from ansinh.office.cabinet import read_file
from tests.browser import LAWFUL_NO_OR_CUT
from tests.people import DISTRICT

PARTS = "**/so-hoa/tep/*/"


@pytest.fixture
def large(tmp_path):
    """Three parts and a bit."""
    path = tmp_path / "tap-1.pdf"
    path.write_bytes(os.urandom(3 * uploads.CHUNK + 1_000))
    return path


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    """Tests beside each other count their uploads from one, each in its own folder."""
    settings.DATA = tmp_path / "data"


@pytest.fixture
def batch(stand_at, areas, officer):
    return actions.receive_batch("Kho 2, giá 4", origin="browser", area_path=DISTRICT, by=officer)


@pytest.fixture
def page(at_desk, officer, batch):
    """The officer's window on the page of the batch; a cut connection is said there, and is no fault of the page."""
    page = at_desk(officer, lawful=LAWFUL_NO_OR_CUT)
    page.goto(f"/so-hoa/{batch.pk}/")
    return page


def cut_after(page, parts):
    """Let so many parts through, then cut the connection until ``mend(page)``."""
    left = [parts]

    def pass_or_cut(route):
        left[0] -= 1
        if left[0] < 0:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(PARTS, pass_or_cut)


def mend(page):
    page.unroute(PARTS)


def line(page):
    return page.locator("#dang-tai li").last


@pytest.mark.browser
def test_an_upload_goes_on_by_itself_when_the_connection_is_back(page, large):
    cut_after(page, 2)
    page.locator("#id_files").set_input_files(large)
    expect(line(page)).to_contain_text("Thử lại sau")
    mend(page)
    expect(line(page)).to_contain_text("Đã nhận xong", timeout=15_000)
    expect(page.locator("#tep")).to_contain_text("Chờ tách trang")
    assert read_file(Scan.objects.get().file) == large.read_bytes()


@pytest.mark.browser
def test_after_a_reload_the_same_file_goes_on_from_where_it_stood(page, large):
    cut_after(page, 2)
    page.locator("#id_files").set_input_files(large)
    expect(line(page)).to_contain_text("Thử lại sau")
    page.reload()
    expect(page.locator("#tep")).to_contain_text("Đã nhận 66 %")
    sent = []
    mend(page)
    page.on("request", lambda request: sent.append(request.headers.get("upload-offset")))
    page.locator("#id_files").set_input_files(large)
    expect(line(page)).to_contain_text("Đã nhận xong", timeout=15_000)
    assert [offset for offset in sent if offset] == [str(2 * uploads.CHUNK), str(3 * uploads.CHUNK)]
    assert read_file(Scan.objects.get().file) == large.read_bytes()


@pytest.mark.browser
def test_a_paused_upload_waits(page, large):
    cut_after(page, 1)
    page.locator("#id_files").set_input_files(large)
    expect(line(page)).to_contain_text("Thử lại sau")
    page.get_by_role("button", name="Tạm dừng").click()
    expect(line(page)).to_contain_text("Tạm dừng; phần đã tải vẫn còn.")
    mend(page)
    page.get_by_role("button", name="Tải tiếp").click()
    expect(line(page)).to_contain_text("Đã nhận xong", timeout=15_000)


@pytest.mark.browser
def test_a_refused_file_does_not_stop_the_next_one(page, large, tmp_path):
    empty = tmp_path / "rong.pdf"
    empty.touch()
    page.locator("#id_files").set_input_files([empty, large])
    expect(page.locator("#dang-tai li").first).to_contain_text("rỗng")
    expect(line(page)).to_contain_text("Đã nhận xong", timeout=15_000)


@pytest.mark.browser
def test_two_windows_send_one_file_together(page, at_desk, officer, batch, large):
    other = at_desk(officer)
    other.goto(f"/so-hoa/{batch.pk}/")
    page.locator("#id_files").set_input_files(large)
    other.locator("#id_files").set_input_files(large)
    expect(line(page)).to_contain_text("Đã", timeout=15_000)
    expect(page.locator("#tep")).to_contain_text("Chờ tách trang", timeout=15_000)
    expect(other.locator("#tep")).to_contain_text("Chờ tách trang", timeout=15_000)
    assert read_file(Scan.objects.get().file) == large.read_bytes()
