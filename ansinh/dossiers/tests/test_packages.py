"""Packages: dossiers leave whole and arrive whole elsewhere, byte for byte; a package that was touched is refused with nothing done."""

import pytest

from ansinh.dossiers.actions import archive_paper, export_package
from ansinh.dossiers.models import Dossier, Page, Paper
from ansinh.dossiers.package.reading import opened
from ansinh.dossiers.queries.scans import found_pages
from ansinh.dossiers.question import understood
from ansinh.office.models import Entry
from ansinh.registry import actions as registry
from ansinh.web.refusal import Forbidden, Refusal
from tests.people import COMMUNE

from .packages import contents, edited, elsewhere, of_first, repacked, take_in


@pytest.fixture
def package(lan_dossier_in_use, lan, officer, tmp_path):
    """Lan's dossier in a package, with its archival copy; she has a citizen number."""
    registry.add_identifier(lan, kind="citizen", number="019150001234", source="Thẻ căn cước", by=officer)
    archive_paper(lan_dossier_in_use.papers.get(), by=officer)
    export_package([lan_dossier_in_use], to=tmp_path / "goi.zip", by=officer)
    return tmp_path / "goi.zip"


@pytest.fixture
def gone(lan_dossier_in_use, package):
    """The same dossier under other codes, as if it were not here."""
    Dossier.objects.filter(pk=lan_dossier_in_use.pk).update(code="khác")
    Paper.objects.update(archive_code="")
    return package


def test_what_leaves_arrives_elsewhere_and_leaves_from_there_the_same(package, tmp_path):
    told, again = elsewhere(package, tmp_path)
    assert "'link': 'linked', 'entered': 1, 'proved': 0, 'proved_there': 1" in told
    here, there = contents(package), contents(again)
    ours, theirs = of_first(here), of_first(there)
    assert (len(ours.pop("evidence")), theirs.pop("evidence")) == (1, [])
    assert theirs == ours
    assert ours["enterings"][0]["by"] == "Officer (officer)"
    assert {n: d for n, d in there.items() if n.startswith("files/")} == {n: d for n, d in here.items() if n.startswith("files/")}


def test_a_package_names_things_as_the_guidance_does(package):
    said = of_first(contents(package))
    assert said["metadata"]["FileCode"] == "TB-00161"
    assert said["metadata"]["Maintenance"]
    assert said["papers"][0]["metadata"]["DocCode"] == said["papers"][0]["archive_code"]
    assert said["enterings"][0]["value"] == said["evidence"][0]["value"] == "Dương Thị Lan"


def test_the_same_dossiers_give_the_same_package(package, lan_dossier_in_use, officer, tmp_path):
    export_package([lan_dossier_in_use], to=tmp_path / "lai.zip", by=officer)
    assert (tmp_path / "lai.zip").read_bytes() == package.read_bytes()


def test_what_was_taken_in_can_be_found_and_is_journaled(gone, officer):
    dossier = take_in(gone, officer)[0].dossier
    assert found_pages(understood("Dương Thị Lan"), officer) == [dossier.pages.get().pk]
    assert dossier.papers.get().archived.content_type == "application/pdf"
    assert Entry.objects.filter(act="dossiers.import_package", area_path=COMMUNE).exists()


def test_a_dossier_that_is_here_already_refuses_the_package(package, officer):
    with pytest.raises(Refusal, match="TB-00161"):
        take_in(package, officer)


def test_a_package_of_elsewhere_is_refused_to_who_has_no_right_there(gone, neighbour, nobody, lan_dossier_in_use, tmp_path):
    with pytest.raises(Forbidden):
        take_in(gone, neighbour)
    with pytest.raises(Forbidden):
        export_package([lan_dossier_in_use], to=tmp_path / "x.zip", by=nobody)
    assert not (tmp_path / "x.zip").exists()


def bad_entering(parts, **changes):
    return of_first(parts)["enterings"][0] | changes


HOSTILE = [
    ("một phần bị sửa", lambda parts: edited(parts, ("dossier", "title"), "x"), {"manifest": False}),
    ("một tệp bị thêm", lambda parts: parts.update({"files/" + "0" * 64: b"x"}), {"manifest": False}),
    ("tệp không đúng tên băm", lambda parts: parts.update({"files/" + "0" * 64: b"x"}), {}),
    ("đường dẫn lạ", lambda parts: parts.update({"../../x": b"x"}), {}),
    ("thư mục lạ", lambda parts: parts.update({"files/../x": b"x"}), {}),
    ("nén phần gốc", lambda parts: None, {"deflate": True}),
    ("không phải JSON", lambda parts: parts.update({"dossiers/000001.json": b"{"}), {}),
    ("lồng quá sâu", lambda parts: parts.update({"dossiers/000001.json": b"[" * 100_000}), {}),
    ("thiếu trường", lambda parts: parts.update({"dossiers/000001.json": b"{}"}), {}),
    ("số thành chữ", lambda parts: edited(parts, ("pages", 0, "width"), "rộng"), {}),
    ("trạng thái lạ", lambda parts: edited(parts, ("pages", 0, "kind"), "x"), {}),
    ("chỉ sai chỗ", lambda parts: edited(parts, ("pages", 0, "scan"), 7), {}),
    ("tệp không có", lambda parts: edited(parts, ("scans", 0, "file"), {"sha256": "../x", "name": "", "content_type": ""}), {}),
    ("chữ không phải chữ", lambda parts: edited(parts, ("pages", 0, "text", "words"), [["x", 1, 2]]), {}),
    ("ô không đúng dạng", lambda parts: edited(parts, ("enterings", 0), bad_entering(parts, name="birth", value="ngày xưa")), {}),
    ("khung ngoài trang", lambda parts: edited(parts, ("enterings", 0), bad_entering(parts, left=590)), {}),
    ("không ai nhập", lambda parts: edited(parts, ("enterings", 0), bad_entering(parts, by=" ")), {}),
    ("lần nhập lạ", lambda parts: edited(parts, ("enterings", 0), bad_entering(parts, round=9)), {}),
    ("đếm từ cuối", lambda parts: edited(parts, ("enterings", 0), bad_entering(parts, paper=-1)), {}),
    ("số không phải chữ", lambda parts: edited(parts, ("person", "citizen_number"), {}), {}),
    ("chọn ô không có", lambda parts: edited(parts, ("settlements", 0, "entering"), 5), {}),
    ("quay lạ", lambda parts: edited(parts, ("pages", 0, "turn"), 45), {}),
]


@pytest.mark.parametrize(("change", "how"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_touched_or_hostile_package_is_refused_and_nothing_is_done(gone, officer, tmp_path, change, how):
    path, before = repacked(gone, tmp_path / "sua.zip", change, **how), Page.objects.count()
    with pytest.raises(Refusal, match="Chưa ghi gì|xuất lại"):
        take_in(path, officer)
    assert not Dossier.objects.filter(code="TB-00161").exists()
    assert Page.objects.count() == before


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4 x"])
def test_what_is_no_package_is_refused(tmp_path, data, db):
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with pytest.raises(Refusal, match="không phải gói"), opened(path):
        pass


def test_a_package_cut_short_is_refused(package, tmp_path):
    path = tmp_path / "ngan.zip"
    path.write_bytes(package.read_bytes()[:-200])
    with pytest.raises(Refusal, match="Không nhận gói"), opened(path):
        pass
