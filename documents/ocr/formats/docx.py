"""Word documents (ECMA-376, “Office Open XML”): paragraphs and page breaks, written page by page."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping

from documents.ocr.elements import PageText
from documents.ocr.formats.docx_parts import DOCUMENT, NAMESPACE, parts
from documents.ocr.formats.entry import PageEntry, title_of, with_head
from documents.ocr.formats.flow import LINE_BREAK, SOFT_HYPHEN, Paragraph, paragraphs
from documents.ocr.formats.streamed import Outbox
from documents.ocr.formats.xml import Xml

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SPECIAL = {LINE_BREAK: "w:br", SOFT_HYPHEN: "w:softHyphen", "\t": "w:tab"}
_CUTS = re.compile("([" + "".join(_SPECIAL) + "])")
# A4 with margins of 2 cm, in twentieths of a point.
_PAPER = {"w:w": 11906, "w:h": 16838}
_MARGINS = dict.fromkeys(("w:top", "w:right", "w:bottom", "w:left"), 1134)


def write(pages: Iterable[PageEntry], about: Mapping[str, object]) -> Iterator[bytes]:
    """Each page begins on a page of its own; one without text is empty."""
    head, pages = with_head(pages)
    codes = head.read.languages if head.read else ()
    outbox = Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(title_of(about), codes):
            archive.writestr(name, content)
        with archive.open(DOCUMENT, "w") as document:
            for piece in _document(pages):
                document.write(piece)
                yield outbox.taken()
    yield outbox.taken()


def _document(pages: Iterable[PageEntry]) -> Iterator[bytes]:
    xml = Xml()
    with xml.element("w:document", {"xmlns:w": NAMESPACE}), xml.element("w:body"):
        begins_page = False
        for entry in pages:
            _write_page(xml, entry.page, begins_page=begins_page)
            begins_page = True
            yield xml.taken()
        with xml.element("w:sectPr"):
            xml.leaf("w:pgSz", _PAPER)
            xml.leaf("w:pgMar", {**_MARGINS, "w:header": 0, "w:footer": 0, "w:gutter": 0})
    yield xml.taken()


def _write_page(xml: Xml, page: PageText | None, *, begins_page: bool) -> None:
    found = list(paragraphs(page)) if page else []
    for paragraph in found or [Paragraph("", "ltr")]:
        _write_paragraph(xml, paragraph, begins_page=begins_page)
        begins_page = False


def _write_paragraph(xml: Xml, paragraph: Paragraph, *, begins_page: bool) -> None:
    with xml.element("w:p"):
        with xml.element("w:pPr"):
            if begins_page:
                xml.leaf("w:pageBreakBefore")
            if paragraph.direction == "rtl":
                xml.leaf("w:bidi")
        if paragraph.text:
            _write_run(xml, paragraph)


def _write_run(xml: Xml, paragraph: Paragraph) -> None:
    with xml.element("w:r"):
        if paragraph.direction == "rtl":
            with xml.element("w:rPr"):
                xml.leaf("w:rtl")
        for part in filter(None, _CUTS.split(paragraph.text)):
            if part in _SPECIAL:
                xml.leaf(_SPECIAL[part])
            else:
                xml.leaf("w:t", {"xml:space": "preserve"}, part)
