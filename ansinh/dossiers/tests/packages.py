"""Packages in tests: opened, taken apart, changed and packed again."""
import hashlib
import json
import os
import subprocess
import sys
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from ansinh.dossiers.actions import export_package, import_package
from ansinh.dossiers.models import Dossier, Paper
from ansinh.dossiers.package.reading import opened
from tests.people import DISTRICT

ELSEWHERE = """
import sys
from datetime import date
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from ansinh.dossiers.actions import export_package, import_package
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.package.reading import opened
from ansinh.office.models import Account, Right
from ansinh.registry import actions as registry
from ansinh.registry.models import Area
call_command("migrate", verbosity=0)
clerk = Account.objects.create(username="clerk", full_name="Người nhận")
Right.objects.create(account=clerk, role="officer", area_path="19.", since=date(2010, 1, 1))
commune = Area.objects.create(
    code="05920", name="Tân Kim", kind="xã", level=3, path="19.173.05920.", search_key="tan kim", since=date(2010, 1, 1), source="Danh mục"
)
known = {"area": commune, "since": date(2010, 1, 1), "source": "Sổ hộ khẩu", "by": clerk}
registry.register_person(name="Dương Thị Lan", numbers={"citizen": "019150001234"}, **known)
ba = registry.register_person(
    name="Trần Văn Ba", birth_on=date(1950, 5, 1), birth_precision="day", numbers={"citizen": "019050001234", "file": "TB/19/00999"}, **known
)
registry.recognise(ba, code="wounded", since=date(1995, 1, 1), grade=41, source="Quyết định", by=clerk)
with opened(Path(sys.argv[1])) as package:
    (arrival,) = import_package(package, by=clerk)
print(arrival.as_data())
export_package(list(Dossier.objects.order_by("code")), to=Path(sys.argv[2]), by=clerk)
"""


def elsewhere(package, tmp_path):
    """Another installation, which knows Lan and Ba, takes a package in: its receipt, and the package that it sends out again."""
    (tmp_path / "data" / "static").mkdir(parents=True)
    place = {"ANSINH_DATA": str(tmp_path / "data"), "ANSINH_DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere.sqlite3"}
    command = [sys.executable, "-c", ELSEWHERE, str(package), str(tmp_path / "again.zip")]
    done = subprocess.run(command, env={**os.environ, **place}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout, tmp_path / "again.zip"


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
