"""Story 5, as far as the house goes: a leader asks for a figure, and it opens into the people behind it, down to the article."""
from datetime import date

from playwright.sync_api import expect

from tests.people import PROVINCE

AFTER_THE_LIST = date(2023, 6, 20)


def test_a_figure_of_the_front_page_opens_into_a_list_and_a_person(stand_at, at_desk, lan_is_paid, appoint):
    stand_at(AFTER_THE_LIST)
    page = at_desk(appoint("lanhdao", "leader", PROVINCE))

    page.goto("/?thang=2023-06")
    expect(page.locator("main")).to_contain_text("3.174.000")
    page.get_by_role("link", name="1", exact=True).first.click()
    page.get_by_role("link", name="Dương Thị Lan").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dương Thị Lan")
    expect(page.locator("main")).to_contain_text("3.174.000")
    expect(page.locator("main")).to_contain_text("75/2021/NĐ-CP")
