"""How communes write a group of social assistance: articles, codes, their own words with and without accents."""
import pytest
from openpyxl import load_workbook

from ansinh.benefits.imports import ASSISTED, BENEFICIARIES
from ansinh.benefits.imports.groups import guide, read_group
from ansinh.engine.law import book
from ansinh.engine.law.book import ASSISTANCE
from ansinh.registry.imports.template import write_template


@pytest.mark.parametrize(("written", "standing", "facts"), [
    ("NKT đặc biệt nặng", "disabled", {"severity": "especially_severe"}),
    ("nkt nang", "disabled", {"severity": "severe"}),
    ("Người khuyết tật ĐBN", "disabled", {"severity": "especially_severe"}),
    ("Trẻ em khuyết tật nặng", "disabled", {"severity": "severe"}),
    ("disabled", "disabled", {}),
    ("Khuyết tật", "disabled", {}),
    ("điểm d khoản 5 Điều 5", "elder_fostered", {}),
    ("Điểm c, khoản 5, Điều 5", "elder_80", {}),
    ("khoản 5 điều 5 điểm a NĐ 20/2021", "elder_poor", {}),
    ("diem c khoan 5 dieu 5", "elder_80", {}),
    ("K6 Đ5", "disabled", {}),
    ("Khoản 4", "single_parent", {}),
    ("điểm đ khoản 1 Điều 5", "assisted_child", {"case": "đ"}),
    ("điểm d khoản 1 Điều 5", "assisted_child", {"case": "d"}),
    ("điểm c khoản 2 Điều 20", "cares_for_disabled", {}),
    ("Trẻ mồ côi", "assisted_child", {}),
    ("TRẺ EM MỒ CÔI CẢ CHA LẪN MẸ", "assisted_child", {"case": "b"}),
    ("tre bi bo roi", "assisted_child", {"case": "a"}),
    ("Người cao tuổi 80", "elder_80", {}),
    ("nguoi cao tuoi tu du 80 tuoi tro len", "elder_80", {}),
    ("NCT từ 75-80 vùng ĐBKK", "elder_difficult_area", {}),
    ("Người cao tuổi hộ nghèo", "elder_poor", {"poverty": "poor"}),
    ("NCT cô đơn từ đủ 80 tuổi", "elder_poor", {}),
    ("NCT hộ nghèo, không có người phụng dưỡng", "elder_poor", {"poverty": "poor"}),
    ("Người cao tuổi được nhận chăm sóc tại cộng đồng", "elder_fostered", {}),
    ("Đơn thân nuôi 2 con", "single_parent", {"children": 2}),
    ("don than ho can ngheo nuoi hai con", "single_parent", {"children": 2, "poverty": "near_poor"}),
    ("Hộ gia đình chăm sóc NKT đặc biệt nặng", "cares_for_disabled", {"severity": "especially_severe"}),
    ("Nhận chăm sóc trẻ mồ côi", "fosters_child", {}),
    ("Nhận nuôi dưỡng người khuyết tật", "fosters_disabled", {}),
    ("Người khuyết tật nuôi con dưới 36 tháng", "disabled_parent", {}),
    ("Trẻ em dưới 3 tuổi hộ nghèo vùng ĐBKK", "small_child_difficult_area", {"poverty": "poor"}),
    ("Trẻ em nhiễm HIV hộ nghèo", "hiv_child", {"poverty": "poor"}),
    ("Người nhiễm HIV", "hiv_adult", {}),
    ("Từ 16 đến 22 tuổi đang đi học", "student_16_22", {}),
    ("Trợ cấp hưu trí xã hội 75 tuổi", "social_pension", {}),
    ("Hưu trí xã hội", "social_pension", {}),
])
def test_a_group_is_read_as_it_is_written(written, standing, facts):
    found = read_group(written, ASSISTANCE)
    assert (found.standing, found.ask) == (standing, "")
    assert found.facts == facts


@pytest.mark.parametrize(("written", "asked"), [
    ("Hộ nghèo", "là hoàn cảnh của hộ"),
    ("Người cao tuổi", "Chưa rõ điểm nào của khoản 5"),
    ("khoản 5 Điều 5", "ghi thêm điểm a, b, c, d"),
    ("diem d khoan 1 dieu 5", "điểm d và điểm đ như nhau"),
    ("điểm z khoản 1 Điều 5", "không có điểm z"),
    ("khoản 9 Điều 5", "không phải điều khoản"),
    ("NKT nhẹ", "Khuyết tật nhẹ không thuộc diện"),
    ("Trẻ em", "Chưa rõ trẻ thuộc khoản nào"),
    ("Người khuyết tật đơn thân nuôi con, khoản 4 Điều 5", "trái nhau"),
    ("Cựu chiến binh", "không có trong danh mục"),
    ("Thương binh", "không có trong danh mục"),
    ("assistance_funeral", "không có trong danh mục"),
])
def test_what_is_not_clear_is_asked_back(written, asked):
    found = read_group(written, ASSISTANCE)
    assert found.standing == ""
    assert asked in found.ask


def test_the_guide_of_the_empty_form_names_every_monthly_standing_and_is_understood():
    rows = guide(ASSISTANCE)
    assert len(rows) == sum(law.field == ASSISTANCE and not law.once for law in book().standings.values())
    read = [read_group(cited.split("; ")[0], ASSISTANCE).standing for _name, _words, cited in rows if "khoản" in cited and "/" not in cited]
    assert read == [ways.split("; ")[0] for _name, ways, cited in rows if "khoản" in cited and "/" not in cited]


@pytest.mark.parametrize("kind", [ASSISTED, BENEFICIARIES])
def test_the_empty_form_lists_the_eighteen_monthly_standings(kind, tmp_path):
    write_template(kind, tmp_path / "mau.xlsx")
    assert load_workbook(tmp_path / "mau.xlsx")["Các diện"].max_row == 19
