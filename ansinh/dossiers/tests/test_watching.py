"""Watched folders: the worker takes in what appears, in the officer's name and no longer than the officer's right."""
import os
from pathlib import Path

import pytest

from ansinh.dossiers import folders
from ansinh.dossiers.actions import receive_batch, register_dossier, stop_watching, watch_folder, watching
from ansinh.dossiers.models import Batch, Page, Scan, WatchedFolder
from ansinh.office import jobs
from ansinh.office.actions import close_account, undo
from ansinh.office.models import Entry, Job, Right
from ansinh.web.refusal import Forbidden, Refusal
from tests.people import OTHER_COMMUNE

from .scans import as_bytes, drawn
from .watched import put, work_later

State = WatchedFolder.State


def test_what_appears_is_taken_in_in_the_name_of_the_officer(intake, watched, officer):
    put(intake, "1.png")
    jobs.work(until_idle=True)
    batch = Batch.objects.get()
    assert (batch.received_by, batch.origin, batch.watched, batch.state) == (officer, "folder", watched, "sorted")
    assert Page.objects.count() == 1
    put(intake, "2.png", seed=2)
    work_later()
    assert Scan.objects.count() == 2
    watched.refresh_from_db()
    assert watched.looked_at is not None


def test_a_subfolder_named_by_a_dossier_goes_into_it(intake, watched, lan_dossier):
    put(intake, "TB-00161/1.png")
    jobs.work(until_idle=True)
    assert Batch.objects.get().dossier == lan_dossier


def test_a_dossier_that_the_officer_only_reads_takes_nothing_and_stays_said(intake, watched, officer, neighbour):
    Right.objects.create(account=officer, role="auditor", area_path=OTHER_COMMUNE, since="2010-01-01")
    register_dossier("TB-00200", category="wounded", title="Ma Văn Sơn", area_path=OTHER_COMMUNE, by=neighbour)
    put(intake, "TB-00200/1.png")
    put(intake, "2.png", seed=2)
    jobs.work(until_idle=True)
    work_later()
    watched.refresh_from_db()
    assert "không có quyền nhận bản quét cho hồ sơ TB-00200" in watched.fault
    assert [scan.name for scan in Scan.objects.all()] == ["2.png"]


def test_the_same_file_is_taken_once_also_by_a_new_worker(intake, watched, monkeypatch):
    put(intake, "1.png")
    jobs.work(until_idle=True)
    monkeypatch.setattr(watching, "_seen", {})
    work_later()
    watched.refresh_from_db()
    assert (Scan.objects.count(), watched.known) == (1, 1)


def test_looks_without_end_leave_one_job(intake, watched):
    jobs.work(until_idle=True)
    work_later(2)
    work_later(4)
    assert Job.objects.filter(act="dossiers.watch_folder").count() == 1


def test_a_batch_that_a_killed_worker_left_open_is_closed(intake, watched, officer):
    open_one = receive_batch("may-1", origin="folder", area_path="19.173.05920.", watched=watched, by=officer)
    jobs.work(until_idle=True)
    open_one.refresh_from_db()
    assert open_one.state == "discarded"


def test_a_stop_ends_it_and_its_undo_goes_on(intake, watched, officer):
    jobs.work(until_idle=True)
    stop_watching(watched, by=officer)
    put(intake, "1.png")
    work_later()
    assert not Scan.objects.exists()
    undo(Entry.objects.get(act="dossiers.stop_watching"), by=officer)
    work_later()
    assert Scan.objects.count() == 1
    assert WatchedFolder.objects.get().state == State.WATCHED


def test_the_order_itself_can_be_undone(intake, watched, officer):
    undo(Entry.objects.get(act="dossiers.watch_folder"), by=officer)
    put(intake, "1.png")
    jobs.work(until_idle=True)
    assert not Scan.objects.exists()


@pytest.mark.parametrize("how", ["account", "right"])
def test_it_ends_with_the_account_or_the_right(intake, watched, officer, appoint, how):
    administrator = appoint("administrator", "administrator", "19.")
    ends = {"account": lambda: close_account(officer, by=administrator), "right": lambda: officer.rights.update(until="2011-01-01")}
    ends[how]()
    put(intake, "1.png")
    jobs.work(until_idle=True)
    watched.refresh_from_db()
    assert (watched.state, Scan.objects.count()) == (State.ENDED, 0)
    line = Entry.objects.get(act="dossiers.stop_watching")
    assert (line.by, line.facts) == (None, {"because": "right_ended"})
    with pytest.raises(Refusal, match="không còn quyền"):
        undo(line, by=appoint("other", "officer", "19."))


@pytest.mark.parametrize("folder", ["../05920", "05920/../../etc", "/etc", "05920/lien-ket", "05920/khong-co", "05920\\may-1", "may-1", "", "99999/x"])
def test_a_folder_outside_or_over_a_link_is_refused(intake, officer, folder, tmp_path):
    (tmp_path / "ngoai").mkdir()
    (intake / "05920" / "lien-ket").symlink_to(tmp_path / "ngoai")
    with pytest.raises(Refusal):
        watch_folder(folder, by=officer)
    assert not WatchedFolder.objects.exists()


def test_files_that_are_links_are_never_read(intake, watched, tmp_path):
    secret = tmp_path / "bi-mat.png"
    secret.write_bytes(as_bytes(drawn()))
    (intake / "05920" / "may-1" / "1.png").symlink_to(secret)
    jobs.work(until_idle=True)
    assert not Scan.objects.exists()
    with pytest.raises(OSError, match="symbolic"):
        folders.unlinked(Path(intake / "05920" / "may-1" / "1.png"))


def test_the_folder_of_another_unit_is_not_for_this_officer(intake, neighbour):
    with pytest.raises(Forbidden):
        watch_folder("05920/may-1", by=neighbour)


def test_one_folder_is_watched_once(watched, officer):
    with pytest.raises(Refusal, match="đang được theo dõi"):
        watch_folder("05920/./may-1/", by=officer)


def test_without_an_intake_folder_nothing_is_watched(intake, officer, settings):
    settings.INTAKE = None
    with pytest.raises(Refusal, match="ANSINH_INTAKE"):
        watch_folder("05920/may-1", by=officer)


def test_a_folder_that_is_gone_is_said_and_looked_for_again(intake, watched):
    (intake / "05920" / "may-1").rmdir()
    jobs.work(until_idle=True)
    watched.refresh_from_db()
    assert "Không có thư mục" in watched.fault
    (intake / "05920" / "may-1").mkdir()
    work_later()
    watched.refresh_from_db()
    assert (watched.fault, watched.state) == ("", State.WATCHED)


def closed(name):
    """Opening of files, one of which may not be read."""
    real = os.open

    def opened(path, *rest, **named):
        if str(path).endswith(name):
            raise PermissionError(13, "closed", str(path))
        return real(path, *rest, **named)

    return opened


def test_a_file_that_may_not_be_read_does_not_stop_the_others(intake, watched, monkeypatch):
    put(intake, "1.png")
    put(intake, "2.png", seed=2)
    monkeypatch.setattr(folders.os, "open", closed("1.png"))
    jobs.work(until_idle=True)
    assert [scan.name for scan in Scan.objects.all()] == ["2.png"]
