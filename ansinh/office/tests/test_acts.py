"""Acts: right, transaction, one journal line, reactions."""
from datetime import date

import pytest

from ansinh.office import act, actions, clock
from ansinh.office.models import Account, Entry, Right, Task
from ansinh.web.refusal import Forbidden, Refusal


@pytest.fixture
def administrator(appoint):
    return appoint("administrator", "administrator", "19.")


def test_an_act_writes_one_journal_line(administrator):
    with clock.held_at(date(2023, 6, 1)) as moment:
        made = actions.create_account("hoa", full_name="Nguyễn Thị Hoa", by=administrator)
    entry = Entry.objects.get()
    assert (entry.act, entry.by, entry.at, entry.area_path) == ("office.create_account", administrator, moment, "19.")
    assert entry.key == "hoa" and made.username == "hoa"


def test_the_line_keeps_plain_facts_and_no_password(administrator):
    actions.create_account("hoa", full_name="Nguyễn Thị Hoa", password="bí mật lắm", by=administrator)
    assert "bí mật" not in str(Entry.objects.get().facts)


def test_a_subject_is_named_by_its_model_and_key(administrator, officer):
    actions.appoint(officer, role="auditor", area_path="19.", since=date(2023, 1, 1), by=administrator)
    entry = Entry.objects.get()
    assert entry.key == f"office.account:{officer.pk}"
    assert entry.facts == {"role": "auditor", "area_path": "19.", "since": "2023-01-01"}


def test_without_the_right_nothing_happens_and_nothing_is_journaled(officer):
    with pytest.raises(Forbidden, match="không có quyền"):
        actions.create_account("hoa", full_name="Hoa", by=officer)
    assert not Entry.objects.exists() and not Account.objects.filter(username="hoa").exists()


def test_a_refusal_leaves_no_trace(administrator):
    with pytest.raises(Refusal, match="đã có người dùng"):
        actions.create_account("administrator", full_name="x", by=administrator)
    assert not Entry.objects.exists()


def test_every_act_needs_someone(administrator):
    with pytest.raises(TypeError, match="by"):
        actions.create_account("hoa", full_name="Hoa")
    with pytest.raises(Forbidden):
        actions.create_account("hoa", full_name="Hoa", by=None)


def test_a_reaction_hears_result_and_arguments_in_the_same_transaction(administrator, monkeypatch):
    heard = []
    monkeypatch.setitem(act.REACTIONS, "office.create_account", [lambda *a, **k: heard.append((a, k, act.current_entry().act))])
    made = actions.create_account("hoa", full_name="Hoa", by=administrator)
    assert heard == [((made, "hoa"), {"full_name": "Hoa"}, "office.create_account")]


def test_a_reaction_that_refuses_undoes_the_act(administrator, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise Refusal("không được")

    monkeypatch.setitem(act.REACTIONS, "office.create_account", [refuse])
    with pytest.raises(Refusal, match="không được"):
        actions.create_account("hoa", full_name="Hoa", by=administrator)
    assert not Entry.objects.exists() and not Account.objects.filter(username="hoa").exists()


def test_an_act_within_an_act_has_it_as_parent(administrator, officer, monkeypatch):
    def also_appoint(account, *_args, **_kwargs):
        actions.appoint(account, role="auditor", area_path="19.", since=date(2023, 1, 1), by=administrator)

    monkeypatch.setitem(act.REACTIONS, "office.create_account", [also_appoint])
    actions.create_account("hoa", full_name="Hoa", by=administrator)
    inner = Entry.objects.get(act="office.appoint")
    assert inner.parent.act == "office.create_account"


def test_outside_of_an_act_there_is_no_entry(db):
    with pytest.raises(RuntimeError):
        act.current_entry()


def test_two_acts_never_share_a_name():
    with pytest.raises(ValueError, match="two acts"):
        act.action("office.appoint", label="x")(lambda: None)


def test_a_right_is_given_once_and_ended(administrator, officer):
    right = actions.appoint(officer, role="auditor", area_path="19.", since=date(2023, 1, 1), by=administrator)
    with pytest.raises(Refusal, match="đã có quyền này"):
        actions.appoint(officer, role="auditor", area_path="19.", since=date(2023, 1, 1), by=administrator)
    with pytest.raises(Refusal, match="trước ngày giao"):
        actions.end_right(right, until=date(2022, 1, 1), by=administrator)
    actions.end_right(right, until=date(2023, 12, 31), by=administrator)
    assert Right.objects.get(pk=right.pk).until == date(2023, 12, 31)


@pytest.fixture
def task(officer):
    with act.continuing(act.open_entry("office.note", officer)):
        actions.raise_task("benefits.stop", key="x:1", cause="death", title="Dừng", area_path="19.173.")
        return actions.raise_task("benefits.stop", key="x:1", cause="death", title="Dừng nữa", area_path="19.173.")


def test_one_open_task_for_the_same_act_subject_and_cause(task):
    assert Task.objects.get().title == "Dừng"


def test_the_act_closes_the_tasks_that_asked_for_it(task, officer):
    with act.continuing(act.open_entry("office.note", officer)) as entry:
        actions.close_tasks("benefits.stop", key="x:1")
    assert Task.objects.get().done_in == entry


def test_a_task_is_dismissed_with_a_reason_by_whom_it_concerns(task, officer, neighbour):
    with pytest.raises(Forbidden):
        actions.dismiss_task(task, reason="nhầm", by=neighbour)
    with pytest.raises(Refusal, match="Ghi lý do"):
        actions.dismiss_task(task, reason=" ", by=officer)
    actions.dismiss_task(task, reason="nhầm người", by=officer)
    with pytest.raises(Refusal, match="vừa được người khác đóng"):
        actions.dismiss_task(task, reason="nhầm người", by=officer)
    assert Entry.objects.get(act="office.dismiss_task").facts == {"reason": "nhầm người"}
