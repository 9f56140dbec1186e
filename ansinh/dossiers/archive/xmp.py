"""The XMP packet of an archival copy: declared PDF/A-2b, and the fields of the guidance in a schema that the packet itself explains."""
from xml.sax.saxutils import escape

SPACE = "urn:ansinh:archive:1"
SCHEMA = "Dữ liệu đặc tả tài liệu số hóa"

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreateDate>{stamp}</xmp:CreateDate>
<xmp:ModifyDate>{stamp}</xmp:ModifyDate></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>{producer}</pdf:Producer></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{schema}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{space}</pdfaSchema:namespaceURI><pdfaSchema:prefix>doc</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
{properties}
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:doc="{space}">{fields}</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
PROPERTY = (
    '<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>'
    "<pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>{name}, 02/2019/TT-BNV</pdfaProperty:description></rdf:li>"
)


def packet(*, title: str, fields: dict[str, str], stamp: str, producer: str) -> bytes:
    """The packet; whatever was typed or read is escaped, and what XML cannot hold is left out."""
    return PACKET.format(
        title=_safe(title), stamp=stamp, producer=producer, schema=SCHEMA, space=SPACE,
        properties="\n".join(PROPERTY.format(name=name) for name in fields),
        fields="".join(f"<doc:{name}>{_safe(value)}</doc:{name}>" for name, value in fields.items()),
    ).encode()


def _safe(text):
    return escape("".join(letter for letter in text if letter.isprintable()))
