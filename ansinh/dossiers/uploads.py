"""Where files lie while they are on their way from a browser; bytes that came are on the disk before anyone is told so."""
import os
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from .models import Scan

CHUNK = 2 * 2**20
# The database lies on the same disk as a rule: so much stays free for it.
RESERVE = 200 * 2**20


def place_of(scan: Scan) -> Path:
    """The file in which an upload grows."""
    return _folder() / str(scan.pk)


def has_room(size: int) -> bool:
    """Whether so many bytes more leave the disk its reserve."""
    return shutil.disk_usage(_folder()).free >= size + RESERVE


def write_at(scan: Scan, offset: int, data: bytes):
    """Put bytes at their place; what lay behind them was never promised to anyone and is cut off."""
    handle = os.open(place_of(scan), os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read_at(scan: Scan, offset: int, size: int) -> bytes:
    """Bytes that came before; nothing where there are none."""
    if not place_of(scan).exists():
        return b""
    with place_of(scan).open("rb") as file:
        file.seek(offset)
        return file.read(size)


def digest_of(data: bytes) -> str:
    """A check by which the same file is known again when it is chosen once more; it keeps no secret."""
    return f"{zlib.crc32(data):08x}"


def forget(pk: int):
    """Let the bytes of an upload go."""
    (_folder() / str(pk)).unlink(missing_ok=True)


def lying() -> Iterator[int]:
    """Numbers of the scans of which there are bytes."""
    yield from (int(path.name) for path in _folder().iterdir() if path.name.isdecimal())


def last_touched(pk: int) -> float:
    """When the last bytes came, in seconds of the epoch."""
    return (_folder() / str(pk)).stat().st_mtime


def _folder() -> Path:
    folder = Path(settings.DATA) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
