"""The figure of those who are entitled, told by unit, and opened into its persons."""
from datetime import date

from ansinh.office import clock


def test_who_is_entitled_is_counted_by_unit_and_the_figure_opens_into_them(client, lan_is_paid, lan, minh, officer):
    client.force_login(officer)
    with clock.held_at(date(2023, 6, 20)):
        content = client.get("/dia-ban/", {"so": "dang-huong"}).context["page"].content
        row = next(row for row in content["left"].rows if row["count"])
        opened = client.get(row["url"]).content.decode()
    assert (content["left"].total, row["count"]) == (1, 1)
    assert lan.name in opened
    assert minh.name not in opened
