"""Many lists on screen: ordered after a renewed sign-in, watched, told why not, and their files taken away."""
import io
import re
import zipfile
from datetime import date

import pytest

from ansinh.office import clock, jobs
from ansinh.office.founding import make_demonstration_account
from ansinh.office.installation import mark_demonstration
from ansinh.office.models import Entry, Job
from ansinh.payments import actions
from ansinh.payments.models import ListRun, PayList
from ansinh.payments.queries import balances, contents, verify_ledger
from tests.people import DISTRICT, OTHER_COMMUNE

from .office import fresh, line_of, lock_day, open_before

MAY, JUNE, JULY = date(2023, 5, 1), date(2023, 6, 1), date(2023, 7, 1)
MILLION = 1_000_000
LAN, SAO = "Dương Thị Lan", "Vi Thị Sao"
MONTH = "/chi-tra/?thang=2023-06"
ALL = {"thang": "2023-06", "tat-ca": "1", "linh_vuc": "", "huyen": "", "kenh": "", "buoc": ""}
SIGNED = {"confirmed": "yes", "password": "chief-1975"}


@pytest.fixture
def lists(office, monkeypatch):
    """Two lists of June, which are many here; the clock stands on their lock day."""
    monkeypatch.setattr(contents, "AT_ONCE", 1)
    for name, area in ((LAN, {}), (SAO, {"area": OTHER_COMMUNE})):
        open_before(office.payee(name, **area), date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    with clock.held_at(lock_day(JUNE)):
        yield office.propose(JUNE)


@pytest.fixture
def at_approval(client, chief, lists):
    mark_demonstration()
    make_demonstration_account(chief, second_factor=True)
    client.force_login(chief)
    return client


@pytest.fixture
def at_accounts(client, office, lists):
    office.approve(lists)
    client.force_login(office.accountant)
    return client


def words(answer):
    return answer.content.decode()


def seen_on(page):
    return re.search(r'name="seen" value="(\w+)"', page).group(1)


def states():
    return sorted(PayList.objects.values_list("state", flat=True))


def test_the_selection_says_that_the_machine_does_it_and_carries_the_filter_along(at_approval):
    page = words(at_approval.post("/chi-tra/duyet/", ALL))
    assert "máy duyệt ở nền trong vài phút" in page
    assert '<input type="hidden" name="tat-ca" value="1">' in page
    assert 'name="ds"' not in page


def test_many_lists_are_ordered_watched_and_approved(at_approval):
    seen = seen_on(words(at_approval.post("/chi-tra/duyet/", ALL)))
    answer = at_approval.post("/chi-tra/duyet/", ALL | SIGNED | {"seen": seen, "reason": "đã soát"})
    run = ListRun.objects.get()
    assert answer.url == f"/chi-tra/luot/{run.pk}/"
    waiting = words(at_approval.get(answer.url))
    assert ("Chờ chạy" in waiting, "hx-get" in waiting, "đã soát" in waiting, "Chief giao lúc" in waiting) == (True,) * 4
    assert "Chờ chạy" in words(at_approval.get(MONTH))
    jobs.work(until_idle=True)
    done = words(at_approval.get(f"{answer.url}?tien-do=1", headers={"HX-Request": "true"}))
    assert ("Đã duyệt 2 danh sách" in done, "hx-get" in done, "<html" in done) == (True, False, False)
    assert "Đã duyệt 2 danh sách" in words(at_approval.get("/chi-tra/luot/?thang=2023-06"))
    assert states() == ["approved"] * 2


def test_without_the_password_nothing_is_ordered(at_approval):
    answer = at_approval.post("/chi-tra/duyet/", ALL | SIGNED | {"password": "sai", "reason": "đã soát"})
    assert (answer.status_code, "đã soát" in words(answer), Job.objects.count()) == (422, True, 0)


def test_what_changed_after_the_page_was_opened_is_shown_anew_and_not_ordered(at_approval, office):
    seen = seen_on(words(at_approval.post("/chi-tra/duyet/", ALL)))
    actions.hold(line_of(LAN, JUNE), reason="vắng", by=office.preparer)
    answer = at_approval.post("/chi-tra/duyet/", ALL | SIGNED | {"seen": seen})
    assert answer.status_code == 422
    assert "đã đổi so với lúc mở trang" in words(answer)
    assert "Giữ lại 1 người" in words(answer)
    assert not Job.objects.exists()


def test_the_same_guards_one_list_that_is_approved_at_once(at_approval, office, lists, monkeypatch):
    monkeypatch.setattr(contents, "AT_ONCE", 100)
    paylist = line_of(LAN, JUNE).paylist
    seen = seen_on(words(at_approval.get(f"/chi-tra/{paylist.pk}/")))
    actions.hold(line_of(LAN, JUNE), reason="vắng", by=office.preparer)
    asked = {"ds": paylist.pk, "ve": "danh-sach", **SIGNED}
    refused = at_approval.post("/chi-tra/duyet/", asked | {"seen": seen})
    assert (refused.status_code, states()) == (422, ["proposed"] * 2)
    again = at_approval.post("/chi-tra/duyet/", asked | {"seen": seen_on(words(refused))})
    assert (again.url, states()) == (f"/chi-tra/{paylist.pk}/", ["approved", "proposed"])


def test_a_run_that_was_refused_says_why_and_where_to_go_on(at_approval, office, lists):
    run = actions.approve_many(lists, by=office.chief)
    actions.hold(line_of(LAN, JUNE), reason="vắng", by=office.preparer)
    jobs.work(until_idle=True)
    page = words(at_approval.get(f"/chi-tra/luot/{run.pk}/"))
    assert "Không làm được" in page
    assert "Đã đổi sau khi giao: 05920-2023-06-BĐ" in page
    assert "/chi-tra/soat/?thang=2023-06" in page
    assert "Không làm được" in words(at_approval.get(MONTH))


def test_many_lists_are_exported_and_their_files_taken_away_as_one(at_accounts, office):
    answer = at_accounts.post("/chi-tra/xuat/", ALL)
    run = ListRun.objects.get()
    assert answer.url == f"/chi-tra/luot/{run.pk}/"
    assert at_accounts.post(f"/chi-tra/luot/{run.pk}/tep/").status_code == 422
    jobs.work(until_idle=True)
    assert "Tải tệp ZIP" in words(at_accounts.get(answer.url))
    taken = at_accounts.post(f"/chi-tra/luot/{run.pk}/tep/")
    names = zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content))).namelist()
    assert (len(names), "no-store" in taken["Cache-Control"]) == (6, True)
    assert Entry.objects.get(act="payments.fetch_run_file").by == office.accountant
    assert (states(), balances()["provider"], verify_ledger()) == (["exported"] * 2, 2 * MILLION, [])


def test_files_of_many_lists_are_made_by_the_machine_or_refused_with_a_way_out(at_accounts, client, office, lists):
    refused = at_accounts.post("/chi-tra/tep/pdf/", ALL)
    assert (refused.status_code, "lọc theo huyện rồi tải" in words(refused)) == (422, True)
    assert at_accounts.post("/chi-tra/in/", ALL).status_code == 422
    office.export(fresh(lists))
    assert at_accounts.post("/chi-tra/tep/pdf/", ALL).url.startswith("/chi-tra/luot/")
    assert ListRun.objects.get().kind == "export"


def test_a_run_of_the_province_does_not_exist_for_a_district(at_accounts, client, appoint):
    at_accounts.post("/chi-tra/xuat/", ALL)
    jobs.work(until_idle=True)
    run = ListRun.objects.get()
    client.force_login(appoint("district", "officer", DISTRICT))
    assert client.get(f"/chi-tra/luot/{run.pk}/").status_code == 404
    assert client.post(f"/chi-tra/luot/{run.pk}/tep/").status_code == 404
    assert "Duyệt, xuất ở nền" not in words(client.get(MONTH))


def test_a_list_that_pays_nobody_is_closed_on_its_page(client, office, lists):
    actions.hold(line_of(LAN, JUNE), reason="vắng", by=office.preparer)
    paylist = line_of(LAN, JUNE).paylist
    office.export(office.approve([paylist]))
    client.force_login(office.accountant)
    page = words(client.get(f"/chi-tra/{paylist.pk}/"))
    assert ("không có tệp trả về: đóng luôn" in page, "Đối chiếu tệp trả về" in page) == (True, False)
    assert client.post(f"/chi-tra/{paylist.pk}/dong/").status_code == 302
    [closed] = fresh([paylist])
    assert (closed.state, closed.returned_in.by, verify_ledger()) == ("closed", office.accountant, [])


def test_a_list_that_pays_somebody_still_waits_for_its_report(client, office, lists):
    [paylist] = fresh(office.export(office.approve(lists[:1])))
    client.force_login(office.accountant)
    assert client.post(f"/chi-tra/{paylist.pk}/dong/").status_code == 422
    assert fresh([paylist])[0].state == "exported"


def test_a_month_of_many_lists_is_shown_in_parts_and_chosen_whole(at_accounts, monkeypatch):
    monkeypatch.setattr("ansinh.payments.pages.month.LISTS_SHOWN", 1)
    first = words(at_accounts.get(MONTH))
    assert ("Cả 2 danh sách như bộ lọc" in first, "Xem tiếp" in first, first.count('name="ds"')) == (True, True, 1)
    second = words(at_accounts.get(f"{MONTH}&tu=1"))
    assert ("Về phần đầu" in second, "Xem tiếp" in second, second.count('name="ds"')) == (True, False, 1)
