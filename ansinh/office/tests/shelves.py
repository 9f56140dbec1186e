"""A cabinet of a test's own: two folders that are empty at its beginning."""
from pathlib import Path

import pytest
from django.core.files.storage import storages

from ansinh.office.copies import SIDES, place_of


@pytest.fixture
def cabinet(settings, tmp_path):
    """``cabinet(side, stored)``: the path at which a copy lies."""
    folders = {side: {"BACKEND": "ansinh.office.folder.Folder", "OPTIONS": {"location": tmp_path / side}} for side in SIDES}
    settings.STORAGES = {**settings.STORAGES, **folders}
    settings.DATA = tmp_path / "data"
    return lambda side, stored: Path(storages[side].path(place_of(stored.sha256)))
