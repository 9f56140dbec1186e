"""Watched folders on screen: ordered, looked at, stopped and gone on with, by those who may."""
import pytest

from ansinh.dossiers.models import WatchedFolder
from ansinh.office import jobs
from ansinh.office.models import Entry

from .watched import put

State = WatchedFolder.State


@pytest.fixture
def at_work(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def ordered(at_work, intake):
    """The folder of a scanner, watched by an order from the page."""
    at_work.post("/so-hoa/thu-muc/moi/", {"folder": "05920/may-1", "priority": "10"})
    return WatchedFolder.objects.get()


def words(client, address="/so-hoa/thu-muc/"):
    return client.get(address).content.decode()


def test_an_order_and_what_came_of_it(at_work, ordered, intake, officer):
    assert "chưa xem lần nào" in words(at_work)
    put(intake, "1.png")
    (intake / "05920" / "may-1" / "thu.exe").write_bytes(b"MZ\x90")
    jobs.work(until_idle=True)
    page = words(at_work)
    assert "05920/may-1" in page
    assert "1 không nhận được" in page
    assert "Đang theo dõi" in page
    assert (ordered.ordered_by, ordered.priority) == (officer, 10)
    assert f"/so-hoa/?thu-muc={ordered.pk}" in page
    assert "Những lô nhận từ thư mục 05920/may-1" in words(at_work, f"/so-hoa/?thu-muc={ordered.pk}")


def test_a_wrong_folder_is_refused_beside_its_field(at_work, intake):
    answer = at_work.post("/so-hoa/thu-muc/moi/", {"folder": "../x", "priority": "0"})
    assert answer.status_code == 422
    assert "bên trong thư mục nhận" in answer.content.decode()
    assert "../x" in answer.content.decode()


def test_it_is_stopped_with_its_consequence_and_the_stop_undone(at_work, ordered):
    assert "không được nhận nữa" in words(at_work, f"/so-hoa/thu-muc/{ordered.pk}/dung/")
    at_work.post(f"/so-hoa/thu-muc/{ordered.pk}/dung/", {"confirmed": "yes"})
    entry = Entry.objects.get(act="dossiers.stop_watching")
    assert f"/nhat-ky/{entry.pk}/hoan-tac/" in words(at_work)
    at_work.post(f"/nhat-ky/{entry.pk}/hoan-tac/", {"confirmed": "yes"})
    ordered.refresh_from_db()
    assert ordered.state == State.WATCHED


def test_a_right_that_ended_is_said(at_work, ordered, officer, auditor, client):
    officer.rights.update(until="2011-01-01")
    jobs.work(until_idle=True)
    client.force_login(auditor)
    page = words(client)
    assert "Người giao hết quyền" in page
    assert "Hoàn tác việc dừng" not in page


def test_neighbours_see_and_stop_nothing(client, ordered, neighbour, auditor):
    client.force_login(neighbour)
    assert "05920" not in words(client)
    assert client.post(f"/so-hoa/thu-muc/{ordered.pk}/dung/", {"confirmed": "yes"}).status_code == 404
    client.force_login(auditor)
    assert client.get("/so-hoa/thu-muc/moi/").status_code == 404
    assert client.post(f"/so-hoa/thu-muc/{ordered.pk}/dung/", {"confirmed": "yes"}).status_code == 404
