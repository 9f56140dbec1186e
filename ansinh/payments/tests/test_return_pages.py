"""Trang tệp trả về: taking a file, the files of a list, names and hands to confirm, and taking back what was written."""
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ansinh.payments import actions
from ansinh.payments.models import Line, ReturnAnswer, ReturnFile

from .office import answers, fresh, open_before

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)
LAN, PAO = "Dương Thị Lan", "Lý Văn Páo"
HEAD = "Số danh sách,STT,Họ và tên,Số tiền,Kết quả,Lý do,Số tiền đã trả,Người ký nhận,Quan hệ"


@pytest.fixture
def paylist(office):
    for name in (LAN, PAO):
        open_before(office.payee(name), date(2023, 1, 1), MAY, 1_000_000, by=office.preparer)
    return office.exported(JUNE)[0]


def page_of(client, account, name, *args, **typed):
    client.force_login(account)
    address = reverse(name, args=args)
    return client.post(address, typed, follow=True) if typed else client.get(address)


def sent(client, account, paylist, *rows, **typed):
    data = "\n".join([HEAD, *(f"{paylist.number},{row}" for row in rows)]).encode()
    return page_of(client, account, "payments.reconcile", paylist.pk, file=SimpleUploadedFile("bd-6.csv", data), **typed)


def said(answer):
    return answer.content.decode()


def result_of(name):
    return Line.objects.get(name=name).result


def test_a_file_sent_on_the_page_is_shown_with_who_when_and_fingerprint(client, office, paylist):
    page = said(sent(client, office.accountant, paylist, f"1,{LAN},1000000,Đã nhận,,400000,,", f"2,{PAO},1000000,Đã nhận,,,,"))
    assert "lý do phần chưa trả" in page
    page = said(sent(client, office.accountant, paylist, f"1,{LAN},1000000,Đã nhận,thiếu tiền mặt,400000,,", f"2,{PAO},1000000,Đã nhận,,,,"))
    assert ("bd-6.csv" in page, ReturnFile.objects.get().file.sha256[:16] in page, str(office.accountant) in page) == (True, True, True)
    assert (result_of(LAN), result_of(PAO), fresh([paylist])[0].state) == ("partly", "paid", "returned")


def test_a_correction_needs_its_reason_on_the_page(client, office, paylist):
    actions.reconcile([paylist], answers=answers([paylist]), by=office.accountant)
    changed = f"1,{LAN},1000000,Chưa nhận,vắng nhà,,,"
    assert "ghi lý do ở ô Sửa tệp trước" in said(sent(client, office.accountant, paylist, changed))
    assert "sửa tệp trước:" in said(sent(client, office.accountant, paylist, changed, corrects="bưu điện ghi nhầm"))
    assert result_of(LAN) == "unpaid"


def test_another_name_is_confirmed_on_its_page(client, office, paylist):
    page = said(sent(client, office.accountant, paylist, "1,Dương Thị Loan,1000000,Đã nhận,,,,"))
    assert "Tên trong tệp khác danh sách" in page
    page_of(client, office.accountant, "payments.confirm_name", ReturnAnswer.objects.open().get().pk, reason="Đã hỏi bưu cục")
    assert result_of(LAN) == "paid"


def test_another_name_is_rejected_on_its_page(client, office, paylist):
    sent(client, office.accountant, paylist, "1,Dương Thị Loan,1000000,Đã nhận,,,,")
    page_of(client, office.accountant, "payments.reject_name", ReturnAnswer.objects.open().get().pk, reason="người khác")
    assert (result_of(LAN), ReturnAnswer.objects.get().state) == ("", "rejected")


def test_the_paper_of_who_signed_is_written_on_its_page(client, office, paylist):
    page = said(sent(client, office.accountant, paylist, f"1,{LAN},1000000,Đã nhận,,,Lý Văn Bình,con"))
    assert "Người khác ký nhận" in page
    page = said(page_of(client, office.accountant, "payments.record_signature", ReturnAnswer.objects.get().pk, paper="UQ 12"))
    assert "Người khác ký nhận" not in page


def test_a_file_is_undone_on_its_page(client, office, paylist):
    actions.reconcile([paylist], answers=answers([paylist]), by=office.accountant)
    address = ("payments.undo_file", paylist.pk, ReturnFile.objects.get().pk)
    assert "trở lại như trước tệp" in said(page_of(client, office.accountant, *address))
    assert "Đã hoàn tác" in said(page_of(client, office.accountant, *address, confirmed="yes"))
    assert (result_of(LAN), page_of(client, office.accountant, *address).status_code) == ("", 404)


def test_money_brought_back_is_written_on_its_page_and_taken_back(client, office, paylist):
    actions.reconcile([paylist], answers=answers([paylist]), by=office.accountant)
    line = Line.objects.get(name=LAN)
    page_of(client, office.accountant, "payments.bring_back", line.pk, reason="Bưu điện trả lại")
    assert result_of(LAN) == "returned"
    page_of(client, office.accountant, "payments.undo_bring_back", line.pk, confirmed="yes")
    assert result_of(LAN) == "paid"


@pytest.mark.parametrize("name", ["payments.confirm_name", "payments.reject_name", "payments.record_signature"])
def test_who_may_not_reconcile_does_not_find_the_question(client, office, paylist, neighbour, name):
    strange = [replace(a, name="Người khác") for a in answers([paylist])[:1]]
    actions.reconcile([paylist], answers=strange, by=office.accountant)
    pages = [page_of(client, account, name, ReturnAnswer.objects.get().pk) for account in (neighbour, office.preparer)]
    assert [page.status_code for page in pages] == [404, 404]


def test_files_of_another_area_do_not_exist(client, office, paylist, neighbour):
    assert page_of(client, neighbour, "payments.return_files", paylist.pk).status_code == 404
