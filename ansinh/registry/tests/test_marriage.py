"""Hôn nhân: one row for two persons on two axes of time; divorced, corrected, ended by a death, never two at once."""
from datetime import date
from functools import partial

import pytest
from django.urls import reverse

from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.registry import actions
from ansinh.registry.models import Marriage, Person
from ansinh.registry.queries.persons import timeline
from ansinh.web.refusal import Refusal
from tests.at_once import told_at_once
from tests.people import COMMUNE, OTHER_COMMUNE

WEDDING, JUDGMENT = date(2010, 3, 15), date(2020, 7, 5)
NUMBER = "019082000777"


@pytest.fixture(autouse=True)
def in_july():
    with clock.held_at(date(2023, 7, 20)) as moment:
        yield moment


@pytest.fixture
def registered(areas, officer, appoint):
    """``registered("Name")``: one more person of the commune, or of another one."""
    keeper = appoint("keeper", "officer", "19.")

    def make(name, *, born=date(1980, 2, 3), sex="male", path=COMMUNE, **more):
        said = {"area": areas[path], "since": date(2010, 1, 1), "source": "Sổ hộ khẩu", "birth_on": born, "birth_precision": "day", "sex": sex}
        return actions.register_person(name=name, **said, **more, by=keeper)

    return make


@pytest.fixture
def an(registered):
    return registered("Lục Văn An", numbers={"citizen": NUMBER})


@pytest.fixture
def hoa(registered):
    return registered("Lục Thị Hoa", sex="female", born=date(1982, 5, 6))


@pytest.fixture
def couple(an, hoa, officer):
    actions.record_marriage(an, on=WEDDING, source="Giấy 1", spouse=hoa, by=officer)
    return an, hoa


def spans(person):
    return list(Marriage.objects.current().of(person).order_by("since").values_list("since", "until"))


def again(person):
    return Person.objects.get(pk=person.pk)


def test_one_row_tells_both_of_their_marriage_and_of_its_divorce(couple, officer):
    an, hoa = couple
    actions.record_divorce(hoa, on=JUDGMENT, source="Bản án 7", by=officer)
    assert spans(an) == spans(hoa) == [(WEDDING, date(2020, 7, 4))]
    assert [event.words for event in timeline(an)][:2] == [event.words for event in timeline(hoa)][:2] == ["Ly hôn", "Kết hôn"]
    assert Marriage.objects.of(hoa).lasting(date(2020, 7, 4)).exists() and not Marriage.objects.of(hoa).lasting(JUDGMENT).exists()


def test_a_death_ends_it_and_its_undo_lets_it_last_again_without_a_row_of_its_own(couple, officer):
    an, hoa = couple
    actions.record_death(an, on=JUDGMENT, source="Trích lục 3", by=officer)
    assert not Marriage.objects.of(hoa).lasting(clock.today()).exists()
    assert spans(hoa) == [(WEDDING, None)]
    assert [event.words for event in timeline(hoa)][0] == "Vợ, chồng mất"
    undo(Entry.objects.get(act="registry.record_death"), by=officer)
    assert Marriage.objects.of(hoa).lasting(clock.today()).get().other(hoa) == an


def test_who_is_widowed_marries_again(couple, registered, officer):
    an, hoa = couple
    actions.record_death(an, on=JUDGMENT, source="Trích lục 3", by=officer)
    binh = registered("Dương Văn Bình")
    actions.record_marriage(hoa, on=date(2021, 1, 9), source="Giấy 2", spouse=binh, by=officer)
    assert Marriage.objects.of(hoa).lasting(clock.today()).get().other(hoa) == binh


@pytest.mark.parametrize("on", [date(2009, 1, 1), WEDDING, date(2022, 1, 1)])
def test_nobody_is_married_to_two_at_a_time(couple, registered, officer, on):
    third = registered("Dương Thị Mai", sex="female")
    entries = Entry.objects.count()
    with pytest.raises(Refusal, match="hôn nhân khác của vợ, chồng ghi ở đây, 15/03/2010 – nay"):
        actions.record_marriage(third, on=on, source="Giấy 2", spouse=couple[0], by=officer)
    with pytest.raises(Refusal, match="hôn nhân khác của Lục Văn An, 15/03/2010 – nay"):
        actions.record_marriage(couple[0], on=on, source="Giấy 2", spouse=third, by=officer)
    assert spans(third) == [] and Entry.objects.count() == entries


def test_a_marriage_to_somebody_outside_of_the_register_counts_too(an, hoa, officer):
    actions.record_marriage(an, on=WEDDING, source="Giấy 1", by=officer)
    with pytest.raises(Refusal, match="hôn nhân khác"):
        actions.record_marriage(an, on=date(2015, 1, 1), source="Giấy 2", spouse=hoa, by=officer)
    actions.correct_marriage(an, since=WEDDING, spouse=hoa, source="Giấy 1", by=officer)
    assert Marriage.objects.current().get().other(hoa) == an


def test_a_divorce_is_not_undone_under_a_marriage_that_came_after_it(couple, registered, officer):
    an, hoa = couple
    actions.record_divorce(an, on=JUDGMENT, source="Bản án 7", by=officer)
    actions.record_marriage(hoa, on=date(2021, 1, 9), source="Giấy 2", spouse=registered("Dương Văn Bình"), by=officer)
    with pytest.raises(Refusal, match="hôn nhân khác"):
        undo(Entry.objects.get(act="registry.record_divorce"), by=officer)
    assert spans(an) == [(WEDDING, date(2020, 7, 4))]


def test_each_act_is_undone(couple, officer):
    an, _hoa = couple
    actions.record_divorce(an, on=JUDGMENT, source="Bản án 7", by=officer)
    undo(Entry.objects.get(act="registry.record_divorce"), by=officer)
    assert spans(an) == [(WEDDING, None)]
    undo(Entry.objects.get(act="registry.record_marriage"), by=officer)
    assert spans(an) == []


def test_what_was_known_before_the_correction_stays_known(couple, officer):
    before = clock.now()
    with clock.held_at(date(2023, 7, 25)):
        actions.correct_marriage(couple[1], since=date(2011, 3, 15), source="Giấy 1, bản đúng", by=officer)
    assert spans(couple[0]) == [(date(2011, 3, 15), None)]
    assert Marriage.objects.known(before.date()).of(couple[0]).get().since == WEDDING


def test_the_correction_names_another_on_whichever_page_it_is_made(couple, registered, officer):
    an, hoa = couple
    right = registered("Lục Văn Ân")
    actions.correct_marriage(hoa, since=WEDDING, spouse=right, source="Giấy 1, bản đúng", by=officer)
    assert spans(an) == [] and Marriage.objects.current().get().other(hoa) == right


@pytest.mark.parametrize(("act", "said", "why"), [
    ("record_marriage", {"on": date(2023, 8, 1), "source": "Giấy"}, "chưa đến"),
    ("record_marriage", {"on": date(1970, 8, 1), "source": "Giấy"}, "trước ngày sinh"),
    ("record_marriage", {"on": date(2022, 8, 1), "source": " "}, "căn cứ"),
    ("record_divorce", {"on": date(2009, 8, 1), "source": "Bản án"}, "không ghi hôn nhân nào"),
    ("record_divorce", {"on": WEDDING, "source": "Bản án"}, "không ghi hôn nhân nào"),
    ("correct_marriage", {"since": WEDDING, "source": "Giấy 1"}, "Không có gì khác"),
    ("correct_marriage", {"since": WEDDING, "until": date(2023, 9, 1), "source": "Giấy 1"}, "ghi khi đã ly hôn"),
])
def test_what_cannot_be_is_refused(couple, officer, act, said, why):
    with pytest.raises(Refusal, match=why):
        getattr(actions, act)(couple[0], by=officer, **said)
    assert spans(couple[0]) == [(WEDDING, None)]


def test_nobody_marries_oneself_or_after_death(an, hoa, officer):
    with pytest.raises(Refusal, match="một người khác"):
        actions.record_marriage(an, on=WEDDING, source="Giấy", spouse=an, by=officer)
    actions.record_death(hoa, on=JUDGMENT, source="Trích lục 3", by=officer)
    with pytest.raises(Refusal, match="mất ngày 05/07/2020"):
        actions.record_marriage(an, on=date(2021, 1, 1), source="Giấy", spouse=again(hoa), by=officer)


def test_who_has_husband_or_wife_is_not_taken_from_the_register(couple, officer):
    entry = Entry.objects.filter(act="registry.register_person").order_by("pk").last()
    with pytest.raises(Refusal, match="hôn nhân"):
        undo(entry, by=officer)


def test_the_page_names_husband_and_wife_and_links_to_whom_the_reader_sees(client, couple, officer):
    an, hoa = couple
    client.force_login(officer)
    assert f'<dt>Vợ</dt><dd><a href="/nguoi/{hoa.pk}/">Lục Thị Hoa</a>' in client.get(reverse("person", args=[an.pk])).content.decode()
    assert f'<dt>Chồng</dt><dd><a href="/nguoi/{an.pk}/">Lục Văn An</a>' in client.get(reverse("person", args=[hoa.pk])).content.decode()


def test_the_page_has_no_link_to_whom_the_reader_does_not_see(client, an, registered, officer, neighbour):
    far = registered("Hà Thị Xa", sex="female", path=OTHER_COMMUNE)
    actions.record_marriage(an, on=WEDDING, source="Giấy 1", spouse=far, by=officer)
    client.force_login(officer)
    said = client.get(reverse("person", args=[an.pk])).content.decode()
    assert "<dt>Vợ</dt><dd>Hà Thị Xa" in said and f"/nguoi/{far.pk}/" not in said
    assert Marriage.objects.visible_to(officer).count() == Marriage.objects.visible_to(neighbour).count() == 1


def test_the_page_records_the_divorce_and_corrects_the_marriage(client, couple, officer):
    client.force_login(officer)
    said = {"on": "05/07/2020", "source": "Bản án 7"}
    assert "Ly hôn từ ngày 05/07/2020" in client.post(reverse("person.verb", args=[couple[1].pk, "ghi-ly-hon"]), said).content.decode()
    client.post(reverse("person.verb", args=[couple[1].pk, "ghi-ly-hon"]), {**said, "confirmed": "yes"})
    assert spans(couple[0]) == [(WEDDING, date(2020, 7, 4))]
    assert client.get(reverse("person.verb", args=[couple[0].pk, "ghi-ly-hon"])).status_code == 404
    address = reverse("person.verb", args=[couple[1].pk, "sua-hon-nhan"])
    wrong = client.post(address, {"spouse": "000000000000", "since": "15/03/2010", "source": "Giấy 1"})
    assert wrong.status_code == 422 and "Không ai trong sổ mang số này" in wrong.content.decode()
    client.post(address, {"spouse": NUMBER, "since": "16/03/2010", "until": "04/07/2020", "source": "Giấy 1", "confirmed": "yes"})
    assert spans(couple[0]) == [(date(2010, 3, 16), date(2020, 7, 4))]


def test_who_was_never_married_is_offered_neither_divorce_nor_correction(client, lan, officer):
    client.force_login(officer)
    assert [client.get(reverse("person.verb", args=[lan.pk, slug])).status_code for slug in ("ghi-ly-hon", "sua-hon-nhan")] == [404, 404]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_are_married_to_one_person_at_the_same_moment_one_is(an, hoa, registered, officer):
    other = registered("Lý Thị Mai", sex="female")

    def marry(spouse):
        with clock.held_at(date(2023, 7, 20)):
            actions.record_marriage(again(an), on=WEDDING, source="Giấy 1", spouse=spouse, by=officer)

    (told,) = told_at_once(partial(marry, hoa), partial(marry, other))
    assert "Sổ đang ghi hôn nhân khác của Lục Văn An" in told
    assert spans(an) == [(WEDDING, None)]
