"""`ansinh verify files` and what `ansinh doctor` says about the cabinet."""
import json
from datetime import timedelta

import pytest

from ansinh.cli import doctor, main
from ansinh.office import clock, copies, fixity
from ansinh.office.cabinet import store_file


@pytest.fixture
def stored(cabinet, db):
    return store_file(b"trang 1", name="Nguyễn Thị Ngọc.png")


@pytest.fixture
def in_service(settings):
    settings.MODE = "production"


def test_a_whole_cabinet_ends_with_0(stored, capsys):
    assert main(["verify", "files"]) == 0
    assert "1 tệp đã đọc cả hai bản: sửa 0, chỉ còn một bản tốt 0, hỏng cả hai bản 0." in capsys.readouterr().out


def test_what_was_mended_is_counted_and_ends_with_0(stored, cabinet, capsys):
    cabinet("default", stored).unlink()
    assert main(["verify", "files", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"checked": 1, "mended": 1, "weak": 0, "lost": 0, "broken": []}


def test_what_is_lost_ends_with_1_and_is_named_by_its_place_only(stored, cabinet, capsys):
    cabinet("default", stored).unlink()
    cabinet("copy", stored).write_bytes(b"x")
    assert main(["verify", "files"]) == 1
    said = capsys.readouterr().out
    assert f"tệp số {stored.pk}, files/{stored.sha256[:2]}/{stored.sha256}: hỏng cả hai bản" in said
    assert "Ngọc" not in said


def test_doctor_wants_the_copies_on_two_disks_in_service(stored, in_service, monkeypatch):
    assert not doctor.two_copies().ok
    monkeypatch.setattr(copies, "are_apart", lambda: True)
    assert doctor.two_copies().ok


def test_doctor_lets_one_disk_do_elsewhere(stored):
    assert doctor.two_copies().line == "✓ Hai bản của kho tệp: cùng một đĩa"


def test_doctor_names_a_side_that_is_away(stored, monkeypatch):
    monkeypatch.setattr(copies, "away", lambda: ["copy"])
    assert "không tới được bản thứ hai" in doctor.two_copies().line


def test_doctor_wants_a_check_of_the_last_two_days(stored, in_service):
    assert "chưa kiểm tra lần nào" in doctor.stored_files().line
    fixity.go_through()
    assert doctor.stored_files().ok
    with clock.held_at(clock.now() + timedelta(days=2, minutes=1)):
        assert not doctor.stored_files().ok


def test_doctor_wants_no_check_of_an_empty_cabinet(cabinet, db, in_service):
    assert doctor.stored_files().ok


def test_doctor_counts_what_could_not_be_mended(stored, cabinet):
    cabinet("default", stored).unlink()
    cabinet("copy", stored).unlink()
    fixity.go_through()
    assert "1 tệp chưa sửa được" in doctor.stored_files().line


def test_doctor_looks_whether_the_intake_folder_can_be_read(settings, tmp_path):
    settings.INTAKE = None
    assert doctor.intake().line == "✓ Thư mục nhận: không đặt"
    settings.INTAKE = tmp_path
    assert doctor.intake().ok
    settings.INTAKE = tmp_path / "khong-co"
    assert "ANSINH_INTAKE" in doctor.intake().line
