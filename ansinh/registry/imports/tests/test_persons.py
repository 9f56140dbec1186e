import unicodedata

import pytest

from ansinh.registry.models import Area, Person
from tests.imports import AN, BINH, HEADER


def only_row(import_):
    return import_.rows.get()


def values(import_):
    return only_row(import_).values


def test_a_lost_zero_is_restored_where_it_fits_and_said_so(upload):
    row = only_row(upload([["19050001234", *AN[1:]]]))
    assert row.values["number"] == "019050001234"
    assert "khôi phục thành 019050001234" in row.note


def test_a_lost_zero_that_would_not_fit_is_not_restored(upload):
    row = only_row(upload([["19050001234", AN[1], "1951", *AN[3:]]]))
    assert row.outcome == "wrong"
    assert "11 chữ số" in row.reason


def test_an_old_card_of_nine_digits_is_kept_as_such(take_in):
    take_in([["090123456", *AN[1:]]])
    assert Person.objects.get().identifier_rows.get().kind == "old_card"


def test_a_number_that_disagrees_is_a_warning_and_no_refusal(upload):
    row = only_row(upload([[AN[0], AN[1], "1951", *AN[3:]]]))
    assert row.outcome == "new"
    assert "năm sinh 1950" in row.note


@pytest.mark.parametrize(
    ("written", "birth", "precision"),
    [("15/8/1950", "1950-08-15", "day"), (18490, "1950-08-15", "day"), ("năm 1932", "1932-01-01", "year"), (1932, "1932-01-01", "year"), ("8/1950", "1950-08-01", "month")],
)
def test_birth_dates_come_in_many_ways(upload, written, birth, precision):
    read = values(upload([["", AN[1], written, *AN[3:]]]))
    assert (read["birth_on"], read["birth_precision"]) == (birth, precision)


def test_a_birth_in_the_future_is_wrong(upload):
    assert "tương lai" in only_row(upload([["", AN[1], "1/1/2050", *AN[3:]]])).reason


def test_the_case_of_names_is_put_right_and_said(upload):
    row = only_row(upload([[AN[0], "NGUYỄN văn AN", *AN[2:]]]))
    assert row.values["name"] == "Nguyễn Văn An"
    assert "“NGUYỄN văn AN” → “Nguyễn Văn An”" in row.note


def test_decomposed_text_and_no_break_spaces_are_put_into_one_form(upload):
    loose = unicodedata.normalize("NFD", "Nguyễn\u00a0Văn  An")
    assert values(upload([[AN[0], loose, *AN[2:]]]))["name"] == "Nguyễn Văn An"


@pytest.mark.parametrize("written", ["NguyÔn V¨n An", "Nguyeãn Vaên An"])
def test_old_encodings_are_converted_and_the_guess_is_shown_on_the_row(upload, written):
    row = only_row(upload([[AN[0], written, *AN[2:]]]))
    assert row.values["name"] == "Nguyễn Văn An"
    assert written in row.note
    assert row.raw["name"] == written


def test_hidden_rows_and_formula_cells_are_said_on_the_row(upload):
    made = upload([AN, BINH], hidden=[3], formulas=[(2, 5, '="Xóm "&5', "Xóm 5")])
    assert "ẩn" in made.rows.get(row=3).note
    assert "công thức" in made.rows.get(row=2).note


@pytest.mark.parametrize("written", ["Tân Kim", "tan kim", "Xã Tân Kim", "xã Tân Kim, huyện Phú Bình", "05920", "5920", 5920, "TÂN KIM"])
def test_communes_are_known_by_code_or_name(upload, areas, written):
    assert values(upload([[*AN[:4], written, ""]]))["area_id"] == areas["19.173.05920."].pk


@pytest.mark.parametrize(("written", "says"), [("Tân Kỳ", "Không có xã tên"), ("09999", "Không có xã mã"), ("", "Thiếu xã")])
def test_a_commune_that_is_not_known_is_said(upload, written, says):
    assert says in only_row(upload([[*AN[:4], written, ""]])).reason


def test_of_two_communes_of_one_name_the_district_or_the_place_of_the_import_decides(upload, areas, appoint):
    for district, code in (("19.173.", "05999"), ("19.165.", "05998")):
        Area.objects.create(
            code=code, name="Hòa Bình", kind="xã", level=3, parent=areas[district], path=f"{district}{code}.", search_key="hoa binh",
            since=areas[district].since, source="kiểm thử",
        )
    provincial = appoint("provincial", "officer", "19.")
    assert values(upload([[*AN[:4], "Hoà Bình", ""]]))["area_path"] == "19.173.05999."
    assert "Có 2 xã tên" in only_row(upload([[*AN[:4], "Hoà Bình", ""]], by=provincial, area_path="19.")).reason
    told = upload([[*AN[:4], "xã Hoà Bình, TP Sông Công", ""]], by=provincial, area_path="19.")
    assert values(told)["area_path"] == "19.165.05998."


def test_a_code_that_disagrees_with_the_name_is_wrong(upload):
    header = [*HEADER, "Mã xã"]
    assert "tên ghi Tân Khánh" in only_row(upload([[*AN[:4], "Tân Khánh", "", "05920"]], header=header)).reason


@pytest.mark.parametrize("place", range(2))
def test_a_row_needs_a_name_and_a_number_or_a_birth(upload, place):
    rows = [["", "", "1950", "Nam", "Tân Kim", ""], ["", "Nguyễn Văn An", "", "Nam", "Tân Kim", ""]]
    assert "Thiếu" in only_row(upload([rows[place]])).reason


@pytest.mark.parametrize("sex", ["Nam", "nam", "M", "Ông"])
def test_sexes_are_known_in_many_words(upload, sex):
    assert values(upload([["", *AN[1:3], sex, *AN[4:]]]))["sex"] == "male"


def test_a_sex_that_is_not_known_is_wrong(upload):
    assert "Giới tính" in only_row(upload([["", *AN[1:3], "?", *AN[4:]]])).reason


def test_unknown_columns_are_named_in_the_notes(upload):
    made = upload([[*AN, "tạm"]], header=[*HEADER, "Loại nhà"])
    assert any("Loại nhà" in note for note in made.notes)


def test_a_cell_that_looks_like_a_formula_is_kept_as_text(take_in):
    take_in([[*AN[:5], "=HYPERLINK(1)"]])
    assert Person.objects.get().residence_rows.get().address == "=HYPERLINK(1)"


def test_a_too_long_address_is_wrong(upload):
    assert "dài hơn 200" in only_row(upload([[*AN[:5], "x" * 201]])).reason


def test_a_birth_year_in_the_column_of_the_sex_says_both(upload):
    header = ["Họ và tên", "Năm sinh nam", "Năm sinh nữ", "Xã"]
    made = upload([["Nguyễn Văn An", "1950", "", "Tân Kim"], ["Trần Thị Bình", "", "1945", "Tân Kim"]], header=header)
    assert [(r.values["sex"], r.values["birth_on"]) for r in made.rows.order_by("row")] == [("male", "1950-01-01"), ("female", "1945-01-01")]


def test_a_name_in_two_columns_is_put_together(upload):
    assert values(upload([["Nguyễn Văn", "An", "1950", "Tân Kim"]], header=["Họ đệm", "Tên", "Năm sinh", "Xã"]))["name"] == "Nguyễn Văn An"
