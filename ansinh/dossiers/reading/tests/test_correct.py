import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.dossiers.reading import lexicon
from ansinh.dossiers.reading.correct import correct
from ansinh.dossiers.words import text_of

from .lines import page

LEXICON = lexicon.load()
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


def test_every_change_is_kept_beside_what_was_read():
    words, corrections = correct(page("Điều 1. QUYÊT ĐỊNH", confidence=80), LEXICON)
    assert [(words[c.place].text, c.read, c.rule) for c in corrections] == [("QUYẾT", "QUYÊT", "neighbours")]


@given(st.lists(st.text(min_size=1, max_size=12).filter(lambda text: text.strip() and " " not in text), max_size=12))
def test_no_digit_ever_changes(texts):
    words = page(" ".join(texts), confidence=5)
    after, _corrections = correct(words, LEXICON)
    assert [w.text for w in after if any(c.isdigit() for c in w.text)] == [w.text for w in words if any(c.isdigit() for c in w.text)]
