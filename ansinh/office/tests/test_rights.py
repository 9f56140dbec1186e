"""Rights: role × area × field; paths end with a dot."""
from datetime import date

import pytest
from django.apps import apps

from ansinh.office import clock, rights
from ansinh.office.keys import KeyText
from ansinh.office.models import Account, Entry, Right, Task
from ansinh.office.queries import journal_of, tasks_of


@pytest.fixture
def merit_officer(appoint):
    return appoint("merit", "officer", "19.164.", "merit")


CASES = [
    ("registry.move", "19.164.05467.", "", True),
    ("benefits.stop", "19.164.05467.", "merit", True),
    ("benefits.stop", "19.164.05467.", "assistance", False),
    ("benefits.stop", "19.165.05518.", "merit", False),
    ("benefits.stop", "19.", "merit", False),
    ("benefits.stop", "19.1640.", "merit", False),
    ("benefits.stop", "", "merit", False),
    ("payments.approve", "19.164.", "merit", False),
    ("office.create_account", "19.164.", "", False),
]


@pytest.mark.parametrize(("act", "path", "field", "allowed"), CASES)
def test_an_officer_of_a_field_in_a_district(merit_officer, act, path, field, allowed):
    assert rights.may(merit_officer, act, path, field) is allowed


def test_a_right_counts_from_its_first_to_its_last_day(db):
    account = Account.objects.create(username="hoa")
    Right.objects.create(account=account, role="officer", area_path="19.", since=date(2023, 1, 1), until=date(2023, 12, 31))
    asked = [date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]
    assert [_may_on(day) for day in asked] == [False, True, True, False]


def _may_on(day):
    with clock.held_at(day):
        return rights.may(Account.objects.get(username="hoa"), "registry.move", "19.173.")


def test_a_closed_account_may_nothing(merit_officer):
    merit_officer.is_active = False
    assert not rights.may(merit_officer, "registry.move", "19.164.") and rights.sees(merit_officer, "persons") == []


def test_nobody_may_nothing(nobody):
    assert not rights.may(nobody, "registry.move", "19.") and not rights.may(None, "registry.move", "19.")


def test_paths_inside_other_paths_are_left_out(appoint):
    account = appoint("hoa", "officer", "19.164.")
    Right.objects.create(account=account, role="officer", area_path="19.164.05467.", since=date(2020, 1, 1))
    Right.objects.create(account=account, role="auditor", area_path="19.173.", since=date(2020, 1, 1))
    assert rights.sees(account, "persons") == ["19.164.", "19.173."]


def test_fields_narrow_what_is_seen(merit_officer):
    assert rights.sees(merit_officer, "money", "merit") == ["19.164."]
    assert rights.sees(merit_officer, "money", "assistance") == []
    assert rights.sees(merit_officer, "accounts") == []


def test_an_administrator_sees_no_persons_and_no_money(appoint):
    account = appoint("administrator", "administrator", "19.")
    assert rights.sees(account, "persons") == rights.sees(account, "money") == []
    assert rights.may(account, "office.appoint", "19.") and not rights.may(account, "benefits.stop", "19.", "merit")


@pytest.mark.parametrize("role", ["auditor", "leader"])
def test_who_only_reads_may_do_nothing(appoint, role):
    account = appoint("reader", role, "19.")
    acts = ["registry.move", "benefits.stop", "payments.approve", "office.undo", "registry.upload_import"]
    assert not any(rights.may(account, act, "19.173.") for act in acts)


def test_nobody_both_prepares_and_approves():
    both = [
        role for role, said in rights.roles().items()
        if _role_may(said, "payments.propose") and _role_may(said, "payments.approve")
    ]
    assert both == []


def _role_may(said, act):
    return any(rights.fnmatchcase(act, pattern) for pattern in said["acts"])


def test_approvers_and_administrators_need_a_second_factor(appoint, chief, officer):
    assert rights.needs_second_factor(chief) and rights.needs_second_factor(appoint("administrator", "administrator", "19."))
    assert not rights.needs_second_factor(officer)


def test_a_condition_on_paths_takes_the_whole_subtree_and_nothing_beside_it(db):
    paths = ["19.", "19.16.", "19.16.05467.", "19.164.", "19.164.05467.", "19.17."]
    Right.objects.bulk_create(
        Right(account=Account.objects.create(username=p), role="officer", area_path=p, since=date(2020, 1, 1)) for p in paths
    )
    found = Right.objects.filter(rights.within(["19.16."])).values_list("area_path", flat=True)
    assert sorted(found) == ["19.16.", "19.16.05467."]
    assert not Right.objects.filter(rights.within([])).exists()


@pytest.fixture
def two_places(db):
    for path in ("19.173.05920.", "19.165.05518."):
        entry = Entry.objects.create(at=clock.now(), act="registry.move", area_path=path)
        Task.objects.create(
            act="benefits.stop", key=path, cause="death", title="Dừng", area_path=path, field="merit", raised_on=clock.today(), raised_in=entry
        )


def test_tasks_and_journal_are_those_of_ones_place(two_places, officer, neighbour, nobody):
    assert [task.area_path for task in tasks_of(officer)] == ["19.173.05920."]
    assert [entry.area_path for entry in journal_of(neighbour)] == ["19.165.05518."]
    assert not tasks_of(nobody).exists() and not journal_of(nobody).exists()


def test_a_right_to_every_field_in_one_place_opens_no_other_field_in_another(two_places, appoint):
    account = appoint("two", "auditor", "19.173.")
    Right.objects.create(account=account, role="auditor", area_path="19.165.", field="assistance", since=date(2020, 1, 1))
    assert [task.area_path for task in Task.objects.filter(rights.seen(account, "tasks"))] == ["19.173.05920."]


PATHS = [
    pytest.param(field, id=f"{model._meta.label}.{field.name}")
    for model in apps.get_models() for field in model._meta.concrete_fields if field.name in ("area_path", "path")
]


@pytest.mark.parametrize("field", PATHS)
def test_paths_are_compared_byte_by_byte_on_every_database(field):
    assert isinstance(field, KeyText)
