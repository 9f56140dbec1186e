"""Fields of a set's papers, from words read once: what is suggested, how sure, whether it is right. No other stage is measured."""

import json
import sys
from pathlib import Path

from bench.ocr.quality import judged
from bench.ocr.reader import Stages
from bench.ocr.words import read_once


def main(set_name: str, count: int, seed: int, kept: Path):
    stages, pages = Stages(), []
    for sample, words in read_once(set_name, count, seed, kept):
        corrected = stages.correct(words)
        kind = stages.kind(corrected)
        pages.append({"kind": kind == sample.kind, "level": sample.level, "fields": judged(stages.fields(kind, corrected), sample)})
    print(json.dumps({"pages": pages}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
