"""Giao duyệt, giao xuất nhiều danh sách: carried out by the worker just as they were ordered, or not at all and told."""
import io
import zipfile
from datetime import date
from functools import partial

import pytest

from ansinh.office import clock, jobs
from ansinh.office.cabinet import read_file
from ansinh.office.models import Entry, Job, Right, StoredFile
from ansinh.payments import actions
from ansinh.payments.actions import packing
from ansinh.payments.models import Finding, ListRun, Movement, PayList, Posting
from ansinh.payments.queries import balances, verify_ledger
from ansinh.payments.queries.contents import seen_of
from ansinh.web.refusal import Forbidden, Refusal
from tests.at_once import at_once, told_at_once
from tests.people import OTHER_COMMUNE

from .office import fresh, line_of, lock_day, open_before
from .sweeping import tell

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)
MILLION = 1_000_000
NAMES = {"Dương Thị Lan": "post", "Lý Văn Páo": "bank"}


@pytest.fixture
def payees(office):
    made = {name: office.payee(name, channel=channel) for name, channel in NAMES.items()}
    made["Vi Thị Sao"] = office.payee("Vi Thị Sao", area=OTHER_COMMUNE)
    for payable in made.values():
        open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    return made


@pytest.fixture
def lists(office, payees):
    """Three proposed lists of June; the clock stands on their lock day."""
    with clock.held_at(lock_day(JUNE)):
        yield office.propose(JUNE)


def work():
    jobs.work(until_idle=True)
    return Job.objects.latest("id")


def order(office, lists, **said):
    return actions.approve_many(lists, by=office.chief, **said)


def states():
    return sorted(PayList.objects.values_list("state", flat=True))


def test_an_order_approves_all_its_lists_under_the_name_of_who_gave_it(office, lists):
    run = order(office, lists, reason="đã soát")
    assert states() == ["proposed"] * 3
    job = work()
    run.refresh_from_db()
    assert (job.state, job.note) == ("done", "Đã duyệt 3 danh sách. Bước sau: xuất cho bưu điện, ngân hàng.")
    assert (states(), Posting.objects.count(), verify_ledger()) == (["approved"] * 3, 3, [])
    approved = Entry.objects.get(act="payments.approve")
    assert (approved.by, approved.parent.act, approved.facts["reason"]) == (office.chief, "payments.approve_many", "đã soát")
    assert run.done_in == approved
    assert (run.people, run.amount, len(run.contents)) == (3, 3 * MILLION, 3)


def test_an_order_carried_out_is_not_carried_out_again(office, lists):
    order(office, lists)
    work()
    Job.objects.update(state="waiting")
    assert work().state == "done"
    assert Posting.objects.count() == 3


def hold(office, lists, payees):
    actions.hold(line_of("Dương Thị Lan", JUNE), reason="vắng", by=office.preparer)


def propose_anew(office, lists, payees):
    office.due(payees["Dương Thị Lan"], JUNE, 2 * MILLION)
    office.propose(JUNE)


def reckon_anew(office, lists, payees):
    office.due(payees["Dương Thị Lan"], JUNE, 2 * MILLION)
    office.reckon(JUNE)


def return_one(office, lists, payees):
    actions.return_to_preparer(lists[:1], reason="sai", by=office.chief)


def approve_one(office, lists, payees):
    office.approve(lists[:1])


CHANGES = {
    hold: "Đã đổi sau khi giao: 05518-2023-06-BĐ|Đã đổi sau khi giao: 05920-2023-06-BĐ", propose_anew: "1 danh sách đã lập lại",
    reckon_anew: "tính lại sau khi lập|đã tính lại|lập lại", return_one: "Đã đổi sau khi giao", approve_one: "Đã đổi sau khi giao",
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_changed_since_the_order_stops_all_of_it_and_is_told(office, lists, payees, change):
    order(office, lists)
    change(office, lists, payees)
    before = states(), Posting.objects.count()
    job = work()
    assert job.state == "failed"
    assert any(words in job.note for words in CHANGES[change].split("|"))
    assert (states(), Posting.objects.count()) == before
    assert ListRun.objects.get().done_in is None


def test_what_a_sweep_finds_besides_stops_the_run_and_stays_on_the_work_list(office, lists, payees):
    order(office, lists)
    tell(payees["Dương Thị Lan"].person, state="dead", happened_on=date(2023, 4, 2), by=office.preparer)
    job = work()
    assert (job.state, states()) == ("failed", ["proposed"] * 3)
    assert "Còn 1 mục soát mở" in job.note
    assert Finding.objects.open().count() == 1


def test_a_decision_covers_only_what_was_open_when_it_was_given(office, lists, payees):
    tell(payees["Dương Thị Lan"].person, state="dead", happened_on=date(2023, 4, 2), by=office.preparer)
    actions.sweep(lists, by=office.preparer)
    order(office, lists, number="QĐ 7", reason="đã xác minh")
    tell(payees["Vi Thị Sao"].person, state="dead", happened_on=date(2023, 4, 3), by=office.preparer)
    job = work()
    assert (job.state, states()) == ("failed", ["proposed"] * 3)
    assert "Soát lại thấy mục khác" in job.note
    assert Finding.objects.open().count() == 2
    order(office, lists, number="QĐ 7", reason="đã xác minh cả hai")
    assert work().state == "done"
    assert (states(), verify_ledger()) == (["approved"] * 3, [])


def test_lists_that_changed_since_the_page_was_opened_are_not_taken(office, lists):
    seen = seen_of(lists)
    actions.hold(line_of("Dương Thị Lan", JUNE), reason="vắng", by=office.preparer)
    with pytest.raises(Refusal, match="đã đổi so với lúc mở trang"):
        order(office, lists, seen=seen)
    assert not ListRun.objects.exists()


def test_the_preparer_may_not_order_the_approval_of_the_own_lists(office, lists):
    Right.objects.create(account=office.preparer, role="approver", area_path="19.", since=date(2010, 1, 1))
    with pytest.raises(Refusal, match="người khác người lập"):
        actions.approve_many(lists, by=type(office.preparer).objects.get(pk=office.preparer.pk))


def test_who_lost_the_right_meanwhile_approves_nothing(office, lists):
    order(office, lists)
    office.chief.rights.all().delete()
    assert (work().state, states()) == ("failed", ["proposed"] * 3)


def test_who_has_no_right_here_gives_no_order(office, lists, appoint):
    with pytest.raises(Forbidden):
        actions.approve_many(lists, by=appoint("elsewhere", "approver", OTHER_COMMUNE))


def test_a_list_that_waits_for_its_approval_is_not_ordered_again(office, lists, appoint):
    order(office, lists[:2])
    with pytest.raises(Refusal, match="Chief đã giao việc cho 05"):
        actions.approve_many(lists, by=appoint("second", "approver", "19."))
    assert order(office, lists[2:]).keys == [lists[2].pk]


@pytest.mark.django_db(transaction=True)
def test_of_two_approvers_at_once_one_orders_and_the_other_is_told(office, lists, appoint):
    def approve(account):
        with clock.held_at(lock_day(JUNE)):
            actions.approve_many(lists, by=account)

    (told,) = told_at_once(*(partial(approve, account) for account in (office.chief, appoint("second", "approver", "19."))))
    assert "đã giao việc cho" in told
    work()
    assert (states(), Posting.objects.count(), verify_ledger()) == (["approved"] * 3, 3, [])


@pytest.mark.django_db(transaction=True)
def test_a_list_proposed_anew_while_it_is_approved_has_one_effect(office, lists, payees):
    """Both at once, in any order: either what was seen is approved, or nothing is and the order is told."""
    order(office, lists)
    office.due(payees["Dương Thị Lan"], JUNE, 2 * MILLION)
    office.reckon(JUNE)

    def on_lock_day(call):
        with clock.held_at(lock_day(JUNE)):
            call()

    at_once(partial(on_lock_day, work), partial(on_lock_day, lambda: actions.propose(JUNE, by=office.preparer)))
    job = Job.objects.get()
    assert (job.state, states(), Posting.objects.count()) == ("failed", ["proposed"] * 3, 0)
    assert "lập lại" in job.note
    assert verify_ledger() == []


def in_zip(stored):
    return sorted(zipfile.ZipFile(io.BytesIO(read_file(stored))).namelist())


def test_an_export_moves_the_money_once_and_keeps_every_file_in_one_zip(office, lists):
    office.approve(lists)
    run = actions.export_many(fresh(lists), by=office.accountant)
    job = work()
    run.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert (states(), balances()["provider"], verify_ledger()) == (["exported"] * 3, 3 * MILLION, [])
    assert in_zip(run.file) == [
        "bang-tinh/05518-2023-06-BĐ.xlsx", "bang-tinh/05920-2023-06-BĐ.xlsx", "bang-tinh/05920-2023-06-NH.xlsx",
        "mau-tra-ve/05518-2023-06-BĐ.tra-ve.xlsx", "mau-tra-ve/05920-2023-06-BĐ.tra-ve.xlsx", "mau-tra-ve/05920-2023-06-NH.tra-ve.xlsx",
        "ngan-hang/05920-2023-06-NH.csv",
        "pdf/05518-2023-06-BĐ.pdf", "pdf/05920-2023-06-BĐ.pdf", "pdf/05920-2023-06-NH.pdf",
    ]
    exported = Entry.objects.get(act="payments.export")
    assert (exported.by, exported.parent.act) == (office.accountant, "payments.export_many")


def test_the_same_lists_printed_again_are_the_same_bytes_and_a_copy(office, lists):
    office.approve(lists)
    first = actions.export_many(fresh(lists), by=office.accountant)
    work()
    before = Movement.objects.count()
    second = actions.export_many(fresh(lists), by=office.accountant)
    work()
    assert [ListRun.objects.get(pk=run.pk).file_id for run in (first, second)] == [StoredFile.objects.get().pk] * 2
    assert (Movement.objects.count(), Entry.objects.filter(act="payments.export_copy").count()) == (before, 1)


def test_an_export_cut_off_between_money_and_files_makes_the_files_only(office, lists, monkeypatch):
    office.approve(lists)
    run = actions.export_many(fresh(lists), by=office.accountant)
    with monkeypatch.context() as cut:
        cut.setattr(packing, "_pack", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            jobs.run_one()
    assert (states(), ListRun.objects.get().file) == (["exported"] * 3, None)
    assert work().state == "done"
    run.refresh_from_db()
    assert (len(in_zip(run.file)), balances()["provider"], verify_ledger()) == (10, 3 * MILLION, [])


def test_lists_that_nobody_approved_are_not_exported(office, lists):
    with pytest.raises(Refusal, match="không còn ở bước này"):
        actions.export_many(lists, by=office.accountant)


def test_an_approved_list_withdrawn_after_the_order_stops_the_export(office, lists):
    office.approve(lists)
    actions.export_many(fresh(lists), by=office.accountant)
    actions.withdraw(fresh(lists)[:1], by=office.chief)
    job = work()
    assert (job.state, balances()["provider"]) == ("failed", 0)
    assert "Đã đổi sau khi giao" in job.note


def test_parts_are_as_long_as_one_typesetter_bears(office, lists, monkeypatch):
    monkeypatch.setattr(packing.reports, "LINES_AT_ONCE", 2)
    office.approve(lists)
    actions.export_many(fresh(lists), by=office.accountant)
    assert work().state == "done"
    assert [len(part) for part in packing._parts(PayList.objects.order_by("pk"))] == [2, 1]
