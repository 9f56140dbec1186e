"""Folders in which scanners leave files: which files are whole and new, and which folders the office lets be watched."""
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from time import sleep as wait

from django.conf import settings
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.registry.models import Area
from ansinh.web.refusal import Refusal

from .models import Dossier
from .queries.intake import came_before

# A file that grew meanwhile is still being written, and left for the next look.
SETTLES = 1.0
UNFINISHED = (".part", ".tmp", ".crdownload", ".lock")
LONGEST = 300
Seen = dict[Path, tuple]


@dataclass
class Look:
    """What one look at a folder found besides the files that are taken in: how many came before, and which are still growing."""

    known: int = 0
    growing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """New files of one folder, and the dossier by whose number the folder is named."""

    folder: Path
    dossier: Dossier | None
    files: Seen


def fresh_in(folder: Path, account, seen: Seen, look: Look, dossier: Dossier | None = None) -> Iterator[Group]:
    """By subfolder the files that are whole and did not come before; ``seen`` remembers which need not be read again."""
    groups = {folder: _files(folder, deep=False)}
    groups |= {below: _files(below, deep=True) for below in sorted(folder.iterdir()) if below.is_dir() and not below.is_symlink()}
    settled = _settled([path for paths in groups.values() for path in paths if seen.get(path) != _state(path)], folder, look)
    for below, paths in groups.items():
        own = dossier or _dossier_named(account, below.name if below != folder else "")
        new = {path: settled[path] for path in paths if path in settled and _is_new(path, settled[path], own, account, seen, look)}
        if new:
            yield Group(below, own, new)


def unlinked(path: Path):
    """A file opened for reading, unless a link was put in its place meanwhile."""
    return open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")


def unit_of(folder: str) -> Area:
    """The unit by whose code of today a folder below the intake folder begins: only who works there may have it watched."""
    code = (_parts(folder) or ("",))[0]
    found = Area.objects.on(clock.today()).filter(code=code).first()
    if found is None:
        raise _refusal(_("Đường dẫn phải bắt đầu bằng mã đơn vị hành chính của hôm nay, ví dụ 05920/may-quet-1."))
    return found


def folder_of(folder: str) -> Path:
    """The place of a folder below the intake folder; refused where the way leads out of it, over a link, or nowhere."""
    if not (place := _below(folder)).is_dir():
        raise _refusal(_("Không có thư mục %(folder)s trong thư mục nhận của máy chủ; tạo thư mục ấy trước.") % {"folder": folder})
    return place


def file_of(name: str) -> Path:
    """The place of a file below the intake folder, held to the same rules."""
    if not (place := _below(name)).is_file():
        raise _refusal(_("Không có tệp %(name)s trong thư mục nhận của máy chủ.") % {"name": name})
    return place


def plain_folder(folder: str) -> str:
    """A folder as it is written down: its parts, without what says nothing."""
    return "/".join(_parts(folder))


def _below(name) -> Path:
    if settings.INTAKE is None:
        raise _refusal(_("Máy chủ chưa có thư mục nhận; nhờ người quản trị đặt ANSINH_INTAKE."))
    place = Path(settings.INTAKE)
    for part in _parts(name):
        place /= part
        if place.is_symlink():
            raise _refusal(_("Đường dẫn đi qua một liên kết; ghi đường dẫn thật trong thư mục nhận."))
    return place


def _parts(name) -> tuple[str, ...]:
    path = PurePosixPath(str(name).strip())
    if path.is_absolute() or ".." in path.parts or len(str(path)) > LONGEST or not str(path).isprintable() or "\\" in str(path):
        raise _refusal(_("Ghi đường dẫn bên trong thư mục nhận, không bắt đầu bằng / và không có “..”."))
    return path.parts


def _refusal(sentence):
    return Refusal(sentence, field="folder")


def _files(folder: Path, *, deep: bool) -> list[Path]:
    """The files of a folder in order of name; what is hidden, linked or on its way is not one of them."""
    every = sorted(folder.rglob("*") if deep else folder.iterdir())
    return [path for path in every if path.is_file() and not path.is_symlink() and not _is_hidden(path, folder) and path.suffix not in UNFINISHED]


def _is_hidden(path, folder):
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)


def _settled(paths, folder, look) -> Seen:
    """Size and time of the files that did not change while one looked."""
    before = {path: _state(path) for path in paths}
    if before:
        wait(SETTLES)
    after = {path: _state(path) for path in paths}
    look.growing = [str(path.relative_to(folder)) for path in paths if after[path] is None or before[path] != after[path]]
    return {path: after[path] for path in paths if after[path] is not None and before[path] == after[path]}


def _state(path):
    try:
        stat = os.stat(path)
    except FileNotFoundError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _is_new(path, state, dossier, account, seen, look):
    try:
        with unlinked(path) as handle:
            sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        look.growing.append(path.name)  # gone, or not ours to read yet
        return False
    if not came_before(sha256, dossier, account):
        return True
    seen[path] = state
    look.known += 1
    return False


def _dossier_named(account, code) -> Dossier | None:
    return Dossier.objects.visible_to(account).filter(code=code).first() if code else None
