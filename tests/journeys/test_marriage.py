"""A marriage is recorded on one page, the rights of the other follow, and both pages say who is married to whom; then it is taken back."""
from datetime import date

from playwright.sync_api import expect

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.registry import actions as registry
from tests.browser import serious_faults
from tests.people import PROVINCE

GRANTED, LEARNT, JULY, MAY = date(2023, 5, 2), date(2023, 6, 28), date(2023, 7, 1), date(2023, 5, 1)


def test_a_marriage_is_recorded_for_both_and_taken_back_for_both(stand_at, at_desk, settle, officer, appoint):
    clerk = appoint("clerk", "officer", PROVINCE)
    stand_at(GRANTED)
    lan, giap = settle("Dương Thị Lan"), settle("Lục Văn Giáp")
    registry.add_identifier(lan, kind="citizen", number="019150000321", source="Căn cước", by=officer)
    said = {"children": 1, "poverty": "poor", "since": MAY, "source": "QĐ 5", "paid_up_to": MAY, "by": officer}
    alone = benefits.grant(lan, standing="single_parent", **said)
    with clock.held_at(date(2023, 6, 25)):
        benefits.assess(JULY, field="assistance", by=clerk)
        payments.propose(JULY, field="assistance", by=clerk)

    stand_at(LEARNT)
    page = at_desk(officer)
    page.goto(f"/nguoi/{giap.pk}/")
    page.get_by_role("link", name="Ghi sự kiện").click()
    page.get_by_role("link", name="Kết hôn", exact=True).click()
    page.get_by_label("Vợ hoặc chồng").fill("019150000321")
    page.get_by_label("Ngày kết hôn").fill("20/05/2023")
    page.get_by_label("Giấy tờ làm căn cứ").fill("Giấy chứng nhận kết hôn 4/2023")
    page.get_by_role("button", name="Xem hệ quả").click()
    expect(page.locator("#vo-chong")).to_contain_text("Vợ, chồng: Dương Thị Lan")
    expect(page.locator("#vo-chong")).to_contain_text("Đơn thân nuôi con, 1 con: hưởng đến hết 31/05/2023")
    assert not serious_faults(page)
    page.get_by_role("button", name="Ghi kết hôn").click()

    expect(page.locator("main")).to_contain_text("Đã ghi: Lục Văn Giáp kết hôn ngày 20/05/2023")
    page.get_by_role("link", name="Dương Thị Lan").click()
    expect(page.get_by_role("heading", name="Dương Thị Lan")).to_be_visible()
    expect(page.get_by_role("link", name="Lục Văn Giáp")).to_be_visible()
    assert not serious_faults(page)
    assert Entitlement.objects.get(pk=alone.pk).payable.ends_on == date(2023, 5, 31)

    page.get_by_role("link", name="Hoàn tác").first.click()
    expect(page.locator("#vo-chong")).to_contain_text("Vợ, chồng: Dương Thị Lan")
    page.get_by_role("button", name="Hoàn tác cả việc").click()
    assert Entitlement.objects.get(pk=alone.pk).payable.ends_on is None
