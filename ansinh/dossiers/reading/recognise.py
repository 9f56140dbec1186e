"""Words of a prepared page by Tesseract, one process and one thread, Vietnamese alone (English beside it spoils the marks)."""
import csv
import io
import os
import shutil
import subprocess
from functools import cache

from ansinh.dossiers.bounded import die_with_parent
from ansinh.dossiers.words import Box, Word

from .prepare import Prepared

PROGRAM, LANGUAGE = "tesseract", "vie"
# A page of one column of different sizes of text, the best of the trial once the page is straight.
LAYOUT = "4"
WORD_LEVEL = "5"
SECONDS = 100


def recognise(prepared: Prepared) -> list[Word]:
    """The words in reading order, boxes in pixels of the page."""
    height, width = prepared.image.shape
    picture = b"P5 %d %d 255\n" % (width, height) + prepared.image.tobytes()
    command = [PROGRAM, "-", "-", "-l", LANGUAGE, "--dpi", str(prepared.dpi), "--psm", LAYOUT, "tsv"]
    # The child that calls this has one thread, so work before the program starts is safe.
    done = subprocess.run(
        command, input=picture, capture_output=True, check=True, timeout=SECONDS, env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        preexec_fn=die_with_parent,
    )
    return list(_words(done.stdout.decode("utf-8", "replace"), prepared))


def missing() -> str:
    """What the machine lacks for reading, as the name of a package; empty where nothing."""
    if shutil.which(PROGRAM) is None:
        return "tesseract-ocr"
    return "" if LANGUAGE in _languages() else "tesseract-ocr-vie"


@cache
def reader_name() -> str:
    """The program and its version, as it stands beside what it read."""
    said = subprocess.run([PROGRAM, "--version"], capture_output=True, check=True, timeout=SECONDS, text=True).stdout
    return f"{said.split(chr(10))[0]} {LANGUAGE}"


def _languages():
    return subprocess.run([PROGRAM, "--list-langs"], capture_output=True, check=True, timeout=SECONDS, text=True).stdout.split()


def _words(said, prepared):
    lines = {}
    for row in csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = row["text"] and " ".join(row["text"].split())
        if row["level"] != WORD_LEVEL or not text:
            continue
        line = lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), len(lines))
        box = Box(*(int(row[side]) for side in ("left", "top", "width", "height")))
        yield Word(text, prepared.to_page(box), max(0, min(100, round(float(row["conf"])))), line)
