"""Read pages of the unseen set three ways; say errors by level of damage, fields with confidence, and CPU by stage."""

import json
import resource
import sys
from collections import defaultdict

import numpy as np

from bench.ocr import distance, tesseract
from bench.ocr.forms import papers
from bench.ocr.forms.samples import Sample
from bench.ocr.reader import Stages


class Clock:
    """CPU seconds of this process and the processes that it waited for, by stage."""

    def __init__(self):
        self.by_stage: dict[str, float] = defaultdict(float)

    def run(self, stage: str, call, *args):
        before = _cpu()
        said = call(*args)
        self.by_stage[stage] += _cpu() - before
        return said


def _cpu() -> float:
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def one_page(sample: Sample, stages: Stages) -> dict:
    """What each way made of a page. Bare Tesseract gets the page upright: it would read nothing of one that lies on its side."""
    clock, image = Clock(), np.asarray(sample.image)[:, :, ::-1]
    turn = clock.run("turn", stages.turn, image)
    parts = clock.run("prepare", stages.prepare, np.rot90(image, -turn // 90), sample.dpi)
    read = clock.run("recognise", stages.recognise, parts)
    corrected = clock.run("correct", stages.correct, read)
    kind = clock.run("fields", stages.kind, corrected)
    fields = clock.run("fields", stages.fields, kind, corrected)
    standing = sample.image.rotate(-90 * sample.quarter_turns, expand=True)
    bare = clock.run("bare", tesseract.words, standing, sample.dpi)
    errors = {}
    for way, words in (("ours", _pairs(corrected)), ("prepared", _pairs(read)), ("bare", bare)):
        found, truth = distance.texts(words, sample)
        errors[way] = distance.edits(found, truth)
    return {
        "level": sample.level, "look": sample.look, "dpi": sample.dpi, "turned": turn == 90 * sample.quarter_turns, "parts": len(parts),
        "was_turned": bool(sample.quarter_turns), "booklet": sample.gutter is not None, "kind": kind == sample.kind, "letters": len(truth),
        "errors": errors, "cpu": clock.by_stage, "fields": judged(fields, sample), "font": sample.font, "paper": sample.kind,
    }  # fmt: skip


def _pairs(pages):
    return [(word.text, word.box) for words in pages for word in words]


def judged(found, sample: Sample) -> list[list]:
    """[field, confidence, right] of each suggestion, and [field, -1, False] of each value that nothing was suggested for.

    A suggestion for a field that the paper does not carry is wrong.
    """
    truth = {field.field: same(field.value) for field in sample.fields}
    said = [[one.name, one.confidence, truth.get(one.name) == same(one.value)] for one in found]
    return said + [[name, -1, False] for name in truth if name not in {one.name for one in found}]


def same(value: str) -> str:
    """A value as it is compared: white space and case aside."""
    return distance.folded(value).casefold()


def main(count: int, seed: int):
    stages = Stages()
    print(json.dumps({"pages": [one_page(sample, stages) for sample in papers("unseen", count, seed)]}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
