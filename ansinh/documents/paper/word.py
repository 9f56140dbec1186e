"""Letters as DOCX: everything that does not change is written once, a letter adds its words and its picture. / Bản Word."""
from copy import deepcopy
from functools import lru_cache
from xml.sax.saxutils import escape

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from .mark import PICTURE, mark_table, picture_of, with_picture
from .package import DOCUMENT, added, packed
from .template import PLACE, Template, opened, value_of

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Word:
    """A template made ready for many letters: its package without the words, and the words as text with places."""

    def __init__(self, template: Template):
        parts = with_picture(template.parts)
        self.before = packed({name: part for name, part in parts.items() if name != DOCUMENT})
        self.texts = {has_page: _text_of(template.document.element, has_page) for has_page in (True, False)}
        self.line = _line_break(template.document.element)

    def letter(self, values: dict[str, str]) -> bytes:
        """One letter; the same values give the same bytes."""
        text = self.texts[bool(values["trang kiểm tra"])]
        filled = PLACE.sub(lambda place: escape(value_of(place[1], values)).replace("\n", self.line), text)
        return added(self.before, {DOCUMENT: filled.encode(), PICTURE: picture_of(values)})


@lru_cache(maxsize=32)
def word_of(data: bytes) -> Word:
    """A template (DOCX) made ready once while it is in use."""
    return Word(opened(data))


def _text_of(element, has_page):
    """The document with the mark at its end, as XML text in which the places stand."""
    document = deepcopy(element)
    for text in document.iter(qn("w:t")):
        text.set(SPACE, "preserve")
    body = document.find(qn("w:body"))
    section = body.find(qn("w:sectPr"))
    at = len(body) if section is None else body.index(section)
    # A table needs a paragraph on either side, before another table and before the end.
    for place, part in enumerate((OxmlElement("w:p"), mark_table(has_page=has_page), OxmlElement("w:p")), at):
        body.insert(place, part)
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + etree.tostring(document, encoding="unicode")


def _line_break(element):
    """What stands for a new line within a text, by the prefix that the document itself uses."""
    w = element.prefix
    return f'</{w}:t><{w}:br/><{w}:t xml:space="preserve">'
