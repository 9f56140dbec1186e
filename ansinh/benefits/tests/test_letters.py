"""Letters that go with acts: shown before, issued in the act's own transaction, voided with it, fetched back where they were handed over."""
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.documents.actions import hand_over, recall_letter, void_letter
from ansinh.documents.alongside import Order
from ansinh.documents.models import Letter
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry, Task
from ansinh.office.papers import CHECKED_AT
from ansinh.registry.models import Person
from ansinh.web.refusal import Refusal

TODAY, SINCE = date(2023, 7, 20), "01/07/2023"
GRANT = {"since": SINCE, "source": "QĐ 1204/QĐ-SLĐTBXH ngày 12/07/2023", "grade": "61"}


@pytest.fixture(autouse=True)
def today():
    with clock.held_at(TODAY):
        yield


@pytest.fixture
def wounded(lan, granted):
    return Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=date(2023, 7, 1)))


@pytest.fixture
def stopped(wounded, signer, officer):
    """Stopped with its letter."""
    benefits.stop(wounded, until=date(2023, 7, 31), source="QĐ 77", letter=Order(signer, "mất ngày 14/07/2023"), by=officer)
    return Letter.objects.get()


def boxes(answer):
    return answer.context["page"].form


def entry_of(act):
    return Entry.objects.filter(act=act).latest("pk")


def test_a_grant_shows_its_decision_ticked_and_issues_it_with_the_act(lan, signer, client, officer):
    client.force_login(officer)
    address = reverse("entitlement.grant", args=[lan.pk]) + "?dien=wounded"
    shown = client.post(address, GRANT)
    said = shown.content.decode()
    assert "Quyết định cho hưởng trợ cấp: chế độ thương binh, 61 %" in said
    assert f"gửi {lan.name}; số tiền (đồng) 3.174.000; từ ngày 01/07/2023; căn cứ QĐ 1204" in said
    assert boxes(shown)["letters"].initial and "checked" in str(boxes(shown)["letters"])
    assert not Letter.objects.exists() and not Entitlement.objects.exists()
    client.post(address, GRANT | {"confirmed": "yes", "letters": boxes(shown)["letters"].initial, "letter_signer": signer.pk})
    entitlement, letter = Entitlement.objects.get(), Letter.objects.get()
    assert (letter.symbol, letter.about, letter.person) == ("01/QĐ-SLĐTBXH", f"benefits.entitlement:{entitlement.pk}", lan)
    assert letter.values["số tiền"] == "3.174.000"
    assert letter.issued_in.parent == entry_of("benefits.grant")


def test_without_its_tick_no_letter_is_issued_and_no_number_taken(lan, signer, client, officer):
    client.force_login(officer)
    client.post(reverse("entitlement.grant", args=[lan.pk]) + "?dien=wounded", GRANT | {"confirmed": "yes", "letter_signer": signer.pk})
    assert Entitlement.objects.exists() and not Letter.objects.exists()


def test_a_tick_without_anybody_who_signs_is_refused_and_nothing_is_written(lan, signer, client, officer):
    client.force_login(officer)
    address = reverse("entitlement.grant", args=[lan.pk]) + "?dien=wounded"
    ticked = boxes(client.post(address, GRANT))["letters"].initial
    answer = client.post(address, GRANT | {"confirmed": "yes", "letters": ticked})
    assert answer.status_code == 422
    assert "Chọn người ký văn bản" in answer.content.decode()
    assert not Entitlement.objects.exists()


def test_who_has_nobody_to_sign_grants_without_a_letter(lan, client, officer):
    client.force_login(officer)
    shown = client.post(reverse("entitlement.grant", args=[lan.pk]) + "?dien=wounded", GRANT)
    assert "Phát hành cùng lúc" not in shown.content.decode()


@pytest.mark.parametrize(("verb", "typed", "kind", "said"), [
    ("thoi-huong", {"until": "31/07/2023", "cause": "death"}, "stop", {"từ ngày": "01/08/2023", "lý do": "người hưởng mất"}),
    ("tam-dinh-chi", {"since": "01/07/2023"}, "suspend", {"từ ngày": "01/07/2023", "lý do": "QĐ 77"}),
    ("sua", {"since": "01/07/2023", "grade": "65"}, "change", {"số tiền": "3.383.000", "lý do": "nội dung hưởng nay là 65 %"}),
    ("ngay-bat-dau", {"since": "01/06/2010"}, "change", {"số tiền": "3.174.000", "từ ngày": "01/06/2010"}),
])
def test_every_change_issues_the_letter_of_its_kind(wounded, signer, client, officer, verb, typed, kind, said):
    client.force_login(officer)
    address = reverse("entitlement.change", args=[wounded.pk, verb])
    seen = client.get(address).context["page"].form["seen"].value()
    typed = typed | {"source": "QĐ 77", "seen": seen}
    ticked = boxes(client.post(address, typed))["letters"].initial
    client.post(address, typed | {"confirmed": "yes", "letters": ticked, "letter_signer": signer.pk})
    letter = Letter.objects.get()
    assert letter.kind == kind
    assert said.items() <= letter.values.items()


def test_a_resumption_says_what_is_paid_again(wounded, signer, officer):
    benefits.suspend(wounded, since=date(2023, 6, 1), source="QĐ 70", by=officer)
    benefits.resume(wounded, since=date(2023, 7, 1), source="QĐ 78", letter=Order(signer), by=officer)
    assert Letter.objects.get().values["số tiền"] == "3.174.000"


def test_where_the_act_is_refused_no_number_is_taken(wounded, signer, officer):
    with pytest.raises(Refusal):
        benefits.stop(wounded, until=date(2000, 7, 31), source="QĐ 77", letter=Order(signer), by=officer)
    assert not Letter.objects.exists()


def test_undo_says_which_letter_it_voids_and_voids_it(stopped, wounded, client, officer):
    cache.clear()
    client.force_login(officer)
    address = reverse("undo", args=[entry_of("benefits.stop").pk])
    assert f"{stopped.symbol} bị hủy; ai kiểm tra mã sẽ thấy" in client.get(address).content.decode()
    client.post(address, {"confirmed": "yes"})
    stopped.refresh_from_db()
    assert (stopped.void_reason, stopped.handed_on) == ("Việc làm căn cứ đã được hoàn tác", None)
    assert wounded.terms_rows.current().get().until is None
    assert "đã bị hủy ngày 20/07/2023" in client.get(CHECKED_AT, {"ma": stopped.code}).content.decode()
    assert not Task.objects.open().filter(act="documents.recall_letter").exists()


def test_a_letter_that_was_handed_over_is_fetched_back_after_the_undo(stopped, client, officer):
    hand_over(stopped, on=TODAY, by=officer)
    client.force_login(officer)
    entry = entry_of("benefits.stop")
    assert "đã trao ngày 20/07/2023 cho Dương Thị Lan: thành một việc phải thu lại" in client.get(reverse("undo", args=[entry.pk])).content.decode()
    undo(entry, by=officer)
    task = Task.objects.open().get(act="documents.recall_letter")
    assert task.title == f"Thu lại {stopped.symbol} đã trao ngày 20/07/2023 cho Dương Thị Lan: văn bản đã hủy"
    assert "Ghi đã thu lại" in client.get(reverse("letter", args=[stopped.pk])).content.decode()
    client.post(reverse("letter.recall", args=[stopped.pk]), {"note": "gia đình nộp lại bản giấy 25/07"})
    assert not Task.objects.open().filter(pk=task.pk).exists()


def test_the_next_letter_takes_the_next_number_after_a_voided_one(stopped, wounded, signer, officer):
    undo(entry_of("benefits.stop"), by=officer)
    benefits.stop(Entitlement.objects.get(pk=wounded.pk), until=date(2023, 8, 31), source="QĐ 79", letter=Order(signer), by=officer)
    assert list(Letter.objects.order_by("number").values_list("symbol", flat=True)) == ["01/QĐ-SLĐTBXH", "02/QĐ-SLĐTBXH"]


def test_a_letter_that_was_voided_by_hand_stays_as_it_was_voided(stopped, officer):
    void_letter(stopped, reason="in sai", by=officer)
    undo(entry_of("benefits.stop"), by=officer)
    assert Letter.objects.get().void_reason == "in sai"


@pytest.mark.parametrize(("day", "why"), [(date(2023, 7, 19), "từ ngày ký"), (date(2023, 7, 21), "đến hôm nay")])
def test_a_letter_is_handed_over_between_its_day_and_today(stopped, officer, day, why):
    with pytest.raises(Refusal, match=why):
        hand_over(stopped, on=day, by=officer)


def test_handing_over_happens_once_and_is_taken_back(stopped, officer):
    hand_over(stopped, on=TODAY, by=officer)
    with pytest.raises(Refusal, match="đã ghi là đã trao"):
        hand_over(stopped, on=TODAY, by=officer)
    undo(entry_of("documents.hand_over"), by=officer)
    assert Letter.objects.get().handed_on is None


def test_what_does_not_need_to_come_back_is_not_recalled(stopped, officer):
    with pytest.raises(Refusal, match="đã trao rồi bị hủy"):
        recall_letter(stopped, note="x", by=officer)


def test_a_death_issues_the_letters_of_its_stops_and_its_undo_voids_them(wounded, signer, lan, client, officer):
    client.force_login(officer)
    address = reverse("life_event", args=[lan.pk, "mat"])
    typed = {"on": "14/07/2023", "source": "Trích lục khai tử 12"}
    page = client.post(address, typed).context["page"]
    assert [one.words for one in page.plan.wanted] == ["Quyết định chấm dứt hưởng: chế độ thương binh, 61 %"]
    assert not Letter.objects.exists()
    steps = [row["step"].key for row in page.words["steps"]]
    done = typed | {
        "confirmed": "yes", "seen": page.plan.digest, "listed": steps, "do": steps, "letters": [one.key for one in page.plan.wanted],
        "letter_signer": signer.pk,
    }
    assert client.post(address, done).status_code == 302
    letter = Letter.objects.get()
    assert (letter.values["lý do"], letter.values["từ ngày"]) == ("người hưởng mất ngày 14/07/2023", "01/08/2023")
    assert letter.issued_in.parent.act == "benefits.stop"
    entry = entry_of("benefits.record_life_event")
    undoing = client.get(reverse("life_event.undo", args=[entry.pk]))
    assert f"{letter.symbol} bị hủy" in undoing.content.decode()
    client.post(reverse("life_event.undo", args=[entry.pk]), {"confirmed": "yes", "seen": undoing.context["page"].plan.digest})
    assert not Letter.objects.standing().exists()
    assert Person.objects.get(pk=lan.pk).died_on is None
