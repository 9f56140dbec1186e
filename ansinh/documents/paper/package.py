"""A DOCX as the package that it is: what is strange in one is refused before anything is read; the same parts give the same bytes."""
import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 5 * 2**20, 40 * 2**20, 400
DOCUMENT, TYPES = "word/document.xml", "[Content_Types].xml"
MADE = (1980, 1, 1, 0, 0, 0)
MACRO = re.compile(rb"macroEnabled|vbaProject|vbaData", re.I)
# Word would fetch or start something when it opens these.
LIVE_FIELD = re.compile(rb"INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|\bDDE\b|\bIMPORT\b|MACROBUTTON", re.I)
RELATION = re.compile(rb"<Relationship\b[^>]*>", re.S)
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.I)


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a template by name, in their order; refused where it is broken, too large, or more than text."""
    if len(data) > MOST_BYTES:
        raise Refusal(_("Tệp mẫu lớn quá %(n)d MB; bỏ hình, phông nhúng trong tệp rồi gửi lại.") % {"n": MOST_BYTES // 2**20}, field="file")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = _read(package)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError) as broken:
        raise Refusal(_("Không mở được tệp như một tệp Word .docx; mở tệp bằng Word, lưu lại dạng .docx rồi gửi lại."), field="file") from broken
    if DOCUMENT not in parts or TYPES not in parts:
        raise Refusal(_("Tệp này không phải tệp Word .docx (thiếu word/document.xml); lưu lại dạng .docx rồi gửi lại."), field="file")
    for name, part in parts.items():
        _refuse_live(name, part)
    return parts


def _read(package):
    members = package.infolist()
    if len(members) > MOST_PARTS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Refusal(_("Tệp mẫu khai quá nhiều phần hoặc quá lớn khi mở ra; lập lại mẫu từ mẫu có sẵn."), field="file")
    parts = {}
    for member in members:
        with package.open(member) as handle:
            part = handle.read(member.file_size + 1)
        if len(part) != member.file_size or member.filename in parts:
            raise zipfile.BadZipFile(member.filename)
        parts[member.filename] = part
    return parts


def _refuse_live(name, part):
    """Macros, what lies outside of the file, embedded objects, and XML that declares entities."""
    where = {"place": name}
    if "vba" in name.lower() or name == TYPES and MACRO.search(part):
        raise Refusal(_("Mẫu có macro (%(place)s); lưu lại dạng .docx không có macro rồi gửi lại.") % where, field="file")
    if "/embeddings/" in name or "/activeX/" in name or "afchunk" in name.lower():
        raise Refusal(_("Mẫu có đối tượng nhúng (%(place)s); xóa đối tượng ấy trong Word rồi gửi lại.") % where, field="file")
    if name.endswith(".rels"):
        _refuse_outside(name, part)
    if name.endswith((".xml", ".rels")):
        _refuse_strange_xml(name, part)


def _refuse_outside(name, part):
    for relation in RELATION.findall(part):
        if EXTERNAL.search(relation) and b"attachedTemplate" in relation:
            raise Refusal(_("Mẫu lấy khuôn từ nơi khác (%(place)s); trong Word bỏ khuôn đính kèm rồi gửi lại.") % {"place": name}, field="file")
        if EXTERNAL.search(relation):
            raise Refusal(_("Mẫu có liên kết ra ngoài (%(place)s); xóa liên kết, hình liên kết rồi gửi lại.") % {"place": name}, field="file")


def _refuse_strange_xml(name, part):
    # Word writes UTF-8; an entity could also hide in another encoding.
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refusal(_("Phần %(place)s của mẫu viết lạ; mở bằng Word, lưu lại rồi gửi lại.") % {"place": name}, field="file")
    if name.startswith("word/") and LIVE_FIELD.search(part):
        raise Refusal(_("Mẫu có trường lấy nội dung từ nơi khác (%(place)s); xóa trường ấy rồi gửi lại.") % {"place": name}, field="file")


def packed(parts: dict[str, bytes]) -> bytes:
    """Parts as one file; every part carries the same moment, so the same parts give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name, MADE), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def added(package: bytes, parts: dict[str, bytes]) -> bytes:
    """A package with further parts at its end; the others are not packed again."""
    out = BytesIO(package)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as whole:
        for name, part in parts.items():
            whole.writestr(zipfile.ZipInfo(name, MADE), part, zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED)
    return out.getvalue()
