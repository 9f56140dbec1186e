"""The page of stored files: for administrators and who audits, without names; a check is ordered there."""
import pytest

from ansinh.office import fixity, jobs
from ansinh.office.cabinet import store_file
from ansinh.office.models import Entry, Job


@pytest.fixture
def stored(cabinet, db):
    return [store_file(f"trang {n}".encode(), name="Nguyễn Thị Ngọc.png") for n in range(3)]


@pytest.fixture
def damaged(stored, cabinet):
    """One file damaged on one side, one lost on both; the nightly check has seen them."""
    cabinet("default", stored[0]).write_bytes(b"x")
    cabinet("default", stored[1]).unlink()
    cabinet("copy", stored[1]).unlink()
    fixity.go_through()
    return stored


@pytest.fixture
def page_for(client, appoint):
    """``page_for(role)``: what an account of this role reads on the page."""

    def open_page(role):
        client.force_login(appoint(role, role, "19."))
        return client.get("/kho-tep/")

    return open_page



def test_who_audits_sees_counts_mended_and_lost_files_without_names(damaged, page_for):
    said = page_for("auditor").content.decode()
    assert "Hỏng cả hai bản" in said
    assert f"files/{damaged[1].sha256[:2]}/{damaged[1].sha256}" in said
    assert f"tệp lưu số {damaged[0].pk}" in said
    assert "Ngọc" not in said
    assert "Kiểm tra ngay" not in said.replace("Bấm Kiểm tra ngay", "")


def test_an_officer_has_no_such_page(damaged, page_for):
    assert page_for("officer").status_code == 404


def test_before_the_first_check_it_says_so(stored, page_for):
    assert "chưa được kiểm tra lần nào" in page_for("auditor").content.decode()


@pytest.fixture
def administrator(client, appoint, monkeypatch):
    """Signed in; the second factor has its own tests."""
    monkeypatch.setattr("ansinh.office.rights.needs_second_factor", lambda _account: False)
    account = appoint("quantri", "administrator", "19.")
    client.force_login(account)
    return account


def test_an_administrator_orders_a_check_and_sees_how_far_it_is(stored, client, administrator):
    assert "Kiểm tra ngay" in client.get("/kho-tep/kiem-tra/").content.decode()
    assert client.post("/kho-tep/kiem-tra/", {"confirmed": "yes"}).status_code == 302
    assert "đã đọc 0/3 tệp" in client.get("/kho-tep/").content.decode()
    jobs.work(until_idle=True)
    assert Job.objects.get().state == "done"
    assert "Lượt trước xong lúc" in client.get("/kho-tep/").content.decode()


def test_the_journal_names_a_repair_and_leads_to_the_page(damaged, client, administrator):
    said = client.get(f"/nhat-ky/{Entry.objects.get(act='office.mend_file').pk}/").content.decode()
    assert "Sửa tệp lưu từ bản kia" in said
    assert 'href="/kho-tep/"' in said


def test_the_number_on_the_rail_counts_what_could_not_be_mended(damaged, page_for):
    page = page_for("auditor").context
    assert [item["number"] for item in page["rail"] if item["name"] == "files"] == [1]
