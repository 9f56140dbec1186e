"""Tesseract by itself, as a peer: an image in, words with boxes out."""

import csv
import io
import os
import subprocess

from PIL import Image

from bench.ocr.forms.samples import Box


def words(image: Image.Image, dpi: int, mode: int = 3) -> list[tuple[str, Box]]:
    """One process, one thread, the Vietnamese model; ``mode`` is how the page is cut into blocks (3 is its own default)."""
    held = io.BytesIO()
    image.save(held, "ppm")
    command = ["tesseract", "-", "-", "-l", "vie", "--dpi", str(dpi), "--psm", str(mode), "tsv"]
    said = subprocess.run(command, input=held.getvalue(), capture_output=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    rows = csv.DictReader(io.StringIO(said.stdout.decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
    place = ("left", "top", "width", "height")
    return [(row["text"], Box(*(int(row[key]) for key in place))) for row in rows if row["level"] == "5" and row["text"].strip()]
