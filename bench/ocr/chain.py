"""Read every page of every PDF of a folder as the product does: upright, parted, words, corrections, kind, fields."""

import json
import sys
from pathlib import Path

import pypdfium2

from ansinh.dossiers.reading import upright
from ansinh.dossiers.reading.images import page_image
from ansinh.dossiers.reading.lexicon import load
from ansinh.dossiers.reading.reader import read_page


def main(folder: Path):
    lexicon, words = load(), 0
    for file in sorted(folder.glob("*.pdf")):
        for number in range(1, len(pypdfium2.PdfDocument(file)) + 1):
            image = page_image(file, number, 0, None, 300)
            turn = upright.quarter_turn(image.grey)
            words += len(read_page(file, number=number, turn=turn, cut=None, dpi=300, lexicon=lexicon).words)
    print(json.dumps({"words": words}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
