"""Uploads in parts: cut, gone on with, repeated, out of step, full disks, other accounts; and files in one go."""
import errno
import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ansinh.dossiers import actions, uploads
from ansinh.dossiers.actions.uploads import KEPT, forget_old_uploads
from ansinh.dossiers.models import Scan
from ansinh.office import clock
from ansinh.office.cabinet import read_file
from ansinh.office.models import Entry
from tests.people import DISTRICT

HALF = 1_000
DATA = os.urandom(2 * HALF)
BINARY = "application/octet-stream"


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setattr(uploads, "CHUNK", HALF)


@pytest.fixture
def batch(areas, officer):
    return actions.receive_batch("Kho 2, giá 4", origin="browser", area_path=DISTRICT, by=officer)


@pytest.fixture
def at_work(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def begin(at_work, batch):
    """``begin()``: the file is announced; gives the answer."""

    def announce(name="tap-1.pdf", data=DATA, **said):
        said = {"name": name, "size": len(data), "digest": uploads.digest_of(data[: uploads.CHUNK]), **said}
        return at_work.post(f"/so-hoa/{batch.pk}/tai-len/", said)

    return announce


def send(client, address, data, offset):
    return client.post(address, data, content_type=BINARY, headers={"Upload-Offset": str(offset)})


def test_a_file_comes_in_parts_and_goes_to_the_cabinet(begin, at_work, django_capture_on_commit_callbacks):
    address = begin()["Location"]
    assert send(at_work, address, DATA[:HALF], 0)["Upload-Offset"] == str(HALF)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(at_work, address, DATA[HALF:], HALF)["Upload-Offset"] == str(2 * HALF)
    scan = Scan.objects.get()
    assert (scan.outcome, read_file(scan.file)) == (Scan.Outcome.WAITING, DATA)
    assert not uploads.place_of(scan).exists()


def test_an_upload_cut_in_the_middle_goes_on_when_the_file_is_chosen_again(begin, at_work):
    send(at_work, begin()["Location"], DATA[:HALF], 0)
    again = begin()
    assert again["Upload-Offset"] == str(HALF)
    send(at_work, again["Location"], DATA[HALF:], HALF)
    assert read_file(Scan.objects.get().file) == DATA


def test_another_file_of_the_same_name_and_size_is_another_file(begin, at_work):
    send(at_work, begin()["Location"], DATA[:HALF], 0)
    other = begin(data=bytes(2 * HALF))
    assert other["Upload-Offset"] == "0"
    assert Scan.objects.count() == 2


def test_a_part_that_comes_twice_changes_nothing(begin, at_work):
    address = begin()["Location"]
    send(at_work, address, DATA[:HALF], 0)
    again = send(at_work, address, DATA[:HALF], 0)
    assert (again.status_code, again["Upload-Offset"]) == (200, str(HALF))


def test_a_part_at_the_wrong_place_is_told_the_right_one(begin, at_work):
    address = begin()["Location"]
    send(at_work, address, DATA[:HALF], 0)
    ahead, other = send(at_work, address, b"x", HALF + 1), send(at_work, address, bytes(HALF), 0)
    assert (ahead.status_code, ahead["Upload-Offset"]) == (409, str(HALF))
    assert other.status_code == 409


def test_more_than_was_announced_is_not_taken(begin, at_work):
    assert send(at_work, begin()["Location"], DATA + b"x", 0).status_code == 409


def test_a_part_without_a_place_is_refused(begin, at_work):
    assert at_work.post(begin()["Location"], DATA, content_type=BINARY).status_code == 422


def test_a_file_that_is_there_is_not_sent_again(begin, at_work):
    send(at_work, begin()["Location"], DATA, 0)
    again = begin()
    assert (again["Upload-Known"], again["Upload-Offset"]) == ("1", str(2 * HALF))
    assert Scan.objects.count() == 1


def test_the_end_that_was_cut_off_is_made_up_for(begin, at_work, monkeypatch):
    address = begin()["Location"]
    with monkeypatch.context() as cut:
        cut.setattr(actions, "finish", lambda scan, by: scan)
        send(at_work, address, DATA, 0)
    assert begin()["Upload-Offset"] == str(2 * HALF)
    assert Scan.objects.get().outcome == Scan.Outcome.WAITING


def test_the_same_bytes_under_another_name_are_a_duplicate(begin, at_work):
    send(at_work, begin()["Location"], DATA, 0)
    send(at_work, begin(name="tap-2.pdf")["Location"], DATA, 0)
    assert Scan.objects.latest("id").outcome == Scan.Outcome.DUPLICATE


@pytest.mark.parametrize(("size", "words"), [(0, "rỗng"), (5 * 2**30, "lớn hơn 4 GB")])
def test_nothing_and_too_much_are_refused_at_once(begin, size, words):
    answer = begin(size=size)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer["Content-Type"].startswith("text/plain")


def test_a_full_disk_keeps_what_came_and_the_upload_goes_on_later(begin, at_work, monkeypatch):
    address = begin()["Location"]
    send(at_work, address, DATA[:HALF], 0)
    with monkeypatch.context() as crowded:
        crowded.setattr(uploads, "has_room", lambda size: False)
        full = send(at_work, address, DATA[HALF:], HALF)
    assert full.status_code == 507
    assert "Phần đã tải lên vẫn còn" in full.content.decode()
    assert begin()["Upload-Offset"] == str(HALF)


def test_a_disk_that_fills_while_writing_promises_nothing(begin, at_work, monkeypatch):
    def full(*_said):
        raise OSError(errno.ENOSPC, "no space")

    address = begin()["Location"]
    monkeypatch.setattr(uploads, "write_at", full)
    assert send(at_work, address, DATA[:HALF], 0).status_code == 507
    assert Scan.objects.get().received == 0


def test_another_account_neither_sees_nor_goes_on_with_it(begin, client, neighbour, batch):
    address = begin()["Location"]
    client.force_login(neighbour)
    assert send(client, address, DATA, 0).status_code == 404
    assert client.post(f"/so-hoa/{batch.pk}/tai-len/", {"name": "x", "size": 1}).status_code == 404
    assert client.get(f"/so-hoa/{batch.pk}/").status_code == 404
    assert batch.name not in client.get("/so-hoa/").content.decode()


def test_an_auditor_sees_the_batch_and_sends_nothing(begin, client, auditor, batch):
    address = begin()["Location"]
    client.force_login(auditor)
    assert send(client, address, DATA, 0).status_code == 403
    assert "Tải tệp lên" not in client.get(f"/so-hoa/{batch.pk}/").content.decode()


def test_names_of_files_stay_out_of_the_journal(begin):
    begin(name="Nguyễn Văn An.pdf")
    assert "Nguyễn" not in str(Entry.objects.filter(act="dossiers.begin_upload").values())


def test_a_name_is_never_a_path(begin):
    begin(name="../../etc/passwd\x00.pdf")
    assert Scan.objects.get().name == "passwd.pdf"


def test_half_received_files_are_shown_and_can_be_given_up(begin, at_work, batch):
    send(at_work, begin()["Location"], DATA[:HALF], 0)
    page = at_work.get(f"/so-hoa/{batch.pk}/").content.decode()
    assert "Đã nhận 50 %" in page
    assert "Chọn lại tệp này để tải tiếp." in page
    scan = Scan.objects.get()
    at_work.post(f"/so-hoa/tep/{scan.pk}/bo/")
    assert not Scan.objects.exists()


def test_what_came_whole_is_not_given_up(begin, at_work):
    send(at_work, begin()["Location"], DATA, 0)
    assert at_work.post(f"/so-hoa/tep/{Scan.objects.get().pk}/bo/").status_code == 422


def test_a_closed_batch_takes_no_more(begin, at_work, batch):
    send(at_work, begin()["Location"], DATA, 0)
    at_work.post(f"/so-hoa/{batch.pk}/nhan-du/")
    assert begin(name="tap-2.pdf").status_code == 422


def test_after_a_week_nobody_waits_for_the_rest(begin, at_work):
    send(at_work, begin()["Location"], DATA[:HALF], 0)
    scan = Scan.objects.get()
    forget_old_uploads()
    assert uploads.place_of(scan).exists()
    long_ago = (clock.real_now() - KEPT - timedelta(hours=1)).timestamp()
    os.utime(uploads.place_of(scan), (long_ago, long_ago))
    forget_old_uploads()
    assert not uploads.place_of(scan).exists()
    assert not Scan.objects.exists()


def test_without_scripts_several_files_come_in_one_go(at_work, batch):
    files = [SimpleUploadedFile("a.pdf", b"%PDF-1"), SimpleUploadedFile("b.pdf", b"%PDF-2")]
    assert at_work.post(f"/so-hoa/{batch.pk}/", {"files": files}).status_code == 302
    assert list(batch.scans.values_list("name", flat=True).order_by("position")) == ["a.pdf", "b.pdf"]


def test_no_file_chosen_is_said_at_the_field(at_work, batch):
    assert at_work.post(f"/so-hoa/{batch.pk}/", {}).status_code == 422
