"""A template: a DOCX whose places {{ like this }} are filled with text; nothing in it is ever run. / Mẫu văn bản."""
import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from ansinh.web.refusal import Refusal

from ..kinds import Kind
from .blocks import blocks, filled_blocks
from .package import unpacked

PLACE = re.compile(r"\{\{([^{}]*)\}\}")
BRACES = re.compile(r"\{\{|\}\}")
# What both the DOCX and the PDF can show. Anything else would silently be missing from one of them.
IN_BODY = {qn("w:p"), qn("w:tbl"), qn("w:sectPr")}
IN_PARAGRAPH = {qn("w:pPr"), qn("w:r"), qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:proofErr"), qn("w:permStart"), qn("w:permEnd")}
IN_RUN = {qn("w:rPr"), qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:noBreakHyphen"), qn("w:lastRenderedPageBreak")}
SURROUNDING = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")


class Template:
    """An opened template: its parts, and its body with each place whole in one run."""

    def __init__(self, data: bytes):
        self.parts = unpacked(data)
        try:
            self.document = Document(BytesIO(data))
        except (KeyError, ValueError, etree.XMLSyntaxError) as broken:
            raise Refusal(_("Không đọc được nội dung tệp mẫu; mở bằng Word, lưu lại dạng .docx rồi gửi lại."), field="file") from broken
        _refuse_unshown(self)
        for number, paragraph in enumerate(self.document.element.iter(qn("w:p")), 1):
            _gather(paragraph, number)
        self.blocks = blocks(self.document)

    @property
    def places(self) -> dict[str, int]:
        """The names of its places, each with the number of the paragraph where it stands first."""
        found = {}
        for number, paragraph in enumerate(self.document.element.iter(qn("w:p")), 1):
            for name in PLACE.findall(_text(paragraph)):
                found.setdefault(clean(name), number)
        return found

    def shown(self, values: dict[str, str]) -> list[dict]:
        """The letter as blocks for the typesetter."""
        return filled_blocks(self.blocks, lambda text: fill(text, values))


@lru_cache(maxsize=32)
def opened(data: bytes) -> Template:
    """A template, read once while it is in use; never alter what this gives."""
    return Template(data)


def check_template(data: bytes, kind: Kind) -> Template:
    """Soát mẫu: refused with place, cause and remedy where a letter of this kind could not be made of it."""
    template = opened(data)
    places = template.places
    for name, number in places.items():
        if name not in kind.known:
            said = {"name": name, "n": number, "known": ", ".join(sorted(kind.known))}
            raise Refusal(_("Đoạn %(n)d: không có chỗ điền nào tên “%(name)s”. Sửa thành một trong: %(known)s.") % said, field="file")
    if missing := [name for name in kind.needed if name not in places]:
        said = {"names": ", ".join(f"{{{{ {name} }}}}" for name in missing), "kind": kind.title}
        raise Refusal(_("Mẫu “%(kind)s” thiếu chỗ điền: %(names)s. Gõ thêm vào mẫu rồi gửi lại.") % said, field="file")
    return template


def fill(text: str, values: dict[str, str]) -> str:
    """A text with its places filled; a name in capitals gives its value in capitals."""
    return PLACE.sub(lambda place: value_of(place[1], values), text)


def clean(name: str) -> str:
    """A name as it is known: without capitals and double spaces."""
    return " ".join(name.split()).casefold()


def value_of(name: str, values: dict[str, str]) -> str:
    """What stands in a place: the value of its name, in capitals where the name is."""
    value = values[clean(name)]
    return value.upper() if name.isupper() else value


def _refuse_unshown(template):
    body = template.document.element.body
    for child in body:
        if child.tag not in IN_BODY:
            raise _unshown(1, child)
    for number, paragraph in enumerate(body.iter(qn("w:p")), 1):
        for element in _strange(paragraph):
            raise _unshown(number, element)
    for name, part in template.parts.items():
        if SURROUNDING.fullmatch(name) and re.search(rb"<w:t[ >]", part):
            why = _("Mẫu có chữ ở đầu trang, chân trang hay chú thích (%(place)s); chuyển chữ ấy vào thân văn bản.")
            raise Refusal(why % {"place": name}, field="file")


def _strange(paragraph) -> Iterator:
    yield from (child for child in paragraph if child.tag not in IN_PARAGRAPH)
    yield from (child for run in paragraph.iter(qn("w:r")) for child in run if child.tag not in IN_RUN)
    yield from paragraph.iter(qn("w:numPr"))


def _unshown(number, element):
    what = etree.QName(element).localname
    words = {
        "drawing": _("hình"), "pict": _("hình"), "hyperlink": _("liên kết"), "ins": _("sửa có theo dõi"), "del": _("sửa có theo dõi"),
        "numPr": _("đánh số tự động"), "sdt": _("ô nội dung"), "fldChar": _("trường"), "fldSimple": _("trường"), "instrText": _("trường"),
    }
    said = {"n": number, "what": words.get(what, what)}
    return Refusal(_("Đoạn %(n)d có %(what)s, bản PDF không in được; thay bằng chữ thường hoặc xóa đi.") % said, field="file")


def _text(paragraph):
    return "".join(run.text for run in paragraph.iter(qn("w:r")))


def _gather(paragraph, number):
    """Word cuts text into runs as it likes; each place is brought together in the run where it begins."""
    runs = list(paragraph.iter(qn("w:r")))
    texts = [run.text for run in runs]
    whole = "".join(texts)
    if BRACES.search(PLACE.sub("", whole)):
        raise Refusal(_("Đoạn %(n)d: có dấu {{ hoặc }} không thành cặp; viết chỗ điền như {{ họ và tên }}.") % {"n": number}, field="file")
    starts = [sum(len(text) for text in texts[:at]) for at in range(len(texts) + 1)]
    for place in reversed(list(PLACE.finditer(whole))):
        first = max(at for at in range(len(runs)) if starts[at] <= place.start())
        last = max(at for at in range(len(runs)) if starts[at] < place.end())
        if first == last:
            continue
        texts[last] = texts[last][place.end() - starts[last] :]
        texts[first] = texts[first][: place.start() - starts[first]] + place[0]
        texts[first + 1 : last] = [""] * (last - first - 1)
    for run, text in zip(runs, texts, strict=True):
        if run.text != text:
            run.text = text
