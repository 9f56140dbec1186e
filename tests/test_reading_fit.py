"""The table of how sure suggestions are is fitted by the bench, and held where few papers cannot teach it."""
from bench.ocr import fit

RIGHT = [(page, "birth", {"always": 1.0, "weak": page % 2}, not page % 2 or page % 10 == 1) for page in range(200)]


def test_a_sign_that_goes_with_faults_weighs_against():
    weights = fit.fitted(RIGHT)
    assert weights["weak"] < -2 < 2 < weights["always"]


def test_a_sign_seen_too_seldom_has_no_weight():
    assert "rare" not in fit.fitted([*RIGHT, (0, "birth", {"always": 1.0, "rare": 1.0}, False)])


def test_what_contradicts_itself_is_held_back_however_often_it_was_right():
    lucky = [(page, "birth", {"always": 1.0, "contradicted": 1.0}, True) for page in range(200)]
    assert fit.fitted([*RIGHT, *lucky])["contradicted"] == fit.FIXED["contradicted"]


def test_pages_are_judged_by_weights_of_other_pages():
    alone = [(0, "birth", {"always": 1.0, "here": 1.0}, False)] * 20
    others = [(page, "birth", {"always": 1.0}, True) for page in range(1, 100)]
    assert min(confidence for field, confidence, right in fit.left_out([*alone, *others]) if not right) > 90
