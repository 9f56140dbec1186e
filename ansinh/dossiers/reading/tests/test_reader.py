"""From an image to words: straightened, cleaned, recognised, with boxes on the page as it was."""
import cv2
import numpy as np
import pytest

from ansinh.dossiers.reading import recognise as recogniser
from ansinh.dossiers.reading.lexicon import load
from ansinh.dossiers.reading.prepare import prepare
from ansinh.dossiers.reading.reader import read_page
from ansinh.dossiers.reading.recognise import recognise
from ansinh.dossiers.reading.tests.drawn import LINES, page, pixels
from ansinh.dossiers.reading.upright import gutter, quarter_turn
from ansinh.dossiers.words import Box, text_of

TURNS = [(cv2.ROTATE_90_CLOCKWISE, 270), (cv2.ROTATE_180, 180), (cv2.ROTATE_90_COUNTERCLOCKWISE, 90)]


@pytest.fixture
def read(tmp_path):
    """``read(image, file_type)``: the page read out of a file of this type."""

    def read(image, file_type="png", **instructions):
        path = tmp_path / f"page.{file_type}"
        image.save(path, dpi=(200, 200), **({"resolution": 200} if file_type == "pdf" else {}))
        return read_page(path, **{"number": 1, "turn": 0, "cut": None, "dpi": 200, "lexicon": load()} | instructions)

    return read


@pytest.mark.parametrize("degrees", [-4.0, -1.2, 0.7, 3.3])
def test_a_page_that_lies_askew_is_straightened(degrees):
    assert prepare(pixels(page(skew=degrees)), 200).angle == pytest.approx(degrees, abs=0.15)


def test_boxes_lead_back_to_the_page_before_it_was_straightened():
    prepared = prepare(pixels(page(skew=3.0)), 200)
    dark = np.argwhere(pixels(page(skew=3.0))[:, :, 2] < 120)
    ink = np.argwhere(prepared.image < 120)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0)
    box = prepared.to_page(Box(int(left), int(top), int(right - left), int(bottom - top)))
    assert box.left <= dark[:, 1].min() + 3 and box.right >= dark[:, 1].max() - 3
    assert box.top <= dark[:, 0].min() + 3 and box.bottom >= dark[:, 0].max() - 3


def test_words_of_a_page_askew_are_read_and_stand_where_they_are(read):
    said = read(page(skew=2.0))
    assert text_of(said.words).split("\n") == list(LINES)
    lan = next(word for word in said.words if word.text == "Lan")
    straight = next(word for word in read(page()).words if word.text == "Lan")
    assert abs(lan.box.left - straight.box.left) < 40 and abs(lan.box.top - straight.box.top) < 40
    assert said.confidence > 80 and said.cost_ms > 0 and said.reader.startswith("tesseract")


def test_leaders_do_not_spoil_the_words_before_them(read):
    assert text_of(read(page(leaders=True)).words).split("\n") == list(LINES)


@pytest.mark.parametrize("file_type", ["pdf", "jpg", "tif"])
def test_every_kind_of_file_is_read(read, file_type):
    said = read(page(), file_type)
    assert "Dương Thị Lan" in text_of(said.words)
    assert "full_name" in {found.name for found in said.found}


def test_a_page_is_turned_and_cut_before_it_is_read(read):
    whole = page()
    said = read(whole.rotate(90, expand=True), turn=90, cut=[0, 430, 1654, 500])
    assert text_of(said.words).split("\n")[0] == LINES[4]
    assert said.words[0].box.top < 80


def test_a_very_large_page_is_made_smaller_and_its_boxes_are_not(read):
    large = page().resize((1654 * 4, 1169 * 4))
    lan = next(word for word in read(large, dpi=800).words if word.text == "Lan")
    straight = next(word for word in read(page()).words if word.text == "Lan")
    assert lan.box.left == pytest.approx(4 * straight.box.left, abs=20)


def test_an_image_that_would_not_fit_into_memory_is_not_unpacked(read):
    with pytest.raises(MemoryError):
        read(page().resize((20_000, 100)))


def test_an_empty_page_has_no_words(read):
    said = read(page(width=600, height=100).resize((600, 800)).point(lambda _value: 255))
    assert (said.words, said.confidence, said.kind, said.found) == ([], 0, "", [])


@pytest.mark.parametrize(("lay", "turn"), TURNS)
def test_a_page_that_lies_on_its_side_or_its_head_is_turned_upright(lay, turn):
    assert quarter_turn(cv2.rotate(pixels(page(skew=1.0)), lay)) == turn


def test_a_page_that_stands_upright_is_left_as_it_is():
    assert quarter_turn(pixels(page(skew=1.0))) == 0
    assert quarter_turn(np.full((800, 600), 250, np.uint8)) == 0


def test_two_pages_in_one_image_are_parted_between_their_texts():
    two = np.hstack([pixels(page(width=1200)), pixels(page(width=1200))])
    assert 1000 < gutter(two) < 1350
    assert gutter(pixels(page())) is None


def test_a_machine_without_the_program_says_what_is_missing(monkeypatch):
    assert recogniser.missing() == ""
    monkeypatch.setattr(recogniser, "LANGUAGE", "xxx")
    assert recogniser.missing() == "tesseract-ocr-vie"
    monkeypatch.setattr(recogniser, "PROGRAM", "tesseract-that-is-not-there")
    assert recogniser.missing() == "tesseract-ocr"


def test_words_keep_how_sure_the_reader_was_and_their_line():
    words = recognise(prepare(pixels(page()), 200))
    assert [word.line for word in words] == sorted(word.line for word in words)
    assert max(word.line for word in words) == len(LINES) - 1
