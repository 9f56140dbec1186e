"""A PDF/A-2b of images with invisible text over them; the same input gives the same bytes."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import ImageCms

from ..words import Word
from .images import Picture
from .xmp import packet

GLYPHLESS = Path(__file__).with_name("glyphless.ttf")
# Every character has this width in the glyphless font, in thousandths of its size.
ADVANCE = 500
ICC_DATE = slice(24, 36)
PRODUCER = "An Sinh"
TURNS = {
    0: "{w} 0 0 {h} 0 0", 90: "0 -{h} {w} 0 0 {h}", 180: "-{w} 0 0 -{h} {w} {h}", 270: "0 {h} -{w} 0 {w} 0",
}
TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


@dataclass(frozen=True)
class Side:
    """One page: its picture, its size in pixels as it is read, its resolution, and its words."""

    picture: Picture
    width: int
    height: int
    dpi: int
    words: list[Word]


def archival_pdf(sides: Iterable[Side], *, title: str, fields: dict[str, str], made: datetime) -> bytes:
    """The paper as one file; ``fields`` are the metadata of the guidance, ``made`` the moment of its scan."""
    made = made.astimezone(UTC)
    with pikepdf.new() as pdf:
        font = _font(pdf)
        for side in sides:
            _add(pdf, side, font)
        stamp = made.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        metadata = Stream(pdf, packet(title=title, fields=fields, stamp=stamp, producer=PRODUCER), Type=Name.Metadata, Subtype=Name.XML)
        pdf.Root.Metadata = pdf.make_indirect(metadata)
        pdf.Root.OutputIntents = Array([_intent(pdf)])
        pdf.Root.Lang, pdf.Root.MarkInfo = String("vi"), Dictionary(Marked=False)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        day = String(made.strftime("D:%Y%m%d%H%M%S+00'00'"))
        pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(title), Producer=String(PRODUCER), CreationDate=day, ModDate=day))
        out = BytesIO()
        pdf.save(out, min_version="1.7", deterministic_id=True, fix_metadata_version=False, recompress_flate=False)
    return out.getvalue()


def _add(pdf, side, font):
    width, height = side.width * 72 / side.dpi, side.height * 72 / side.dpi
    image = pdf.make_indirect(_image(pdf, side.picture))
    matrix = TURNS[side.picture.turn].format(w=_n(width), h=_n(height))
    content = f"q {matrix} cm /Im0 Do Q\n{_text(side, height)}".encode("ascii")
    resources = Dictionary(XObject=Dictionary(Im0=image), Font=Dictionary(F0=font))
    box = Array([0, 0, round(width, 3), round(height, 3)])
    page = Dictionary(Type=Name.Page, MediaBox=box, Resources=resources, Contents=pdf.make_indirect(Stream(pdf, content)))
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _image(pdf, picture):
    stream = Stream(pdf, picture.data)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = picture.width, picture.height, picture.bits
    stream.ColorSpace, stream.Filter = Name(picture.space), Name(picture.coding)
    if picture.parameters:
        stream.DecodeParms = Dictionary(picture.parameters)
    return stream


def _text(side, height):
    """Each word as wide as its box and as high; a space after it keeps it apart from the next when text is taken out."""
    scale, lines = 72 / side.dpi, []
    for word in side.words:
        codes = _codes(word.text)
        if not codes or not word.box.width or not word.box.height:
            continue
        size = word.box.height * scale
        stretch = word.box.width * scale / (len(codes) // 4 * size * ADVANCE / 1000) * 100
        at = f"1 0 0 1 {_n(word.box.left * scale)} {_n(height - word.box.bottom * scale)} Tm"
        lines.append(f"/F0 {_n(size)} Tf {_n(stretch)} Tz {at} <{codes}0020> Tj")
    return "BT 3 Tr\n" + "\n".join(lines) + "\nET\n" if lines else ""


def _codes(text):
    return "".join(f"{ord(letter):04X}" for letter in text if letter.isprintable() and ord(letter) < 0xFFFE)


def _n(number):
    return f"{number:.3f}".rstrip("0").rstrip(".")


def _font(pdf):
    program = Stream(pdf, GLYPHLESS.read_bytes())
    program.Length1 = GLYPHLESS.stat().st_size
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.GlyphLessFont, Flags=5, FontBBox=Array([0, 0, ADVANCE, 1000]), ItalicAngle=0, Ascent=1000,
        Descent=-1, CapHeight=1000, StemV=80, FontFile2=pdf.make_indirect(program),
    )
    # Every code leads to the one empty glyph.
    glyphs = pdf.make_indirect(Stream(pdf, b"\x00\x01" * 65536))
    system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.GlyphLessFont, CIDSystemInfo=system, DW=ADVANCE, CIDToGIDMap=glyphs,
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.GlyphLessFont, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=pdf.make_indirect(Stream(pdf, TO_UNICODE)),
    )
    return pdf.make_indirect(font)


def _intent(pdf):
    profile = Stream(pdf, _srgb())
    profile.N = 3
    said = {"OutputConditionIdentifier": String("sRGB"), "Info": String("sRGB IEC61966-2.1")}
    return Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=pdf.make_indirect(profile), **said)


@cache
def _srgb() -> bytes:
    """The sRGB profile of Little CMS, without the moment at which it was made."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[ICC_DATE] = bytes.fromhex("07e5 0001 0001 0000 0000 0000")
    return bytes(profile)
