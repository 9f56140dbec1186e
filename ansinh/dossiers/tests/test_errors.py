"""Error rates of entering: what counts as wrong, Wilson's interval, and every figure that opens."""
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ansinh.dossiers.actions import enter_field, finish_entering
from ansinh.dossiers.queries.errors import rates, wilson
from ansinh.dossiers.tests.checked import BOX, DECISION
from tests.people import DISTRICT

LONG_AGO = date(2020, 1, 1)


@given(entered=st.integers(1, 5000), data=st.data())
def test_the_interval_holds_the_share_and_lies_within_nought_and_one(entered, data):
    wrong = data.draw(st.integers(0, entered))
    low, high = wilson(wrong, entered)
    assert 0 <= low <= wrong / entered + 1e-12
    assert wrong / entered - 1e-12 <= high <= 1


@pytest.mark.parametrize(("wrong", "entered", "low", "high"), [(0, 10, 0.0, 0.2775), (1, 10, 0.0179, 0.4042), (50, 1000, 0.0381, 0.0653)])
def test_the_interval_is_the_one_of_the_books(wrong, entered, low, high):
    assert wilson(wrong, entered) == pytest.approx((low, high), abs=5e-4)


@pytest.fixture
def decided(dossier_with, appoint):
    """A dossier of which the second officer entered the rate wrongly, as a third decided."""
    dossier = dossier_with({"allowance_decision": DECISION}, again={"injury_rate": "47"})
    third, paper = appoint("third", "officer", DISTRICT), dossier.papers.get()
    enter_field(paper, name="injury_rate", value="41", page=paper.pages.get(), box=BOX, by=third)
    return finish_entering(dossier, number=3, by=third)


def test_wrong_is_what_the_third_officer_did_not_choose(decided, officer):
    by_field, by_officer, total = rates(officer, LONG_AGO)
    assert {rate.words: (rate.entered, rate.wrong) for rate in by_field} == {"Tỷ lệ tổn thương cơ thể (%)": (2, 1), "Hưởng từ tháng": (2, 0)}
    assert {rate.words: (rate.entered, rate.wrong) for rate in by_officer} == {"Second": (2, 1), "Officer": (2, 0)}
    assert (total.entered, total.wrong, total.share) == (4, 1, 0.25)


def test_nothing_is_counted_before_it_is_decided_or_for_a_neighbour(dossier_with, officer, neighbour):
    dossier_with({"allowance_decision": DECISION}, again={"injury_rate": "47"})
    assert {rate.key for rate in rates(officer, LONG_AGO)[0]} == {"entitled_from"}
    assert rates(neighbour, LONG_AGO)[2].entered == 0


def test_every_figure_opens(client, decided, officer, second):
    client.force_login(officer)
    shown = client.get(reverse("dossiers.errors")).content.decode()
    assert "50,0" in shown and "25,0" not in shown
    opened = client.get(f"{reverse('dossiers.errors')}?ai={second.pk}").content.decode()
    assert '<del class="was">47</del>' in opened and '<ins class="is">41</ins>' in opened
    assert reverse("dossiers.at_desk", args=[decided.pk]) in opened


def test_the_page_is_closed_to_who_sees_no_dossiers(client, nobody):
    client.force_login(nobody)
    assert client.get(reverse("dossiers.errors")).status_code == 404
