"""Tệp trả về của tháng: one file on many lists, taken by the worker whole or not at all, once."""
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ansinh.office import jobs
from ansinh.office.models import Job
from ansinh.payments import actions
from ansinh.payments.actions import reconciling_month
from ansinh.payments.models import Line, PayList, ReturnAnswer, ReturnFile
from ansinh.payments.queries import balances, verify_ledger
from ansinh.web.refusal import Refusal

from .office import open_before

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))
LAN, PAO, SAO = "Dương Thị Lan", "Lý Văn Páo", "Vi Thị Sao"
HEAD = "Số danh sách,STT,Họ và tên,Số tiền,Kết quả,Lý do"


@pytest.fixture
def exported(office):
    for name, channel in ((LAN, "post"), (PAO, "post"), (SAO, "bank")):
        open_before(office.payee(name, channel=channel), date(2023, 1, 1), MAY, 1_000_000, by=office.preparer)
    return office.exported(JUNE)


@pytest.fixture
def six_exported(office, exported):
    for name in ("Hoàng Văn An", "Hoàng Văn Bình", "Hoàng Văn Chi"):
        open_before(office.payee(name), date(2023, 1, 1), JUNE, 1_000_000, by=office.preparer)
    return office.exported(JULY)


def file_on(lists, **said):
    """A file that answers every line; ``said`` is written instead of *Đã nhận*."""
    lines = Line.objects.filter(paylist__in=lists).order_by("paylist", "position").select_related("paylist")
    rows = (f"{line.paylist.number},{line.position},{line.name},{line.total},{said.get(line.name.split()[-1], 'Đã nhận,')}" for line in lines)
    return "\n".join([HEAD, *rows]).encode()


def order(office, data, *, month=JUNE, **more):
    return actions.reconcile_month(month, area_path="19.", field="merit", data=data, name="buu-dien.csv", by=office.accountant, **more)


def worked(job):
    jobs.work(until_idle=True)
    job.refresh_from_db()
    return job


def page_of(client, account, name, **typed):
    client.force_login(account)
    address = f"{reverse(name)}?thang=2023-06"
    return (client.post(address, typed, follow=True) if typed else client.get(address)).content.decode()


def test_one_file_answers_every_list_that_it_names(office, exported):
    assert len(exported) == 2
    job = worked(order(office, file_on(exported, Sao="Chưa nhận,vắng nhà")))
    assert (job.state, job.note) == ("done", "2 dòng đã nhận, 1 chưa nhận, 0 trả lại, 0 như tệp trước, 0 chờ xác nhận tên.")
    assert {paylist.state for paylist in PayList.objects.all()} == {"returned"}
    assert (balances()["provider"], verify_ledger()) == (1_000_000, [])


def test_a_file_that_does_not_fit_is_refused_whole_with_each_row(office, exported):
    job = worked(order(office, file_on(exported, Lan="Chưa nhận,", Sao="Trả lại,nhầm người")))
    assert job.state == "failed"
    assert job.note.startswith("Cả tệp chưa được ghi. Dòng 2 của tệp: số 1 chưa được ghi là đã nhận nên không trả lại được")
    assert job.note.endswith("Dòng 3 của tệp: chưa nhận thì ghi lý do.")
    assert (ReturnFile.objects.count(), ReturnAnswer.objects.count(), balances()["provider"]) == (0, 0, 3_000_000)


def test_a_file_of_another_month_is_refused_whole(office, exported):
    job = worked(order(office, file_on(exported), month=JULY))
    assert (job.state, "tháng khác" in job.note, ReturnFile.objects.count()) == ("failed", True, 0)


def test_the_same_file_is_ordered_once_and_taken_once(office, exported):
    data = file_on(exported)
    job = order(office, data)
    with pytest.raises(Refusal, match="đang được nhận"):
        order(office, data)
    worked(job)
    with pytest.raises(Refusal, match="không có gì thay đổi"):
        order(office, data)
    assert ReturnFile.objects.count() == 1


def test_a_worker_killed_after_its_last_step_begins_again_and_finds_it_done(office, exported):
    job = order(office, file_on(exported))
    claimed = jobs.claim()
    reconciling_month.run(claimed)
    jobs.release(claimed.pk)
    assert worked(job).state == "done"
    assert (ReturnFile.objects.count(), balances()["provider"], verify_ledger()) == (1, 0, [])


def test_who_may_not_take_files_anywhere_has_no_page_for_it(client, office, exported):
    client.force_login(office.preparer)
    assert client.get(f"{reverse('payments.reconcile_month')}?thang=2023-06").status_code == 404


def test_the_page_takes_a_file_says_how_far_it_is_and_what_came_of_it(client, office, exported):
    assert "Chưa có tệp trả về nào." in page_of(client, office.accountant, "payments.returns_of_month")
    sent = SimpleUploadedFile("buu-dien.csv", file_on(exported))
    page = page_of(client, office.accountant, "payments.reconcile_month", file=sent)
    assert ("Đã nhận tệp vào hàng chờ" in page, Job.State.WAITING.label.capitalize() in page, "hx-get" in page) == (True, True, True)
    worked(Job.objects.get(act="payments.reconcile_month"))
    page = page_of(client, office.accountant, "payments.returns_of_month")
    assert ("3 dòng đã nhận" in page, "hx-trigger" in page, "Hoàn tác" in page) == (True, False, True)


def test_many_rows_that_do_not_fit_are_told_up_to_five(office, six_exported):
    job = worked(order(office, file_on(six_exported).replace("Đã nhận,".encode(), "Chưa nhận,".encode()), month=JULY))
    assert (job.note.count("chưa nhận thì ghi lý do"), "Dừng ở 5 dòng" in job.note) == (5, True)
