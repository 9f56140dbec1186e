import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.dossiers.reading import lexicon
from ansinh.dossiers.reading.correct import correct
from ansinh.dossiers.words import box_of, text_of

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


@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=8), st.integers(75, 99))
def test_correcting_correct_text_changes_nothing(lines, confidence):
    assert correct(page(*lines, confidence=confidence), LEXICON) == (page(*lines, confidence=confidence), [])


@given(st.lists(st.text(max_size=30), max_size=6), st.integers(-1, 100))
def test_any_text_is_survived_and_every_box_stays_within_its_line(lines, confidence):
    words = page(*lines, confidence=confidence)
    after, corrections = correct(words, LEXICON)
    assert not [word for word in after if box_of([old for old in words if old.line == word.line]).around(word.box) != box_of([old for old in words if old.line == word.line])]
    assert not [c for c in corrections if not 0 <= c.place <= len(after)]


@pytest.mark.parametrize("text", ["`" * 20_000, "a`" * 10_000, "Aa" * 10_000, "." * 20_000, "ươ" * 10_000, "\u0301" * 9_000], ids=lambda text: text[:3])
def test_hostile_text_costs_no_time(text):
    start = time.process_time()
    correct(page(text), LEXICON)
    assert time.process_time() - start < 1


def test_every_change_is_kept_beside_what_was_read():
    words, corrections = correct(page("Điều 1. QUYÊT ĐỊNH", confidence=80), LEXICON)
    assert [(words[c.place].text, c.read, c.rule) for c in corrections] == [("QUYẾT", "QUYÊT", "neighbours")]


@given(st.lists(st.text(min_size=1, max_size=12).filter(lambda text: text.strip() and " " not in text), max_size=12))
def test_no_digit_ever_changes(texts):
    words = page(" ".join(texts), confidence=5)
    after, _corrections = correct(words, LEXICON)
    assert [w.text for w in after if any(c.isdigit() for c in w.text)] == [w.text for w in words if any(c.isdigit() for c in w.text)]
