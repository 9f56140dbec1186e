"""An intake folder with a scanner's folder in it, watched by the officer."""
from datetime import timedelta

import pytest

from ansinh.dossiers import folders
from ansinh.dossiers.actions import watch_folder, watching
from ansinh.office import clock, jobs

from .scans import as_bytes, drawn


@pytest.fixture
def intake(settings, tmp_path, monkeypatch, areas, nothing_is_read):
    """The intake folder, with one of Tân Kim in it; nothing need settle."""
    settings.INTAKE = tmp_path / "nhan"
    (settings.INTAKE / "05920" / "may-1").mkdir(parents=True)
    monkeypatch.setattr(folders, "SETTLES", 0.0)
    monkeypatch.setattr(watching, "_seen", {})
    return settings.INTAKE


@pytest.fixture
def watched(intake, officer):
    """Its folder, watched by the officer."""
    return watch_folder("05920/may-1", by=officer)


def work_later(minutes=2):
    """Let the worker do what is due in so many minutes."""
    with clock.held_at(clock.now() + timedelta(minutes=minutes)):
        jobs.work(until_idle=True)


def put(intake, name, seed=1):
    """A scan appears in the folder."""
    path = intake / "05920" / "may-1" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(as_bytes(drawn(seed)))
    return path
