"""Granting on screen: the standings of the account's fields in groups, found without accents; facts with help; amounts with their reckoning."""
from datetime import date

import pytest
from django.urls import reverse

from ansinh.benefits import actions as benefits
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.payments import actions as payments
from ansinh.payments.models import Channel
from ansinh.web.refusal import Forbidden
from tests.people import PROVINCE

TODAY = date(2025, 3, 10)


@pytest.fixture
def at_work(client, appoint):
    """``at_work("merit")``: a signed-in officer of one field, or of every field."""

    def sign_in(field=""):
        client.force_login(appoint(f"chuyen-vien-{field}", "officer", PROVINCE, field))
        return client

    with clock.held_at(TODAY):
        yield sign_in


def choosing(client, person, **asked):
    return client.get(reverse("entitlement.grant", args=[person.pk]), asked)


def titles(answer):
    return [group.title for group in answer.context["page"].groups]


def test_standings_stand_in_groups_by_field_and_manner_of_paying(at_work, lan):
    assert titles(choosing(at_work(), lan)) == [
        "Ưu đãi người có công, hằng tháng", "Ưu đãi người có công, chi một lần", "Trợ giúp xã hội, hằng tháng",
        "Trợ giúp xã hội, hỗ trợ người chăm sóc", "Trợ giúp xã hội, chi một lần",
    ]


def test_an_officer_of_one_field_is_offered_that_field_only(at_work, lan):
    assert titles(choosing(at_work("merit"), lan)) == ["Ưu đãi người có công, hằng tháng", "Ưu đãi người có công, chi một lần"]


def test_no_standing_is_left_out(at_work, lan):
    groups = choosing(at_work(), lan).context["page"].groups
    assert sum(len(group.standings) for group in groups) == len(book().standings)


def test_a_standing_is_found_without_accents(at_work, lan):
    (group,) = choosing(at_work(), lan, tim="don than").context["page"].groups
    assert [standing.code for standing in group.standings] == ["single_parent"]


def test_nothing_found_says_what_to_do(at_work, lan):
    assert "xem tất cả" in choosing(at_work(), lan, tim="không có diện này").content.decode()


def test_each_standing_says_its_first_month_with_the_article(at_work, lan):
    assert "Hưởng từ tháng đủ 80 tuổi. (20/2021/NĐ-CP Điều 8)" in choosing(at_work(), lan).content.decode()


def test_a_standing_of_another_field_is_not_granted_by_its_address(at_work, lan):
    assert choosing(at_work("merit"), lan, dien="disabled").status_code == 404


def test_a_quantity_is_asked_for_by_what_it_counts(at_work, lan):
    assert "Số ki-lô-mét" in choosing(at_work(), lan, dien="moving_remains").content.decode()


def test_a_lump_sum_says_that_it_is_paid_in_one_month(at_work, lan):
    said = choosing(at_work(), lan, dien="injury_aid").content.decode()
    assert ("Chi một lần" in said, "Đã chi đến hết tháng" in said) == (True, False)


def preview(client, person, standing, **values):
    address = f"{reverse('entitlement.grant', args=[person.pk])}?dien={standing}"
    return client.post(address, {"source": "QĐ 5/QĐ-UBND", **values}).content.decode()


def test_the_preview_of_a_lump_sum_shows_the_month_the_amount_and_level_times_factor(at_work, lan):
    said = preview(at_work(), lan, "injury_aid", since="10/03/2025")
    assert "Chi một lần trong tháng 03/2025" in said
    assert "Cách tính tháng 03/2025: 5.000.000 đ" in said
    assert "500.000 đ × 10" in said


def test_the_preview_of_a_monthly_benefit_shows_how_the_amount_comes_about(at_work, lan):
    said = preview(at_work(), lan, "disabled", severity="severe", since="01/03/2025")
    assert "Cách tính tháng 04/2025: 1.000.000 đ" in said
    assert "500.000 đ × 2" in said


@pytest.fixture
def lan_assisted(lan, officer):
    with clock.held_at(TODAY):
        return benefits.grant(lan, standing="disabled", severity="severe", since=date(2025, 1, 1), source="QĐ 9", by=officer)


@pytest.mark.parametrize("verb", ["Tạm dừng hưởng", "Thôi hưởng"])
def test_social_assistance_is_suspended_and_stopped_in_its_own_words(at_work, lan_assisted, verb):
    page = at_work().get(reverse("entitlement", args=[lan_assisted.pk])).content.decode()
    assert verb in page


def test_a_severity_is_corrected_on_screen(at_work, lan_assisted):
    page = at_work("assistance").get(reverse("entitlement.change", args=[lan_assisted.pk, "sua"]))
    assert "Mức độ khuyết tật" in page.content.decode()


def test_an_officer_of_assistance_sets_the_way_of_paying_of_an_assisted_person(lan_assisted, lan, appoint):
    officer = appoint("assistance", "officer", PROVINCE, "assistance")
    payments.set_channel(lan, since=date(2025, 4, 1), kind="post", by=officer)
    assert Channel.objects.on(date(2025, 5, 1)).get(person=lan).recorded_in.by == officer


def test_an_officer_of_another_field_does_not_set_it(lan_assisted, lan, appoint):
    officer = appoint("merit", "officer", PROVINCE, "merit")
    with pytest.raises(Forbidden, match="lĩnh vực"):
        payments.set_channel(lan, since=date(2025, 4, 1), kind="post", by=officer)
    assert not Entry.objects.filter(act="payments.set_channel", by=officer).exists()


def test_months_that_were_paid_elsewhere_are_settled_and_open_again_with_the_undo(lan, appoint):
    officer = appoint("hoe", "officer", PROVINCE)
    with clock.held_at(TODAY):
        said = {"since": date(2025, 1, 1), "source": "QĐ 12", "grade": 61, "paid_up_to": date(2025, 2, 1)}
        made = benefits.grant(lan, standing="wounded", by=officer, **said)
        assert [(row.since, row.until) for row in made.payable.openings.filter(withdrawn_in=None)] == [(date(2025, 1, 1), date(2025, 2, 1))]
        undo(Entry.objects.get(act="benefits.grant"), by=officer)
    assert not made.payable.openings.filter(withdrawn_in=None).exists()
