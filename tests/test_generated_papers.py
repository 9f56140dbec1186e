"""Generated papers on which the reading of scans is measured: repeatable, true to what they print, sets apart."""
from itertools import chain, combinations

import pytest
from PIL import Image, ImageChops

from ansinh.dossiers.catalogue import catalogue
from bench.ocr.forms import fonts, markup, papers, save_batch
from bench.ocr.forms.papers import SETS

from .source import ROOT

PAIRS = list(combinations(SETS, 2))
MISSING = fonts.missing_packages()
needs_fonts = pytest.mark.skipif(bool(MISSING), reason=f"Fonts of the papers are missing: apt install {' '.join(MISSING)}")
NATIONAL_HEAD = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def wording(set_name):
    return {line[1:].strip("*/+ ") for kind in markup.KINDS for line in markup.source(set_name, kind)}


def files_of(faces):
    return set(chain.from_iterable((face.regular, face.bold, face.italic) for face in faces))


def upright(sample):
    turned = sample.quarter_turns % 2
    return sample.image.size[::-1] if turned else sample.image.size


def outside(sample):
    """Boxes of printed words that leave the page or are empty."""
    width, height = upright(sample)
    boxes = [word.box for word in sample.words] + [field.box for field in sample.fields]
    return [b for b in boxes if b.left < 0 or b.top < 0 or b.right > width or b.bottom > height or b.width < 1 or b.height < 1]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_no_two_sets_share_a_typeface(one, other):
    drawn = [files_of(fonts.TYPED[name] + fonts.PRINTED[name]) | {fonts.HAND[name]} for name in (one, other)]
    assert not drawn[0] & drawn[1]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_no_two_sets_share_a_line_of_wording_but_the_words_of_forms(one, other):
    """Rooms for signatures, empty lines and captions of one or two words are how every paper looks."""
    both = wording(one) & wording(other)
    assert not [line for line in both if len(line.split()) > 4 and not any(head in line for head in NATIONAL_HEAD)]


@pytest.mark.parametrize("set_name", SETS)
@pytest.mark.parametrize("kind", markup.KINDS)
def test_a_paper_carries_fields_that_the_catalogue_knows_for_its_kind(set_name, kind):
    assert {name for name, _slot in markup.fields(set_name, kind)} <= {field.code for field in catalogue().papers[kind].fields}


def test_make_bench_installs_the_fonts_of_all_sets():
    words = (ROOT / "Makefile").read_text("utf-8").split()
    assert not [package for package in fonts.PACKAGES if package not in words]


@needs_fonts
def test_the_same_seed_gives_the_same_scan():
    first, again = (next(papers("unseen", 1, seed=3, level=3)) for _ in range(2))
    assert not ImageChops.difference(first.image, again.image).getbbox()
    assert (first.text, first.words, first.fields, first.quarter_turns) == (again.text, again.words, again.fields, again.quarter_turns)


@needs_fonts
def test_another_seed_gives_another_person():
    assert next(papers("unseen", 1, seed=3)).text != next(papers("unseen", 1, seed=4)).text


@needs_fonts
@pytest.mark.slow
@pytest.mark.parametrize("set_name", SETS)
def test_the_words_of_every_kind_stand_on_the_page(set_name):
    assert not list(chain.from_iterable(outside(sample) for sample in papers(set_name, len(markup.KINDS), seed=11)))


@needs_fonts
def test_a_field_is_printed_in_the_words_that_it_points_to():
    sample = next(papers("development", 1, seed=5, level=0, kind="movement_slip"))
    assert not [field.printed for field in sample.fields if field.printed.casefold() not in " ".join(sample.text.split()).casefold()]


@needs_fonts
def test_a_batch_tells_what_stands_on_each_page_of_each_file(tmp_path):
    made = save_batch(tmp_path, 2, kinds=(("death_notice", "relatives_list"),), file_types=("tiff", "png"), separator=Image.new("RGB", (400, 600)))
    assert [dossier["files"] for dossier in made] == [["scan_0001.tiff"], ["scan_0002_001.png", "scan_0002_002.png", "scan_0002_003.png"]]
    assert [page and page["kind"] for page in made[0]["pages"]] == ["death_notice", None, "relatives_list"]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(made[0]["files"] + made[1]["files"])
