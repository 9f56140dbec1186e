"""Story: a late decree comes as a file; what it does to months already paid is seen before it counts, and again before it is paid."""
from datetime import date

from playwright.sync_api import expect

from ansinh.benefits import actions as benefits
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.payments.models import PayList, Posting

OCTOBER, NOVEMBER, DECEMBER = (date(2023, month, 1) for month in (10, 11, 12))
DECREE = """
title: Nghị định nâng mức chuẩn
instruments:
  - {number: 99/2023/NĐ-CP, title: Nghị định nâng mức chuẩn, signed: 2023-10-30, in_force: 2023-11-15, verified: no}
schedules:
  - title: Mức chuẩn trợ giúp xã hội
    article: Điều 4
    lines:
      - {line: assistance_level, title: Mức chuẩn trợ giúp xã hội, rows: [{since: 2023-09-01, amount: 400000, basis: 99/2023/NĐ-CP}]}
"""


def proposed(month, preparer):
    """The month's list of social assistance on its lock day, not yet approved."""
    with clock.held_at(book().lock_day(month)):
        benefits.assess(month, field="assistance", by=preparer)
        return payments.propose(month, field="assistance", by=preparer)


def hand_in(page, text):
    page.goto("/thu-muc/tep-luat/")
    page.get_by_label("Tên bản thử", exact=True).fill("Nghị định 99")
    page.get_by_label("Tệp luật (.yaml)").set_input_files({"name": "nghi-dinh.yaml", "mimeType": "text/yaml", "buffer": text.encode()})
    page.get_by_role("button", name="Soát và xem tốn bao nhiêu").click()


def test_a_decree_that_changes_paid_months_is_seen_with_totals_before_anybody_approves(
    stand_at, at_desk, own_law, lan_is_disabled, drafter, chief
):
    for month in (OCTOBER, NOVEMBER):
        with clock.held_at(book().lock_day(month)):
            payments.approve(proposed(month, drafter), by=chief)
    stand_at(date(2023, 11, 20))
    drafters = at_desk(drafter)
    hand_in(drafters, DECREE.replace("amount: 400000", "amount: 40.0000"))
    expect(drafters.get_by_role("alert").or_(drafters.locator("main")).first).to_contain_text("dòng 9, ô amount: Ghi 40.0, phải là số nguyên")
    hand_in(drafters, DECREE)
    expect(drafters.locator("main")).to_contain_text("Đụng 3 tháng đã duyệt chi: truy lĩnh 240.000")
    address, posted = drafters.url, Posting.objects.count()

    chiefs = at_desk(chief, second_factor=True)
    chiefs.goto(address)
    chiefs.get_by_role("link", name="Áp dụng văn bản").click()
    expect(chiefs.locator("main")).to_contain_text("truy lĩnh 240.000")
    chiefs.get_by_role("button", name="Áp dụng văn bản").click()
    expect(chiefs.locator("main")).to_contain_text("Đang áp dụng")
    assert Posting.objects.count() == posted

    (december,) = proposed(DECEMBER, drafter)
    stand_at(book().lock_day(DECEMBER))
    chiefs.goto(f"/chi-tra/{december.pk}/")
    expect(chiefs.locator("main")).to_contain_text("240.000")
    expect(chiefs.locator("main")).to_contain_text("800.000")
    assert PayList.objects.get(pk=december.pk).state == PayList.State.PROPOSED
    assert Posting.objects.count() == posted
