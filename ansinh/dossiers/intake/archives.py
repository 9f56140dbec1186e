"""ZIP archives: everything is judged by what it declares before a byte of it is unpacked, and held to it while it is."""
import stat
import zipfile
import zlib
from pathlib import Path

from .bounds import MOST_MEMBERS, MOST_OF_A_MEMBER, MOST_SHRUNK, MOST_UNPACKED, SHRUNK_COUNTS_FROM, Unfit
from .names import leads_out

CHUNK = 2**20
LOCKED = 0x1
# What computers put beside the files of a folder.
SIDE_FILES = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
FAULTS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, UnicodeError)


def members(path: Path) -> list[tuple[str, int, str]]:
    """Name, size and reason of refusal ("" where it may be unpacked) of each file in the archive, in order of name."""
    with _opened(path) as archive:
        every = archive.infolist()
        if len(every) > MOST_MEMBERS:
            raise Unfit("explodes")
        wanted = [each for each in every if not each.is_dir() and not _is_side_file(each.filename)]
        _check_sizes(wanted, path.stat().st_size)
    if not wanted:
        raise Unfit("no_pages")
    return [(each.filename, each.file_size, _fault(each)) for each in sorted(wanted, key=lambda each: each.filename)]


def unpack(path: Path, name: str, into):
    """Write one file of the archive into a file object; refused as soon as it gives more than it declared."""
    with _opened(path) as archive:
        declared = archive.getinfo(name).file_size
        try:
            with archive.open(name) as handle:
                left = declared
                while chunk := handle.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise Unfit("explodes")
                    into.write(chunk)
        except FAULTS:
            raise Unfit("damaged") from None


def _opened(path):
    try:
        return zipfile.ZipFile(path)
    except FAULTS:
        raise Unfit("damaged") from None


def _check_sizes(wanted, size):
    declared, packed = sum(each.file_size for each in wanted), sum(each.compress_size for each in wanted)
    shrunk = declared > SHRUNK_COUNTS_FROM and declared > MOST_SHRUNK * max(size, 1)
    # Files that lie over one another add up to more than the archive.
    if shrunk or declared > MOST_UNPACKED or packed > size or len({each.filename for each in wanted}) < len(wanted):
        raise Unfit("explodes")


def _fault(member) -> str:
    mode = member.external_attr >> 16
    if stat.S_ISLNK(mode) or mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "link"
    if leads_out(member.filename) or leads_out(member.orig_filename):
        return "leads_out"
    if member.flag_bits & LOCKED:
        return "locked"
    return "explodes" if member.file_size > MOST_OF_A_MEMBER else ""


def _is_side_file(name):
    return name.startswith(SIDE_FILES[0]) or name.rpartition("/")[2] in SIDE_FILES[1:] or name.rpartition("/")[2].startswith("._")
