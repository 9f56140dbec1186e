"""The reading desk by keyboard alone: a dossier is accepted, corrected, placed, finished, and entered again by a second officer."""
import io
from datetime import date

import pytest
from PIL import Image, ImageDraw

from ansinh.dossiers.actions import confirm_kind
from ansinh.dossiers.models import Dossier, Entering, Lease, PageText, Suggestion
from ansinh.office.cabinet import store_file
from tests.browser import serious_faults
from tests.people import DISTRICT

TODAY = date(2023, 6, 20)
WORDS = [
    ["Số:", 300, 120, 60, 30], ["12/QĐ-SLĐTBXH", 370, 120, 260, 30], ["Bà", 120, 300, 40, 30], ["DƯƠNG", 170, 300, 110, 30], ["THỊ", 290, 300, 60, 30],
    ["LAN", 360, 300, 70, 30], ["sinh", 120, 380, 70, 30], ["năm", 200, 380, 70, 30], ["1950", 280, 380, 90, 30], ["tỷ", 120, 460, 40, 30],
    ["lệ", 170, 460, 40, 30], ["6l", 220, 460, 40, 30], ["%", 270, 460, 30, 30], ["từ", 120, 540, 40, 30], ["tháng", 170, 540, 90, 30],
    ["01/2010", 270, 540, 140, 30], ["Ngày", 700, 900, 80, 30], ["04/01/2010", 790, 900, 190, 30],
]
ADDRESS = "/so-hoa/ban-doc/"


def drawn():
    picture = Image.new("RGB", (1240, 1754), "#efe3c4")
    pen = ImageDraw.Draw(picture)
    for text, left, top, _width, height in WORDS:
        pen.text((left, top), text, fill="#2b2a33", font_size=height)
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def scanned(lan_to_enter, lan_page):
    """Lan's dossier with a page on which something stands, and what the machine read there."""
    lan_page.width, lan_page.height = 1240, 1754
    lan_page.screen = store_file(drawn(), name="trang.png", content_type="image/png")
    lan_page.save()
    PageText.objects.filter(page=lan_page).update(words=[[*word, 90, n // 4] for n, word in enumerate(WORDS)])
    Suggestion.objects.all().delete()
    for name, value, raw, sure, box in [
        ("full_name", "Dương Thị Lan", "DƯƠNG THỊ LAN", 99, (170, 300, 260, 30)), ("birth", "1950", "1950", 97, (280, 380, 90, 30)),
        ("injury_rate", "61", "6l", 62, (220, 460, 40, 30)), ("entitled_from", "2010-01", "01/2010", 88, (270, 540, 140, 30)),
    ]:
        left, top, width, height = box
        Suggestion.objects.create(
            page=lan_page, name=name, value=value, raw=raw, confidence=sure, rule="label", left=left, top=top, width=width, height=height
        )
    return lan_to_enter


def focused(page):
    return page.evaluate("document.activeElement.name || document.activeElement.id")


def wait_for_kept(page, count):
    page.wait_for_function("n => document.getElementById('so-nhan').textContent == n", arg=str(count))


@pytest.mark.browser
def test_a_dossier_is_entered_by_keyboard_alone_and_again_by_another(stand_at, at_desk, scanned, officer, appoint):
    paper, second = scanned.papers.get(), appoint("second", "officer", DISTRICT)
    stand_at(TODAY)
    page = at_desk(officer)
    page.goto(ADDRESS)
    page.get_by_role("button", name="Nhận hồ sơ tiếp").press("Enter")
    page.wait_for_url(f"**{ADDRESS}{scanned.pk}/")

    page.locator("#loai-giay").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the kind that the machine read is right
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button", name="Đổi loại").is_visible()
    assert focused(page) == f"value-{paper.pk}-decision_number"

    page.keyboard.type("12/QĐ-SLĐTBXH")
    page.keyboard.press("Tab")
    wait_for_kept(page, 1)
    page.keyboard.type("4.1.2010")
    page.keyboard.press("Enter")
    wait_for_kept(page, 2)
    assert focused(page) == f"value-{paper.pk}-signer"
    page.keyboard.press("Tab")  # nothing there: nothing is kept
    assert focused(page) == f"value-{paper.pk}-full_name"
    assert page.locator("rect.here").get_attribute("x") == "170"
    assert page.locator(".sheet.zoomed").count() == 1
    page.keyboard.press("Tab")
    wait_for_kept(page, 3)

    page.keyboard.type("1951")
    page.keyboard.press("Escape")
    assert page.locator(f"#o-{paper.pk}-birth").input_value() == "1950"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == f"value-{paper.pk}-full_name"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    wait_for_kept(page, 4)

    page.locator(f"#o-{paper.pk}-injury_rate").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.locator("select.near").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    wait_for_kept(page, 5)
    assert focused(page) == f"value-{paper.pk}-entitled_from"
    page.keyboard.press("Control+Enter")
    page.get_by_role("alert").wait_for()
    assert "Hưởng từ tháng" in page.get_by_role("alert").inner_text()
    page.locator(f"#o-{paper.pk}-entitled_from").focus()
    page.keyboard.press("Tab")
    wait_for_kept(page, 6)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{ADDRESS}")
    assert set(Entering.objects.values_list("name", "value")) == {
        ("decision_number", "12/QĐ-SLĐTBXH"), ("decision_date", "2010-01-04"), ("full_name", "Dương Thị Lan"), ("birth", "1950"),
        ("injury_rate", "61"), ("entitled_from", "2010-01"),
    }
    assert Entering.objects.get(name="decision_number").left == 370
    assert Dossier.objects.get().round == 2

    page = at_desk(second)
    page.goto(ADDRESS)
    page.get_by_role("button", name="Nhận hồ sơ tiếp").press("Enter")
    page.wait_for_url(f"**{ADDRESS}{scanned.pk}/")
    assert focused(page) == f"value-{paper.pk}-injury_rate"
    page.keyboard.type("61")
    page.keyboard.press("Tab")
    wait_for_kept(page, 1)
    page.keyboard.type("1/2010")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{ADDRESS}")
    assert Dossier.objects.get().state == Dossier.State.CHECKED
    assert not Lease.objects.exists()

    page.get_by_role("link", name="TB-00161").press("Enter")
    page.get_by_role("button", name="Ghi vào sổ").press("Enter")
    page.wait_for_url(f"**/nguoi/{scanned.person_id}/")
    page.get_by_role("link", name="Chứng cứ trên bản quét của Thương binh, 61 %").press("Enter")
    page.wait_for_url("**/chung-cu/*/")
    assert page.locator("rect.here").get_attribute("x") == "210"  # with a little air around it


@pytest.mark.browser
def test_a_frame_is_drawn_where_a_typed_value_stands(stand_at, at_desk, scanned, officer):
    paper = scanned.papers.get()
    stand_at(TODAY)
    page = at_desk(officer)
    page.goto(f"{ADDRESS}{scanned.pk}/")
    page.get_by_role("button", name="Nhận hồ sơ này").click()
    page.locator(f"#o-{paper.pk}-signer").fill("Tống Khắc Lương")
    sheet = page.locator(".sheet svg").bounding_box()
    page.mouse.move(sheet["x"] + 100, sheet["y"] + 200)
    page.mouse.down()
    page.mouse.move(sheet["x"] + 220, sheet["y"] + 230, steps=4)
    page.mouse.up()
    wait_for_kept(page, 1)
    entering = Entering.objects.get()
    scale = 1240 / sheet["width"]
    assert abs(entering.left - 100 * scale) < 3 and abs(entering.width - 120 * scale) < 3
    assert focused(page) == f"value-{paper.pk}-signer"


@pytest.mark.browser
def test_the_desk_fits_the_screen_and_has_no_serious_fault(stand_at, at_desk, scanned, officer):
    stand_at(TODAY)
    page = at_desk(officer)
    page.goto(f"{ADDRESS}{scanned.pk}/")
    page.get_by_role("button", name="Nhận hồ sơ này").click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollHeight") <= 768
    assert not serious_faults(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not serious_faults(page)


@pytest.mark.browser
def test_what_is_typed_stays_when_the_server_does_not_answer(stand_at, at_desk, scanned, officer):
    paper = scanned.papers.get()
    stand_at(TODAY)
    page = at_desk(officer)
    page.goto(f"{ADDRESS}{scanned.pk}/")
    page.get_by_role("button", name="Nhận hồ sơ này").click()
    page.context.clear_cookies(name="sessionid")
    page.locator(f"#o-{paper.pk}-signer").fill("Tống Khắc Lương")
    page.keyboard.press("Tab")
    page.get_by_text("Phiên đăng nhập đã hết").wait_for()
    assert page.locator(f"#o-{paper.pk}-signer").input_value() == "Tống Khắc Lương"
    assert not Entering.objects.exists()


@pytest.mark.browser
def test_keys_that_belong_to_an_input_method_do_nothing_else(stand_at, at_desk, scanned, officer):
    paper = scanned.papers.get()
    stand_at(TODAY)
    page = at_desk(officer)
    page.goto(f"{ADDRESS}{scanned.pk}/")
    page.get_by_role("button", name="Nhận hồ sơ này").click()
    box = page.locator(f"#o-{paper.pk}-full_name")
    box.focus()
    for key in ("Enter", "Escape", "Tab"):
        box.evaluate("(e, key) => e.dispatchEvent(new KeyboardEvent('keydown', {key, isComposing: true, bubbles: true, cancelable: true}))", key)
    box.evaluate("e => e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true}))")
    assert focused(page) == f"value-{paper.pk}-full_name"
    assert not Entering.objects.exists()


@pytest.mark.browser
def test_pages_are_turned_by_keys_and_focus_leaves_the_form(stand_at, at_desk, whole, officer):
    stand_at(TODAY)
    page = at_desk(officer)
    page.goto(f"{ADDRESS}{whole.pk}/")
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_url("**?trang=*")
    assert page.locator("#so-trang").inner_text() == "2"
    page.keyboard.press("Alt+ArrowLeft")
    page.wait_for_function("document.getElementById('so-trang').textContent == '1'")
    page.locator(".fields input").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ghi vào sổ"


@pytest.mark.browser
def test_without_a_script_the_same_form_is_kept_as_a_whole(stand_at, at_desk, scanned, officer, browser, browser_context_args, live_server):
    paper = scanned.papers.get()
    stand_at(TODAY)
    signed_in = at_desk(officer).context.storage_state()
    context = browser.new_context(**browser_context_args, base_url=live_server.url, java_script_enabled=False, storage_state=signed_in)
    page = context.new_page()
    page.goto(f"{ADDRESS}{scanned.pk}/")
    page.get_by_role("button", name="Nhận hồ sơ này").click()
    page.get_by_label("Người ký", exact=True).fill("Tống Khắc Lương")
    page.locator(f"input[name=accept][value='{paper.pk}-full_name']").check()
    page.get_by_role("button", name="Ghi các ô").click()
    page.get_by_text("10 ô · 2 đã nhận").wait_for()
    assert set(Entering.objects.values_list("name", "value")) == {("signer", "Tống Khắc Lương"), ("full_name", "Dương Thị Lan")}
    context.close()


@pytest.mark.browser
def test_a_page_is_turned_and_a_field_said_to_be_unreadable_by_keyboard(stand_at, at_desk, scanned, lan_page, officer):
    paper = scanned.papers.get()
    confirm_kind(paper, kind="allowance_decision", by=officer)
    stand_at(TODAY)
    page = at_desk(officer)
    page.goto(f"{ADDRESS}{scanned.pk}/")
    page.locator(f"#o-{paper.pk}-birth").focus()
    assert page.locator(f"#hang-{paper.pk}-birth .unread").is_visible()
    page.keyboard.press("Alt+k")
    wait_for_kept(page, 1)
    page.wait_for_function("id => document.activeElement.id === id", arg=f"o-{paper.pk}-citizen_number")
    assert page.locator(f"#hang-{paper.pk}-birth .sure").inner_text().split() == ["✓", "không", "đọc", "được"]
    page.locator(f"#o-{paper.pk}-signer").fill("Tống Khắc Lương")
    page.keyboard.press("Alt+r")
    page.get_by_text("Đã xoay trang 1").wait_for()
    lan_page.refresh_from_db()
    assert (lan_page.turn, page.url.endswith(f"?trang={lan_page.pk}")) == (90, True)
    assert set(Entering.objects.values_list("name", "value", "is_unreadable")) == {("birth", "", True), ("signer", "Tống Khắc Lương", False)}
    page.keyboard.press("Alt+Shift+r")
    page.get_by_text("Đã xoay trang 1").wait_for()
    assert not serious_faults(page)
