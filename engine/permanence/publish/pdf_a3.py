"""A PDF/A-3 made ready to be sent: packed, and one with a Factur-X invoice in it says so in its metadata.

The package that reads it takes a while to load: it is, once there is a page.
"""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf

NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
ATTACHED = "factur-x.xml"
SAYS = {
    "DocumentType": ("INVOICE", "The type of the hybrid document in capital letters"),
    "DocumentFileName": (ATTACHED, "The file name of the embedded XML document"),
    "Version": ("1.0", "The version of the Factur-X XML schema"),
    "ConformanceLevel": ("EN 16931", "The conformance level of the Factur-X data"),
}
"""The four properties that the standard asks for, each with what it means."""
DESCRIPTION_ENDS, SCHEMAS_END = b"</rdf:Description>", b"</rdf:Bag></pdfaExtension:schemas>"


def with_factur_x(pdf: bytes) -> bytes:
    """Return a PDF/A-3 that has a Factur-X invoice attached with the metadata that say so: the same bytes each time."""
    from pikepdf import open as pdf_in

    with pdf_in(BytesIO(pdf)) as opened:
        metadata = opened.Root.Metadata
        metadata.write(_told(metadata.read_bytes()))
        return _saved(opened)


def factur_x_within(pdf: bytes) -> bytes:
    """Return the invoice that is attached to a PDF; raise ValueError where it is no PDF, or has none."""
    from pikepdf import PdfError
    from pikepdf import open as pdf_in

    try:
        with pdf_in(BytesIO(pdf)) as opened:
            return opened.attachments[ATTACHED].get_file().read_bytes()
    except (PdfError, KeyError) as error:
        raise ValueError(f"it is no PDF with {ATTACHED}") from error


def packed(pdf: bytes) -> bytes:
    """Return a PDF/A-3 in a fifth of its size or so, the same bytes each time: its tags are many and alike."""
    from pikepdf import open as pdf_in

    with pdf_in(BytesIO(pdf)) as opened:
        return _saved(opened)


def _saved(opened: "Pdf") -> bytes:
    from pikepdf import ObjectStreamMode

    made = BytesIO()
    opened.save(made, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return made.getvalue()


def _told(metadata: bytes) -> bytes:
    """Return metadata (XMP) with the properties, and with the schema that PDF/A asks for of what it does not know."""
    if metadata.count(DESCRIPTION_ENDS) != 1 or metadata.count(SCHEMAS_END) != 1:
        raise ValueError("the metadata of the page are not as its typesetter wrote them")
    values = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, (value, _) in SAYS.items())
    meanings = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>'
        f"<pdfaProperty:description>{meaning}</pdfaProperty:description><pdfaProperty:name>{name}</pdfaProperty:name>"
        f"<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for name, (_, meaning) in SAYS.items()
    )
    schema = (
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{meanings}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
    named = f'<rdf:Description xmlns:fx="{NAMESPACE}"'.encode()
    return (
        metadata.replace(SCHEMAS_END, schema.encode() + SCHEMAS_END)
        .replace(DESCRIPTION_ENDS, values.encode() + DESCRIPTION_ENDS)
        .replace(b"<rdf:Description", named, 1)
    )
