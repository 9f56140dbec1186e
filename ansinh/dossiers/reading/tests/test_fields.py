from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.dossiers.catalogue import catalogue
from ansinh.dossiers.reading import lexicon
from ansinh.dossiers.reading.fields import fields_of
from ansinh.dossiers.reading.kinds import cues, kind_of
from ansinh.dossiers.words import box_of

from .lines import page

LEXICON = lexicon.load()
DECISION = (
    "UBND TỈNH BẮC THÁI || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ THƯƠNG BINH VÀ XÃ HỘI || Độc lập - Tự do - Hạnh phúc",
    "Số: 1187/QĐ-LĐTBXH || Thái Nguyên, ngày 05 tháng 3 năm 1985", "QUYẾT ĐỊNH", "Về việc trợ cấp hàng tháng đối với thương binh", "Số hồ sơ: TN/TB 01187/KC",
    "Điều 1. Công nhận ông Hoàng Văn Thu, sinh năm 1932.", "Quê quán: xã Tân Cương, thành phố Thái Nguyên, tỉnh Bắc Thái",
    "Tỷ lệ tổn thương cơ thể: 61% (sáu mươi mốt phần trăm)", "Được hưởng trợ cấp từ ngày 01/04/1985.", "Nơi nhận: || GIÁM ĐỐC", "- Như Điều 3; || (Đã ký)", "", "|| Nông Đức Lâm",
)
SAID = {
    "decision_number": "1187/QĐ-LĐTBXH", "decision_date": "1985-03-05", "dossier_number": "TN/TB 01187/KC", "full_name": "Hoàng Văn Thu", "birth": "1932",
    "home_place": "xã Tân Cương, thành phố Thái Nguyên, tỉnh Bắc Thái", "injury_rate": "61", "entitled_from": "1985-04", "signer": "Nông Đức Lâm",
}


def said(kind, *lines, **options):
    return {found.name: found.value for found in fields_of(kind, page(*lines, **options), LEXICON)}


def test_a_decision_says_who_what_and_from_when():
    assert said("allowance_decision", *DECISION) == SAID


def test_the_kind_is_told_by_title_and_what_it_is_about():
    kind, confidence = kind_of(page(*DECISION))
    assert kind == "allowance_decision"
    assert confidence > 50


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: cue.kind)
def test_every_kind_is_told_by_its_own_title(cue):
    lines = [*DECISION[:3], " ".join(cue.titles[0]).upper(), " ".join(cue.about[0]), *(" ".join(words) for words in cue.words)]
    assert kind_of(page(*lines))[0] == cue.kind


def test_cues_name_kinds_of_the_catalogue():
    assert {cue.kind for cue in cues()} == set(catalogue().papers) - {"other"}


def test_a_page_without_cues_has_no_kind():
    assert kind_of(page("Tôi đi chợ mua rau", "và về nhà nấu cơm")) == ("", 0)
    assert kind_of([]) == ("", 0)


def test_a_label_may_be_read_badly_and_the_value_stand_on_the_next_line():
    assert said("declaration", "Họ va tên:", "NGUYỄN THỊ LÀNH", "Ngay tháng năm sinh:", "12/6/1948") == {"full_name": "Nguyễn Thị Lành", "birth": "1948-06-12"}


def test_the_value_may_stand_in_the_next_cell():
    first, second = page("Họ và tên"), [replace(word, line=1) for word in page("|| Ma Văn Bế")]
    found, = fields_of("declaration", [*first, *second], LEXICON)
    assert (found.value, found.rule) == ("Ma Văn Bế", "beside")


def test_home_comes_before_birthplace():
    lines = ("Quê quán: xã Phú Đô, huyện Phú Lương, tỉnh Bắc Thái", "Trú quán: xã Tân Cương, thành phố Thái Nguyên, tỉnh Bắc Thái")
    assert said("declaration", *lines) == {"home_place": "xã Tân Cương, thành phố Thái Nguyên, tỉnh Bắc Thái"}


def test_two_places_that_contradict_each_other_make_it_unsure():
    once, = fields_of("curriculum_vitae", page("Sinh năm: 1948"), LEXICON)
    twice, = fields_of("curriculum_vitae", page("Sinh năm: 1948", "Đơn vị: C3", "Sinh năm: 1949"), LEXICON)
    assert twice.confidence < 90 < once.confidence


def test_what_was_read_badly_is_unsure():
    sure, = fields_of("curriculum_vitae", page("Sinh năm: 1948", confidence=96), LEXICON)
    unsure, = fields_of("curriculum_vitae", page("Sinh năm: 1948", confidence=40), LEXICON)
    assert unsure.confidence < 90 < 98 <= sure.confidence


def test_the_box_is_of_the_value_alone():
    words = page("Họ và tên: Hoàng Văn Thu")
    found, = fields_of("declaration", words, LEXICON)
    assert (found.raw, found.box) == ("Hoàng Văn Thu", box_of(words[3:]))


@given(st.sampled_from(["", *catalogue().papers]), st.lists(st.text(max_size=40), max_size=12), st.integers(0, 100))
def test_any_text_gives_only_values_on_the_page(kind, lines, confidence):
    words = page(*lines, confidence=confidence)
    kind_of(words)
    found = fields_of(kind, words, LEXICON)
    assert {field.name for field in found} <= set(catalogue().fields)
    assert not [field for field in found if not 1 <= field.confidence <= 99 or box_of([*words]).around(field.box) != box_of(words)]


@pytest.mark.parametrize(
    ("line", "said_by_it"),
    [
        ("Họ và tên người được hưởng trợ cấp: Ma Thị Khuê", {"full_name": "Ma Thị Khuê"}), ("Họ và tên vợ: Ma Thị Khuê", {}),
        ("Ngày 12/03/1972 tại mặt trận Quảng Trị đã anh dũng hy sinh.", {"death_day": "1972-03-12"}), ("Tên thật của người khai: Ma Thị Khuê", {"full_name": "Ma Thị Khuê"}),
        ("Trợ cấp được lĩnh từ ngày 01/05/1991.", {"entitled_from": "1991-05"}), ("Chỗ ở của gia đình: xã Phú Đô, huyện Phú Lương", {"home_place": "xã Phú Đô, huyện Phú Lương"}),
        ("Nay cấp cho đồng chí Ma Văn Bế giấy này", {"full_name": "Ma Văn Bế"}), ("Hồ sơ TN/TB 01187/KC lưu tại Sở", {"dossier_number": "TN/TB 01187/KC"}),
    ],
)
def test_values_without_a_known_label(line, said_by_it):
    assert said("", "TRÍCH LỤC", line, "ở trên").items() >= said_by_it.items()


def test_the_name_of_another_person_is_not_taken():
    assert said("declaration", "Họ và tên vợ: Ma Thị Khuê") == {}


def test_a_day_inside_a_sentence_is_not_the_papers_own():
    assert "decision_date" not in said("extract_slip", "Được lĩnh trợ cấp từ ngày 01/05/1991.")


def test_a_value_may_stand_under_the_head_of_its_column():
    found, = fields_of("curriculum_vitae", page("LÝ LỊCH || " + "CỦA NGƯỜI CÓ CÔNG " * 4, "Năm sinh || Quê quán", "1948 || không rõ"), LEXICON)
    assert (found.value, found.rule) == ("1948", "below")


def test_the_boards_conclusion_counts_and_not_the_single_wounds():
    lines = ("Ngoại khoa: vết thương phần mềm, tỷ lệ 11%", "Tai mũi họng: nghe kém, tỷ lệ 8%", "Kết luận: tỷ lệ tổn thương cơ thể là 61% (sáu mươi mốt phần trăm)")
    assert said("medical_board_minutes", *lines)["injury_rate"] == "61"


def test_birthplace_and_home_that_differ_make_the_place_unsure():
    home, birthplace = "Trú quán: xã Tân Cương, thành phố Thái Nguyên, tỉnh Thái Nguyên", "Quê quán: xã Phú Đô, huyện Phú Lương, tỉnh Thái Nguyên"
    alone, = fields_of("curriculum_vitae", page(home), LEXICON)
    both, = fields_of("curriculum_vitae", page(home, birthplace), LEXICON)
    assert both.confidence < 98 <= alone.confidence


@pytest.mark.parametrize(
    ("kind", "lines", "said_by_them"),
    [
        ("declaration", ("Họ và tên (viết chữ in hoa): NGUYỄN VĂN HẢI",), {"full_name": "Nguyễn Văn Hải"}),
        ("declaration", ("Sinh ngày 12 tháng 3 năm 1947 Giới tính: Nam",), {"birth": "1947-03-12"}),
        ("declaration", ("Tên khai sinh: Nguyễn Văn Hải", "Tên thường gọi: Hải Đen"), {"full_name": "Nguyễn Văn Hải"}),
        ("declaration", ("Nơi ở hiện nay: xã Nam Tiến, thị xã Phổ Yên, tỉnh Thái Nguyên",), {"home_place": "xã Nam Tiến, thị xã Phổ Yên, tỉnh Thái Nguyên"}),
        ("extract_slip", ("Ngày tháng năm sinh:12/3/1950",), {"birth": "1950-03-12"}),
        ("extract_slip", ("Ngày tháng năm sinh: 12\u20443\u20441950",), {"birth": "1950-03-12"}),
        ("movement_slip", ("Họ tên người hưởng Nguyễn Văn Hải",), {"full_name": "Nguyễn Văn Hải"}),
        ("movement_slip", ("Họ tên của người hưởng || Nguyễn Văn Hải",), {"full_name": "Nguyễn Văn Hải"}),
        (
            "movement_slip", ("Nơi thường trú mới: xã Phú Đô, huyện Phú Lương", "Nơi thường trú trước khi chuyển: xã Tân Cương, thành phố Thái Nguyên"),
            {"home_place": "xã Tân Cương, thành phố Thái Nguyên"},
        ),
        ("death_notice", ("ngày 12 tháng 4 năm 1972 đồng chí đã hy sinh",), {"death_day": "1972-04-12"}),
        ("death_notice", ("Ngày tháng năm từ trần: 12.4.1972",), {"death_day": "1972-04-12"}),
        ("discharge_decision", ("Cho quân nhân Nguyễn Văn Hải được xuất ngũ",), {"full_name": "Nguyễn Văn Hải"}),
        ("relatives_list", ("Tôi là: Trần Văn Minh", "Là em trai của liệt sĩ Nguyễn Văn Hải"), {"full_name": "Nguyễn Văn Hải"}),
        ("certificate_request", ("Tôi là: Trần Văn Minh", "Là em trai của liệt sĩ Nguyễn Văn Hải"), {"full_name": "Trần Văn Minh"}),
    ],
)
def test_what_real_forms_write(kind, lines, said_by_them):
    assert said(kind, *lines).items() >= said_by_them.items()


def test_a_letter_to_the_family_does_not_name_the_person():
    assert said("death_notice", "Kính gửi: Gia đình ông Trần Văn Lâm") == {}


def test_the_head_of_a_table_of_relatives_is_no_label():
    lines = ("TT Họ và tên Năm sinh Quan hệ với liệt sĩ", "1 Trần Văn Minh 1950 Em ruột")
    assert said("relatives_list", *lines) == {}


def test_a_word_of_the_line_above_is_no_part_of_a_label():
    lines = ("Ở nhà: xã Phú Đô, huyện Phú Lương, tỉnh Thái Nguyên", "Mã số của bộ hồ sơ: TN/TB 01187/KC")
    assert said("certificate_request", *lines) == {"home_place": "xã Phú Đô, huyện Phú Lương, tỉnh Thái Nguyên", "dossier_number": "TN/TB 01187/KC"}


def test_a_day_that_a_narrow_column_broke_is_put_together():
    lines = ("Số: 378/GĐYK || Thái Nguyên, ngày 19", "|| tháng 7 năm 2018", "BIÊN BẢN", "", "")
    assert said("medical_board_minutes", *lines)["decision_date"] == "2018-07-19"


def test_the_day_of_another_paper_is_not_this_papers():
    assert "decision_date" not in said("extract_slip", "Theo quyết định 48/QĐ-BQP ngày 22/11/1984")


def test_the_number_of_a_dossier_is_not_the_papers():
    assert "decision_number" not in said("allowance_decision", "Số hồ sơ: TN/TB 01187/KC")


def test_a_number_in_the_recitals_is_not_the_papers():
    assert "decision_number" not in said("allowance_decision", "QUYẾT ĐỊNH", "Căn cứ biên bản số 635/GĐYK")


def test_a_signer_whose_family_was_misread_is_unsure():
    lines = ("Số: 1187/QĐ-LĐTBXH", "", "", "", "", "|| GIÁM ĐỐC", "", "|| Nạ Ngọc Vinh")
    signer, = (found for found in fields_of("extract_slip", page(*lines), LEXICON) if found.name == "signer")
    assert (signer.value, signer.confidence < 90) == ("Ngọc Vinh", True)


def test_who_writes_a_paper_himself_is_not_its_signer():
    assert "signer" not in said("relatives_list", "Hoàng Văn Thu", "", "", "", "", "", "|| Người khai", "", "|| Trần Văn Minh")


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Người được xét: Ma Thị Khuê", "Ma Thị Khuê"), ("cấp lại giấy cho Ma Thị Khuê giữ", "Ma Thị Khuê"), ("Bác sĩ Ma Thị Khuê đã khám", None),
        ("Chủ tịch: Ma Thị Khuê", None), ("Người lập biểu: Ma Thị Khuê", None), ("họp ở xã Phú Thượng Hạ", None), ("vợ là Ma Thị Khuê", None),
    ],
)
def test_a_name_without_a_label_is_suggested_but_never_sure(line, who):
    found = [one for one in fields_of("medical_board_minutes", page("BIÊN BẢN", line), LEXICON) if one.name == "full_name"]
    assert [one.value for one in found] == ([who] if who else [])
    assert not [one for one in found if one.confidence >= 97]
