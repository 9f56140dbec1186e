"""The import road on screen: preview, decision, receipt, undo."""
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ansinh.office import jobs
from ansinh.registry.models import Import, Person
from ansinh.registry.sheets.tests.workbooks import xlsx
from tests.imports import AN, BINH, HEADER

WRONG = ["0190", "Lê Văn Sai", "1950", "Nam", "Tân Kim", ""]


@pytest.fixture
def at_work(client, officer, areas, a_day_in_may):
    client.force_login(officer)
    return client


@pytest.fixture
def checked(upload):
    return upload([AN, BINH, WRONG])


@pytest.fixture
def approver(client, appoint):
    account = appoint("duyet", "officer", "19.173.")
    client.force_login(account)
    return client


def words(answer):
    return answer.content.decode()


def test_a_sheet_is_uploaded_and_waits_for_its_check(at_work):
    file = SimpleUploadedFile("dan-cu.xlsx", xlsx([HEADER, AN]))
    answer = at_work.post("/nap/moi/", {"kind": "persons", "area_path": "19.173.", "file": file})
    made = Import.objects.get()
    assert answer.url == f"/nap/{made.pk}/"
    assert "Đang soát" in words(at_work.get(answer.url))


def test_an_account_uploads_for_its_own_areas_only(at_work):
    file = SimpleUploadedFile("dan-cu.xlsx", xlsx([HEADER, AN]))
    assert at_work.post("/nap/moi/", {"kind": "persons", "area_path": "19.", "file": file}).status_code == 422
    assert not Import.objects.exists()


def test_the_preview_shows_what_is_wrong_first_and_counts_everything(at_work, checked):
    answer = words(at_work.get(f"/nap/{checked.pk}/"))
    assert "Lê Văn Sai" in answer
    assert "1 dòng cần xem" in answer
    assert "Nguyễn Văn An" in words(at_work.get(f"/nap/{checked.pk}/?ket-qua=new"))


def test_the_uploader_is_told_that_another_person_approves(at_work, checked):
    assert "Người duyệt phải là người khác người nạp." in words(at_work.get(f"/nap/{checked.pk}/"))
    assert at_work.post(f"/nap/{checked.pk}/duyet/").status_code == 422
    assert not Person.objects.exists()


def test_another_person_approves_and_the_rows_are_written(checked, approver):
    assert "Ghi 2 dòng vào sổ" in words(approver.get(f"/nap/{checked.pk}/"))
    approver.post(f"/nap/{checked.pk}/duyet/")
    jobs.work(until_idle=True)
    assert Person.objects.count() == 2
    assert "Hoàn tác cả lượt" in words(approver.get(f"/nap/{checked.pk}/"))


def test_an_import_is_undone_after_its_consequences_were_shown(checked, approver):
    approver.post(f"/nap/{checked.pk}/duyet/")
    jobs.work(until_idle=True)
    assert "2 dòng đã ghi được rút khỏi sổ" in words(approver.get(f"/nap/{checked.pk}/hoan-tac/"))
    approver.post(f"/nap/{checked.pk}/hoan-tac/", {"confirmed": "yes"})
    checked.refresh_from_db()
    assert checked.state == Import.State.UNDONE


def test_the_receipt_is_the_same_sheet_with_results(at_work, checked):
    answer = at_work.get(f"/nap/{checked.pk}/ket-qua/")
    assert answer["Content-Type"].endswith("sheet")
    assert answer.content[:2] == b"PK"


def test_the_empty_form_of_a_kind_is_there(at_work):
    assert b"".join(at_work.get("/nap/mau/persons/").streaming_content)[:2] == b"PK"
    assert at_work.get("/nap/mau/khong-co/").status_code == 404


def test_a_neighbour_sees_no_import_of_ours(client, neighbour, checked):
    client.force_login(neighbour)
    assert client.get(f"/nap/{checked.pk}/").status_code == 404
    assert checked.name not in words(client.get("/nap/"))


def test_progress_is_asked_for_in_place(at_work, checked):
    answer = at_work.get(f"/nap/{checked.pk}/?tien-do=1", headers={"HX-Request": "true"})
    assert "<html" not in words(answer)
