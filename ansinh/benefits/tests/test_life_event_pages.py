"""The pages of an event: what happened, what it changes, then the act; wrong input comes back with a sentence, nothing written."""
import re
from datetime import date

import pytest
from django.urls import reverse

from ansinh.benefits.models import Entitlement
from ansinh.office import clock
from ansinh.office.models import Entry, Task
from ansinh.registry.models import Death, Person

SAID = {"on": "14/05/2023", "source": "Trích lục khai tử 38/2023"}


@pytest.fixture
def wounded(lan, granted, run_list):
    key = granted(lan, grade=61, paid_up_to=date(2023, 5, 1))
    run_list(date(2023, 6, 1))
    return Entitlement.objects.get(pk=key)


@pytest.fixture
def address(lan):
    return reverse("life_event", args=[lan.pk, "mat"])


@pytest.fixture
def at_desk(client, officer):
    client.force_login(officer)
    with clock.held_at(date(2023, 6, 20)):
        yield client


def seen(answer):
    return re.search(r'name="seen" value="(\w+)"', answer.content.decode()).group(1)


def ticked(entitlement):
    """The page's one step, left ticked."""
    return {"listed": f"benefits.stop:{entitlement.pk}", "do": f"benefits.stop:{entitlement.pk}"}


def text(answer):
    return answer.content.decode()


def test_consequences_are_shown_and_nothing_is_written(wounded, address, at_desk):
    answer = at_desk.post(address, SAID)
    assert "Dương Thị Lan mất ngày 14/05/2023" in text(answer) and "đã nhận: thành khoản thu hồi" in text(answer)
    assert "131/2021/NĐ-CP Điều 118, chưa đối chiếu bản gốc" in text(answer)
    assert not Death.objects.exists() and not Task.objects.exists()


def test_the_second_step_writes_it_once_and_leads_to_the_way_back(wounded, address, at_desk):
    shown = seen(at_desk.post(address, SAID))
    confirmed = {**SAID, **ticked(wounded), "seen": shown, "confirmed": "yes"}
    answer = at_desk.post(address, confirmed, follow=True)
    entry = Entry.objects.get(act="benefits.record_life_event")
    assert reverse("life_event.undo", args=[entry.pk]) in text(answer)
    again = at_desk.post(address, confirmed)
    assert again.status_code == 422 and "Đã ghi nhận mất ngày 14/05/2023" in text(again)


def test_what_changed_since_it_was_seen_is_shown_again(wounded, address, at_desk):
    confirmed = {**SAID, **ticked(wounded), "seen": "0" * 24, "confirmed": "yes"}
    answer = at_desk.post(address, confirmed)
    assert answer.status_code == 409 and "Chưa ghi gì" in text(answer) and len(seen(answer)) == 24
    assert not Death.objects.exists()


def test_a_step_that_came_up_since_is_shown_and_not_taken_as_left_out(wounded, address, at_desk, lan, granted):
    shown = seen(at_desk.post(address, SAID))
    granted(lan, standing="sick", grade=61, paid_up_to=date(2023, 6, 1))
    answer = at_desk.post(address, {**SAID, **ticked(wounded), "seen": shown, "confirmed": "yes"})
    assert answer.status_code == 409 and text(answer).count('name="listed"') == 2 and text(answer).count(" checked") == 2
    assert not Death.objects.exists()


def test_a_step_left_out_needs_a_reason(wounded, address, at_desk):
    unticked = {**SAID, "listed": f"benefits.stop:{wounded.pk}"}
    confirmed = {**unticked, "confirmed": "yes"}
    refused = at_desk.post(address, {**confirmed, "seen": seen(at_desk.post(address, unticked))})
    assert refused.status_code == 422 and "Ghi lý do để lại" in text(refused)
    at_desk.post(address, {**confirmed, "seen": seen(refused), "reason": "Chờ bản chính"})
    assert Death.objects.exists() and Task.objects.open().get(act="benefits.stop")


@pytest.mark.parametrize(("on", "sentence"), [("14/05/2033", "chưa đến"), ("14/05/1940", "trước ngày sinh"), ("31/02/2023", "31/02/2023"), ("", "")])
def test_a_day_that_cannot_be_is_a_sentence(wounded, address, at_desk, on, sentence):
    answer = at_desk.post(address, {**SAID, "on": on})
    assert answer.status_code == 422 and sentence in text(answer)
    assert 'name="source" value="Trích lục khai tử 38/2023"' in text(answer)


def test_the_undo_shows_what_it_changes_first(wounded, address, at_desk, lan):
    at_desk.post(address, {**SAID, **ticked(wounded), "seen": seen(at_desk.post(address, SAID)), "confirmed": "yes"})
    line = Entry.objects.get(act="benefits.record_life_event")
    undo = at_desk.get(reverse("undo", args=[line.pk]), follow=True)
    assert undo.redirect_chain == [(reverse("life_event.undo", args=[line.pk]), 302)]
    assert "Lấy lại: Chấm dứt hưởng" in text(undo)
    assert at_desk.post(reverse("life_event.undo", args=[line.pk]), {"seen": "nonsense"}).status_code == 409
    at_desk.post(reverse("life_event.undo", args=[line.pk]), {"seen": seen(undo)})
    assert Person.objects.get(pk=lan.pk).died_on is None
    late = at_desk.post(reverse("life_event.undo", args=[line.pk]), {"seen": seen(undo)})
    assert late.status_code == 422 and "đã được hoàn tác" in text(late)


def test_follow_ups_are_closed_on_their_page(wounded, address, at_desk, lan):
    at_desk.post(address, {**SAID, **ticked(wounded), "seen": seen(at_desk.post(address, SAID)), "confirmed": "yes"})
    page = reverse("life_event.follow_ups", args=[lan.pk])
    task = Task.objects.open().filter(act="benefits.finish_follow_up").first()
    assert task.title in text(at_desk.get(page))
    assert at_desk.post(page, {"task": task.pk, "note": ""}).status_code == 422
    at_desk.post(page, {"task": task.pk, "note": "Gia đình nộp bản khai"})
    assert not Task.objects.open().filter(pk=task.pk).exists()
    assert at_desk.post(page, {"task": task.pk, "note": "lần nữa"}).status_code == 422


def test_an_officer_of_elsewhere_finds_no_page(wounded, address, client, neighbour):
    client.force_login(neighbour)
    assert {client.get(address).status_code, client.post(address, SAID).status_code} == {404}
