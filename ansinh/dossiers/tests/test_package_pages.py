"""Packages on screen: dossiers sent out and taken in by the worker, with a receipt, for those who may."""
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ansinh.dossiers.actions import archive_paper, arriving
from ansinh.dossiers.models import Dossier, PackageTransfer, Paper
from ansinh.office import jobs
from ansinh.office.models import Entry, Job
from tests.people import COMMUNE, DISTRICT

from .packages import edited, repacked

State = PackageTransfer.State


@pytest.fixture
def at_work(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def sent(at_work, lan_dossier_in_use, officer):
    """Lan's dossier, sent out from the page."""
    PackageTransfer.objects.all().delete()
    archive_paper(lan_dossier_in_use.papers.get(), by=officer)
    at_work.post("/so-hoa/goi/xuat/", {"codes": "TB-00161", "confirmed": "yes"})
    jobs.work(until_idle=True)
    return PackageTransfer.objects.get()


@pytest.fixture
def file(at_work, sent, tmp_path):
    """The file of the package as it was fetched; the dossier here is gone under another number."""
    answer = at_work.get(f"/so-hoa/goi/{sent.pk}/tep/")
    path = tmp_path / "goi.zip"
    path.write_bytes(b"".join(answer.streaming_content))
    Dossier.objects.update(code="khác")
    Paper.objects.update(archive_code="")
    return path


@pytest.fixture
def bring(at_work):
    """``bring(path)``: a package brought in from the page, and taken in; the page of its receipt."""

    def make(path):
        data = SimpleUploadedFile("goi.zip", path.read_bytes(), "application/zip")
        answer = at_work.post("/so-hoa/goi/nhan/", {"area_path": DISTRICT, "file": data, "folder": ""})
        jobs.work(until_idle=True)
        return answer

    return make


def words(answer):
    return answer.content.decode()


def test_what_leaves_is_shown_before_it_is_ordered(at_work, lan_dossier_in_use):
    answer = at_work.post("/so-hoa/goi/xuat/", {"codes": " TB-00161 \n"})
    assert "1 hồ sơ, 1 trang được chép vào gói" in words(answer)
    assert not Job.objects.filter(act="dossiers.export_package").exists()


def test_a_dossier_that_is_not_there_for_the_account_is_named(client, neighbour, lan_dossier_in_use):
    client.force_login(neighbour)
    answer = client.post("/so-hoa/goi/xuat/", {"codes": "TB-00161"})
    assert answer.status_code == 422
    assert "Không thấy trong địa bàn và các ô đã chọn: TB-00161" in words(answer)


def test_a_package_is_written_in_the_background_and_fetched(at_work, sent):
    assert (sent.state, sent.area_path, len(sent.digest)) == (State.DONE, COMMUNE, 64)
    page = words(at_work.get(f"/so-hoa/goi/{sent.pk}/"))
    assert "Gói đã viết xong" in page
    assert sent.digest in page
    at_work.get(f"/so-hoa/goi/{sent.pk}/tep/")
    assert Entry.objects.filter(act="dossiers.fetch_package", key=f"dossiers.packagetransfer:{sent.pk}").count() == 1
    assert Entry.objects.filter(act="dossiers.open_dossier").exists()


def test_a_package_comes_in_with_a_receipt(at_work, file, bring):
    answer = bring(file)
    page = words(at_work.get(answer.url))
    assert "Cả gói đã được ghi" in page
    assert "chưa nối với ai" in page
    assert "1 lượt nhập, 0/1 chứng cứ nối lại được với sổ" in page
    came, left = PackageTransfer.objects.get(direction="in"), PackageTransfer.objects.get(direction="out")
    assert came.digest == left.digest
    assert Dossier.objects.filter(code="TB-00161").exists()


def test_the_same_package_comes_in_once(file, bring):
    bring(file)
    again = bring(file)
    assert again.status_code == 422
    assert "không nhận lại" in words(again)
    assert Dossier.objects.count() == 2


def test_a_worker_killed_in_the_middle_leaves_nothing_half_and_the_next_one_goes_on(file, bring, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(arriving.index, "write", killed)
        with pytest.raises(SystemExit):
            bring(file)
    assert not Dossier.objects.filter(code="TB-00161").exists()
    jobs.work(until_idle=True)
    assert Dossier.objects.filter(code="TB-00161").count() == 1
    assert PackageTransfer.objects.get(direction="in").state == State.DONE


def killed(_pages):
    raise SystemExit


def test_a_touched_package_is_refused_whole_and_says_so(at_work, file, bring, tmp_path):
    path = repacked(file, tmp_path / "sua.zip", lambda parts: edited(parts, ("dossier", "title"), "x"), manifest=False)
    page = words(at_work.get(bring(path).url))
    assert "phần dossiers/000001.json đã bị sửa hoặc hỏng" in page
    assert "Chưa ghi gì" in page
    assert not Dossier.objects.filter(code="TB-00161").exists()


def test_a_refused_package_may_be_brought_again(file, bring, tmp_path):
    Dossier.objects.update(code="TB-00161")
    bring(file)
    assert PackageTransfer.objects.get(direction="in").state == State.REFUSED
    Dossier.objects.update(code="khác")
    bring(file)
    assert Dossier.objects.filter(code="TB-00161").exists()


def test_a_large_package_comes_from_the_intake_folder(at_work, file, settings, tmp_path, areas):
    settings.INTAKE = tmp_path / "nhan"
    (settings.INTAKE / "05920").mkdir(parents=True)
    (settings.INTAKE / "05920" / "goi.zip").write_bytes(file.read_bytes())
    at_work.post("/so-hoa/goi/nhan/", {"area_path": DISTRICT, "folder": "05920/goi.zip"})
    jobs.work(until_idle=True)
    assert Dossier.objects.filter(code="TB-00161").exists()


def test_the_intake_folder_of_another_unit_is_closed(client, neighbour, settings, tmp_path, areas):
    settings.INTAKE = tmp_path
    client.force_login(neighbour)
    assert client.post("/so-hoa/goi/nhan/", {"area_path": "19.165.", "folder": "05920/goi.zip"}).status_code == 404


def test_a_name_that_leads_out_is_refused_with_its_sentence(at_work, areas, settings, tmp_path):
    settings.INTAKE = tmp_path
    answer = at_work.post("/so-hoa/goi/nhan/", {"area_path": DISTRICT, "folder": "../goi.zip"})
    assert answer.status_code == 422
    assert "bên trong thư mục nhận" in words(answer)


def test_neither_neighbours_nor_readers_fetch_a_package(client, sent, neighbour, auditor):
    client.force_login(neighbour)
    assert client.get(f"/so-hoa/goi/{sent.pk}/").status_code == 404
    assert client.get(f"/so-hoa/goi/{sent.pk}/tep/").status_code == 404
    client.force_login(auditor)
    assert client.get(f"/so-hoa/goi/{sent.pk}/").status_code == 200
    assert client.get(f"/so-hoa/goi/{sent.pk}/tep/").status_code == 404
    assert client.get("/so-hoa/goi/xuat/").status_code == 404


def test_an_order_whose_right_has_ended_is_not_carried_out(at_work, lan_dossier_in_use, officer):
    at_work.post("/so-hoa/goi/xuat/", {"codes": "TB-00161", "confirmed": "yes"})
    officer.rights.update(until="2011-01-01")
    jobs.work(until_idle=True)
    last = PackageTransfer.objects.latest("pk")
    assert last.state == State.REFUSED
    assert last.file is None


def test_a_file_that_is_no_package_is_refused(at_work, areas, officer):
    answer = at_work.post("/so-hoa/goi/nhan/", {"area_path": DISTRICT, "file": io.BytesIO(b"PK\x03\x04")})
    jobs.work(until_idle=True)
    assert "không phải gói hồ sơ" in words(at_work.get(answer.url))
