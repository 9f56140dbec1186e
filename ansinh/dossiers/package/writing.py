"""Writing a package: a part of data for each dossier, each file once under its own digest, and a manifest over all."""
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ansinh.office.cabinet import open_file
from ansinh.office.models import Account
from ansinh.registry.models import Identifier, Person

from ..archive.metadata import of_dossier, of_paper
from ..catalogue import catalogue
from ..models import Dossier, Entering, Evidence, Settlement
from .rows import as_json, told

FORMAT, VERSION = "ansinh-dossiers", 2
# The same dossiers give the same bytes; a ZIP cannot say "no day", so it says its first.
MOMENT = (1980, 1, 1, 0, 0, 0)


def write_package(dossiers: list[Dossier], path: Path, by: Account, alive: Callable[[int, int], None] = lambda *_: None) -> dict[str, str]:
    """Write a package; it stands under its name only when it is whole. Returns its parts with their digests.

    ``alive(done, of)`` is told between two parts. The number by which a person is known again goes along where ``by`` sees them.
    """
    unfinished = path.with_name(f"{path.name}.part")
    digests, files = {}, {}
    try:
        with ZipFile(unfinished, "w") as archive:
            for number, dossier in enumerate(dossiers, 1):
                name = f"dossiers/{number:06d}.json"
                digests[name] = _put(archive, name, as_json(_dossier(dossier, files, by)))
                alive(number, len(dossiers) + len(files))
            for number, (sha256, file) in enumerate(sorted(files.items()), 1):
                _put_file(archive, file)
                alive(len(dossiers) + number, len(dossiers) + len(files))
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


def _dossier(dossier, files, account):
    dossier.refresh_from_db()
    papers = list(dossier.papers.select_related("archived").order_by("position", "pk"))
    pages = list(dossier.pages.select_related("scan__file", "scan__batch", "screen", "text").order_by("position", "pk"))
    scans = {page.scan_id: page.scan for page in pages}
    batches = {scan.batch_id: scan.batch for scan in scans.values()}
    places = {"paper": _numbered(paper.pk for paper in papers), "scan": _numbered(scans), "page": _numbered(page.pk for page in pages)}
    of_batch = _numbered(batches)
    entered = list(Entering.objects.filter(paper__dossier=dossier).select_related("entered_by").order_by("pk"))
    places["entering"] = _numbered(row.pk for row in entered)
    return {
        "metadata": of_dossier(dossier), "dossier": told(dossier), "batches": [told(batch) for batch in batches.values()],
        "scans": [told(s) | {"batch": of_batch[s.batch_id], "file": _file(s.file, files)} for s in scans.values()],
        "papers": [told(paper) | {"metadata": _described(paper), "archived": _file(paper.archived, files)} for paper in papers],
        "pages": [_page(page, places, files) for page in pages],
        "enterings": [_entering(row, places) for row in entered],
        "settlements": _settlements(dossier, places),
        "evidence": [_evidence(row, places) for row in _proofs(dossier)],
        "person": {"citizen_number": _citizen_number(dossier, account)},
    }


def _entering(row, places):
    links = {"paper": places["paper"][row.paper_id], "page": places["page"].get(row.page_id)}
    return told(row) | links | {"by": row.entered_elsewhere_by or _named(row.entered_by)}


def _proofs(dossier):
    """What was undone proves nothing any more."""
    rows = Evidence.objects.filter(page__dossier=dossier, entering__paper__dossier=dossier, recorded_in__undone_by=None)
    return rows.select_related("checked_by").order_by("pk")


def _evidence(row, places):
    links = {"page": places["page"][row.page_id], "entering": places["entering"][row.entering_id]}
    return told(row) | links | {"checked_by": row.checked_elsewhere_by or _named(row.checked_by)}


def _settlements(dossier, places):
    """Choices among what the papers say; that the register of this installation was right says nothing about another one."""
    rows = Settlement.objects.filter(dossier=dossier, settled_in__undone_by=None).order_by("pk")
    newest = {row.name: row for row in rows}.values()
    return [told(row) | {"entering": places["entering"][row.entering_id]} for row in newest if row.entering_id in places["entering"]]


def _named(account) -> str:
    """An account in words: it does not exist where the package goes."""
    return f"{account} ({account.username})" if account else ""


def _citizen_number(dossier, account) -> str:
    if not Person.objects.visible_to(account).filter(pk=dossier.person_id).exists():
        return ""
    rows = Identifier.objects.current().filter(person=dossier.person_id, kind=Identifier.Kind.CITIZEN, until=None)
    return rows.values_list("number", flat=True).first() or ""


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
