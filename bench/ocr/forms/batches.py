"""A folder of scans as a scanning room leaves it: several dossiers, in files of several types."""

from pathlib import Path

import numpy as np
from PIL import Image

from bench.ocr.forms.case import case
from bench.ocr.forms.papers import SETS, scan
from bench.ocr.forms.samples import Sample

# What stays the same through all papers of one person; decisions, dates, signers and sums are each paper's own.
OF_THE_PERSON = (
    "name", "NAME", "title", "Title", "sex", "born", "citizen_number", "citizen_issued", "dossier_number", "injury_rate", "injury_words",
    "class", "home_place", "commune", "Commune", "district", "native", "enlisted", "wounded", "fell", "fell_spelled", "unit", "rank",
    "entitled_from", "entitled_spelled", "entitled_first", "amount",
)
LETTERS = {"medical_board_minutes": "TB", "death_notice": "LS", "prison_confirmation": "TĐ", "heroic_mother_decision": "AH"}
SAID = ("name", "sex", "born", "citizen_number", "dossier_number", "injury_rate", "entitled_from", "home_place")
WOUNDED = ("declaration", "injury_certificate", "medical_board_minutes", "allowance_decision", "extract_slip")
MARTYR = ("death_notice", "relatives_list", "certificate_request")
CONTENTS = (WOUNDED, MARTYR, ("declaration", "prison_confirmation", "allowance_decision"), ("relatives_list", "heroic_mother_decision", "movement_slip"))


def save_batch(
    folder: Path, dossiers: int = 4, seed: int = 0, *, set_name: str = "development", level: int | None = None,
    kinds: tuple[tuple[str, ...], ...] = CONTENTS, file_types: tuple[str, ...] = ("pdf", "tiff", "jpg", "png"),
    covers: list[Image.Image] | None = None, separator: Image.Image | None = None, blank_share: float = 0.0, plain: bool = False,
) -> list[dict]:
    """Write the scans of dossiers; return each one's person, files and pages (nothing for covers, separators and empty backs).

    ``kinds``: the papers of the first dossier, the second and so on, repeated. ``file_types`` take turns by dossier; pdf and
    tiff hold all pages of a dossier, jpg and png one page each. ``covers``: a first page for each dossier; ``separator``: a
    page between two papers; ``blank_share``: how often an empty back follows. ``plain``: no quarter turns, no booklets.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(dossiers):
        rng = np.random.default_rng((SETS[set_name], seed, number, 7))
        of_dossier = kinds[number % len(kinds)]
        letters = next((LETTERS[kind] for kind in of_dossier if kind in LETTERS), None)
        person = case(rng, set_name, "female" if "heroic_mother_decision" in of_dossier else None, letters)
        pages = [(covers[number], None)] if covers else []
        for sample in _samples(set_name, of_dossier, person, level, plain, rng):
            if separator and any(truth for _image, truth in pages):
                pages.append((separator, None))
            pages.append((sample.image, _truth(sample)))
            if rng.random() < blank_share:
                pages.append((_blank(sample, rng), None))
        files = _save(folder / f"scan_{number + 1:04d}", [image for image, _truth in pages], file_types[number % len(file_types)])
        made.append({"person": {key: person[key].plain for key in SAID}, "files": files, "pages": [truth for _image, truth in pages]})
    return made


def _samples(set_name, kinds, person, level, plain, rng):
    for kind in kinds:
        own = person if kind == "allowance_decision" else case(rng, set_name)  # the month of entitlement follows its date
        values = own | {key: person[key] for key in OF_THE_PERSON}
        yield scan(set_name, kind, int(rng.integers(4)) if level is None else level, values, rng, plain=plain)


def _truth(sample: Sample) -> dict:
    return {"kind": sample.kind, "quarter_turns": sample.quarter_turns, "level": sample.level, "fields": {f.field: f.value for f in sample.fields}}


def _blank(sample: Sample, rng) -> Image.Image:
    """The empty back of a paper: its colour and grain, a faint shadow of the front."""
    size = sample.image.height // 4, sample.image.width // 4
    grain = rng.normal(244, 3, (*size, 1)) + rng.normal(0, 1, (*size, 3))
    return Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8)).resize(sample.image.size)


def _save(stem: Path, images: list[Image.Image], file_type: str) -> list[str]:
    dpi = 300 if max(images[-1].size) > 3000 else 200
    # Pillow leaves the settings of one format on an image and trips over them in the next: a separator is saved often.
    images = [image.copy() for image in images]
    if file_type in ("pdf", "tiff"):
        how = {"resolution": dpi} if file_type == "pdf" else {"dpi": (dpi, dpi), "compression": "jpeg"}
        file = stem.with_suffix(f".{file_type}")
        images[0].save(file, save_all=True, append_images=images[1:], quality=88, **how)
        return [file.name]
    how = {"quality": 90} if file_type == "jpg" else {"compress_level": 3}
    files = [stem.with_name(f"{stem.name}_{number:03d}.{file_type}") for number in range(1, len(images) + 1)]
    for image, file in zip(images, files, strict=True):
        image.save(file, dpi=(dpi, dpi), **how)
    return [file.name for file in files]
