import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.dossiers.reading import lexicon
from ansinh.dossiers.reading.runs import Run
from ansinh.dossiers.reading.values import FINDERS

from .cost import least_cpu
from .lines import page

LEXICON = lexicon.load()
HOSTILE = ["1" * 20_000, "1 " * 10_000, "a/" * 10_000, "ngày " * 5_000, "(" * 20_000, "A-" * 10_000, "xã Tân " * 4_000, "\u0301" * 5_000, "1/1/" * 5_000]


def found(kind, text):
    value = FINDERS[kind](Run(tuple(page(text))), LEXICON)
    return value and value.plain


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("ngày 05 tháng 3 năm 1985", "1985-03-05"), ("Ngày 05/03/1985", "1985-03-05"), ("5-3-1985", "1985-03-05"), ("05.3.1985,", "1985-03-05"),
        ("ngày 31 tháng 2 năm 1985", None), ("ngày 5 tháng 3", None), ("05/03/19851", None), ("Thái Nguyên, ngày 17 tháng 12 năm 2003", "2003-12-17"),
    ],
)
def test_days(written, day):
    assert found("day", written) == day


@pytest.mark.parametrize(
    ("written", "birth"), [("1932", "1932"), (": 08/1950", "1950-08"), ("tháng 8-1968", "1968-08"), ("12/6/1948 tại", "1948-06-12"), ("năm 1929, số định", "1929"), ("1187", None)]
)
def test_births_may_be_a_day_a_month_or_a_year(written, birth):
    assert found("birth", written) == birth


@pytest.mark.parametrize(("written", "month"), [("tháng 06/2016 cho đến", "2016-06"), ("ngày 01/04/1985", "1985-04"), ("tháng 7 năm 1990", "1990-07"), ("13/1990", None), ("1990", None)])
def test_months(written, month):
    assert found("month", written) == month


@pytest.mark.parametrize(
    ("written", "rate"),
    [("61%", "61"), ("là 61 % (sáu", "61"), ("61 phần trăm", "61"), ("sáu mươi mốt phần trăm", "61"), ("161%", None), ("0%", None), ("hai mươi lăm phần trăm", "25"), ("phần trăm", None)],
)
def test_rates_in_digits_and_words(written, rate):
    assert found("rate", written) == rate


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1187/QĐ-LĐTBXH", "1187/QĐ-LĐTBXH"), ("1187/QĐÐ-LĐTBXH", "1187/QĐ-LĐTBXH"), ("1187/TB", "1187/TB"), ("74/GÐYK", "74/GĐYK"), ("488/0Đ-BQP Ngày", "488/QĐ-BQP"),
        ("12/QD-LDTBXH", "12/QĐ-LĐTBXH"), ("12/XY-ZZZZZ", "12/XY-ZZZZZ"), ("1187", None),
    ],
)
def test_paper_numbers_with_the_letters_of_known_signs_mended(written, number):
    assert found("paper_number", written) == number


@pytest.mark.parametrize(("written", "number"), [("TN/TB 01187/KC", "TN/TB 01187/KC"), ("TB-00161", "TB-00161"), ("TN/LS 41760-BV.", "TN/LS 41760-BV"), ("không", None)])
def test_dossier_numbers(written, number):
    assert found("dossier_number", written) == number


@pytest.mark.parametrize(("written", "number"), [("019057001234", "019057001234"), ("019 057 001 234", "019057001234"), ("090 123 456.", "090123456"), ("01905700123", None), ("0943438070", None)])
def test_citizen_numbers_and_old_cards(written, number):
    assert found("citizen_number", written) == number


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("NGUYỄN THỊ LÀNH", "Nguyễn Thị Lành"), (": ông Hoàng Văn Thu, sinh năm", "Hoàng Văn Thu"), ("Ma Thị Khuê .", "Ma Thị Khuê"), ("Nguyễn", None), ("chiến đấu anh dũng", None),
        ("Lý Văn Tài Quê quán", "Lý Văn Tài Quê"),
    ],
)
def test_names_in_normal_letter_case(written, name):
    assert found("name", written) == name


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("xã Tân Cương, thành phố Thái Nguyên, tỉnh Thái Nguyên Được xếp hạng", "xã Tân Cương, thành phố Thái Nguyên, tỉnh Thái Nguyên"),
        ("xã Phú Đô, huyện Phú Lương, tỉnh Bắc Thái.", "xã Phú Đô, huyện Phú Lương, tỉnh Bắc Thái"), ("không rõ", None),
    ],
)
def test_places_end_with_the_province(written, place):
    assert found("place", written) == place


@pytest.mark.parametrize("kind", FINDERS)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:6])
def test_hostile_text_of_four_times_the_length_costs_about_four_times_as_much(kind, text):
    assert least_cpu(found, kind, text) < 8 * least_cpu(found, kind, text[: len(text) // 4])


@given(st.sampled_from(sorted(FINDERS)), st.text(max_size=60).filter(str.strip))
def test_a_value_stands_in_words_of_its_run(kind, text):
    run = Run(tuple(page(text)))
    value = FINDERS[kind](run, LEXICON)
    assert value is None or 0 <= value.fit <= 1 and set(value.run.words) <= set(run.words)
