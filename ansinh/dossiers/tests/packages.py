"""Packages in tests: opened, taken apart, changed and packed again."""
import hashlib
import json
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from ansinh.dossiers.actions import export_package, import_package
from ansinh.dossiers.models import Dossier, Paper
from ansinh.dossiers.package.reading import opened
from tests.people import DISTRICT


def repacked(package, path, change, *, manifest=True, deflate=False):
    """A package with its parts changed by a function, its manifest made to agree."""
    with ZipFile(package) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    if manifest:
        said = json.loads(parts["manifest.json"])
        said["parts"] = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items() if name != "manifest.json"}
        parts["manifest.json"] = json.dumps(said).encode()
    with ZipFile(path, "w") as archive:
        for name, data in parts.items():
            part = ZipInfo(name)
            part.compress_type = ZIP_STORED if name.startswith("files/") and not deflate else ZIP_DEFLATED
            archive.writestr(part, data)
    return path


def contents(path):
    """Its parts but for the manifest."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}


def of_first(parts):
    """The data of its first dossier."""
    return json.loads(parts["dossiers/000001.json"])


def take_in(path, by):
    """Proved and imported."""
    with opened(path) as package:
        return import_package(package, by=by)


def edited(parts, place, value):
    """Change one value of the dossier's data: ``("pages", 0, "width")``."""
    said = of_first(parts)
    inner = said
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    parts["dossiers/000001.json"] = json.dumps(said).encode()


@pytest.fixture
def receiver(appoint):
    """Who takes packages in: had no part in the entering."""
    return appoint("receiver", "officer", DISTRICT)


@pytest.fixture
def travelling(officer, tmp_path):
    """``travelling(dossier)``: its package, and the dossier here under another number, as if it had come from elsewhere."""

    def make(dossier):
        export_package([dossier], to=tmp_path / "goi.zip", by=officer)
        Dossier.objects.filter(pk=dossier.pk).update(code=f"khác {dossier.code}")
        Paper.objects.update(archive_code="")
        return tmp_path / "goi.zip"

    return make
