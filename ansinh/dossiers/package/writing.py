"""Writing a package: a part of data for each dossier, each file once under its own digest, and a manifest over all."""
import hashlib
import shutil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ansinh.office.cabinet import open_file

from ..archive.metadata import of_dossier, of_paper
from ..catalogue import catalogue
from ..models import Dossier, Entering, Evidence
from .rows import as_json, told

FORMAT, VERSION = "ansinh-dossiers", 1
# The same dossiers give the same bytes; a ZIP cannot say "no day", so it says its first.
MOMENT = (1980, 1, 1, 0, 0, 0)


def write_package(dossiers: list[Dossier], path: Path) -> dict[str, str]:
    """Write a package; it stands under its name only when it is whole. Returns its parts with their digests."""
    unfinished = path.with_name(f"{path.name}.part")
    digests, files = {}, {}
    try:
        with ZipFile(unfinished, "w") as archive:
            for number, dossier in enumerate(dossiers, 1):
                name = f"dossiers/{number:06d}.json"
                digests[name] = _put(archive, name, as_json(_dossier(dossier, files)))
            for sha256, file in sorted(files.items()):
                _put_file(archive, file)
                digests[f"files/{sha256}"] = sha256
            _put(archive, "manifest.json", as_json({"format": FORMAT, "version": VERSION, "parts": digests}))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return digests


def _put(archive, name, data):
    part = ZipInfo(name, MOMENT)
    part.compress_type = ZIP_DEFLATED
    archive.writestr(part, data)
    return hashlib.sha256(data).hexdigest()


def _put_file(archive, file):
    part = ZipInfo(f"files/{file.sha256}", MOMENT)
    part.compress_type, part.file_size = ZIP_STORED, file.size
    with open_file(file) as data, archive.open(part, "w") as out:
        shutil.copyfileobj(data, out)


def _dossier(dossier, files):
    dossier.refresh_from_db()
    papers = list(dossier.papers.select_related("archived").order_by("position", "pk"))
    pages = list(dossier.pages.select_related("scan__file", "scan__batch", "screen", "text").order_by("position", "pk"))
    scans = {page.scan_id: page.scan for page in pages}
    batches = {scan.batch_id: scan.batch for scan in scans.values()}
    places = {"paper": _numbered(paper.pk for paper in papers), "scan": _numbered(scans), "page": _numbered(page.pk for page in pages)}
    of_batch = _numbered(batches)
    entered = Entering.objects.filter(paper__dossier=dossier).select_related("entered_by").order_by("pk")
    proved = Evidence.objects.filter(page__dossier=dossier).order_by("pk")
    entered_data = [
        told(e) | {"paper": places["paper"][e.paper_id], "page": places["page"].get(e.page_id), "by": str(e.entered_by)} for e in entered
    ]
    return {
        "metadata": of_dossier(dossier), "dossier": told(dossier), "batches": [told(batch) for batch in batches.values()],
        "scans": [told(s) | {"batch": of_batch[s.batch_id], "file": _file(s.file, files)} for s in scans.values()],
        "papers": [told(paper) | {"metadata": _described(paper), "archived": _file(paper.archived, files)} for paper in papers],
        "pages": [_page(page, places, files) for page in pages],
        "enterings": entered_data,
        "evidence": [told(e) | {"page": places["page"][e.page_id]} for e in proved],
    }


def _page(page, places, files):
    text = told(page.text) if hasattr(page, "text") else None
    links = {"scan": places["scan"][page.scan_id], "paper": places["paper"].get(page.paper_id), "screen": _file(page.screen, files)}
    return told(page) | links | {"text": text, "suggestions": [told(each) for each in page.suggestions.order_by("pk")]}


def _described(paper):
    return of_paper(paper, paper.archive_code, paper.pages.count()) if paper.kind in catalogue().papers else {}


def _file(file, files):
    if file is None:
        return None
    files[file.sha256] = file
    return {"sha256": file.sha256, "name": file.name, "content_type": file.content_type, "size": file.size}


def _numbered(keys):
    return {key: place for place, key in enumerate(keys)}
