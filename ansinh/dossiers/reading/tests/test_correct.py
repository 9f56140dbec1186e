import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.dossiers.reading import lexicon
from ansinh.dossiers.reading.correct import correct
from ansinh.dossiers.words import Box, Word, box_of, text_of

from .cost import least_cpu
from .lines import page

LEXICON = lexicon.load()
PHRASES = [line for line in (lexicon.HERE / "phrases.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")]
RIGHT = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 1187/QĐ-LĐTBXH", "Thái Nguyên, ngày 05 tháng 3 năm 1985",
    "Họ và tên: NGUYỄN THỊ LÀNH", "Quê quán: xã Tân Cương, thành phố Thái Nguyên", "Điều 1. Công nhận ông Hoàng Văn Thu, sinh 1932",
    "Được hưởng trợ cấp hằng tháng kể từ ngày 01/04/1985", "Tỷ lệ tổn thương cơ thể: 61% (sáu mươi mốt phần trăm)", "KT. GIÁM ĐỐC",
]


def corrected(*lines, confidence=92):
    words, _corrections = correct(page(*lines, confidence=confidence), LEXICON)
    return text_of(words)


@pytest.mark.parametrize("line", RIGHT)
def test_correct_text_is_left_alone(line):
    assert corrected(line) == line


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("QUYÊT ĐỊNH", "QUYẾT ĐỊNH"), ("Cộng hoà xã hội chu nghĩa Việt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"), ("Sở Lao động - Thuơng binh và Xã hội", "Sở Lao động - Thương binh và Xã hội"),
        ("Căn cứ kết tuận của Hội đồng", "Căn cứ kết luận của Hội đồng"), ("Họ và tên: Ngưyễn Văn An", "Họ và tên: Nguyễn Văn An"),
    ],
)
def test_a_word_read_wrongly_becomes_the_likely_one(read, printed):
    assert corrected(read, confidence=70) == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Vê`việc trợ câp", "Về việc trợ cấp"), ("hô) sơ", "hồ sơ"), ("Họ và tên: |Hoàng Văn An", "Họ và tên: Hoàng Văn An"), ("Quê quán ........ | _", "Quê quán"),
        ("Độc Lập - Tự do", "Độc lập - Tự do"), ("bà LườngThịHoa", "bà Lường Thị Hoa"), ("Cộng hòa xã hộI chủ nghĩa", "Cộng hòa xã hội chủ nghĩa"), ("sô “đăng ký", "số đăng ký"),
        ("xã Yên Đô, huyện Phú Lương", "xã Yên Đổ, huyện Phú Lương"), ("ĐơN ĐỀ NGHỊ", "ĐƠN ĐỀ NGHỊ"),
    ],
)
def test_torn_marks_borders_leaders_and_joined_words(read, printed):
    assert corrected(read, confidence=70) == printed


def test_a_word_cut_in_two_keeps_its_place_on_the_page():
    word, = page("Vê`việc")
    words, corrections = correct([word], LEXICON)
    assert [w.text for w in words] == ["Về", "việc"]
    assert box_of(words) == word.box
    assert [(c.place, c.read) for c in corrections] == [(0, "Vê`việc")]


def test_a_dropped_sign_is_recorded_before_the_next_word():
    words, corrections = correct(page("|| | Điều 1"), LEXICON)
    assert (text_of(words), [(c.place, c.read, c.rule) for c in corrections]) == ("Điều 1", [(0, "|", "stray")])


@settings(deadline=None)
@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=8), st.integers(75, 99))
def test_correcting_correct_text_changes_nothing(lines, confidence):
    assert correct(page(*lines, confidence=confidence), LEXICON) == (page(*lines, confidence=confidence), [])


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), max_size=6), st.integers(-1, 100))
def test_any_text_is_survived_and_every_box_stays_within_its_line(lines, confidence):
    words = page(*lines, confidence=confidence)
    after, corrections = correct(words, LEXICON)
    assert not [word for word in after if box_of([old for old in words if old.line == word.line]).around(word.box) != box_of([old for old in words if old.line == word.line])]
    assert not [c for c in corrections if not 0 <= c.place <= len(after)]


@pytest.mark.parametrize("text", ["`" * 20_000, "a`" * 10_000, "Aa" * 10_000, "." * 20_000, "ươ" * 10_000, "\u0301" * 9_000], ids=lambda text: text[:3])
def test_hostile_text_of_four_times_the_length_costs_about_four_times_as_much(text):
    assert least_cpu(correct, page(text), LEXICON) < 8 * least_cpu(correct, page(text[: len(text) // 4]), LEXICON)


def test_every_change_is_kept_beside_what_was_read():
    words, corrections = correct(page("Điều 1. QUYÊT ĐỊNH", confidence=80), LEXICON)
    assert [(words[c.place].text, c.read, c.rule) for c in corrections] == [("QUYẾT", "QUYÊT", "neighbours")]


NUMBERS = st.text("0123456789/.,-%:()", min_size=1, max_size=12).filter(lambda text: any(c.isdigit() for c in text))
ANYTHING = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() and not any(c.isspace() or c.isdigit() for c in text))


@settings(deadline=None)
@given(st.lists(NUMBERS | ANYTHING, max_size=12))
def test_no_number_date_or_sum_ever_changes(texts):
    words = page(" ".join(texts), confidence=5)
    after, _corrections = correct(words, LEXICON)
    assert [w.text for w in after if any(c.isdigit() for c in w.text)] == [w.text for w in words if any(c.isdigit() for c in w.text)]


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12).filter(lambda text: text.strip() and " " not in text), max_size=12))
def test_what_became_of_a_word_with_a_digit_is_always_recorded(texts):
    words = page(" ".join(texts), confidence=5)
    after, corrections = correct(words, LEXICON)
    kept, recorded = {w.text for w in after}, {c.read for c in corrections}
    assert not [w.text for w in words if any(c.isdigit() for c in w.text) and w.text not in kept | recorded]


@pytest.mark.parametrize(
    ("read", "printed"),
    [("Câ6 bậc", "Cấp bậc"), ("trợ câó6 hằng tháng", "trợ cấp hằng tháng"), ("xê6 hạng", "xếp hạng"), ("Quyết định số 643/0Đ-BQP", "Quyết định số 643/QĐ-BQP"),
     ("biên bản số 518/6ĐYK", "biên bản số 518/GĐYK"), ("số 910/GĐÐYK", "số 910/GĐYK"), ("ngày 07⁄12⁄1989", "ngày 07/12/1989"), ("cơ thể ”40%", "cơ thể 40%"), ("cơ thê”31%", "cơ thể 31%"),
     ("bản 1ưu hồ sơ", "bản lưu hồ sơ"), ("S0Ơ LAO ĐỘNG", "SỞ LAO ĐỘNG")],
)  # fmt: skip
def test_letters_among_digits_are_mended_and_digits_are_not(read, printed):
    assert corrected(read, confidence=70) == printed


@pytest.mark.parametrize("text", ["B3", "K8", "TN1", "61/12/1948", "5.089.00o", "2ð16", "H01", "4/4,", "12/XYZ-AB", "12A/QĐ", "5kg", "GĐ2"])
def test_a_code_or_a_number_is_no_misread_word(text):
    assert corrected(f"số {text} và", confidence=70).split()[1].replace("đ", "ð") == text


def test_a_word_of_little_confidence_that_looks_like_a_known_one_is_kept():
    assert corrected("thi hành quyêtf định này", confidence=7) == "thi hành quyết định này"


def drawn(text, *, confidence=80, width=14, height=30):
    return Word(text, Box(900, 100, width, height), confidence, 0)


@pytest.mark.parametrize(
    "speck", [drawn(":", height=3, width=4), drawn("-", height=3, width=3), drawn("Ề", height=3, width=3), drawn("2", height=4, width=4), drawn("sẽ", width=11, confidence=0),
              drawn("ca", height=60, width=36, confidence=0), drawn("ˆ", height=44), drawn("TH", height=12, width=36, confidence=15)], ids=lambda word: word.text,
)  # fmt: skip
def test_ink_of_the_wrong_size_for_a_letter_is_stray(speck):
    words, corrections = correct([*page("Chức vụ"), speck], LEXICON)
    assert (text_of(words), [(c.read, c.rule) for c in corrections]) == ("Chức vụ", [(speck.text, "stray")])


@pytest.mark.parametrize("kept", [drawn(":", height=16, width=4), drawn("-", height=3, width=10), drawn("2", width=12), drawn("ở", height=24, width=16)], ids=lambda word: word.text)
def test_ink_of_the_right_size_stays(kept):
    words, _corrections = correct([*page("Chức vụ"), kept], LEXICON)
    assert words[-1].text == kept.text


@pytest.mark.parametrize(
    ("read", "printed"),
    [("Sô? 1893/QĐ-LĐTBXH", "Số: 1893/QĐ-LĐTBXH"), ("Sôí 59/GĐYK", "Số: 59/GĐYK"), ("cơ thê? 38%", "cơ thể: 38%"), ("sô 580/GĐYK", "số 580/GĐYK"), ("sô303/GĐYK", "số 303/GĐYK"), ("sô “hô`sơ:", "số hồ sơ:")],
)  # fmt: skip
def test_a_colon_run_into_the_tone_above_it_comes_back_before_a_number(read, printed):
    assert corrected(read, confidence=70) == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [("trợ cấp mỗi tháng Là 3.943.000", "trợ cấp mỗi tháng là 3.943.000"), ("Sở LAO ĐỘNG - THƯƠNG BINH", "SỞ LAO ĐỘNG - THƯƠNG BINH"), ("bà NGUYỄN THỊ LAN", "bà NGUYỄN THỊ LAN"),
     ("Căn cứ pháp luật", "Căn cứ pháp luật"), ("ông Nguyễn Văn Là", "ông Nguyễn Văn Là"), ("319 || BỊ thương", "319 Bị thương"), ("tên: LÊ THẮNG sinh", "tên: LÊ THẮNG sinh")],
)  # fmt: skip
def test_capitals_follow_their_neighbours(read, printed):
    assert corrected(read, confidence=90) == printed


@pytest.mark.parametrize(("read", "printed"), [("(Ký-tên, đóng dấu)", "(Ký tên, đóng dấu)"), ("GIÁM-ĐÔC", "GIÁM ĐỐC"), ("Giơ-ne-vơ", "Giơ-ne-vơ"), ("Thanh-Hóa", "Thanh-Hóa")])
def test_a_space_read_as_a_hyphen_is_a_space_only_between_words_that_go_together(read, printed):
    assert corrected(read, confidence=85) == printed


@pytest.mark.parametrize("line", ["sáu mươi mốt phần trăm", "sáu mươi lăm phần trăm", "ba mươi tư phần trăm"])
def test_a_number_in_words_stays_the_number_that_it_is(line):
    assert corrected(line, confidence=20) == line


def test_no_word_of_letters_is_dropped_for_being_unknown():
    assert corrected("Đơn vị: xqzkw", confidence=0) == "Đơn vị: xqzkw"
