"""Fit the table of how sure suggestions are (law/dossiers/sureness.yaml) on development papers, and say what it is worth on pages left out.

    python -m bench.ocr.fit PAGES SEED FILE

FILE keeps the words read (bench/ocr/words.py). Each page is looked at twice: with all labels of the office, and as
if those of the development wording were in no list, since real papers carry labels that nobody listed.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from bench.ocr.figures import curve
from bench.ocr.forms import markup
from bench.ocr.forms.samples import Sample
from bench.ocr.quality import same
from bench.ocr.reader import Stages, unlisted
from bench.ocr.words import read_once

FOLDS, ROUNDS, DECIMALS, RARE = 5, 60, 2, 12
# Pulls weights to nothing; more where a sign speaks of one field or one way only.
PULL, PULL_OF_ONE = 0.5, 6.0
# Not fitted, and left out of fitting: what contradicts itself or lacks a part is held back, however few of the papers show it.
FIXED = {
    "contradicted": -4.0, "other accents": -4.0, "another home": -4.0, "cut off": -4.0, "says what was wrong": -4.0, "second choice": -4.0,
    "without a label": -4.0, "far from its label": -3.0, "kind unknown": -4.0,
}  # fmt: skip
LABEL_UNLIKE = -3.0
# Signs of doubt never make surer; one that by chance would is left out.
DOUBTS = {"weakest word", "weak words", "weakest figures", "weak page", "shape unlike", "lower rank", "other label", "mended", "mark lost",
          "mixed figures", "impossible days"}  # fmt: skip
Case = tuple[int, str, dict[str, float], bool]


def cases(read: Iterable[tuple[Sample, list]]) -> Iterator[Case]:
    """Each suggestion of each page, with its signs and whether it is right."""
    stages = Stages()
    own = {line for kind in markup.KINDS for line in markup.source("development", kind)}
    for number, (sample, words) in enumerate(read):
        corrected = stages.correct(words)
        kind = stages.kind(corrected)
        truth = {field.field: same(field.value) for field in sample.fields}
        for known in (True, False):
            with unlisted([] if known else own):
                for field, value, signs in stages.signs(kind, corrected):
                    yield number, field, signs, truth.get(field) == same(value)


def fitted(some: list[Case]) -> dict[str, float]:
    """Weights by which the signs say best how likely a suggestion is right (logistic, pulled to nothing)."""
    left, sound = {"label unlike"}, [one for one in some if not FIXED.keys() & {sign for sign, amount in one[2].items() if amount}]
    while True:
        found = _fitted(sound, left)
        more = {sign for sign, weight in found.items() if sign in DOUBTS and weight > 0}
        if not more:
            return FIXED | {"label unlike": LABEL_UNLIKE} | found
        left |= more


def _fitted(some: list[Case], left: set[str]) -> dict[str, float]:
    seen = defaultdict(int)
    for _page, _field, signs, _right in some:
        for sign, amount in signs.items():
            seen[sign] += amount != 0
    names = sorted(sign for sign, times in seen.items() if times >= RARE and sign not in left)
    place = {sign: number for number, sign in enumerate(names)}
    given = np.array([LABEL_UNLIKE * one[2].get("label unlike", 0.0) for one in some])
    table, right = np.zeros((len(some), len(names))), np.array([one[3] for one in some], float)
    for row, (_page, _field, signs, _right) in enumerate(some):
        for sign, amount in signs.items():
            if sign in place:
                table[row, place[sign]] = amount
    pull = np.array([0.01 if name == "always" else PULL_OF_ONE if name.startswith(("field", "way")) else PULL for name in names])
    weights = np.zeros(len(names))
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-np.clip(table @ weights + given, -30, 30)))
        steep = table.T @ (table * (likely * (1 - likely))[:, None]) + np.diag(pull)
        weights += np.linalg.solve(steep, table.T @ (right - likely) - pull * weights)
    return {name: round(float(weight), DECIMALS) for name, weight in zip(names, weights, strict=True)}


def left_out(all_of_them: list[Case]) -> list[list]:
    """[field, confidence, right] of each suggestion, by weights fitted on the other pages."""
    judged = []
    for fold in range(FOLDS):
        table = fitted([one for one in all_of_them if one[0] % FOLDS != fold])
        judged += [[field, Stages.sure(signs, table), right] for page, field, signs, right in all_of_them if page % FOLDS == fold]
    return judged


def main(count: int, seed: int, kept: Path):
    found = list(cases(read_once("development", count, seed, kept)))
    judged = left_out(found)
    for threshold, share, right in curve(judged, (0, 50, 70, 80, 90, 95, 97, 98, 99)):
        print(f"# confidence {threshold}: {share:.1f} % of {len(judged)} accepted, {right:.2f} % of them right")
    for sign, weight in sorted(fitted(found).items(), key=lambda pair: (pair[0] != "always", pair[0])):
        print(f"- {{sign: {sign}, weight: {weight}}}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
