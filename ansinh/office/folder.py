"""A folder of stored files that are whole or not there: written aside, flushed to the disk, then renamed."""
import errno
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from . import clock

ASIDE = "incoming"
LEFT_BEHIND_AFTER = 24 * 3600


class Unreachable(OSError):
    """The place itself cannot be reached (a disk that is not mounted, a server that is down): no word about any file in it."""


@deconstructible
class Folder(FileSystemStorage):
    """Thư mục kho tệp: ``made`` is False for a folder on another disk, which an operator makes once.

    Were it made here, a disk that is not mounted would silently become a folder of the first disk.
    """

    def __init__(self, location, *, made=True):
        super().__init__(location=location, allow_overwrite=True)
        self.made = made

    def exists(self, name):
        self.reach()
        return super().exists(name)

    def reach(self):
        """Make sure that the folder is there, or say that it is not."""
        if self.made:
            Path(self.location).mkdir(parents=True, exist_ok=True)
        elif not Path(self.location).is_dir():
            raise Unreachable(errno.ENOENT, os.strerror(errno.ENOENT), self.location)

    def sweep(self):
        """Remove what killed writers left aside; what is younger than a day may still be in hand."""
        until = clock.real_now().timestamp() - LEFT_BEHIND_AFTER
        for left in Path(self.location, ASIDE).glob("*"):
            if left.stat().st_mtime < until:
                left.unlink(missing_ok=True)

    def _open(self, name, mode="rb"):
        self.reach()
        return super()._open(name, mode)

    def _save(self, name, content):
        self.reach()
        place, aside = Path(self.path(name)), Path(self.location, ASIDE)
        aside.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=aside, delete=False) as part:
            try:
                for chunk in content.chunks():
                    part.write(chunk)
                part.flush()
                os.fsync(part.fileno())
                _make_folder(place.parent)
                os.replace(part.name, place)
            finally:
                Path(part.name).unlink(missing_ok=True)
        _flush_folder(place.parent)
        return name


def _make_folder(folder: Path):
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _flush_folder(folder.parent)


def _flush_folder(folder: Path):
    """A new name is on the disk only after its folder was flushed as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
