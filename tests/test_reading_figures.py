"""Figures of the reading bench: shares and the curve over confidence, out of judged pages."""
import pytest

from bench.ocr import figures


def page(**more):
    given = {
        "level": 0, "look": "print", "dpi": 300, "turned": True, "was_turned": False, "booklet": False, "kind": True, "letters": 1000,
        "errors": {"ours": 5, "prepared": 10, "bare": 20}, "cpu": {"prepare": 1.0, "recognise": 2.0, "correct": 0.3, "bare": 2.2}, "fields": [],
    }
    return given | more


def row(id_, value, unit, bar, met, *, peer="", versions=""):
    return {"id": id_, "value": value, "met": met, "peer": peer}


def rows_of(*pages):
    return {made["id"]: made for made in figures.rows(list(pages), row, "")}


def test_errors_are_weighed_by_letters():
    rows = rows_of(page(), page(level=3, letters=3000, errors={"ours": 115, "prepared": 230, "bare": 900}))
    assert (rows["ocr.errors"]["value"], rows["ocr.errors.share"]["value"], rows["ocr.errors.level_3"]["value"]) == pytest.approx((3.0, 0.5, 115 / 30))


def test_a_missed_bar_stands_as_missed():
    assert [rows_of(page(errors={"ours": n, "prepared": 40, "bare": 50}))["ocr.errors"]["met"] for n in (15, 16)] == [True, False]


def test_the_curve_counts_values_that_nothing_was_suggested_for_as_not_accepted():
    judged = [["birth", 90, True], ["birth", 60, False], ["signer", -1, False], ["signer", 95, True]]
    assert figures.curve(judged, (0, 90)) == [(0, 75.0, pytest.approx(200 / 3)), (90, 50.0, 100.0)]


def test_cost_is_set_against_the_engine_and_preparation():
    rows = rows_of(page())
    assert (rows["ocr.cpu_ratio"]["value"], rows["ocr.cpu_page"]["value"]) == pytest.approx((1.1, 3.3))


def test_fields_would_be_accepted_only_where_enough_of_them_were_judged():
    right, wrong, missing = ["birth", 99, True], ["birth", 99, False], ["signer", -1, False]
    made = [{one["id"]: one for one in figures.fields([page(fields=judged)], row)} for judged in ([right] * 599, [right] * 600, [right] * 599 + [wrong] * 6)]
    assert [one["ocr.fields.accepted"]["met"] for one in made] == [False, True, False]
    few = {one["id"]: one for one in figures.fields([page(fields=[right, missing])], row)}
    assert (few["ocr.fields.accepted"]["value"], few["ocr.fields.of.signer"]["value"], few["ocr.fields.of.birth"]["peer"]) == (50.0, 0.0, "1 accepted, 0 of them wrong")
