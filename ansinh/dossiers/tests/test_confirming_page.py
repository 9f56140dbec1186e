"""Confirming, settling and evidence on screen: consequences first, both places side by side, one click from a value to its box."""
from datetime import date

import pytest
from django.urls import reverse

from ansinh.dossiers.actions import confirm
from ansinh.dossiers.models import Dossier, Evidence
from ansinh.dossiers.tests.checked import DECISION, MINUTES
from ansinh.registry import actions as registry
from ansinh.registry.models import Person, Standing
from tests.people import DISTRICT


@pytest.fixture
def at_desk(client, officer):
    client.force_login(officer)
    return client


def page(name, subject):
    return reverse(name, args=[subject.pk])


def test_a_stranger_is_registered_after_the_consequences_were_shown(at_desk, whole):
    address = page("dossiers.confirm", whole)
    assert at_desk.get(address).url == page("dossiers.whose", whole)
    onward = at_desk.post(page("dossiers.whose", whole), {"person": "moi"}).url
    assert at_desk.get(onward).status_code == 200
    shown = at_desk.post(onward, {"medal": ""}).content.decode()
    assert "Trần Văn Ba được ghi vào sổ ở xã Tân Kim, sinh 01/05/1950" in shown
    assert "Diện Thương binh từ 01/1995, 41 %" in shown
    assert not Person.objects.filter(name="Trần Văn Ba").exists()
    done = at_desk.post(onward, {"special": "on", "confirmed": "yes"})
    person = Person.objects.get(name="Trần Văn Ba")
    assert done.url == page("person", person)
    assert Standing.objects.current().get(person=person).special
    assert Dossier.objects.get(pk=whole.pk).state == Dossier.State.VERIFIED


def test_persons_of_the_same_name_or_number_are_offered(at_desk, whole, ba):
    shown = at_desk.get(page("dossiers.whose", whole)).content.decode()
    assert f'value="{ba.pk}"' in shown
    assert at_desk.post(page("dossiers.whose", whole), {"person": "0"}).status_code == 422
    assert at_desk.post(page("dossiers.whose", whole), {"person": ba.pk}).url == page("dossiers.confirm", whole)
    whole.refresh_from_db()
    assert whole.person == ba


def test_a_missing_paper_is_told_before_it_is_written(at_desk, dossier_with):
    dossier = dossier_with({"allowance_decision": DECISION})
    shown = at_desk.post(f"{page('dossiers.confirm', dossier)}?nguoi=moi", {}).content.decode()
    assert "Còn thiếu nên hồ sơ chưa là đã xác minh" in shown
    assert "Biên bản giám định y khoa" in shown


def test_a_contradiction_shows_both_places_and_is_settled_by_choosing(at_desk, dossier_with):
    dossier = dossier_with({"medical_board_minutes": {**MINUTES, "birth": "1951"}, "allowance_decision": DECISION})
    address = page("dossiers.contradictions", dossier)
    assert at_desk.get(page("dossiers.confirm", dossier)).url == address
    shown = at_desk.get(address).content.decode()
    assert shown.count('class="clip"') == 2
    assert "01/05/1950" in shown and "1951" in shown
    assert at_desk.post(address, {"name": "birth"}).status_code == 422
    chosen = dossier.papers.get(kind="allowance_decision").enterings.get(name="birth")
    assert at_desk.post(address, {"name": "birth", "chosen": chosen.pk}).url == address
    assert "Không có chỗ nào nói khác nhau" in at_desk.get(address).content.decode()


def test_the_task_of_a_contradiction_opens_its_page(at_desk, dossier_with):
    dossier = dossier_with({"medical_board_minutes": {**MINUTES, "birth": "1951"}, "allowance_decision": DECISION})
    assert page("dossiers.contradictions", dossier) in at_desk.get("/viec/").content.decode()


def test_one_click_leads_from_a_value_to_the_box_on_the_page(at_desk, whole, officer):
    confirm(whole, is_new=True, by=officer)
    shown = at_desk.get(page("person", whole.person)).content.decode()
    grade = Evidence.objects.filter(name="grade").latest("id")
    assert page("evidence", grade) in shown
    assert shown.count('class="proof"') == 6
    opened = at_desk.get(page("evidence", grade)).content.decode()
    assert '<rect class="here" x="0" y="10" width="50" height="60"' in opened
    assert "Second" in opened and "Officer" in opened


def test_a_person_without_evidence_has_no_mark(at_desk, lan_is_recognised):
    shown = at_desk.get(page("person", lan_is_recognised)).content.decode()
    assert 'class="proof"' not in shown
    assert "Chứng cứ" not in shown


def test_a_neighbour_finds_none_of_these_pages(client, whole, neighbour, officer):
    confirm(whole, is_new=True, by=officer)
    client.force_login(neighbour)
    names = ("dossiers.confirm", "dossiers.whose", "dossiers.contradictions")
    assert [client.get(page(name, whole)).status_code for name in names] == [404, 404, 404]
    assert client.get(page("evidence", Evidence.objects.first())).status_code == 404


def test_who_only_digitises_does_not_write_the_register(client, whole, appoint):
    client.force_login(appoint("digitiser", "digitiser", DISTRICT))
    assert client.get(page("dossiers.confirm", whole)).status_code == 404


def test_a_standing_that_the_paper_dates_later_says_what_falls_away_before_it_is_written(at_desk, whole, ba, officer):
    registry.recognise(ba, code="wounded", since=date(1990, 1, 1), source="Sổ cũ", grade=41, by=officer)
    at_desk.post(page("dossiers.whose", whole), {"person": ba.pk})
    settle = {"name": "entitled_from", "chosen": whole.papers.get(kind="allowance_decision").enterings.get(name="entitled_from", round=1).pk}
    at_desk.post(page("dossiers.contradictions", whole), settle)
    assert "từ 01/1990 đến trước 01/1995 không còn là đối tượng" in at_desk.get(page("dossiers.confirm", whole)).content.decode()
    at_desk.post(page("dossiers.confirm", whole), {"confirmed": "yes"})
    assert Standing.objects.current().get(person=ba).since == date(1995, 1, 1)
