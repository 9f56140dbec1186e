"""Tiền của tháng ở đâu: every đồng at one place, sums that add up to what was exported, figures that open into their lines."""
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from ansinh.payments import actions
from ansinh.payments.models import PayList
from ansinh.payments.queries import verify_ledger
from ansinh.payments.queries.whereabouts import NAMES, carried_into, lines_at, sum_of, whereabouts

from .office import answers, line_of, open_before

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))
MILLION = 1_000_000
LAN, PAO, SAO, BINH = "Dương Thị Lan", "Lý Văn Páo", "Vi Thị Sao", "Trần Văn Bình"


@pytest.fixture
def exported(office):
    for name, channel in ((LAN, "post"), (PAO, "post"), (SAO, "post"), (BINH, "bank")):
        open_before(office.payee(name, channel=channel), date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    return office.exported(JUNE)


def month_of(month):
    return PayList.objects.filter(month=month)


def at(month):
    """Where the month's money is, places without any left out; what went out, and what was new from the fund."""
    total = sum_of(whereabouts(month_of(month)).values())
    assert total.adds_up
    return total.exported, total.fresh, {name: amount for name, amount in total.at.items() if amount}


def post(exported):
    return [paylist for paylist in exported if paylist.channel == "post"]


def test_before_any_file_all_of_it_is_with_the_providers(exported):
    assert at(JUNE) == (4 * MILLION, 4 * MILLION, {"open": 4 * MILLION})


def test_several_files_put_each_dong_where_it_is(office, exported):
    given = answers(post(exported), unpaid={SAO})
    partly = replace(given[0], paid_amount=400_000, reason="thiếu tiền mặt")
    actions.reconcile(exported, answers=[partly, given[1]], data=b"1", by=office.accountant)
    actions.reconcile(exported, answers=given[2:], data=b"2", by=office.accountant)
    assert at(JUNE) == (4 * MILLION, 4 * MILLION, {"paid": 1_400_000, "waiting": 1_600_000, "open": MILLION})


def test_what_is_carried_is_named_with_its_list_and_stays_out_of_the_new_money(office, exported):
    office.reconcile(exported, unpaid={SAO})
    actions.record_return(line_of(LAN, JUNE), reason="trả lại", by=office.accountant)
    assert at(JUNE)[2] == {"paid": 2 * MILLION, "waiting": MILLION, "returned": MILLION}
    office.exported(JULY)
    assert at(JUNE)[2] == {"paid": 2 * MILLION, "carried": MILLION, "returned_carried": MILLION}
    assert [(number, amount) for _key, number, amount in carried_into(month_of(JUNE))] == [("05920-2023-07-BĐ", 2 * MILLION)]
    assert at(JULY) == (6 * MILLION, 4 * MILLION, {"open": 6 * MILLION})


def test_money_for_the_family_and_money_set_off_have_their_own_places(office, exported):
    office.reconcile(exported, unpaid={SAO, LAN})
    lan, sao = (line_of(name, JUNE).items.get() for name in (LAN, SAO))
    actions.record_heirs(lan, paper="Đơn của con", by=office.accountant)
    office.end(sao.posting.payable, date(2023, 5, 31))
    office.approve(office.propose(JULY))
    actions.record_offset(sao, by=office.accountant)
    assert at(JUNE)[2] == {"paid": 2 * MILLION, "heirs": MILLION, "set_off": MILLION}
    assert [line.name for line in lines_at(month_of(JUNE), "set_off")] == [SAO]
    assert verify_ledger() == []


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_is_the_sum_of_its_lines(office, exported, name):
    given = answers(exported, unpaid={SAO})
    actions.reconcile(exported, answers=[replace(given[0], paid_amount=1, reason="thiếu"), *given[1:]], by=office.accountant)
    lists = month_of(JUNE)
    assert sum(line.there for line in lines_at(lists, name)) == sum_of(whereabouts(lists).values()).at[name]


def seen(client, account, name, asked=""):
    client.force_login(account)
    return client.get(f"{reverse(name)}?thang=2023-06{asked}")


@pytest.mark.parametrize("by", ["", "&theo=huyen", "&theo=kenh", "&theo=x", "&kenh=bank", "&huyen=19.173."])
def test_the_page_adds_up_however_it_is_grouped(client, office, exported, by):
    office.reconcile(exported, unpaid={SAO})
    page = seen(client, office.accountant, "payments.whereabouts", by).content.decode()
    assert "Khớp từng đồng" in page
    assert "Chưa nhận, chờ" in page


def test_a_figure_opens_into_its_lines(client, office, exported):
    office.reconcile(exported, unpaid={SAO})
    page = seen(client, office.accountant, "payments.whereabouts_lines", "&o=waiting").content.decode()
    assert ("1 dòng, 1.000.000" in page, SAO in page, LAN in page) == (True, True, False)
    one = post(exported)[0].pk
    assert "3 dòng, 3.000.000" in seen(client, office.accountant, "payments.whereabouts_lines", f"&ds={one}").content.decode()


def test_the_sheet_has_a_row_a_list_and_their_sum(client, office, exported):
    office.reconcile(exported, unpaid={SAO})
    data = b"".join(seen(client, office.accountant, "payments.whereabouts_sheet").streaming_content)
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["05920-2023-06-NH", "05920-2023-06-BĐ", "Cộng"]
    assert rows[-1][3:] == (4 * MILLION, 0, 4 * MILLION, 3 * MILLION, 0, MILLION, 0, 0, 0, 0, 0)


def test_another_area_has_no_money_to_look_at(client, exported, neighbour):
    assert "Chưa có danh sách nào" in seen(client, neighbour, "payments.whereabouts").content.decode()


def test_who_sees_no_money_does_not_find_the_page(client, exported, nobody):
    assert seen(client, nobody, "payments.whereabouts").status_code == 404
