"""A round that comes again raises a task by itself a month ahead: once, by the office's own last day, and closed when it is made."""
from datetime import date

import pytest
from django.urls import reverse

from ansinh.benefits import actions as benefits
from ansinh.benefits.round_tasks import rounds_due
from ansinh.engine.law import book
from ansinh.engine.months import as_month
from ansinh.office import clock
from ansinh.office.actions import dismiss_task, undo
from ansinh.office.models import Entry, Task
from ansinh.registry import actions as registry
from ansinh.registry.models import Area
from ansinh.web.composed import address_of
from tests.people import COMMUNE, DISTRICT, OTHER_COMMUNE, PROVINCE

WORSHIP, LAST_YEAR, THIS_YEAR = "martyr_worship", date(2022, 7, 5), date(2023, 7, 1)
MAY, JUNE, JULY = (date(2023, month, 1) for month in (5, 6, 7))


@pytest.fixture
def families(settle, officer):
    """Three who worship martyrs."""
    return [settle(name) for name in ("Dương Thị Lan", "Lý Văn Páo", "Vi Thị Sao")]


@pytest.fixture
def make_round(clerk):
    """``make_round(day, people)``: the lump sum for everybody of last time, or for those named by number."""

    def make(since, people, *, standing=WORSHIP, area_path=PROVINCE, at=None, **asked):
        with clock.held_at(at or since):
            said = {"since": since, "source": "QĐ 77", "area_path": area_path, "people": people}
            benefits.grant_round(standing, by=clerk, **said, **asked)

    return make


@pytest.fixture
def in_2021(families, officer):
    """The three have been entitled since 2021."""
    with clock.held_at(LAST_YEAR):
        for person in families:
            benefits.grant(person, standing=WORSHIP, since=date(2021, 9, 1), source="QĐ 3", martyrs=1, by=officer)


@pytest.fixture
def last_year(in_2021, make_round):
    """A round of July 2022 for the three."""
    make_round(LAST_YEAR, 3)


@pytest.fixture
def work_out(clerk):
    """``work_out(JUNE)``: a month is worked out on its day; the tasks about rounds that are open then."""

    def run(month):
        with clock.held_at(book().lock_day(month)):
            benefits.assess(month, by=clerk)
        return list(Task.objects.open().filter(act="benefits.grant_round").order_by("pk"))

    return run


def test_a_month_ahead_a_round_of_last_year_becomes_a_task_with_its_people_and_its_day(last_year, work_out):
    assert work_out(MAY) == []
    (task,) = work_out(JUNE)
    said = "Đến kỳ chi thờ cúng liệt sĩ tháng 07/2023, tỉnh Thái Nguyên: lần trước, ngày 05/07/2022, 3 người; nay 3 người được chi"
    assert (task.title, task.area_path, task.field) == (said, PROVINCE, "merit")


def test_it_has_no_term_because_the_law_names_no_day(last_year, work_out):
    assert [task.due_on for task in work_out(JUNE)] == [None]


def test_it_is_raised_once_and_not_again_each_time(last_year, work_out):
    assert work_out(JUNE) == work_out(JUNE) == work_out(JULY)
    assert Task.objects.filter(act="benefits.grant_round").count() == 1


def test_the_round_closes_it_and_its_undo_opens_it_again(last_year, work_out, make_round, clerk):
    (task,) = work_out(JUNE)
    make_round(THIS_YEAR, 3)
    assert not Task.objects.open().filter(pk=task.pk).exists()
    assert work_out(JULY) == []
    undo(Entry.objects.filter(act="benefits.grant_round").latest("pk"), by=clerk)
    assert work_out(JULY) == [task]


def test_who_is_granted_one_by_one_leaves_it_and_the_last_one_closes_it(last_year, families, work_out, officer):
    (task,) = work_out(JUNE)
    with clock.held_at(date(2023, 6, 26)):
        benefits.grant(families[0], standing=WORSHIP, since=date(2023, 6, 1), source="QĐ 4", martyrs=1, by=officer)
    assert "nay 2 người được chi" in work_out(JUNE)[0].title
    with clock.held_at(date(2023, 6, 27)):
        for person in families[1:]:
            benefits.grant(person, standing=WORSHIP, since=date(2023, 6, 1), source="QĐ 5", martyrs=1, by=officer)
    assert work_out(JUNE) == []


def test_a_round_for_a_part_leaves_the_rest_of_the_place(last_year, families, areas, work_out, make_round, appoint):
    mover = appoint("mover", "officer", PROVINCE)
    registry.move(families[2], area=areas[OTHER_COMMUNE], since=date(2023, 1, 1), source="Giấy chuyển", by=mover)
    (task,) = work_out(JUNE)
    make_round(THIS_YEAR, 2, area_path=COMMUNE)
    assert "lần trước, ngày 05/07/2022, 3 người; nay 1 người được chi" in Task.objects.open().get(pk=task.pk).title
    make_round(THIS_YEAR, 1, area_path=OTHER_COMMUNE)
    assert not Task.objects.open().filter(pk=task.pk).exists()


def test_what_somebody_dismissed_is_not_asked_again_this_year(last_year, work_out, clerk):
    (task,) = work_out(JUNE)
    with clock.held_at(date(2023, 6, 26)):
        dismiss_task(task, reason="Năm nay chi theo quyết định của tỉnh", by=clerk)
    assert work_out(JUNE) == work_out(JULY) == []


def test_a_round_made_earlier_than_last_year_leaves_nothing_to_ask(last_year, work_out, make_round):
    make_round(date(2023, 2, 1), 3)
    assert work_out(JUNE) == []


def test_the_year_after_follows_the_newest_round(last_year, make_round):
    make_round(date(2023, 2, 9), 3)
    (due,) = rounds_due("merit", as_month(date(2024, 2, 1)), as_month(date(2024, 2, 1)))
    assert (due.day, due.last, due.people) == (date(2024, 2, 9), date(2023, 2, 9), 3)


def test_the_term_of_the_law_counts_and_after_twice_of_it_the_custom_has_ended(families, officer, make_round):
    with clock.held_at(date(2022, 6, 6)):
        for person in families:
            benefits.grant(person, standing="recuperation_home", since=date(2020, 6, 6), source="QĐ 3", by=officer)
    make_round(date(2022, 6, 6), 3, standing="recuperation_home")
    asked = [due.day.year for year in range(2022, 2029) for due in rounds_due("merit", as_month(date(year, 6, 1)), as_month(date(year, 6, 1)))]
    assert asked == [2023, 2024, 2025, 2026]


def test_recuperation_every_two_years_is_not_asked_in_between_where_nobody_may_have_it_yearly(families, officer, make_round, clerk, work_out):
    with clock.held_at(date(2022, 6, 6)):
        for person in families:
            benefits.grant(person, standing="recuperation_home", since=date(2020, 6, 6), source="QĐ 3", by=officer)
    make_round(date(2022, 6, 6), 3, standing="recuperation_home")
    assert work_out(MAY) == []
    assert ["nay 3 người được chi" in task.title for task in work_out(date(2024, 5, 1))] == [True]


def test_a_place_that_is_no_more_is_asked_for_by_the_one_above_it(in_2021, make_round, work_out):
    make_round(LAST_YEAR, 3, area_path=DISTRICT)
    Area.objects.filter(path=DISTRICT).update(until=date(2023, 1, 1))
    (task,) = work_out(JUNE)
    assert (task.area_path, "tỉnh Thái Nguyên: lần trước, ngày 05/07/2022, 3 người" in task.title) == (PROVINCE, True)


def test_the_task_opens_the_page_with_lump_sum_and_place_chosen(client, last_year, work_out, clerk):
    (task,) = work_out(JUNE)
    client.force_login(clerk)
    assert task.title in client.get(reverse("tasks")).content.decode()
    address = address_of(task.key, act=task.act)
    assert address == f"{reverse('entitlement.round')}?dien=martyr_worship&noi=19."
    assert '<option value="19." selected>' in client.get(address).content.decode()
