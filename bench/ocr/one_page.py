"""Read one picture as the product does, in a process of its own."""

import json
import sys
from pathlib import Path

from ansinh.dossiers.reading.lexicon import load
from ansinh.dossiers.reading.reader import read_page

if __name__ == "__main__":
    read = read_page(Path(sys.argv[1]), number=1, turn=0, cut=None, dpi=int(sys.argv[2]), lexicon=load())
    print(json.dumps({"words": len(read.words)}))
