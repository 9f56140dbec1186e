"""A grant with its decision at once, a death with the letter of its stop, and the way back: what the page says is what happens."""
from datetime import date

from playwright.sync_api import expect

from ansinh.benefits.models import Entitlement
from ansinh.documents.actions import hand_over
from ansinh.documents.models import Letter
from ansinh.office import clock
from tests.browser import serious_faults

GRANTED, LEARNT, MISTAKE_FOUND = date(2023, 7, 12), date(2023, 7, 20), date(2023, 7, 21)


def test_letters_go_out_with_their_acts_and_are_void_with_them(stand_at, at_desk, lan, officer, chief):
    chief.full_name, chief.title = "Lục Thị Nhài", "Phó Giám đốc Sở"
    chief.save()
    stand_at(GRANTED)
    page = at_desk(officer)

    page.goto(f"/che-do/cho-huong/{lan.pk}/?dien=wounded")
    page.get_by_label("Hưởng từ ngày").fill("01/07/2023")
    page.get_by_label("Tỷ lệ tổn thương cơ thể (%)").fill("61")
    page.get_by_label("Quyết định", exact=True).fill("QĐ 1204/QĐ-SLĐTBXH ngày 12/07/2023")
    page.get_by_role("button", name="Xem hệ quả rồi ghi").click()
    expect(page.locator("main")).to_contain_text("Văn bản phát hành cùng lúc")
    expect(page.get_by_label("Quyết định cho hưởng trợ cấp: chế độ thương binh, 61 %")).to_be_checked()
    assert not serious_faults(page)
    page.get_by_role("button", name="Xem hệ quả rồi ghi").click()
    expect(page.locator("main")).to_contain_text("Đã ghi")
    decision = Letter.objects.get()
    assert (decision.symbol, decision.values["số tiền"]) == ("01/QĐ-SLĐTBXH", "3.174.000")

    stand_at(LEARNT)
    page.goto(f"/su-kien/{lan.pk}/mat/")
    page.get_by_label("Ngày mất").fill("14/07/2023")
    page.get_by_label("Giấy tờ làm căn cứ").fill("Trích lục khai tử 38/2023")
    page.get_by_role("button", name="Xem hệ quả").click()
    expect(page.get_by_label("Quyết định chấm dứt hưởng: chế độ thương binh, 61 %")).to_be_checked()
    assert not serious_faults(page)
    page.get_by_role("button", name="Ghi nhận mất, thôi hưởng sau 31/07/2023").click()
    expect(page.locator("main")).to_contain_text("Đã ghi: Dương Thị Lan mất ngày 14/07/2023.")
    stop = Letter.objects.get(kind="stop")
    hand_over(stop, on=clock.today(), by=officer)

    stand_at(MISTAKE_FOUND)
    page.goto(f"/nguoi/{lan.pk}/")
    page.get_by_role("link", name="Hoàn tác").first.click()
    expect(page.locator("main")).to_contain_text("đã trao ngày 20/07/2023 cho Dương Thị Lan: thành một việc phải thu lại")
    assert not serious_faults(page)
    page.get_by_role("button", name="Hoàn tác cả việc").click()
    expect(page.locator("main")).to_contain_text("Đã hoàn tác.")
    assert Entitlement.objects.get().terms_rows.current().get().until is None
    assert Letter.objects.standing().get() == decision

    page.goto("/viec/")
    expect(page.locator("main")).to_contain_text(f"Thu lại {stop.symbol} đã trao ngày 20/07/2023")
    page.goto(f"/kiem-tra/?ma={stop.code}")
    expect(page.locator("main")).to_contain_text("đã bị hủy ngày 21/07/2023")
