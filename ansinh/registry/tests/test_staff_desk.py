"""The desk of accounts: a declared screen from list to verb, with rights, refusals, files and paging."""
import io
from datetime import date

import openpyxl
import pytest

from ansinh.office import clock
from ansinh.office.founding import make_demonstration_account
from ansinh.office.installation import mark_demonstration
from ansinh.office.models import Account, Right
from tests.people import DISTRICT

LIST = "/tai-khoan-can-bo/"
NEW = {"username": "tran.an", "full_name": "Trần Văn An", "title": "Chuyên viên", "password": "một mật khẩu dài"}


@pytest.fixture
def at_work(client, appoint, areas):
    """The administrator's browser, second factor set up."""
    account = appoint("quantri", "administrator", "19.")
    mark_demonstration()
    make_demonstration_account(account, second_factor=True)
    with clock.held_at(date(2023, 9, 20)):
        client.force_login(account)
        yield client


def words(answer):
    return answer.content.decode()


def test_who_keeps_no_accounts_sees_none_and_opens_none(client, officer):
    client.force_login(officer)
    assert "officer" not in words(client.get(LIST)).split("<main", 1)[1]
    assert client.get(f"{LIST}{officer.pk}/").status_code == 404
    assert client.get(f"{LIST}moi/").status_code == 404
    assert client.get(f"{LIST}{officer.pk}/giao-quyen/").status_code == 404


def test_an_account_is_made_and_given_a_right(at_work):
    made = at_work.post(f"{LIST}moi/", NEW)
    account = Account.objects.get(username="tran.an")
    assert made.url == f"{LIST}{account.pk}/"
    given = {"role": "officer", "place": "173", "field": "merit", "since": "20/09/2023"}
    assert at_work.post(f"{made.url}giao-quyen/", given).url == made.url
    assert Right.objects.get(account=account).area_path == DISTRICT
    assert "Chuyên viên" in words(at_work.get(made.url))


def test_a_name_that_is_taken_is_refused_and_everything_typed_stays(at_work):
    at_work.post(f"{LIST}moi/", NEW)
    again = at_work.post(f"{LIST}moi/", {**NEW, "full_name": "Trần Bình An"})
    assert again.status_code == 422
    assert "chọn tên khác" in words(again)
    assert "Trần Bình An" in words(again)


def test_an_unknown_place_is_said_at_its_field(at_work, officer):
    answer = at_work.post(f"{LIST}{officer.pk}/giao-quyen/", {"role": "officer", "place": "Không Có", "since": "20/09/2023"})
    assert answer.status_code == 422
    assert "Hôm nay không có đơn vị nào" in words(answer)


def test_a_right_is_ended_on_its_last_day(at_work, officer):
    right = officer.rights.get()
    at_work.post(f"{LIST}quyen/{right.pk}/thoi/", {"until": "30/09/2023"})
    right.refresh_from_db()
    assert right.until == date(2023, 9, 30)


def test_signing_in_is_reset_only_after_its_consequences_were_shown(at_work, officer):
    address = f"{LIST}{officer.pk}/dat-lai/"
    assert "hết dùng được" in words(at_work.post(address, {"password": "mật khẩu tạm thời"}))
    officer.refresh_from_db()
    assert officer.check_password("officer-1975")
    at_work.post(address, {"password": "mật khẩu tạm thời", "confirmed": "yes"})
    officer.refresh_from_db()
    assert officer.check_password("mật khẩu tạm thời")


def test_a_closed_account_signs_in_no_more_and_one_does_not_close_oneself(at_work, officer):
    at_work.post(f"{LIST}{officer.pk}/khoa/")
    officer.refresh_from_db()
    assert not officer.is_active
    own = Account.objects.get(username="quantri")
    assert at_work.post(f"{LIST}{own.pk}/khoa/").status_code == 422


def test_a_nonsense_filter_is_ignored(at_work, officer):
    assert str(officer) in words(at_work.get(LIST, {"la": "có lẽ", "xep": "password", "sau": "x"}))


def test_a_list_is_narrowed_by_the_beginning_of_a_name(at_work, officer, neighbour):
    answer = words(at_work.get(LIST, {"q": "neigh"}))
    assert "Neighbour" in answer
    assert ">Officer<" not in answer


def test_htmx_gets_the_rows_only(at_work):
    answer = words(at_work.get(LIST, headers={"HX-Request": "true"}))
    assert answer.startswith('<div id="rows">')
    assert "<html" not in answer


def test_pages_follow_each_other_without_names_in_the_address(at_work):
    Account.objects.bulk_create([Account(username=f"u{n}", full_name=f"Người {n:02}") for n in range(60)])
    first = at_work.get(LIST).context["page"]
    assert first.pager.next.removeprefix(f"{LIST}?sau=").isdecimal()
    assert len(at_work.get(first.pager.next).context["page"].rows) == 11


def test_who_may_see_no_person_has_no_search_box(at_work):
    assert 'role="search"' not in words(at_work.get(LIST))


def test_a_head_that_is_an_order_turns_it(at_work, officer, neighbour):
    down = at_work.get(LIST, {"xep": "-username"}).context["page"]
    assert [row["cells"][1].words for row in down.rows] == ["quantri", "officer", "neighbour"]
    assert down.columns[1]["sorted"] == "descending"


def test_the_files_hold_what_the_list_shows_and_no_live_formula(at_work, officer):
    Account.objects.filter(pk=officer.pk).update(title="=HYPERLINK(1)")
    lines = b"".join(at_work.get(LIST, {"tai": "csv"}).streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in lines
    book = openpyxl.load_workbook(io.BytesIO(b"".join(at_work.get(LIST, {"tai": "xlsx"}).streaming_content)))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert [cell.data_type for cell in cells] != ["f"]


def test_the_password_stands_nowhere_in_the_journal(at_work, officer):
    at_work.post(f"{LIST}{officer.pk}/dat-lai/", {"password": "mật khẩu tạm thời", "confirmed": "yes"})
    assert "mật khẩu tạm thời" not in words(at_work.get("/nhat-ky/"))
