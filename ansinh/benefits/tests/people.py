"""Lan, a wounded soldier of Tân Kim, and a month's list from reckoning to return."""
from datetime import date

import polars as pl
import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.waiting_lists import lists_follow_back
from ansinh.engine.law import book
from ansinh.engine.text.names import fold, sort_key
from ansinh.office import clock
from ansinh.office.act import action
from ansinh.payments import actions as payments
from ansinh.payments.models import Finding, Line, PayList
from ansinh.registry.actions.in_bulk import register_many
from ansinh.registry.models import Person
from tests.people import COMMUNE, PROVINCE

NO_FACTS = {
    "grade": None, "special": False, "attendant": False, "martyrs": None, "care": False, "remarried": False, "medal": "",
    "full_time": False, "seniority": None,
}


@action("registry.register_for_test", label="Ghi người", scope=lambda *_, **__: (COMMUNE, ""))
def _register(rows):
    return register_many(rows, source="Sổ hộ khẩu")


@action("benefits.grant_many_for_test", label="Cho hưởng hàng loạt", scope=lambda *_, **__: (COMMUNE, "merit"), undoing=lists_follow_back)
def grant_many_for_test(grants):
    return benefits.grant_many(grants)


@pytest.fixture
def settle(areas, officer):
    """``settle("Dương Thị Lan", …)``: a person of Tân Kim with a home, paid by post."""

    def make(name, born=date(1950, 5, 1), household=""):
        row = {
            "name": name, "search_key": fold(name), "sort_key": sort_key(name), "birth_on": born, "birth_precision": "day",
            "sex": "female", "area_path": COMMUNE, "area_id": areas[COMMUNE].pk, "address": "xóm Quyết Tiến", "household": household, "phone": "", "place_since": date(1990, 1, 1),
        }
        person = Person.objects.get(pk=_register(pl.DataFrame([row]), by=officer)[0])
        payments.set_channel(person, since=date(1990, 1, 1), kind="post", by=officer)
        return person

    return make


@pytest.fixture
def lan(settle):
    return settle("Dương Thị Lan")


@pytest.fixture
def granted(officer):
    """``granted(person, standing, since, paid_up_to, …facts)``: an entitlement as an import would open it."""

    def make(person, standing="wounded", since=date(2010, 1, 1), paid_up_to=None, **facts):
        row = {"person_id": person.pk, "standing": standing, "since": since, "source": "QĐ 12/QĐ-SLĐTBXH", "rests_on_id": None,
               "paid_up_to": paid_up_to, **NO_FACTS, **facts}
        schema = {"rests_on_id": pl.Int64, "grade": pl.Int64, "martyrs": pl.Int64, "seniority": pl.Int64, "paid_up_to": pl.Date}
        return grant_many_for_test(pl.DataFrame([row], schema_overrides=schema), by=officer)["entitlement_id"][0]

    return make


@pytest.fixture
def run_list(appoint, chief, accountant):
    """``run_list(month, unpaid=…)``: one whole month on its legal days; returns the lines by person's name.

    ``decided``: what the sweep finds open is paid by a decision, as an office does that cannot wait.
    """
    preparer = appoint("preparer", "officer", PROVINCE)

    def run(month, unpaid=(), *, decided=False):
        with clock.held_at(book().lock_day(month)):
            benefits.assess(month, by=preparer)
            lists = payments.propose(month, by=preparer)
            if decided and Finding.objects.unpaid_risk(lists).exists():
                payments.decide_open(lists, number="Tờ trình 3", reason="đã hỏi gia đình", by=chief)
            payments.approve(lists, by=chief)
            payments.export(lists, by=accountant)
            payments.reconcile(lists, answers=_answers(lists, unpaid), by=accountant)
        return {line.name: line for line in Line.objects.filter(paylist__in=lists)}

    return run


def _answers(lists, unpaid):
    lines = Line.objects.filter(paylist__in=lists, total__gt=0).select_related("paylist")
    return [payments.Answer(li.paylist.number, li.position, li.name not in unpaid, "vắng nhà", li.total, row) for row, li in enumerate(lines, 2)]


@pytest.fixture
def standing_lists():
    return PayList.objects.standing


@pytest.fixture
def run_list_of_assistance(appoint):
    """``run_list_of_assistance(month)``: the lists of social assistance worked out and proposed; the lines by person's name."""
    preparer = appoint("preparer-assistance", "officer", PROVINCE)

    def run(month):
        with clock.held_at(book().lock_day(month)):
            benefits.assess(month, field="assistance", by=preparer)
            lists = payments.propose(month, field="assistance", by=preparer)
        return {line.name: line for line in Line.objects.filter(paylist__in=lists)}

    return run


@pytest.fixture
def grant(clerk):
    """``grant(person, "assisted_child", case="b")``: a grant of the clerk, decided on 1 September 2023."""

    def make(person, standing, since=date(2023, 1, 1), **facts):
        with clock.held_at(date(2023, 9, 1)):
            return benefits.grant(person, standing=standing, since=since, source="QĐ 3", by=clerk, **facts)

    return make
