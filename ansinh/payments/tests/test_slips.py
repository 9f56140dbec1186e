"""Slips of a month: one a line of an exported list, printed once whatever interrupts the worker."""
from datetime import date

import pytest
from django.core.cache import cache

from ansinh.documents.models import Letter
from ansinh.office import jobs
from ansinh.office.actions import undo
from ansinh.office.models import Entry, Job
from ansinh.office.papers import CHECKED_AT
from ansinh.payments import actions
from ansinh.payments.actions import slips
from ansinh.payments.models import PayList
from ansinh.web.refusal import Forbidden, Refusal
from tests.people import DISTRICT, PROVINCE

from .office import open_before

JUNE = date(2023, 6, 1)
HERE = {"area_path": DISTRICT, "field": "merit"}


@pytest.fixture
def order(lan_is_paid, signer, officer):
    return lambda **changes: actions.print_slips(JUNE, **HERE | {"signer": signer, "by": officer} | changes)


def test_each_line_gets_a_slip_that_says_what_it_is_made_of(order, lan_is_paid):
    order()
    job = Job.objects.get(pk=jobs.run_one().pk)
    line, slip = lan_is_paid.lines.get(), Letter.objects.get()
    assert (job.state, job.done, job.total) == (Job.State.DONE, 1, 1)
    assert slip.about == f"payments.line:{line.pk}"
    assert slip.values["số tiền"] == f"{line.total:,}".replace(",", ".")
    assert slip.values["nội dung khoản tiền"].startswith("tháng này")
    assert "Thương binh" not in str(slip.values)


def test_what_has_its_slip_is_not_printed_again_and_what_was_voided_is(order):
    order()
    jobs.run_one()
    with pytest.raises(Refusal, match="chờ in phiếu"):
        order()
    Letter.objects.update(voided_in=Letter.objects.get().issued_in)
    order()
    jobs.run_one()
    assert [Letter.objects.count(), Letter.objects.standing().get().number] == [2, 2]


def test_the_same_order_is_not_given_twice(order):
    order()
    with pytest.raises(Refusal, match="đang được in"):
        order()


def test_a_worker_that_died_between_parts_goes_on_with_the_next_line(order, monkeypatch):
    job = order()
    monkeypatch.setattr(slips, "issue_letters", _dies)
    with pytest.raises(KeyboardInterrupt):
        jobs.run_one()
    assert not Letter.objects.exists()
    monkeypatch.undo()
    assert jobs.run_one().pk == job.pk
    assert Letter.objects.count() == 1


def _dies(*_args, **_more):
    raise KeyboardInterrupt


def test_lists_that_have_not_left_the_house_have_no_slips(order, lan_is_paid):
    PayList.objects.filter(pk=lan_is_paid.pk).update(state=PayList.State.APPROVED)
    with pytest.raises(Refusal, match="chưa xuất"):
        order()


def test_the_neighbour_orders_no_slips_of_ours(order, neighbour):
    with pytest.raises(Forbidden):
        order(by=neighbour)


def test_the_page_orders_shows_progress_and_gives_the_files(order, signer, client, officer):
    client.force_login(officer)
    assert "1 dòng chờ in" in client.get("/chi-tra/phieu/?thang=2023-06").content.decode()
    assert client.post("/chi-tra/phieu/?thang=2023-06", {"noi": f"{DISTRICT}|merit", "signer": signer.pk}).status_code == 302
    jobs.run_one()
    assert "1/1" in client.get("/chi-tra/phieu/?thang=2023-06").content.decode()
    slip = Letter.objects.get()
    assert client.get(f"/van-ban/{slip.pk}/ca-tep/").content.startswith(b"%PDF")
    assert client.get(f"/van-ban/{slip.pk}/cung-luot/").content.startswith(b"PK")


def test_letters_are_begun_with_what_the_register_says(lan_is_paid, signer, client, officer):
    client.force_login(officer)
    lan = lan_is_paid.lines.get().person
    shown = client.get(f"/van-ban/nguoi/{lan.pk}/").content.decode()
    entitlement = lan.payables.get().pk
    assert f"/van-ban/nguoi/{lan.pk}/cho-huong/?tu=benefits.entitlement:{entitlement}" in shown
    form = client.get(f"/van-ban/nguoi/{lan.pk}/cho-huong/?tu=benefits.entitlement:{entitlement}").content.decode()
    assert "QĐ 12/QĐ-SLĐTBXH" in form


@pytest.fixture
def printed(order):
    """Lan's slip."""
    order()
    jobs.run_one()
    cache.clear()
    return Letter.objects.get()


def answered(paylist, accountant, **said):
    return actions.reconcile([paylist], answers=[actions.Answer(paylist.number, 1, **said)], by=accountant)


def checked_by_stranger(client, slip):
    return client.get(CHECKED_AT, {"ma": slip.code}).content.decode()


def test_a_slip_is_void_when_its_line_comes_back_and_whoever_checks_it_is_told(printed, lan_is_paid, accountant, client):
    assert "vẫn còn giá trị" in checked_by_stranger(client, printed)
    answered(lan_is_paid, accountant, paid=False, reason="không có nhà")
    told = checked_by_stranger(client, printed)
    assert "Phiếu này hết giá trị: khoản chi đã trả về. Lần chi sau có phiếu khác." in told
    assert "không có nhà" not in told


def test_a_correction_or_the_undo_of_a_return_file_gives_the_slip_its_value_back(printed, lan_is_paid, accountant, client):
    answered(lan_is_paid, accountant, paid=False, reason="nhầm dòng")
    undo(Entry.objects.filter(act="payments.reconcile").latest("pk"), by=accountant)
    assert "vẫn còn giá trị" in checked_by_stranger(client, printed)


def test_what_came_back_gets_no_second_slip_of_its_list_but_one_with_the_next_payment(office, signer):
    open_before(office.payee("Dương Thị Lan"), date(2023, 1, 1), date(2023, 5, 1), 1_000_000, by=office.preparer)
    everywhere = {"area_path": PROVINCE, "field": "merit", "signer": signer, "by": office.preparer}
    june = office.exported(JUNE)
    actions.print_slips(JUNE, **everywhere)
    jobs.run_one()
    office.reconcile(june, unpaid=("Dương Thị Lan",))
    with pytest.raises(Refusal, match="chờ in phiếu"):
        actions.print_slips(JUNE, **everywhere)
    office.exported(date(2023, 7, 1))
    actions.print_slips(date(2023, 7, 1), **everywhere)
    jobs.run_one()
    assert [letter.values["số tiền"] for letter in Letter.objects.order_by("number")] == ["1.000.000", "2.000.000"]
    assert "chuyển sang từ tháng trước 1.000.000 đồng" in Letter.objects.latest("number").values["nội dung khoản tiền"]


def test_the_page_of_a_slip_says_why_it_holds_no_more(printed, lan_is_paid, accountant, client, officer):
    answered(lan_is_paid, accountant, paid=False, reason="không có nhà")
    client.force_login(officer)
    assert "khoản chi đã trả về" in client.get(f"/van-ban/{printed.pk}/").content.decode()
    assert "Hết giá trị" in client.get("/van-ban/").content.decode()
