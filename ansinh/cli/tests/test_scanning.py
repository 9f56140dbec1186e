"""`ansinh scan`: a folder becomes batches, a subfolder a dossier, nothing is taken twice, and bad files stop nobody."""
import json

import pytest

from ansinh.cli import main, scanning
from ansinh.dossiers import folders
from ansinh.dossiers.actions import register_dossier
from ansinh.dossiers.models import Batch, Page, Scan
from ansinh.dossiers.tests import scans
from tests.people import COMMUNE, OTHER_COMMUNE


@pytest.fixture(autouse=True)
def quick(monkeypatch, nothing_is_read):
    monkeypatch.setattr(folders, "SETTLES", 0.01)
    monkeypatch.setattr(scanning, "PAUSE", 0.01)


@pytest.fixture
def clerk(areas, officer, as_account):
    return as_account(officer)


@pytest.fixture
def dossier(clerk):
    return register_dossier("TB-1", category="wounded", title="x", area_path=COMMUNE, by=clerk)


@pytest.fixture
def folder(tmp_path):
    """``folder({"a/b.png": bytes})``: a folder with these files."""

    def fill(files):
        for name, data in files.items():
            path = tmp_path / "scans" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return str(tmp_path / "scans")

    return fill


def said(capsys):
    return json.loads(capsys.readouterr().out)


def test_files_are_taken_in_order_of_name_into_the_dossier_and_stay_where_they_are(dossier, folder, capsys, tmp_path):
    place = folder({"2.png": scans.as_bytes(scans.drawn(2)), "1.pdf": scans.pdf(scans.drawn(1), scans.blank()), ".hidden": b"x", "3.png.part": b"x"})
    assert main(["scan", place, "--dossier", "TB-1", "--json"]) == 0
    (batch,) = said(capsys)["batches"]
    assert (batch["dossier"], batch["files"], batch["pages"], batch["refused"]) == ("TB-1", 2, 3, [])
    assert list(Scan.objects.order_by("position").values_list("name", flat=True)) == ["1.pdf", "2.png"]
    assert len(list((tmp_path / "scans").iterdir())) == 4
    assert Batch.objects.get().origin == "command"


def test_a_subfolder_named_by_a_dossier_goes_into_it(dossier, folder, capsys):
    place = folder({"TB-1/x/1.png": scans.as_bytes(scans.drawn(1)), "khác/1.png": scans.as_bytes(scans.drawn(2))})
    assert main(["scan", place, "--area", "173", "--json"]) == 0
    assert [(batch["name"], batch["dossier"]) for batch in said(capsys)["batches"]] == [("TB-1", "TB-1"), ("khác", "")]
    assert dossier.pages.count() == 1


def test_what_was_taken_is_not_taken_again(clerk, folder, capsys):
    place = folder({"1.png": scans.as_bytes(scans.drawn(1)), "2.png": b"hong"})
    main(["scan", place])
    folder({"3.png": scans.as_bytes(scans.drawn(3))})
    capsys.readouterr()
    assert main(["scan", place, "--json"]) == 0
    found = said(capsys)
    assert (found["known"], [batch["files"] for batch in found["batches"]]) == (2, [1])
    assert main(["scan", place]) == 0
    assert "Đã nhận từ trước: 3 tệp." in capsys.readouterr().out
    assert Batch.objects.count() == 2


def test_a_bad_file_is_told_with_its_remedy_and_the_others_are_taken(clerk, folder, capsys):
    assert main(["scan", folder({"1.png": scans.as_bytes(scans.drawn(1)), "2.pdf": scans.locked_pdf()})]) == 0
    out = capsys.readouterr().out
    assert "không nhận 2.pdf: Tệp có mật khẩu" in out
    assert "không đặt mật khẩu" in out
    assert Page.objects.count() == 1


def test_only_bad_files_are_no_success(clerk, folder):
    assert main(["scan", folder({"2.pdf": scans.locked_pdf()})]) == 1


def test_a_file_still_growing_is_left_for_the_next_round(clerk, folder, capsys, monkeypatch):
    place = folder({"1.png": scans.as_bytes(scans.drawn(1)), "2.png": b"\x89PNG"})
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(folders, "wait", lambda _seconds: folder({"2.png": scans.as_bytes(scans.drawn(2))}))
        assert main(["scan", place, "--json"]) == 0
    found = said(capsys)
    assert (found["growing"], found["batches"][0]["files"]) == (["2.png"], 1)
    assert main(["scan", place, "--json"]) == 0
    assert said(capsys)["batches"][0]["pages"] == 1


def test_a_watched_folder_is_taken_round_after_round(clerk, folder, capsys):
    place = folder({"1.png": scans.as_bytes(scans.drawn(1))})
    assert main(["scan", place, "--watch", "--rounds", "3"]) == 0
    assert capsys.readouterr().out.count("1 tệp, 1 trang") == 1
    assert Batch.objects.get().origin == "folder"


def test_a_dossier_or_folder_that_is_not_there_is_refused(clerk, areas, neighbour, folder, capsys, tmp_path):
    register_dossier("TB-9", category="wounded", title="x", area_path=OTHER_COMMUNE, by=neighbour)
    place = folder({"1.png": scans.as_bytes(scans.drawn(1))})
    assert main(["scan", place, "--dossier", "TB-9"]) == 1
    assert "Không có hồ sơ số TB-9" in capsys.readouterr().err
    assert main(["scan", str(tmp_path / "none")]) == 1
    assert not Batch.objects.exists()


def test_an_empty_folder_has_nothing_new(clerk, folder, capsys, tmp_path):
    assert main(["scan", str(tmp_path)]) == 0
    assert "Không có tệp nào mới." in capsys.readouterr().out
