"""Giam giữ: a span of two axes of time, corrected, taken back, shown in the person's life."""
from datetime import date

import pytest
from django.urls import reverse

from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.registry import actions
from ansinh.registry.models import Detention
from ansinh.registry.queries.persons import timeline
from ansinh.web.refusal import Refusal

MARCH, JULY = date(2023, 3, 15), date(2023, 7, 5)


@pytest.fixture
def held(lan, officer):
    """Lan, detained since March."""
    with clock.held_at(date(2023, 7, 20)):
        actions.record_detention(lan, on=MARCH, cause="detained", source="Lệnh 5", by=officer)
        yield lan


def spans(person):
    return list(Detention.objects.current().filter(person=person).order_by("since").values_list("cause", "since", "until"))


def test_the_return_ends_it_on_the_day_before(held, officer):
    actions.end_detention(held, on=JULY, source="Giấy 7", by=officer)
    assert spans(held) == [("detained", MARCH, date(2023, 7, 4))]
    assert [event.words for event in timeline(held)][:2] == ["Về từ nơi giam giữ", "Bị giam giữ: bị tạm giam, chưa có bản án có hiệu lực"]


def test_what_was_known_before_the_correction_stays_known(held, officer):
    before = clock.now()
    with clock.held_at(date(2023, 7, 25)):
        actions.correct_detention(held, since=date(2023, 4, 1), cause="detained", source="Lệnh 5, bản đúng", by=officer)
    assert spans(held) == [("detained", date(2023, 4, 1), None)]
    assert Detention.objects.known(before.date()).filter(person=held).get().since == MARCH


def test_an_earlier_detention_learnt_later_stands_before_the_one_that_is_known(held, officer):
    actions.record_detention(held, on=date(2023, 1, 1), cause="sentenced", source="Bản án 1", by=officer)
    assert spans(held) == [("sentenced", date(2023, 1, 1), date(2023, 3, 14)), ("detained", MARCH, None)]


def test_each_act_is_undone(held, officer):
    actions.end_detention(held, on=JULY, source="Giấy 7", by=officer)
    undo(Entry.objects.get(act="registry.end_detention"), by=officer)
    assert spans(held) == [("detained", MARCH, None)]
    undo(Entry.objects.get(act="registry.record_detention"), by=officer)
    assert spans(held) == []


@pytest.mark.parametrize(("act", "said", "why"), [
    ("record_detention", {"on": date(2023, 5, 1), "cause": "detained", "source": "Lệnh 6"}, "đang ghi bị tạm giam"),
    ("record_detention", {"on": date(2023, 8, 1), "cause": "sentenced", "source": "Bản án"}, "chưa đến"),
    ("record_detention", {"on": date(1940, 8, 1), "cause": "sentenced", "source": "Bản án"}, "trước ngày sinh"),
    ("record_detention", {"on": date(2023, 5, 1), "cause": "sentenced", "source": " "}, "căn cứ"),
    ("end_detention", {"on": date(2023, 3, 1), "source": "Giấy"}, "không ghi người này bị giam giữ"),
    ("correct_detention", {"since": MARCH, "cause": "detained", "source": "Lệnh 5"}, "Không có gì khác"),
    ("correct_detention", {"since": MARCH, "until": date(2023, 9, 1), "cause": "detained", "source": "Lệnh 5"}, "ghi khi người ấy đã về"),
])
def test_what_cannot_be_is_refused(held, officer, act, said, why):
    with pytest.raises(Refusal, match=why):
        getattr(actions, act)(held, by=officer, **said)
    assert spans(held) == [("detained", MARCH, None)]


def test_the_page_of_the_person_corrects_it(client, held, officer):
    client.force_login(officer)
    address = reverse("person.verb", args=[held.pk, "sua-giam-giu"])
    said = {"cause": "sentenced", "since": "15/03/2023", "until": "04/07/2023", "source": "Bản án 9"}
    assert "chấp hành án phạt tù: 15/03/2023 – 04/07/2023" in client.post(address, said).content.decode()
    client.post(address, {**said, "sure": "1"})
    assert "Sửa giam giữ" in client.get(reverse("person", args=[held.pk])).content.decode()


def test_who_was_never_held_is_not_offered_the_correction(client, lan, officer):
    client.force_login(officer)
    assert client.get(reverse("person.verb", args=[lan.pk, "sua-giam-giu"])).status_code == 404
