"""One dossier, one officer: leases are renewed, run out, are left, and never given to two, whatever the haste."""
from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from ansinh.dossiers.actions import finish_entering, leave, register_dossier, take, take_next
from ansinh.dossiers.actions.leasing import renew, start_again
from ansinh.dossiers.models import Bookmark, Dossier, Lease
from ansinh.dossiers.queries.desk import bookmark_of, sitting_of
from ansinh.office import clock
from ansinh.web.refusal import Refusal
from tests.at_once import told_at_once
from tests.people import COMMUNE, DISTRICT

MANY, OFFICERS = 12, 4


@pytest.fixture
def waiting(areas, officer):
    """A dozen dossiers, read, the oldest first."""
    made = [register_dossier(f"TB-{n:05}", category="wounded", title="x", area_path=COMMUNE, by=officer) for n in range(MANY)]
    Dossier.objects.update(state=Dossier.State.READ)
    return made


def test_two_officers_are_given_two_dossiers(waiting, officer, second):
    assert [take_next(officer), take_next(second)] == waiting[:2]


def test_a_dossier_in_the_hand_of_another_is_refused_by_name_and_hour(waiting, officer, second):
    with clock.held_at(clock.today()):
        take(waiting[0], by=officer)
        with pytest.raises(Refusal, match="TB-00000 đang do Officer giữ đến 08:30"):
            take(waiting[0], by=second)


def test_a_lease_runs_out_half_an_hour_after_the_last_use(waiting, officer, second):
    start = clock.now()
    with clock.held_at(start):
        take(waiting[0], by=officer)
    with clock.held_at(start + timedelta(minutes=29)):
        assert renew(waiting[0], officer)
    with clock.held_at(start + timedelta(minutes=58)), pytest.raises(Refusal):
        take(waiting[0], by=second)
    with clock.held_at(start + timedelta(minutes=60)):
        assert not renew(waiting[0], officer)
        assert take(waiting[0], by=second).account == second


def test_a_dossier_that_is_left_is_free_and_does_not_come_back_in_the_same_sitting(waiting, officer, second):
    first = take_next(officer)
    leave(first, by=officer)
    assert take_next(officer) == waiting[1]
    assert take_next(second) == first


def test_the_end_of_the_list_is_remembered(waiting, officer):
    for _n in range(MANY):
        leave(take_next(officer), by=officer)
    assert take_next(officer) is None
    assert take_next(officer) is None
    start_again(officer)
    assert take_next(officer) == waiting[0]


def test_where_one_was_is_found_again_in_the_same_list(waiting, officer):
    Dossier.objects.filter(pk=waiting[0].pk).update(category="sick")
    wanted = {"category": "wounded"}
    first = take_next(officer, wanted)
    leave(first, by=officer)
    second = take_next(officer)
    mark = bookmark_of(officer)
    assert (first, second) == (waiting[1], waiting[2])
    assert (mark.dossier, mark.passed, mark.wanted) == (second, [first.pk], wanted)
    sitting = sitting_of(officer, second)
    assert (sitting.number, sitting.total, sitting.lease.account) == (2, MANY - 1, officer)


def test_one_looks_back_and_comes_forward_again(client, waiting, officer):
    client.force_login(officer)
    first = take_next(officer)
    leave(first, by=officer)
    second = take_next(officer)
    assert (sitting_of(officer, second).before, sitting_of(officer, first).after) == (first.pk, None)
    address = reverse("dossiers.at_desk", args=[first.pk])
    assert address in client.get(reverse("dossiers.at_desk", args=[second.pk])).content.decode()
    assert client.post(address, {"do": "next"}).url == reverse("dossiers.at_desk", args=[second.pk])


def test_a_dossier_without_anything_entered_is_not_finished_but_can_be_left(waiting, officer):
    first = take_next(officer)
    with pytest.raises(Refusal, match="Chưa ô nào được ghi"):
        finish_entering(first, number=1, by=officer)
    leave(first, by=officer)
    assert not Lease.objects.exists()


def test_nobody_is_given_a_dossier_of_another_district(waiting, neighbour):
    assert take_next(neighbour) is None
    assert not Bookmark.objects.exists()


def test_officers_in_a_hurry_never_get_the_same_dossier(transactional_db, waiting, appoint):
    staff = [appoint(f"hurry{n}", "officer", DISTRICT) for n in range(OFFICERS)]
    taken = []

    def hurry(account):
        for _n in range(MANY // OFFICERS):
            dossier = take_next(account)
            taken.append((dossier.pk, account.pk))
            Dossier.objects.filter(pk=dossier.pk).update(state=Dossier.State.CHECKED)  # done, and the next one

    assert told_at_once(*(partial(hurry, account) for account in staff)) == []
    assert len(taken) == len({pk for pk, _account in taken}) == MANY
    assert sorted(taken) == sorted(Lease.objects.values_list("dossier", "account"))
