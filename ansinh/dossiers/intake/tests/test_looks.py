"""Cover sheets are recognised after a poor scan, blank pages after a dirty one, and the same page when it comes again."""
import io

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from ansinh.dossiers.actions import register_dossier
from ansinh.dossiers.intake.cover import SEPARATOR, cover_payload, dossier_code, is_ours
from ansinh.dossiers.intake.looks import is_blank, look_of
from ansinh.dossiers.intake.same import alike
from ansinh.dossiers.intake.sheets import payload_on
from ansinh.dossiers.reports.cover import cover_sheets, separator_sheet
from ansinh.dossiers.tests import scans
from tests.people import COMMUNE

CODES = ["TB-00161", "LS/19/173-004", "Số 5, tủ Đ"]
SKEWS = [0, -7, 4, 90, 183]


def scanned(data: bytes, skew: float, seed: int) -> np.ndarray:
    """A printed sheet as a cheap scanner gives it: grey, 200 dpi, askew, faded, noisy, as a poor JPEG, made small for the screen."""
    page = pypdfium2.PdfDocument(data)[0].render(scale=200 / 72, grayscale=True).to_pil()
    page = np.asarray(page.rotate(skew, expand=True, fillcolor=255), dtype=np.float32)
    noisy = np.clip(60 + page * 0.7 + np.random.default_rng(seed).normal(0, 18, page.shape), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(cv2.GaussianBlur(noisy, (0, 0), 1.2)).save(out, "JPEG", quality=35)
    picture = Image.open(out)
    picture.thumbnail((2000, 2000))
    return np.asarray(picture)


@pytest.mark.parametrize("skew", SKEWS)
@pytest.mark.parametrize("code", CODES)
def test_a_cover_sheet_is_known_after_a_poor_scan(areas, officer, code, skew):
    dossier = register_dossier(code, category="wounded", title="Dương Thị Lan", area_path=COMMUNE, by=officer)
    assert dossier_code(payload_on(scanned(cover_sheets([dossier]), skew, 1))) == code


@pytest.mark.parametrize("skew", SKEWS)
def test_a_separator_is_known_after_a_poor_scan(skew):
    assert payload_on(scanned(separator_sheet(), skew, 2)) == SEPARATOR


def test_a_sheet_says_for_people_what_its_code_says(areas, officer):
    dossiers = [register_dossier(code, category="wounded", title="Dương Thị Lan", area_path=COMMUNE, sheets_on_paper=12, by=officer) for code in CODES]
    document = pypdfium2.PdfDocument(cover_sheets(dossiers))
    text = document[0].get_textpage().get_text_range()
    assert len(document) == len(CODES)
    assert [word for word in ("TỜ BÌA LÔ QUÉT", "TB-00161", "Dương Thị Lan", "Tân Kim", "12") if word not in text] == []


OTHERS = ["", "https://example.invalid", "AS1:D:TB-00161:0000", "AS1:D::", "AS1:X", "AS1:D:TB-00161"]


@pytest.mark.parametrize("payload", OTHERS)
def test_other_codes_are_nothing_to_us(payload):
    assert not is_ours(payload)


def test_a_code_with_any_letters_comes_back():
    assert dossier_code(cover_payload("Số 5: tủ Đ/ô #2")) == "Số 5: tủ Đ/ô #2"


def blank_page(**dirt):
    """A blank page: grain, and what scanners and time add."""
    page = np.array(scans.blank(1240, 1754)).astype(np.float32)
    if "shines" in dirt:
        page -= (255 - np.array(scans.drawn(3, 1240, 1754)).astype(np.float32)[:, ::-1]) * 0.12
    if "edge" in dirt:
        page[:, :30] = 40
    if "fold" in dirt:
        page[875:878] -= 60
    if "dust" in dirt:
        rng = np.random.default_rng(1)
        page[rng.integers(0, 1754, 60), rng.integers(0, 1240, 60)] = 20
    if "shade" in dirt:
        page -= np.linspace(0, 90, 1240)[None, :]
    return np.clip(page, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("dirt", ["", "shines", "edge", "fold", "dust", "shade", "edge fold dust shade"])
def test_a_blank_page_is_blank_whatever_dirt_is_on_it(dirt):
    assert is_blank(blank_page(**dict.fromkeys(dirt.split(), True)))


def written_page(rows: int, grey=60):
    """A page with a few short lines at its top."""
    page = blank_page()
    for row in range(rows):
        cv2.putText(page, "QD 12/QD-SLDTBXH", (200, 200 + row * 60), cv2.FONT_HERSHEY_SIMPLEX, 1.0, grey, 2)
    return page


@pytest.mark.parametrize(("rows", "grey"), [(1, 60), (1, 150), (8, 150), (20, 20)])
def test_a_page_with_a_single_line_is_not_blank(rows, grey):
    assert not is_blank(written_page(rows, grey))


def test_the_same_page_is_found_among_others_after_another_scan():
    pages = [np.asarray(scans.drawn(seed, 1240, 1754)) for seed in range(40)]
    again = cv2.GaussianBlur(pages[7], (0, 0), 1.5)
    again = np.clip(again * 0.9 + np.random.default_rng(1).normal(0, 8, again.shape), 0, 255).astype(np.uint8)
    assert alike([look_of(page) for page in [*pages, again]], []) == {40: 7}
    assert alike([look_of(again)], [look_of(page) for page in pages]) == {0: 7}
