"""What a birthday changes of an amount: one task a commune and month, told person by person, closed by itself."""
from datetime import date

import pytest
from django.urls import reverse

from ansinh.benefits import actions as benefits
from ansinh.benefits.level_changes import ages_of_change, level_changes
from ansinh.benefits.level_letters import drafts_of_level_changes
from ansinh.documents import actions as documents
from ansinh.documents.models import Letter
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Account, Entry, Task
from tests.people import COMMUNE

OCTOBER, DECEMBER = date(2023, 10, 1), date(2023, 12, 1)
# The list of October is worked out in September or October; its tasks speak of November.
NOVEMBER = date(2023, 11, 1)
FINISH = "benefits.finish_level_changes"


def address_on_screen(task):
    return reverse("level_changes", args=[task.key.partition(":")[2]])


@pytest.fixture
def work_out(clerk):
    """``work_out()``: October is worked out; the tasks about levels that are open then."""

    def run(field="assistance"):
        with clock.held_at(book().lock_day(OCTOBER)):
            benefits.assess(OCTOBER, field=field, by=clerk)
        return list(Task.objects.open().filter(act=FINISH).order_by("pk"))

    return run


@pytest.fixture
def child(settle, grant):
    """A child without support who is full four in November: 900.000 → 540.000."""
    return grant(settle("Lê Văn An", date(2019, 11, 20)), "assisted_child", case="b")


@pytest.fixture
def elder(settle, grant):
    """A severely disabled man who is full sixty in November: 540.000 → 720.000."""
    return grant(settle("Trần Văn Sửu", date(1963, 11, 2)), "disabled", severity="severe")


@pytest.fixture
def tell(clerk, chief):
    """``tell(entitlement)``: the decision on the change is issued from its draft."""
    Account.objects.filter(pk=chief.pk).update(title="Phó Giám đốc")

    def issue(entitlement):
        with clock.held_at(date(2023, 10, 27)):
            (draft,) = (one for one in drafts_of_level_changes(entitlement.person, clerk) if one.key.startswith(f"benefits.level_change:{entitlement.pk}-"))
            return documents.issue_letter(
                entitlement.person, kind="change", field="assistance", signer=chief, values=draft.values, about=draft.key, by=clerk)

    return issue


@pytest.mark.parametrize(("standing", "ages"), [
    ("assisted_child", [4]), ("hiv_child", [4]), ("disabled", [16, 60]), ("elder_poor", [80]), ("facility_resident", [4]), ("fosters_child", [4]),
    ("fosters_disabled", [16]), ("social_pension", [75]), ("student_16_22", []), ("elder_80", []), ("wounded", []),
])
def test_the_ages_at_which_another_line_of_the_law_takes_over(standing, ages):
    assert ages_of_change(standing) == ages


def test_one_person_is_a_task_with_both_amounts_and_the_month(child, work_out):
    (task,) = work_out()
    assert task.title == "Quyết định đổi mức Trẻ không nguồn nuôi dưỡng, xã Tân Kim: đủ 4 tuổi, từ tháng 11/2023 900.000 → 540.000 đ"
    assert (task.area_path, task.field, task.facts) == (COMMUNE, "assistance", {"month": "2023-11-01", "entitlements": [child.pk]})
    assert task.due_on == date(2023, 10, 31)


def test_many_in_a_commune_are_one_task(child, elder, work_out):
    (task,) = work_out()
    assert "2 người" in task.title
    assert set(task.facts["entitlements"]) == {child.pk, elder.pk}


def test_working_out_again_adds_who_came_and_leaves_one_task(child, work_out, settle, grant):
    work_out()
    grant(settle("Vi Thị Mai", date(2007, 11, 5)), "disabled", severity="especially_severe")
    (task,) = work_out()
    assert len(task.facts["entitlements"]) == 2


@pytest.mark.parametrize(("standing", "born", "facts"), [
    ("assisted_child", date(2019, 12, 1), {"case": "b"}),
    ("social_pension", date(1948, 11, 3), {"poverty": "poor"}),
    ("elder_80", date(1930, 11, 3), {}),
])
def test_a_birthday_that_changes_no_amount_next_month_asks_nothing(settle, grant, work_out, standing, born, facts):
    grant(settle("Lê Văn An", born), standing, **facts)
    assert work_out() == []


def test_of_two_exclusive_allowances_the_one_that_is_not_paid_asks_nothing(child, grant, work_out):
    grant(child.person, "disabled", severity="especially_severe")
    assert [change.entitlement.standing for change in level_changes("assistance", NOVEMBER)] == []
    assert work_out() == []


def test_who_has_the_higher_one_by_a_birthday_of_the_other_is_not_asked_twice(child, grant):
    grant(child.person, "disabled", severity="severe")
    assert level_changes("assistance", NOVEMBER) == []


def test_the_letter_is_filled_in_with_the_new_amount_and_closes_the_task(child, work_out, tell):
    work_out()
    letter = tell(child)
    said = Letter.objects.get().values
    assert (said["số tiền"], said["lý do"]) == ("540.000", "đủ 4 tuổi từ tháng 11/2023 (20/2021/NĐ-CP Điều 5 khoản 1)")
    assert letter.about == f"benefits.level_change:{child.pk}-202311"
    assert not Task.objects.open().filter(act=FINISH).exists()
    assert work_out() == []


def test_the_last_letter_closes_the_task_of_many(child, elder, work_out, tell):
    work_out()
    tell(child)
    (task,) = Task.objects.open().filter(act=FINISH)
    assert task.facts["entitlements"] == [elder.pk]
    tell(elder)
    assert not Task.objects.open().filter(act=FINISH).exists()


def test_a_letter_that_is_voided_asks_again_at_the_next_reckoning(child, work_out, tell, clerk):
    work_out()
    letter = tell(child)
    with clock.held_at(date(2023, 10, 28)):
        documents.void_letter(letter, reason="Sai số tiền", by=clerk)
    assert len(work_out()) == 1


def test_who_ends_is_gone_and_comes_back_with_the_undo(child, work_out, clerk):
    work_out()
    with clock.held_at(date(2023, 10, 27)):
        benefits.stop(child, until=date(2023, 10, 31), source="QĐ 9", by=clerk)
        assert not Task.objects.open().filter(act=FINISH).exists()
        undo(Entry.objects.get(act="benefits.stop"), by=clerk)
    assert Task.objects.open().filter(act=FINISH).count() == 1


def test_what_was_said_to_be_done_is_not_asked_again(client, child, work_out, clerk):
    (task,) = work_out()
    client.force_login(clerk)
    with clock.held_at(date(2023, 10, 27)):
        address = address_on_screen(task)
        page = client.get(address).content.decode()
        assert ("Lê Văn An" in page, "540.000" in page, "Soạn quyết định" in page) == (True, True, True)
        assert client.post(address, {"note": ""}).status_code == 422
        assert client.post(address, {"note": "QĐ 55 của xã"}).url == reverse("tasks")
    assert work_out() == []


def test_who_may_not_finish_it_does_not_see_the_page(client, child, work_out, neighbour):
    (task,) = work_out()
    client.force_login(neighbour)
    assert client.get(address_on_screen(task)).status_code == 404


def test_a_standing_that_may_follow_is_named_where_one_ends(settle, grant, work_out):
    grant(settle("Lê Văn An", date(2007, 11, 30)), "assisted_child", case="b")
    work_out()
    assert Task.objects.open().get(act="benefits.stop").title.endswith("tháng cuối là 11/2023; xét diện “Đang học 16–22 tuổi”")
