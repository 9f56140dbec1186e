"""Leaders go, letters and their dots stay."""
import cv2
import numpy as np

from ansinh.dossiers.reading.leaders import without_leaders

DPI = 300


def page(*dots):
    drawn = np.full((400, 1200), 255, np.uint8)
    for x, y in dots:
        cv2.circle(drawn, (x, y), 2, 0, -1)
    return drawn


def row(count, every, y=200):
    return [(100 + every * place, y) for place in range(count)]


def test_a_row_of_dots_is_painted_over():
    assert without_leaders(page(*row(20, 18)), DPI).min() == 255


def test_a_row_that_still_falls_a_little_is_painted_over():
    assert without_leaders(page(*((x, 200 + place // 6) for place, (x, _y) in enumerate(row(24, 12)))), DPI).min() == 255


def test_an_ellipsis_and_dots_far_apart_stay():
    for_three, far = page(*row(3, 12)), page(*row(12, 80))
    assert np.array_equal(without_leaders(for_three, DPI), for_three)
    assert np.array_equal(without_leaders(far, DPI), far)


def test_a_word_beside_the_dots_stays_whole():
    plain = page()
    cv2.putText(plain, "nang", (20, 205), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    dotted = plain.copy()
    for x, y in row(20, 18):
        cv2.circle(dotted, (x + 120, y), 2, 0, -1)
    assert np.array_equal(without_leaders(dotted, DPI)[:, :200], plain[:, :200])


def test_an_empty_page_stays_as_it_is():
    assert np.array_equal(without_leaders(page(), DPI), page())
