from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement, Terms
from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.payments.models import Channel, Line, Opening
from ansinh.registry.actions import undo_import
from ansinh.registry.models import Area, Identifier, Person, Standing
from ansinh.registry.queries import said_of
from ansinh.web.refusal import Refusal

HEADER = [
    "Số hồ sơ", "Họ và tên", "Năm sinh", "Giới tính", "Số CCCD", "Xã", "Diện", "Tỷ lệ", "Hưởng từ tháng", "Đã chi đến tháng",
    "Mức đang chi tháng này",
]
AN = ["TB/1", "NGUYỄN VĂN AN", "15/8/1950", "Nam", "019050001234", "Tân Kim", "Thương binh", 61, "05/1995", "05/2023", "3.174.000"]
BINH = ["TB/2", "Trần Thị Bình", "1945", "Nữ", "019145000001", "05920", "TB", "41%", "1990-05", "05/2023", 2135000]


def row_with(row, **changes):
    places = {name: HEADER.index(title) for name, title in {
        "file": "Số hồ sơ", "name": "Họ và tên", "number": "Số CCCD", "commune": "Xã", "standing": "Diện", "grade": "Tỷ lệ",
        "since": "Hưởng từ tháng", "paid": "Đã chi đến tháng", "amount": "Mức đang chi tháng này", "birth": "Năm sinh"}.items()}
    mended = list(row)
    for name, value in changes.items():
        mended[places[name]] = value
    return mended


@pytest.fixture
def upload_payees(upload):
    def make(rows, *, header=HEADER, **more):
        return upload(rows, kind="beneficiaries", header=header, name="chi-tra.xlsx", **more)

    return make


@pytest.fixture
def take_in_payees(take_in):
    def make(rows, *, header=HEADER, **more):
        return take_in(rows, kind="beneficiaries", header=header, name="chi-tra.xlsx", **more)

    return make


def outcomes(import_):
    return list(import_.rows.order_by("row").values_list("outcome", flat=True))


def only_row(import_):
    return import_.rows.get()


def extra(**columns):
    """A header and AN's row with more columns."""
    return {"header": [*HEADER, *columns], "rows": [[*AN, *columns.values()]]}


def test_a_sheet_becomes_persons_standings_entitlements_openings_and_channels(take_in_payees):
    take_in_payees([AN, BINH])
    an = Person.objects.get(name="Nguyễn Văn An")
    terms = Terms.objects.get(entitlement__payable__person=an)
    assert (terms.grade, terms.since, terms.until, terms.rests_on.code) == (61, date(1995, 5, 1), None, "wounded")
    assert terms.entitlement.paid_up_to == date(2023, 5, 1)
    assert set(Identifier.objects.filter(person=an).values_list("kind", "number")) == {("citizen", "019050001234"), ("file", "TB/1")}
    assert Channel.objects.get(person=an).kind == "post"
    assert list(Opening.objects.filter(payable=terms.entitlement_id).order_by("since").values_list("since", "until", "amount")) == [
        (date(1995, 5, 1), date(2021, 6, 1), None),
        (date(2021, 7, 1), date(2023, 5, 1), 3_174_000),
    ]


def test_the_same_sheet_twice_changes_nothing(take_in_payees, upload_payees):
    take_in_payees([AN, BINH])
    assert outcomes(upload_payees([AN, BINH])) == ["same", "same"]


def test_the_parallel_month_compares_row_by_row_with_reasons(upload_payees, officer):
    made = upload_payees([AN, row_with(BINH, amount=100), row_with(AN, file="TB/3", number="", name="Lê Văn Tám", grade=85, amount="5.000.000")])
    assert made.report["months"] == ["06/2023"]
    assert (made.report["compared"], made.report["equal"], made.report["different"]) == (3, 1, 2)
    assert (made.report["theirs"], made.report["ours"] > 0) == (8_174_100, True)
    assert "tính ra 2.135.000" in said_of(made.rows.get(row=3), officer).reason
    assert made.rows.get(row=3).outcome == "new"


def test_a_sheet_that_lacks_the_supplement_is_told_so(upload_payees, officer):
    with_supplement = only_row(upload_payees([row_with(AN, grade=85, amount=1)])).values["our_amount"]
    supplement = 815_000
    row = only_row(upload_payees([row_with(AN, grade=85, amount=with_supplement - supplement)]))
    assert "bảng không có" in said_of(row, officer).reason


def test_a_sheet_after_a_late_decree_that_still_has_the_old_amount_is_told_so(upload_payees, officer):
    with clock.held_at(date(2023, 11, 10)):
        made = upload_payees([row_with(AN, paid="10/2023")])
    assert "mức áp dụng từ 07/2021" in said_of(only_row(made), officer).reason


@pytest.mark.parametrize("written", ["wounded", "Thương binh", "thuong binh", "TB", "THƯƠNG BINH", "Thương binh 3/4"])
def test_standings_are_known_by_code_or_name(upload_payees, written):
    assert only_row(upload_payees([row_with(AN, standing=written)])).values["standing"] == "wounded"


@pytest.mark.parametrize("written", [61, "61", "61%", "61 %", 0.61, "61.0"])
def test_injury_rates_are_read_in_many_ways(upload_payees, written):
    assert only_row(upload_payees([row_with(AN, grade=written)])).values["grade"] == 61


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"standing": "Cựu chiến binh"}, "không có trong danh mục"),
        ({"standing": ""}, "Thiếu diện"),
        ({"grade": ""}, "tỷ lệ chưa ghi"),
        ({"grade": 15}, "từ 21 đến 100"),
        ({"grade": "61,5"}, "không phải số nguyên"),
        ({"since": ""}, "Thiếu tháng bắt đầu hưởng"),
        ({"since": "1995"}, "ghi tháng/năm"),
        ({"paid": ""}, "Thiếu tháng đã chi đến"),
        ({"amount": "hai triệu"}, "số tiền"),
        ({"commune": ""}, "Thiếu xã"),
        ({"birth": "31/02/1950"}, "31/2/1950"),
        ({"file": "", "number": "", "birth": ""}, "Thiếu cả số hồ sơ"),
    ],
)
def test_what_is_wrong_is_said_in_words(upload_payees, changes, says):
    row = only_row(upload_payees([row_with(AN, **changes)]))
    assert row.outcome == "wrong"
    assert says in row.reason


def test_of_two_rows_for_one_file_number_or_person_the_later_is_rejected(upload_payees):
    same_file = row_with(BINH, file="tb/1")
    same_person = row_with(AN, file="TB/9", standing="Bệnh binh")
    made = upload_payees([AN, same_file, same_person])
    assert outcomes(made) == ["new", "wrong", "wrong"]
    assert all("Trùng với dòng 2" in reason for reason in made.rows.exclude(row=2).values_list("reason", flat=True))


def test_a_file_number_alone_leads_to_its_person(take_in_payees, upload_payees):
    take_in_payees([AN])
    row = only_row(upload_payees([row_with(AN, number="", birth="")]))
    assert (row.outcome, row.subject) == ("same", Person.objects.get().pk)


def test_a_person_of_the_register_gets_the_entitlement(take_in, take_in_payees):
    take_in([["019050001234", "Nguyễn Văn An", "15/08/1950", "Nam", "Tân Kim", "Xóm 5"]])
    take_in_payees([AN])
    assert Person.objects.count() == 1
    assert Entitlement.objects.get().person == Person.objects.get()


def test_communes_are_those_of_this_month_the_month_after_paid_up_to(upload_payees, areas):
    Area.objects.filter(code="05920").update(until=date(2023, 5, 31))
    Area.objects.create(
        code="05921", name="Tân Kim", kind="xã", level=3, parent=areas["19.173."], path="19.173.05921.", search_key="tan kim",
        since=date(2023, 6, 1), source="kiểm thử",
    )
    made = upload_payees([AN, row_with(AN, file="TB/4", number="", name="Lê Văn Tám", paid="04/2023")])
    assert [row.values["area_path"] for row in made.rows.order_by("row")] == ["19.173.05921.", "19.173.05920."]


def test_a_bank_account_with_its_receiver(take_in_payees):
    columns = {
        "Số tài khoản": "8500205123456", "Tại ngân hàng": "Agribank Phú Bình", "Người nhận thay": "Lê Thị Hoa", "Quan hệ": "vợ",
        "Giấy ủy quyền": "12/UQ", "Ủy quyền đến": "31/12/2023",
    }
    take_in_payees(**extra(**columns))
    channel = Channel.objects.get()
    assert (channel.kind, channel.account_number, channel.bank) == ("bank", "8500205123456", "Agribank Phú Bình")
    assert (channel.receiver, channel.receiver_relation, channel.receiver_until) == ("Lê Thị Hoa", "vợ", date(2023, 12, 31))


def test_a_bank_without_an_account_is_wrong(upload_payees):
    assert "số tài khoản" in only_row(upload_payees(**extra(**{"Kênh chi": "Ngân hàng"}))).reason


def test_a_changed_channel_is_changed_from_this_day_on(take_in_payees):
    take_in_payees([AN])
    with clock.held_at(date(2023, 6, 2)):
        take_in_payees(**extra(**{"Số tài khoản": "123", "Ngân hàng": "Agribank"}))
    assert list(Channel.objects.current().order_by("since").values_list("kind", "until")) == [("post", date(2023, 5, 31)), ("bank", None)]


def test_crosses_say_attendant_and_special(take_in_payees):
    take_in_payees([[*row_with(AN, grade=85), "x", "X"]], header=[*HEADER, "Đặc biệt nặng", "Có người phục vụ"])
    terms = Terms.objects.get()
    assert (terms.special, terms.attendant) == (True, True)
    assert Standing.objects.get().special


def test_a_wrong_rate_that_nothing_has_paid_yet_is_mended_by_the_sheet(take_in_payees):
    take_in_payees([AN])
    mended = take_in_payees([row_with(AN, grade=65)])
    assert outcomes(mended) == ["changed"]
    assert [terms.grade for terms in Terms.objects.current()] == [65]
    assert [standing.grade for standing in Standing.objects.current()] == [65]
    assert Opening.objects.filter(withdrawn_in=None, amount=3_174_000).count() == 0


def test_terms_that_were_paid_are_changed_by_a_decision_only(take_in_payees, upload_payees, run_list):
    take_in_payees([AN])
    run_list(date(2023, 6, 1))
    row = only_row(upload_payees([row_with(AN, grade=65)]))
    assert row.outcome == "wrong"
    assert "Sửa nội dung hưởng" in row.remedy


def test_a_sheet_that_is_brought_again_after_our_own_lists_is_the_same(take_in_payees, upload_payees, run_list):
    take_in_payees([AN])
    run_list(date(2023, 6, 1))
    assert outcomes(upload_payees([row_with(AN, paid="06/2023")])) == ["same"]
    assert outcomes(upload_payees([row_with(AN, paid="04/2023")])) == ["wrong"]


def test_the_first_list_pays_this_month_without_arrears(take_in_payees, run_list):
    take_in_payees([AN, BINH])
    lines = run_list(date(2023, 6, 1))
    assert {name: (line.this_month, line.arrears) for name, line in lines.items()} == {
        "Nguyễn Văn An": (3_174_000, 0), "Trần Thị Bình": (2_135_000, 0),
    }


def test_an_import_is_undone_with_everything_it_opened(take_in_payees, chief, upload_payees):
    made = take_in_payees([AN, BINH])
    undo_import(made, by=chief)
    assert not Terms.objects.current().exists()
    assert not Opening.objects.filter(withdrawn_in=None).exists()
    assert not Channel.objects.current().exists()
    assert outcomes(upload_payees([AN, BINH])) == ["new", "new"]


def test_after_a_list_was_exported_its_payees_are_listed_and_left(take_in_payees, chief, officer, run_list, appoint):
    first = take_in_payees([AN])
    run_list(date(2023, 6, 1))
    with clock.held_at(date(2023, 5, 28)):
        second = take_in_payees([AN, BINH])
        undo_import(second, by=chief)
        assert Terms.objects.current().count() == 1
        with pytest.raises(Refusal, match="Đã có trên"):
            undo_import(first, by=chief)


def test_an_undo_takes_back_the_rest_of_a_sheet_of_which_one_is_paid(take_in_payees, chief, officer, run_list):
    made = take_in_payees([AN, row_with(BINH, since="07/2023", paid="06/2023")])
    run_list(date(2023, 6, 1))
    undo_import(made, by=chief)
    assert [terms.entitlement.person.name for terms in Terms.objects.current()] == ["Nguyễn Văn An"]
    results = dict(made.rows.values_list("title", "result"))
    assert results == {"Nguyễn Văn An": "kept", "Trần Thị Bình": "undone"}


def june():
    return dict(Line.objects.filter(paylist__month=date(2023, 6, 1)).order_by("position").values_list("name", "total"))


def test_a_list_that_waits_follows_a_sheet_and_its_undo(take_in_payees, chief, clerk):
    take_in_payees([AN])
    benefits.assess(date(2023, 6, 1), by=clerk)
    payments.propose(date(2023, 6, 1), by=clerk)
    assert june() == {"Nguyễn Văn An": 3_174_000}
    made = take_in_payees([row_with(AN, grade=65), BINH])
    assert june() == {"Nguyễn Văn An": 3_383_000, "Trần Thị Bình": 2_135_000}
    assert benefits.assess(date(2023, 6, 1), by=clerk)[1] == 0
    undo_import(made, by=chief)
    assert june() == {"Nguyễn Văn An": 3_174_000}
    assert benefits.assess(date(2023, 6, 1), by=clerk)[1] == 0
