"""Văn bản đã áp dụng: what the database says is law here, as files where every process reads it.

The database is the truth and is saved with it; the files follow when an act has been written down, and once more before
each assessment, so that a process killed in between leaves no month to the old law.
"""
import fcntl
import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from ansinh.engine.law.own import own_folder

from .models import LawDraft

OURS = "adopted-*.yaml"


def publish():
    """Let the installation's folder of law hold the adopted texts and no others of ours; files of an operator stay."""
    folder, adopted = own_folder(), LawDraft.objects.adopted()
    if not folder.exists() and not adopted.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        wanted = {draft.file_name: draft.text.encode() for draft in adopted}
        present = {path.name: path.read_bytes() for path in folder.glob(OURS)}
        if wanted == present:
            return
        before = folder.stat().st_mtime_ns
        for name in present.keys() - wanted.keys():
            (folder / name).unlink()
        for name in (name for name, text in wanted.items() if present.get(name) != text):
            _write(folder / name, wanted[name])
        _mark_changed(folder, before)


@contextmanager
def _alone(folder):
    """One process at a time; the database is read inside, so that nobody writes what somebody just withdrew."""
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path, text):
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(text)
        part.flush()
        os.fsync(part.fileno())
    os.chmod(part.name, 0o644)
    os.replace(part.name, path)


def _mark_changed(folder, before):
    """Move the folder's day of change past every one that a reader can have seen: clocks of file systems are coarse."""
    now = folder.stat()
    os.utime(folder, ns=(now.st_atime_ns, max(now.st_mtime_ns, before) + 1))
