"""The cabinet: bytes under their own SHA-256, kept twice, never handed out damaged. / Kho tệp."""
import io
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

from . import clock, copies
from .copies import SIDES, State
from .fixity import mend_after_reading
from .models import StoredFile


def store_file(data: bytes, *, name: str, content_type: str = "") -> StoredFile:
    """Lưu tệp: keep bytes under their SHA-256; the same bytes are kept once, and mend a copy that was damaged."""
    return store_stream(io.BytesIO(data), name=name, content_type=content_type)


def store_stream(handle, *, name: str, content_type: str = "") -> StoredFile:
    """Lưu tệp lớn: the same from a file object, part by part, never whole in memory; both copies are written or none."""
    with copies.aside() as arrived:
        try:
            sha256, size = copies.copy_counting(handle, arrived)
            _write_both(sha256, arrived)
        except OSError as fault:
            raise Refusal(_why_not_stored(fault, name)) from fault
    values = {"name": name[:255], "size": size, "content_type": content_type, "stored_at": clock.now()}
    return StoredFile.objects.get_or_create(sha256=sha256, defaults=values)[0]


@contextmanager
def open_file(stored: StoredFile):
    """Mở tệp: a file object with the bytes of a stored file, proved before the first one is given."""
    with copies.aside() as whole:
        _fetch(stored, whole)
        yield whole


def read_file(stored: StoredFile) -> bytes:
    """Đọc tệp: the bytes of a stored file; a damaged or missing file is refused, never handed out."""
    with open_file(stored) as whole:
        return whole.read()


@contextmanager
def local_path(stored: StoredFile, *, suffix: str = ""):
    """Tệp trên đĩa: a proved copy of one's own under a path, for programs that want one; gone afterwards."""
    with copies.folder_aside() as folder, NamedTemporaryFile(dir=folder, suffix=suffix) as whole:
        _fetch(stored, whole)
        whole.flush()
        yield Path(whole.name)


def _fetch(stored, into):
    found = copies.fetch(stored.sha256, into)
    if State.GOOD not in found.values():
        raise Refusal(_why_not_read(found.values()) % {"name": stored.name})
    bad = [side for side, state in found.items() if state.is_bad]
    if bad:
        # Inside of an act that fails the line of the journal would be lost, so the repair waits for its end.
        transaction.on_commit(partial(mend_after_reading, stored, bad), robust=True)


def _write_both(sha256, arrived):
    """Write the copies that are not there or not good; where one cannot be written, no half is left."""
    written = []
    try:
        for side in SIDES:
            if copies.look_at(side, sha256) is not State.GOOD:
                copies.write(side, sha256, arrived)
                written.append(side)
    except OSError:
        # Whoever stored the same bytes before, or at the same moment, counts on them.
        if not StoredFile.objects.filter(sha256=sha256).exists():
            for side in written:
                copies.take_back(side, sha256)
        raise


def _why_not_stored(fault, name):
    said = {"name": name}
    if copies.is_full(fault):
        return _("Chưa lưu được tệp %(name)s: đĩa của kho tệp đã đầy. Không có gì lưu dở; báo người quản trị giải phóng đĩa rồi gửi lại.") % said
    return _("Chưa lưu được tệp %(name)s: không ghi được vào kho tệp. Không có gì lưu dở; báo người quản trị chạy ansinh doctor rồi gửi lại.") % said


def _why_not_read(states):
    if State.UNREACHABLE in states:
        return _("Tệp %(name)s chưa mở được vì kho tệp đang ngắt; thử lại sau ít phút hoặc báo người quản trị.")
    if State.DAMAGED in states:
        return _("Tệp %(name)s trong kho đã hỏng; báo người quản trị lấy lại từ bản sao lưu.")
    return _("Tệp %(name)s không còn trong kho; báo người quản trị lấy lại từ bản sao lưu.")
