"""What a file really is, told by its bytes and never by its name."""
import zipfile
from enum import StrEnum
from pathlib import Path

from .bounds import Unfit
from .names import ending_of

HEAD = 1024


class FileKind(StrEnum):
    """The kinds of file that are taken in; anything else is refused by name."""

    PDF = "pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"
    ZIP = "zip"


ENDINGS = {
    FileKind.PDF: {"pdf"}, FileKind.TIFF: {"tif", "tiff"}, FileKind.JPEG: {"jpg", "jpeg", "jpe", "jfif"}, FileKind.PNG: {"png"},
    FileKind.ZIP: {"zip"},
}
STARTS = {
    b"%PDF-": FileKind.PDF, b"II*\0": FileKind.TIFF, b"MM\0*": FileKind.TIFF, b"II+\0": FileKind.TIFF, b"MM\0+": FileKind.TIFF,
    b"\xff\xd8\xff": FileKind.JPEG, b"\x89PNG\r\n\x1a\n": FileKind.PNG, b"PK\x03\x04": FileKind.ZIP, b"PK\x05\x06": FileKind.ZIP,
}
OTHERS = {
    b"MZ": "chương trình Windows", b"\x7fELF": "chương trình", b"#!": "tệp lệnh", b"Rar!": "tệp nén RAR", b"7z\xbc\xaf": "tệp nén 7z",
    b"\x1f\x8b": "tệp nén gzip", b"GIF8": "ảnh GIF", b"BM": "ảnh BMP", b"\xd0\xcf\x11\xe0": "tài liệu Office cũ", b"<": "trang HTML hoặc XML",
    b"RIFF": "ảnh WebP hoặc tệp âm thanh", b"{\\rtf": "tài liệu RTF",
}


def kind_of(path: Path) -> FileKind:
    """The one kind that a file is; refused where it is none of those taken in, or two at once."""
    with path.open("rb") as handle:
        head = handle.read(HEAD)
    if not head:
        raise Unfit("empty")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    kind = next((kind for first, kind in STARTS.items() if start.startswith(first)), None)
    if kind is None or kind is not FileKind.PDF and start != head:
        other = next((words for first, words in OTHERS.items() if head.startswith(first)), "loại không rõ")
        raise Unfit("two_kinds" if b"%PDF-" in head else "unknown_kind", {"kind": other})
    if kind is not FileKind.PDF and b"%PDF-" in head or kind is not FileKind.ZIP and zipfile.is_zipfile(path):
        raise Unfit("two_kinds")
    return kind


def lies(kind: FileKind, name: str) -> bool:
    """Whether the name claims another kind than the file is."""
    ending = ending_of(name)
    return bool(ending) and ending not in ENDINGS[kind]
