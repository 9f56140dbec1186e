"""The measure of reading: letters count, the order of columns and regions of handwriting do not."""
from PIL import Image

from bench.ocr import distance
from bench.ocr.forms import Box, Sample, TruthWord

PRINTED = (TruthWord("Số", Box(0, 0, 30, 20), 0), TruthWord("Hà", Box(100, 0, 30, 20), 0), TruthWord("dưới", Box(0, 40, 40, 20), 1))


def sample(**more):
    given = {"quarter_turns": 0, "text": "", "words": PRINTED, "kind": "", "fields": (), "ignored": (), "level": 0, "look": "", "font": "", "gutter": None}
    return Sample(image=Image.new("RGB", (200, 100)), dpi=200, **given | more)


def test_edits_count_characters_put_in_left_out_and_changed():
    assert [distance.edits(*pair) for pair in (("", "abc"), ("abc", "abc"), ("kitten", "sitting"), ("hồ sơ", "ho sơ"))] == [3, 0, 3, 1]


def test_columns_read_one_after_the_other_count_as_printed():
    read = [("Số", Box(0, 0, 30, 20)), ("dưới", Box(0, 41, 40, 20)), ("Hà", Box(99, 1, 30, 20))]
    assert distance.texts(read, sample()) == ("Số Hà dưới", "Số Hà dưới")


def test_a_note_by_hand_is_left_out_and_a_word_that_is_not_there_counts():
    read = [("nét", Box(150, 70, 20, 10)), ("thừa", Box(0, 80, 20, 10))]
    assert distance.texts(read, sample(ignored=(Box(140, 60, 60, 40),)))[0] == "thừa"


def test_dots_of_a_leader_count_neither_way():
    assert distance.folded("Họ tên: An ........…… ngày") == "Họ tên: An ngày"
