"""A commune's list of who receives social assistance: read as it comes, held to the law, taken over, compared, undone."""
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Terms
from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.payments.models import Opening
from ansinh.registry import actions as registry
from ansinh.registry.actions import undo_import
from ansinh.registry.models import Person, Standing
from ansinh.registry.queries import receipt_of, said_of

HEADER = [
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Xã", "Diện", "Mức độ khuyết tật", "Hộ nghèo, cận nghèo", "Hưởng từ", "Số quyết định",
    "Đã chi đến tháng", "Số tiền",
]
PLACES = {
    "name": 1, "birth": 2, "sex": 3, "number": 4, "commune": 5, "group": 6, "severity": 7, "poverty": 8, "since": 9, "decision": 10, "paid": 11,
    "amount": 12,
}
SAU = [1, "TRẦN VĂN SỬU", "12/3/1970", "Nam", "019070001234", "Tân Kim", "NKT nặng", "", "", "09/2021", "15/QĐ-UBND ngày 2/9/2021", "05/2023", "540.000"]
MAI = [2, "Vi Thị Mai", "1940", "Nữ", "019140000001", "05920", "Người cao tuổi 80", "", "", "2021-07", "QĐ 16", "05/2023", 360000]


def row_with(row, **changes):
    mended = list(row)
    for name, value in changes.items():
        mended[PLACES[name]] = value
    return mended


@pytest.fixture
def upload_assisted(upload):
    def make(rows, *, header=HEADER, **more):
        return upload(rows, kind="assisted", header=header, name="bao-tro.xlsx", **more)

    return make


@pytest.fixture
def take_in_assisted(take_in):
    def make(rows, *, header=HEADER, **more):
        return take_in(rows, kind="assisted", header=header, name="bao-tro.xlsx", **more)

    return make


def outcomes(import_):
    return list(import_.rows.order_by("row").values_list("outcome", flat=True))


def only_row(import_):
    return import_.rows.get()


def last_reason(import_):
    row = import_.rows.order_by("-row")[0]
    return row.outcome, row.reason


def test_a_sheet_becomes_persons_standings_entitlements_and_openings(take_in_assisted):
    take_in_assisted([SAU, MAI])
    terms = Terms.objects.get(entitlement__payable__person__name="Trần Văn Sửu")
    assert (terms.entitlement.standing, terms.severity, terms.born, terms.since, terms.until) == (
        "disabled", "severe", date(1970, 3, 12), date(2021, 9, 1), None)
    assert (terms.source, terms.rests_on.code, terms.entitlement.field) == ("15/QĐ-UBND ngày 2/9/2021", "disabled", "assistance")
    assert list(Opening.objects.filter(payable=terms.entitlement_id).values_list("since", "until", "amount")) == [
        (date(2021, 9, 1), date(2023, 5, 1), 540_000)]


def test_the_same_sheet_twice_changes_nothing(take_in_assisted, upload_assisted):
    take_in_assisted([SAU, MAI])
    assert outcomes(upload_assisted([SAU, MAI])) == ["same", "same"]


def test_what_is_paid_now_stands_beside_what_the_law_gives_and_never_takes_its_place(take_in_assisted, officer, run_list_of_assistance):
    made = take_in_assisted([SAU, row_with(MAI, amount=500000)])
    assert (made.report["compared"], made.report["different"], made.report["theirs"], made.report["ours"]) == (2, 1, 1_040_000, 900_000)
    assert "bảng ghi 500.000, tính ra 360.000" in said_of(made.rows.get(row=3), officer).reason
    assert {name: line.this_month for name, line in run_list_of_assistance(date(2023, 6, 1)).items()} == {
        "Trần Văn Sửu": 540_000, "Vi Thị Mai": 360_000}


def test_a_child_still_paid_as_under_four_is_told_so(upload_assisted, officer):
    child = row_with(SAU, birth="10/1/2018", number="", group="Trẻ mồ côi cả cha và mẹ", amount=900000)
    assert "mức áp dụng từ 07/2021" in said_of(only_row(upload_assisted([child])), officer).reason


@pytest.mark.parametrize(("changes", "says"), [
    ({"group": ""}, "Thiếu diện"),
    ({"group": "Khuyết tật"}, "mức độ khuyết tật"),
    ({"severity": "Đặc biệt nặng"}, "khác với điều ghi ở cột Diện “NKT nặng”"),
    ({"severity": "nhẹ", "group": "Khuyết tật"}, "Khuyết tật nhẹ không thuộc diện"),
    ({"severity": "vừa vừa"}, "không rõ; ghi Nặng hoặc Đặc biệt nặng"),
    ({"group": "Người cao tuổi 80", "severity": "nặng", "birth": "1940"}, "không dùng đến cột “Mức độ khuyết tật”"),
    ({"group": "Đơn thân nuôi con", "poverty": "hộ nghèo"}, "số con"),
    ({"poverty": "giàu có", "group": "Người nhiễm HIV"}, "ghi hộ nghèo, cận nghèo hoặc không nghèo"),
    ({"group": "Nhận chăm sóc trẻ mồ côi"}, "Thiếu ngày sinh của trẻ"),
    ({"since": "2021"}, "ghi tháng/năm"),
    ({"amount": "năm trăm"}, "số tiền"),
    ({"birth": "31/02/1970"}, "31/2/1970"),
    ({"birth": "", "number": ""}, "Thiếu cả số định danh lẫn ngày sinh"),
    ({"commune": ""}, "Thiếu xã"),
])
def test_what_is_wrong_is_said_in_words(upload_assisted, changes, says):
    row = only_row(upload_assisted([row_with(SAU, **changes)]))
    assert (row.outcome, says in row.reason, bool(row.remedy)) == ("wrong", True, True), (row.reason, row.remedy)


@pytest.mark.parametrize(("changes", "article"), [
    ({"group": "Trẻ mồ côi"}, "20/2021/NĐ-CP Điều 5 khoản 1"),
    ({"group": "Người cao tuổi 80"}, "20/2021/NĐ-CP Điều 5 khoản 5 điểm c"),
    ({"group": "Người nhiễm HIV", "poverty": "không nghèo"}, "20/2021/NĐ-CP Điều 5 khoản 8"),
    ({"group": "Từ 16 đến 22 tuổi đang học"}, "20/2021/NĐ-CP Điều 5 khoản 2"),
    ({"birth": "5/10/2021"}, "không thể hưởng trước khi sinh"),
])
def test_a_row_over_a_limit_of_the_law_is_refused_with_the_article(take_in_assisted, changes, article):
    made = take_in_assisted([MAI, row_with(SAU, **changes)])
    outcome, reason = last_reason(made)
    assert (outcome, article in reason) == ("wrong", True), reason
    assert [person.name for person in Person.objects.all()] == ["Vi Thị Mai"]


def test_two_groups_that_exclude_each_other_are_one_too_many(upload_assisted):
    outcome, reason = last_reason(upload_assisted([SAU, row_with(SAU, group="Người nhiễm HIV", poverty="hộ nghèo")]))
    assert outcome == "wrong"
    assert "ở dòng 2 hưởng “Khuyết tật”" in reason
    assert "20/2021/NĐ-CP Điều 6 khoản 2" in reason


def test_who_has_another_allowance_already_is_written_with_a_warning(take_in_assisted, officer):
    take_in_assisted([SAU])
    made = take_in_assisted([row_with(SAU, group="Người nhiễm HIV", poverty="hộ nghèo")])
    assert "còn hưởng “Khuyết tật”. Hai trợ cấp xã hội hằng tháng, chỉ hưởng một mức cao nhất" in said_of(only_row(made), officer).reason
    assert Terms.objects.current().count() == 2


def test_a_single_parent_who_is_disabled_has_both_and_is_one_person(take_in_assisted, upload_assisted):
    rows = [SAU, row_with(SAU, group="Đơn thân nuôi 2 con", poverty="hộ nghèo", amount=720000)]
    assert outcomes(take_in_assisted(rows)) == ["new", "new"]
    assert Person.objects.count() == 1
    assert set(Terms.objects.current().values_list("entitlement__standing", "children")) == {("disabled", None), ("single_parent", 2)}
    assert outcomes(upload_assisted(rows)) == ["same", "same"]


def test_who_fosters_two_children_has_two_allowances(take_in_assisted):
    header = [*HEADER, "Ngày sinh của trẻ được nhận nuôi"]
    made = take_in_assisted([
        [*row_with(SAU, group="Nhận chăm sóc trẻ mồ côi", amount=""), born] for born in ("2/9/2015", "5/1/2020", "2/9/2015")
    ], header=header)
    assert outcomes(made) == ["new", "new", "wrong"]
    assert sorted(Terms.objects.current().values_list("born", flat=True)) == [date(2015, 9, 2), date(2020, 1, 5)]


def test_one_number_with_two_names_is_told(upload_assisted):
    other = row_with(SAU, name="Trần Thị Tám", sex="Nữ", group="Đơn thân nuôi 1 con", poverty="hộ nghèo")
    assert last_reason(upload_assisted([SAU, other])) == ("wrong", "Cùng số định danh với dòng 2 nhưng khác họ tên hoặc ngày sinh.")


def test_a_row_without_a_number_that_is_like_another_is_asked_about(upload_assisted):
    twin = row_with(SAU, number="", group="Đơn thân nuôi 1 con", poverty="hộ nghèo")
    outcome, reason = last_reason(upload_assisted([SAU, twin]))
    assert (outcome, "một dòng không có số định danh" in reason) == ("wrong", True)


def test_the_dead_are_named(take_in_assisted, upload_assisted, officer):
    take_in_assisted([SAU])
    registry.record_death(Person.objects.get(), on=date(2023, 4, 3), source="Trích lục 5", by=officer)
    row = only_row(upload_assisted([row_with(SAU, amount=1)]))
    assert (row.outcome, row.reason) == ("wrong", "Sổ ghi người này mất ngày 03/04/2023; bảng vẫn ghi đang hưởng.")


def test_a_wrong_degree_that_nothing_has_paid_yet_is_mended_by_the_sheet(take_in_assisted, officer):
    take_in_assisted([SAU])
    mended = take_in_assisted([row_with(SAU, group="NKT đặc biệt nặng", amount=720000)])
    assert outcomes(mended) == ["changed"]
    assert "Mức độ khuyết tật: nặng → đặc biệt nặng" in said_of(only_row(mended), officer).reason
    assert [terms.severity for terms in Terms.objects.current()] == ["especially_severe"]
    assert [standing.severity for standing in Standing.objects.current()] == ["especially_severe"]


def test_who_was_granted_on_screen_is_known_again(upload_assisted, take_in, officer):
    take_in([["019070001234", "Trần Văn Sửu", "12/03/1970", "Nam", "Tân Kim", "Xóm 5"]])
    with clock.held_at(date(2023, 5, 21)):
        benefits.grant(Person.objects.get(), standing="disabled", severity="severe", since=date(2021, 9, 1), paid_up_to=date(2023, 5, 1),
                       source="QĐ 15", by=officer)
        payments.set_channel(Person.objects.get(), since=date(2023, 1, 1), kind="post", by=officer)
    assert outcomes(upload_assisted([SAU])) == ["same"]


def test_an_import_is_undone_with_everything_it_opened(take_in_assisted, chief, upload_assisted):
    made = take_in_assisted([SAU, MAI])
    undo_import(made, by=chief)
    assert not Terms.objects.current().exists()
    assert not Opening.objects.filter(withdrawn_in=None).exists()
    assert outcomes(upload_assisted([SAU, MAI])) == ["new", "new"]


def test_the_certificate_is_the_basis_of_the_standing_and_the_decision_that_of_the_money(take_in_assisted, officer):
    header = [*HEADER, "Giấy xác nhận khuyết tật", "Ngày quyết định"]
    made = take_in_assisted([[*row_with(SAU, decision="15/QĐ-UBND"), "12/GXN ngày 03/11/2021", "20/9/2021"]], header=header)
    assert (Standing.objects.get().source, Terms.objects.get().source) == ("12/GXN ngày 03/11/2021", "15/QĐ-UBND ngày 20/09/2021")
    assert "trước tháng cấp giấy xác nhận khuyết tật 11/2021" in said_of(only_row(made), officer).reason


TITLES = ["ỦY BAN NHÂN DÂN XÃ TÂN KIM", "DANH SÁCH ĐỐI TƯỢNG BẢO TRỢ XÃ HỘI ĐANG HƯỞNG THÁNG 6/2023"]
MESSY = [
    ["STT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Số CCCD", "Mã xã", "Thuộc diện", "Hoàn cảnh", "", "Quyết định", "", "Hưởng từ tháng",
     "Đã chi đến tháng", "Mức trợ cấp"],
    ["", "", "Nam", "Nữ", "", "", "", "Hộ nghèo", "Hộ cận nghèo", "Số", "Ngày", "", "", ""],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    ["I", "Người khuyết tật"],
    [1, "trần văn sửu", "12.3.1970", "", 19070001234, "5920", "NKT nặng", "", "", "15/QĐ-UBND", "02/09/2021", 44440, "tháng 5 năm 2023", "540.000 đ"],
    ["II", "Người cao tuổi"],
    [2, "Vi Thị Mai", "", 1940, "019.140.000.001", "05920", "điểm c khoản 5 Điều 5", "", "", "16/QĐ-UBND", "", "T7/2021", "05/2023", 360000],
    [3, "Ma Văn Páo", "15/01/1952", "", "019052000777", "05920", "NCT hộ nghèo, cô đơn", "x", "", "17/QĐ-UBND", "", "1/8/2021", "5/2023", "540,000"],
    ["", "Tổng cộng", "", "", "", "", "", "", "", "", "", "", "", 1440000],
    ["", "Người lập biểu", "", "", "", "", "", "", "Chủ tịch UBND xã"],
]


def test_a_sheet_as_a_commune_keeps_it_is_read_to_the_end(upload):
    merges = [(3, 2, 3, 3, "Ngày, tháng, năm sinh"), (3, 7, 3, 8, "Hoàn cảnh"), (3, 9, 3, 10, "Quyết định"), (3, 0, 4, 0, "STT")]
    made = upload(MESSY[1:], kind="assisted", header=MESSY[0], name="bao-tro.xlsx", titles=TITLES, merges=merges, hidden_columns=[5])
    read = [(row.outcome, row.title, row.values["standing"], row.values["poverty"], row.values["since"], row.values["amount"]) for row in made.rows.order_by("row")]
    assert read == [
        ("new", "Trần Văn Sửu", "disabled", "", "2021-09-01", 540000), ("new", "Vi Thị Mai", "elder_80", "", "2021-07-01", 360000),
        ("new", "Ma Văn Páo", "elder_poor", "poor", "2021-08-01", 540000),
    ]
    assert [row.values["number"] for row in made.rows.order_by("row")] == ["019070001234", "019140000001", "019052000777"]
    assert made.rows.order_by("row")[0].values["decision"] == "15/QĐ-UBND ngày 02/09/2021"
    assert made.report["equal"] == 3


def test_the_receipt_is_the_same_sheet_with_place_cause_and_remedy(upload_assisted, officer):
    made = upload_assisted([SAU, row_with(MAI, birth="1980")])
    data, name = receipt_of(made, officer)
    cells = [cell for row in load_workbook(BytesIO(data)).active.iter_rows(values_only=True) for cell in row]
    assert name.startswith("bao-tro")
    assert any("không ở tuổi của diện này" in str(cell) and "20/2021/NĐ-CP Điều 5 khoản 5 điểm c" in str(cell) for cell in cells)
    assert "Kiểm tra ngày sinh, tháng bắt đầu hưởng và diện của dòng này." in cells
