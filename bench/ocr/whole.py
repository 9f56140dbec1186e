"""Processes as wholes: a batch from files to words and fields beside OCRmyPDF, and the memory of reading one huge page."""

import tempfile
from pathlib import Path

from PIL import Image

from bench import measure
from bench.ocr.forms import papers, save_batch

HUGE, SEED = 10_000, 77


def chain(dossiers: int, ours, peer_python: str, row) -> list[dict]:
    """The same PDFs of scans through both in one run; the CPU that the kernel counted for each, by page."""
    with tempfile.TemporaryDirectory(prefix="ansinh-bench-") as folder:
        scans = Path(folder) / "scans"
        made = save_batch(scans, dossiers, SEED, set_name="unseen", file_types=("pdf",), plain=True)
        pages = sum(len(dossier["pages"]) for dossier in made)
        theirs = measure.run("peers/chain_ocrmypdf.py", str(scans), f"{folder}/archive", python=peer_python, env={"OMP_THREAD_LIMIT": "1"})
        mine = ours("ocr/chain.py", scans)
    a, b = mine.said["cpu"] / pages, theirs.cpu / pages
    did = f"{mine.said['read']} read, {mine.said['archived']} archived"
    return [
        row("ocr.chain", a, f"CPU s a page, {pages} pages from PDF to pages, words, kinds, fields, index and PDF/A ({did})", "< the peer's",
            a < b and mine.said["read"] == pages, peer=f"{b:.2f} CPU s a page, text and PDF/A by OCRmyPDF with its internal backend"),
    ]  # fmt: skip


def memory(ours, row) -> list[dict]:
    """The largest process of the reading of a page with a side of 10,000 pixels."""
    sample = next(papers("unseen", 1, SEED, level=1, kind="declaration"))
    width, height = sample.image.size
    scale = HUGE / max(width, height)
    with tempfile.TemporaryDirectory(prefix="ansinh-bench-") as folder:
        file = Path(folder) / "huge.jpg"
        sample.image.resize((round(width * scale), round(height * scale)), Image.Resampling.BICUBIC).save(file, quality=85)
        run = ours("ocr/one_page.py", file, round(sample.dpi * scale))
    return [
        row("ocr.memory", run.memory, f"MB, the largest process on a page of {HUGE:,} pixels", "<= 700", run.memory <= 700),
        row("ocr.memory_words", run.said["words"], "words found on it", "> 0", run.said["words"] > 0),
    ]
