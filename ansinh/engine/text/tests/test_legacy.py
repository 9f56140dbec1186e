import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.engine.text.legacy import TCVN3, VNI, convert, decode, guess
from ansinh.engine.text.names import proper_case
from ansinh.engine.text.syllables import RHYMES, is_syllable

# Tables written letter by letter, apart from those of the module.
TO_TCVN3 = dict(
    pair.split("=")
    for pair in (
        "à=µ ả=¶ ã=· á=¸ ạ=¹ ă=¨ ằ=» ẳ=¼ ẵ=½ ắ=¾ ặ=Æ â=© ầ=Ç ẩ=È ẫ=É ấ=Ê ậ=Ë đ=® è=Ì ẻ=Î ẽ=Ï é=Ð ẹ=Ñ ê=ª ề=Ò ể=Ó ễ=Ô ế=Õ ệ=Ö "
        "ì=× ỉ=Ø ĩ=Ü í=Ý ị=Þ ò=ß ỏ=á õ=â ó=ã ọ=ä ô=« ồ=å ổ=æ ỗ=ç ố=è ộ=é ơ=¬ ờ=ê ở=ë ỡ=ì ớ=í ợ=î ù=ï ủ=ñ ũ=ò ú=ó ụ=ô "
        "ư=\xad ừ=õ ử=ö ữ=÷ ứ=ø ự=ù ỳ=ú ỷ=û ỹ=ü ý=ý ỵ=þ Ă=¡ Â=¢ Ê=£ Ô=¤ Ơ=¥ Ư=¦ Đ=§"
    ).split(" ")
)
VNI_LOWER = dict(
    pair.split("=")
    for pair in (
        "á=aù à=aø ả=aû ã=aõ ạ=aï ă=aê ắ=aé ằ=aè ẳ=aú ẵ=aü ặ=aë â=aâ ấ=aá ầ=aà ẩ=aå ẫ=aã ậ=aä đ=ñ é=eù è=eø ẻ=eû ẽ=eõ ẹ=eï ê=eâ ế=eá ề=eà ể=eå "
        "ễ=eã ệ=eä í=í ì=ì ỉ=æ ĩ=ó ị=ò ó=où ò=oø ỏ=oû õ=oõ ọ=oï ô=oâ ố=oá ồ=oà ổ=oå ỗ=oã ộ=oä ơ=ô ớ=ôù ờ=ôø ở=ôû ỡ=ôõ ợ=ôï "
        "ú=uù ù=uø ủ=uû ũ=uõ ụ=uï ư=ö ứ=öù ừ=öø ử=öû ữ=öõ ự=öï ý=yù ỳ=yø ỷ=yû ỹ=yõ ỵ=î"
    ).split(" ")
)
TO_VNI = VNI_LOWER | {letter.upper(): code.upper() for letter, code in VNI_LOWER.items()}

GIVEN = st.sampled_from("An Ánh Bình Cường Dũng Dương Đào Đức Giang Hà Hằng Hòa Hoà Hồng Hoàng Hợp Hùng Huệ Khuê Lý Lộc Mỹ Nghĩa Ngọc Nhân Phúc Quý Quỳnh Sơn Tú Thắng Thọ Thủy Tuyết Uyên Út Vĩ Xuân Yến Ẩn Ước".split())
FAMILY = st.sampled_from("Nguyễn Trần Phạm Vũ Đặng Bùi Đỗ Dương Trịnh Hứa".split())
MIDDLE = st.sampled_from("Văn Thị Đức Hữu Xuân".split())
NAMES = st.builds("{} {} {}".format, FAMILY, MIDDLE, GIVEN)


def in_tcvn3(name):
    return "".join(TO_TCVN3.get(c) or TO_TCVN3.get(c.lower(), c) for c in name)


def in_vni(name):
    return "".join(TO_VNI.get(c, c) for c in name)


@pytest.mark.parametrize(
    ("written", "meant", "encoding"),
    [
        ("NguyÔn V¨n An", "Nguyễn Văn An", TCVN3),
        ("Nguyeãn Vaên An", "Nguyễn Văn An", VNI),
        ("§Æng ThÞ H»ng", "Đặng Thị Hằng", TCVN3),
        ("Ñaëng Thò Haèng", "Đặng Thị Hằng", VNI),
        ("TØnh Th¸i Nguyªn", "Tỉnh Thái Nguyên", TCVN3),
        ("Xaõ Taân Kim, huyeän Phuù Bình", "Xã Tân Kim, huyện Phú Bình", VNI),
        ("TRÇN QUèC TO¶N", "TRẦN QUỐC TOẢN", TCVN3),
        ("TRAÀN QUOÁC TOAÛN", "TRẦN QUỐC TOẢN", VNI),
        ("tr\xad¬ng thÞ h\xadêng", "trương thị hường", TCVN3),
    ],
)
def test_old_text_is_recognised_and_converted(written, meant, encoding):
    assert decode(written)[:2] == (meant, encoding)


@pytest.mark.parametrize(
    "kept",
    ["Nguyễn Văn An", "Lê Hà", "Hoà", "Hòa", "Thuý", "Toán", "Hoàng Thành Công", "nguyen van an", "", "15/8/1950", "25°C", "5 × 3", "Müller", "José", "René Café", "São Paulo", "® ©", "Điều 2 § 3", "Nguye\u0302\u0303n", "Brôk", "1.234.000 đ", "±2", "½", "Bùi Xuân Hòa", "Lò Thành"],
)
def test_genuine_vietnamese_plain_and_foreign_text_is_not_touched(kept):
    assert decode(kept)[:2] == (kept, None)


def test_text_that_can_be_read_both_ways_is_kept_and_said_to_be_doubtful():
    assert decode("Dòng") == ("Dòng", None, False)


def test_the_other_cells_of_the_column_settle_a_doubtful_one():
    column = ["NguyÔn V¨n Hïng", "TrÇn Dòng", "Dòng"]
    assert guess(column) == TCVN3
    assert convert("Dòng", guess(column)) == "Dũng"


def test_a_column_of_genuine_text_has_no_old_encoding():
    assert guess(["Nguyễn Văn An", "Lê Hà", "Hoà", "abc", ""]) is None


@given(NAMES)
def test_any_name_written_in_tcvn3_comes_back(name):
    text, encoding, _sure = decode(in_tcvn3(name))
    assert encoding == TCVN3
    assert proper_case(text) == name


@given(NAMES)
def test_any_name_written_in_vni_comes_back(name):
    assert decode(in_vni(name))[:2] == (name, VNI)


@given(NAMES)
def test_any_name_in_capitals_written_in_vni_comes_back(name):
    assert decode(in_vni(name.upper()))[:2] == (name.upper(), VNI)


@given(NAMES)
def test_a_genuine_name_is_never_damaged(name):
    assert decode(name)[:2] == (name, None)


@given(st.lists(st.sampled_from(RHYMES).map("b{}".format), min_size=1, max_size=4).map(" ".join))
def test_every_letter_survives_the_way_there_and_back(text):
    assert convert(in_tcvn3(text), TCVN3) == text
    assert convert(in_vni(text), VNI) == text


@given(st.text())
def test_any_text_at_all_is_answered(text):
    assert isinstance(decode(text)[0], str)


@pytest.mark.parametrize("word", "Nguyễn Thuở Quyết Giêng Gì Hoà Hòa Khuỷu Yến Nghiêng Quý Ước Xoèn".split())
def test_vietnamese_words_are_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", "NguyÔn Vaên Müller cafộ Họac tâpp hoaø".split())
def test_other_words_are_not(word):
    assert not is_syllable(word)


def test_the_two_tables_of_this_test_cover_every_vietnamese_letter():
    toned = {unicodedata.normalize("NFC", a + t) for a in "aăâeêioôơuưy" for t in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")} | {"đ"}
    assert {c for c in toned if not re.match("[a-z]", c)} == {c for c in TO_TCVN3 if c.islower()} == set(VNI_LOWER)
