"""The two copies of a stored file: where they lie, whether they are what they should be, how one is written."""
import errno
import hashlib
import os
import shutil
from contextlib import suppress
from enum import Enum
from tempfile import SpooledTemporaryFile, TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.utils.translation import gettext_lazy as _

from . import clock
from .folder import LEFT_BEHIND_AFTER, Folder, Unreachable

SIDES = {"default": _("bản chính"), "copy": _("bản thứ hai")}
CHUNK = 2**20
IN_MEMORY = 8 * 2**20
PREFIX = "ansinh-"


class State(Enum):
    """What was found where a copy should be."""

    GOOD = "good"
    DAMAGED = "damaged"
    MISSING = "missing"
    UNREACHABLE = "unreachable"

    @property
    def is_bad(self) -> bool:
        """Whether writing it anew would help."""
        return self in (State.DAMAGED, State.MISSING)


class _Unusable(Exception):
    """A copy that ended before it gave its bytes."""

    def __init__(self, state: State):
        self.state = state


def place_of(sha256: str) -> str:
    """Where a file lies on either side."""
    return f"files/{sha256[:2]}/{sha256}"


def other_than(side: str) -> str:
    """The other side."""
    return next(other for other in SIDES if other != side)


def aside() -> SpooledTemporaryFile:
    """A nameless file for bytes on their way: small ones stay in memory, the others vanish with the process."""
    return SpooledTemporaryFile(IN_MEMORY, dir=_folder_aside())


def folder_aside() -> TemporaryDirectory:
    """A folder for one file that a program wants by its path."""
    return TemporaryDirectory(prefix=PREFIX, dir=_folder_aside())


def look_at(side: str, sha256: str, into=None) -> State:
    """Read one copy to its end, ``into`` a file where one is given; only GOOD means that the bytes are the right ones."""
    digest = hashlib.sha256()
    try:
        for chunk in _chunks(side, sha256):
            digest.update(chunk)
            if into:
                into.write(chunk)
    except _Unusable as unusable:
        return unusable.state
    return State.GOOD if digest.hexdigest() == sha256 else State.DAMAGED


def fetch(sha256: str, into, sides=tuple(SIDES)) -> dict[str, State]:
    """The bytes of the first good copy; says what was found on each side that was looked at."""
    found = {}
    for side in sides:
        into.seek(0)
        into.truncate()
        found[side] = look_at(side, sha256, into)
        if found[side] is State.GOOD:
            into.seek(0)
            break
    return found


def write(side: str, sha256: str, whole):
    """Write one copy; it is there whole or as it was before."""
    storages[side].save(place_of(sha256), File(whole))


def take_back(side: str, sha256: str):
    """Remove a copy again."""
    with suppress(OSError):
        storages[side].delete(place_of(sha256))


def away() -> list[str]:
    """The sides that cannot be reached."""
    found = []
    for side in SIDES:
        try:
            storages[side].reach()
        except OSError:
            found.append(side)
    return found


def are_apart() -> bool:
    """Whether one broken disk leaves one side whole; a server counts as a disk of its own."""
    folders = [storages[side] for side in SIDES if isinstance(storages[side], Folder)]
    return len({os.stat(folder.location).st_dev for folder in folders}) == len(folders)


def sweep():
    """Remove what killed processes left half written more than a day ago."""
    until = clock.real_now().timestamp() - LEFT_BEHIND_AFTER
    for left in _folder_aside().glob(f"{PREFIX}*"):
        if left.stat().st_mtime < until:
            shutil.rmtree(left, ignore_errors=True)
    for side in SIDES:
        if isinstance(storages[side], Folder):
            storages[side].sweep()


def is_full(fault: OSError) -> bool:
    """Whether a fault says that there is no room."""
    return fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def copy_counting(handle, into) -> tuple[str, int]:
    """Copy a file object, part by part; its SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    while chunk := handle.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        into.write(chunk)
    return digest.hexdigest(), size


def _chunks(side, sha256):
    try:
        with storages[side].open(place_of(sha256)) as handle:
            while chunk := handle.read(CHUNK):
                yield chunk
    except FileNotFoundError:
        raise _Unusable(State.MISSING) from None
    except Unreachable:
        raise _Unusable(State.UNREACHABLE) from None
    except OSError as fault:
        raise _Unusable(State.DAMAGED if fault.errno == errno.EIO else State.UNREACHABLE) from fault


def _folder_aside():
    folder = settings.DATA / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
