"""Words of generated papers, read once and kept in a file: reading is slow, and what is found in the words is looked at often."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from ansinh.dossiers.words import Word
from bench.ocr.forms import papers
from bench.ocr.forms.samples import Sample
from bench.ocr.reader import Stages

Read = tuple[Sample, list[list[Word]]]


def read_once(set_name: str, count: int, seed: int, kept: Path) -> Iterator[Read]:
    """Papers without their pictures, and the words recognised on each, uncorrected; what the file does not hold yet is read."""
    held = sum(1 for _ in _held(kept))
    with kept.open("ab") as file:
        stages = Stages() if held < count else None
        for sample in islice(papers(set_name, count, seed), held, count) if stages else ():
            pickle.dump((replace(sample, image=None), stages.words(np.asarray(sample.image)[:, :, ::-1], sample.dpi)), file)
            file.flush()
    yield from islice(_held(kept), count)


def _held(kept: Path) -> Iterator[Read]:
    """What the file holds; pickle is fine here, for only the bench writes it."""
    if kept.exists():
        with kept.open("rb") as file:
            while True:
                try:
                    yield pickle.load(file)
                except EOFError:
                    return
