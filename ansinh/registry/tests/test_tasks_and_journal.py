"""Tasks with their legal clock, the journal, and undoing what it tells."""
from datetime import date

import pytest

from ansinh.office import clock
from ansinh.office.actions import dismiss_task
from ansinh.office.legal_clock import legal_clock
from ansinh.office.models import Entry, Task
from ansinh.registry.actions import add_identifier, record_death
from ansinh.registry.models import Death, Identifier
from tests.people import COMMUNE

TODAY = date(2023, 9, 26)


@pytest.fixture
def at_work(client, officer):
    with clock.held_at(TODAY):
        client.force_login(officer)
        yield client


@pytest.fixture
def task(lan, officer):
    record_death(lan, on=date(2023, 9, 1), source="Trích lục khai tử", by=officer)
    return Task.objects.create(
        act="benefits.stop", key=f"registry.person:{lan.pk}", cause="death", title="Dừng trợ cấp của bà Lan", area_path=COMMUNE,
        raised_on=TODAY, due_on=date(2023, 9, 28), raised_in=Entry.objects.last(),
    )


def words(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("due", "said", "state"),
    [
        (date(2023, 9, 28), "2 ngày làm việc", "near"),
        (date(2023, 10, 9), "9 ngày làm việc", ""),
        (date(2023, 9, 25), "Quá 1 ngày", "late"),
        (date(2023, 9, 26), "hạn hôm nay", "near"),
        (None, "không có hạn", ""),
    ],
)
def test_the_legal_clock_counts_working_days(due, said, state):
    with clock.held_at(TODAY):
        shown = legal_clock(due)
    assert (shown.words, shown.state) == (said, state)


def test_a_task_stands_with_its_term_and_its_number_on_the_rail(at_work, task):
    answer = words(at_work.get("/viec/"))
    assert "Dừng trợ cấp của bà Lan" in answer
    assert "2 ngày làm việc" in answer


def test_a_task_is_dismissed_with_a_reason_only(at_work, task):
    assert at_work.post(f"/viec/{task.pk}/bo/", {"reason": ""}).status_code == 422
    assert at_work.post(f"/viec/{task.pk}/bo/", {"reason": "Tin sai, người còn sống"}).url == "/viec/"
    task.refresh_from_db()
    assert task.done_in.act == dismiss_task.act_name


def test_a_neighbour_does_not_see_the_task(client, neighbour, task):
    client.force_login(neighbour)
    assert "bà Lan" not in words(client.get("/viec/"))
    assert client.get(f"/viec/{task.pk}/bo/").status_code == 404


@pytest.fixture
def numbered(lan, officer):
    """The journal's line of a number that was given to Lan."""
    add_identifier(lan, kind=Identifier.Kind.FILE, number="TB-77", source="Hồ sơ gốc", by=officer)
    return Entry.objects.get(act="registry.add_identifier")


def has_number():
    return Identifier.objects.current().filter(number="TB-77").exists()


def test_a_line_of_the_journal_opens_and_its_act_is_undone_after_its_consequences(at_work, numbered):
    assert "Xem hệ quả rồi hoàn tác" in words(at_work.get(f"/nhat-ky/{numbered.pk}/"))
    assert has_number()
    assert "dòng đã ghi được rút" in words(at_work.get(f"/nhat-ky/{numbered.pk}/hoan-tac/"))
    at_work.post(f"/nhat-ky/{numbered.pk}/hoan-tac/", {"confirmed": "yes"})
    assert not has_number()
    assert "Đã hoàn tác" in words(at_work.get(f"/nhat-ky/{numbered.pk}/"))


def test_what_was_undone_is_not_undone_again(at_work, numbered):
    at_work.post(f"/nhat-ky/{numbered.pk}/hoan-tac/", {"confirmed": "yes"})
    assert at_work.post(f"/nhat-ky/{numbered.pk}/hoan-tac/", {"confirmed": "yes"}).status_code == 404


def test_undoing_a_death_goes_by_the_page_that_shows_the_money_behind_it(at_work, lan, officer):
    record_death(lan, on=date(2023, 9, 1), source="Trích lục khai tử", by=officer)
    line = Entry.objects.get(act="registry.record_death")
    assert at_work.get(f"/nhat-ky/{line.pk}/hoan-tac/").url == f"/su-kien/hoan-tac/{line.pk}/"
    assert Death.objects.current().exists()


def test_the_journal_is_narrowed_by_act_and_day(at_work, lan, officer):
    record_death(lan, on=date(2023, 9, 1), source="Trích lục khai tử", by=officer)
    only = at_work.get("/nhat-ky/", {"act": "registry.record_death"}).context["page"].content["rows"]
    assert {row["entry"].act for row in only} == {"registry.record_death"}
    assert not at_work.get("/nhat-ky/", {"until": "01/01/2010"}).context["page"].content["rows"]


def test_a_commune_officer_has_no_journal(client, appoint, areas):
    client.force_login(appoint("xa", "commune_officer", COMMUNE))
    assert client.get("/nhat-ky/").status_code == 404
