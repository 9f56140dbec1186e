"""The papers of the demonstration have few lines: whether they lie on their heads is told by reading, where it is in doubt."""
import numpy as np
import pytest

from ansinh.cli.demonstration.scans import draw
from ansinh.dossiers.reading.upright import quarter_turn

SAID = {
    "full_name": "Đồng Văn Hòa", "birth": "01/05/1950", "home_place": "xã Nga My, huyện Phú Bình", "injury_rate": "34%",
    "decision_number": "1204/QĐ-SLĐTBXH", "decision_date": "ngày 14 tháng 07 năm 2009", "signer": "Lộc Văn Thành", "place": "mặt trận phía Nam",
}
# Seeds of which the letters' feet and heads alone say that the page lies on its head.
DECEIVING = [("injury_certificate", 2), ("injury_certificate", 400), ("medical_board_minutes", 2)]


@pytest.fixture(params=DECEIVING, ids=lambda drawn: f"{drawn[0]} {drawn[1]}")
def paper(request):
    kind, seed = request.param
    return np.asarray(draw(kind, SAID, seed=seed).image.convert("L"))


@pytest.mark.parametrize("quarters", range(4))
def test_a_paper_of_few_lines_is_turned_upright_however_it_lies(paper, quarters):
    assert quarter_turn(np.ascontiguousarray(np.rot90(paper, quarters))) == quarters * 90


def test_without_tesseract_a_paper_in_doubt_stays_as_it_lies(paper, monkeypatch):
    monkeypatch.setattr("ansinh.dossiers.reading.upright.missing", lambda: "tesseract-ocr")
    assert quarter_turn(paper) == 0
