"""Reading a package from elsewhere: every part is named, measured and proved before anything of it is believed."""
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os.path import commonprefix
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

from .writing import FORMAT, VERSION

PART = re.compile(r"manifest\.json|dossiers/\d{6}\.json|files/[0-9a-f]{64}")
MOST_PARTS, LARGEST_DATA, LARGEST_FILE, BLOCK = 2_000_000, 256 * 2**20, 4 * 2**30, 2**20


@dataclass(frozen=True)
class Package:
    """A package that was proved: its dossiers as data, and where their files are found.

    ``heads`` is what the book says of each dossier; the rest is read one dossier after another, for a package may hold thousands.
    """

    archive: ZipFile
    digest: str
    heads: tuple[dict, ...]

    def __str__(self):
        return self.digest

    def dossiers(self) -> Iterator[dict]:
        """Each dossier with all that belongs to it."""
        for name in _of_dossiers(self.archive.namelist()):
            yield _json(_read(self.archive, name))

    @property
    def area_path(self) -> str:
        """The unit in which all its dossiers lie: whoever imports it must have the right there."""
        shared = commonprefix([head["area_path"] for head in self.heads])
        return shared[: shared.rfind(".") + 1]

    @property
    def field(self) -> str:
        fields = {head["field"] for head in self.heads}
        return fields.pop() if len(fields) == 1 else ""


@contextmanager
def opened(path: Path, alive: Callable[[int, int], None] = lambda *_: None):
    """A package, proved from its first part to its last; refused with a sentence where anything is not as it should be.

    ``alive(done, of)`` is told after every part.
    """
    try:
        with ZipFile(path) as archive:
            yield _proved(archive, alive)
    except (BadZipFile, NotImplementedError, EOFError, zlib.error) as fault:
        raise _refusal(_("tệp không phải gói hồ sơ hoặc bị cắt cụt")) from fault


def _proved(archive, alive):
    parts = _parts(archive)
    manifest = _json(_read(archive, parts.get("manifest.json")))
    named = manifest.get("parts") if isinstance(manifest, dict) else None
    if not isinstance(named, dict) or (manifest.get("format"), manifest.get("version")) != (FORMAT, VERSION):
        raise _refusal(_("bảng kê không phải của gói hồ sơ mà bản này đọc được"))
    if set(named) != set(parts) - {"manifest.json"}:
        raise _refusal(_("các phần trong gói không khớp bảng kê"))
    for done, (name, sha256) in enumerate(named.items(), 1):
        alive(done, len(named))
        if _digest(archive, parts[name]) != sha256 or name.startswith("files/") and name != f"files/{sha256}":
            raise _refusal(_("phần %(name)s đã bị sửa hoặc hỏng") % {"name": name})
    heads = tuple(_head(_json(_read(archive, name)), name) for name in _of_dossiers(named))
    if not heads:
        raise _refusal(_("gói không có hồ sơ nào"))
    return Package(archive, hashlib.sha256(_read(archive, "manifest.json")).hexdigest(), heads)


def _of_dossiers(names):
    return sorted(name for name in names if name.startswith("dossiers/"))


def _head(said, name):
    if not _is_dossier(said):
        raise _refusal(_("phần %(name)s không đủ dữ liệu của một hồ sơ") % {"name": name})
    return said["dossier"]


def _parts(archive):
    """Parts by name: known names only, each once, none packed so that it could explode."""
    parts = {}
    if len(archive.infolist()) > MOST_PARTS:
        raise _refusal(_("gói có quá nhiều phần"))
    for part in archive.infolist():
        is_file = part.filename.startswith("files/")
        if not PART.fullmatch(part.filename) or part.filename in parts or part.flag_bits & 1:
            raise _refusal(_("gói có phần lạ, trùng tên hoặc khóa mật khẩu"))
        if part.compress_type != (ZIP_STORED if is_file else ZIP_DEFLATED) or part.file_size > (LARGEST_FILE if is_file else LARGEST_DATA):
            raise _refusal(_("gói có phần quá lớn hoặc nén sai cách"))
        parts[part.filename] = part
    if "manifest.json" not in parts:
        raise _refusal(_("gói không có bảng kê"))
    return parts


def _read(archive, part):
    with archive.open(part) as data:
        found = data.read(LARGEST_DATA + 1)
    if len(found) > LARGEST_DATA:
        raise _refusal(_("gói có phần quá lớn hoặc nén sai cách"))
    return found


def _digest(archive, part):
    digest, size = hashlib.sha256(), 0
    with archive.open(part) as data:
        while block := data.read(BLOCK):
            size += len(block)
            if size > part.file_size:
                raise _refusal(_("gói có phần quá lớn hoặc nén sai cách"))
            digest.update(block)
    return digest.hexdigest()


def _json(data):
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise _refusal(_("dữ liệu trong gói không đọc được")) from fault


def _is_dossier(said):
    if not isinstance(said, dict) or not all(isinstance(said.get(name), dict) for name in ("dossier", "person")):
        return False
    own = said["dossier"]
    lists = all(isinstance(said.get(name), list) for name in ("batches", "scans", "papers", "pages", "enterings", "settlements", "evidence"))
    return lists and all(isinstance(own.get(name), str) for name in ("code", "area_path", "field")) and own["area_path"].endswith(".")


def _refusal(why):
    return Refusal(_("Không nhận gói hồ sơ: %(why)s. Chưa ghi gì; xin nơi gửi xuất và gửi lại.") % {"why": why})
