import time
import tracemalloc
from datetime import date

import pytest

from ansinh.dossiers.reading import lexicon
from ansinh.dossiers.reading.homes import home
from ansinh.dossiers.reading.shapes import unlikeness
from ansinh.engine.law.places import listed
from ansinh.engine.text.syllables import is_syllable

LEXICON = lexicon.load()


def test_it_loads_within_a_second_and_fifty_megabytes():
    tracemalloc.start()
    start = time.process_time()
    lexicon.load.__wrapped__((("Quàng",), (), ()))
    cost, (_now, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert cost < 3  # tracing alone makes it several times slower
    assert peak < 50_000_000


def test_it_is_loaded_once():
    assert lexicon.load() is LEXICON


def test_words_of_the_offices_own_names_are_known():
    assert not LEXICON.is_name_word("Quẩy")
    assert lexicon.load(((), (), ("Quẩy",))).is_name_word("QUẨY")


def test_a_family_of_the_offices_own_register_may_follow_a_title():
    known = lexicon.load((("quẩy",), (), ()))
    assert known.is_family("Quẩy")
    assert known.surprise("ông", "^quẩy") < LEXICON.surprise("ông", "^quẩy")


def test_every_listed_syllable_is_built_like_one():
    assert not [word for word in (lexicon.HERE / "syllables.txt").read_text("utf-8").split("\n", 1)[1].split() if not is_syllable(word)]


def test_a_tone_on_either_vowel_is_the_same_word():
    assert LEXICON.knows("HOÀ")
    assert LEXICON.knows("hòa")


def test_former_provinces_are_known_with_their_days():
    assert [(area.since, area.until) for area in LEXICON.areas_named("Bắc Thái")] == [("1965-04-21", "1996-12-31")]


def test_former_provinces_end_after_they_begin():
    spans = [(row.day("since", date.min), row.day("until", date.max)) for row in listed(lexicon.LAW / "dossiers" / "former_areas.yaml")]
    assert not [span for span in spans if span[0] >= span[1]]


@pytest.mark.parametrize(
    ("read", "near", "far"), [("thuơng", "thương", "chương"), ("quyêt", "quyết", "quyển"), ("đôàg", "đồng", "đang"), ("Tiêủ", "tiểu", "tiêu"), ("birh", "binh", "bình")]
)
def test_what_readers_mistake_lies_near(read, near, far):
    assert unlikeness(read, near) < unlikeness(read, far)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("xã Yên Đô, huyện Phú Lương, tỉnh Thái Nguyên", "xã Yên Đổ, huyện Phú Lương, tỉnh Thái Nguyên"), ("thị trấn Du; huyện Phú Lương", "thị trấn Đu, huyện Phú Lương"),
        ("xã Lạ Lùng, huyện Phú Lương", "xã Lạ Lùng, huyện Phú Lương"), ("xóm Đồng, xã Tân Cương, tỉnh Bác Thái", "xóm Đồng, xã Tân Cương, tỉnh Bắc Thái"),
    ],
)
def test_a_commune_is_the_one_in_its_district(written, meant):
    assert home(written, LEXICON).text == meant
