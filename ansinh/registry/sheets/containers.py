"""What a file really is, told by its content, and whether it is safe to open."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

MAX_FILE = 200 * 2**20
# A sheet of a million blank rows unpacks to 70 MB; beyond this only what really is that long passes.
FREE_UNPACKED = 120 * 2**20
MAX_RATIO = 50
MAX_UNPACKED = 2 * 2**30
MAX_MEMBERS = 2_000
CHUNK = 2**20

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Container:
    """Tệp bảng tính: its bytes, the name it came under and its true kind (xlsx, ods, xls, csv)."""

    data: bytes
    name: str
    kind: str

    def archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.data))


def recognise(data: bytes, name: str) -> Container:
    """Tell the kind by content and refuse what is not a plain spreadsheet: macros, passwords, bombs, entities."""
    if not data:
        raise Refusal(_("Tệp %(name)s rỗng; chọn lại tệp bảng tính.") % {"name": name})
    if len(data) > MAX_FILE:
        raise Refusal(_("Tệp %(name)s lớn hơn %(limit)d MB; chia thành nhiều tệp.") % {"name": name, "limit": MAX_FILE // 2**20})
    if data.startswith(ZIP):
        return Container(data, name, _kind_of_archive(data, name))
    if data.startswith(OLE):
        return Container(data, name, _kind_of_ole(data, name))
    return Container(data, name, _kind_of_text(data, name))


def _kind_of_archive(data, name):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
            _refuse_macros(members, name)
            _unpack(archive, len(data), name)
            return _archive_kind(archive, members, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as fault:
        raise Refusal(
            _("Tệp %(name)s bị hỏng khi giải nén; mở và lưu lại bằng phần mềm bảng tính rồi nạp lại.") % {"name": name}
        ) from fault
    except RuntimeError as fault:  # zipfile says "password required" so
        raise _encrypted(name) from fault


def _archive_kind(archive, members, name):
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "content.xml" in members and "mimetype" in members:
        if "META-INF/manifest.xml" in members and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise _encrypted(name)
        if b"opendocument.spreadsheet" in archive.read("mimetype"):
            return "ods"
    raise Refusal(_("Tệp %(name)s không phải bảng tính; chỉ nhận .xlsx, .xls, .ods và .csv.") % {"name": name})


def _refuse_macros(members, name):
    macros = [
        m for m in members if m.lower().endswith("vbaproject.bin") or m.startswith(("Basic/", "xl/macrosheets/"))
    ]
    if macros:
        raise Refusal(
            _("Tệp %(name)s có macro (%(place)s); lưu lại dạng .xlsx không macro rồi nạp lại.")
            % {"name": name, "place": macros[0]}
        )
    if "xl/workbook.bin" in members:
        raise Refusal(_("Tệp %(name)s ở dạng .xlsb; lưu lại dạng .xlsx rồi nạp lại.") % {"name": name})


def _unpack(archive, packed, name):
    """Read every part once, counting what really comes out, whatever the archive declares."""
    if len(archive.infolist()) > MAX_MEMBERS:
        raise _bomb(name, "")
    allowed = min(MAX_UNPACKED, max(FREE_UNPACKED, MAX_RATIO * packed))
    unpacked = 0
    for member in archive.infolist():
        tail = b""
        with archive.open(member) as part:
            while chunk := part.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > allowed:
                    raise _bomb(name, member.filename)
                if member.filename.endswith((".xml", ".rels", ".vml")):
                    _refuse_entities(tail + chunk, member.filename, name)
                    tail = chunk[-16:]


def _refuse_entities(chunk, place, name):
    if b"\0" in chunk or _DTD.search(chunk):
        raise Refusal(
            _(
                "Tệp %(name)s có khai báo thực thể XML ở %(place)s, thường là tệp độc hại; lưu lại bằng phần mềm bảng tính rồi nạp lại."
            )
            % {"name": name, "place": place}
        )


def _kind_of_ole(data, name):
    if _utf16("EncryptedPackage") in data or _utf16("EncryptionInfo") in data:
        raise _encrypted(name)
    if _utf16("_VBA_PROJECT_CUR") in data or _utf16("_VBA_PROJECT") in data:
        raise Refusal(_("Tệp %(name)s có macro; lưu lại dạng .xlsx không macro rồi nạp lại.") % {"name": name})
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return "xls"
    raise Refusal(_("Tệp %(name)s không phải bảng tính; chỉ nhận .xlsx, .xls, .ods và .csv.") % {"name": name})


def _kind_of_text(data, name):
    head = data[:4096]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    is_markup = start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<workbook", b"%pdf", b"{\\rtf"))
    if is_markup or (b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise Refusal(
            _("Tệp %(name)s không phải bảng tính; chỉ nhận .xlsx, .xls, .ods và .csv. Mở tệp và lưu lại dạng .xlsx.")
            % {"name": name}
        )
    return "csv"


def _utf16(text):
    return text.encode("utf-16-le")


def _bomb(name, place):
    return Refusal(
        _(
            "Tệp %(name)s giải nén ra quá lớn so với cỡ tệp (%(place)s), thường là tệp phá hoại; xóa các dòng, cột trống rồi lưu lại."
        )
        % {"name": name, "place": place}
    )


def _encrypted(name):
    return Refusal(_("Tệp %(name)s đặt mật khẩu; bỏ mật khẩu, lưu lại rồi nạp lại.") % {"name": name})
