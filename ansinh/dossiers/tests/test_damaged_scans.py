"""A scan that was flipped, deleted or exchanged on the disk: the officer sees the right page, the cabinet mends it, the journal tells."""
import io
from pathlib import Path

import pytest
from django.core.files.storage import storages
from PIL import Image

from ansinh.dossiers.tests.papers import white_page
from ansinh.office import fixity
from ansinh.office.cabinet import read_file, store_file
from ansinh.office.copies import SIDES
from ansinh.office.models import Entry


@pytest.fixture
def lan_page(cabinet, lan_page):
    """Lan's page, its picture in a cabinet of this test."""
    store_file(white_page(), name="trang-1.png", content_type="image/png")
    return lan_page


@pytest.fixture
def other(lan_page):
    return store_file(white_page(610), name="trang-2.png", content_type="image/png")


def flip(path, _other):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def delete(path, _other):
    path.unlink()


def exchange(path, other):
    path.write_bytes(other.read_bytes())


@pytest.mark.parametrize("harm", [flip, delete, exchange])
def test_the_page_is_shown_right_and_mended_at_once(
    client, officer, lan_page, other, cabinet, django_capture_on_commit_callbacks, harm
):
    client.force_login(officer)
    harm(cabinet("default", lan_page.screen), cabinet("default", other))
    with django_capture_on_commit_callbacks(execute=True):
        shown = client.get(f"/trang/{lan_page.pk}/anh/")
    assert Image.open(io.BytesIO(shown.content)).size == (600, 800)
    assert cabinet("default", lan_page.screen).read_bytes() == white_page()
    assert Entry.objects.get(act=fixity.MEND).key == f"office.storedfile:{lan_page.screen.pk}"


@pytest.mark.parametrize("side", SIDES)
def test_the_night_finds_and_mends_a_flipped_a_deleted_and_two_exchanged_scans(lan_page, other, cabinet, side):
    scans = [store_file(white_page(620 + number), name=f"{number}.png") for number in range(3)]
    paths = [cabinet(side, scan) for scan in scans]
    flip(paths[0], None)
    delete(paths[1], None)
    before = paths[2].read_bytes()
    exchange(paths[2], cabinet(side, other))
    cabinet(side, other).write_bytes(before)
    assert fixity.go_through() == {"checked": 5, "mended": 4, "weak": 0, "lost": 0}
    assert Entry.objects.filter(act=fixity.MEND).count() == 4
    assert [read_file(scan) for scan in scans] == [white_page(620 + number) for number in range(3)]
    assert not list(Path(storages[side].location, "incoming").iterdir())


def test_a_page_that_is_lost_on_both_sides_is_refused_in_words(client, officer, lan_page, cabinet):
    client.force_login(officer)
    flip(cabinet("default", lan_page.screen), None)
    delete(cabinet("copy", lan_page.screen), None)
    refused = client.get(f"/trang/{lan_page.pk}/anh/")
    assert refused.status_code == 422
    assert "đã hỏng" in refused.content.decode()
