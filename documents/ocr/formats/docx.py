"""Word documents (ECMA-376, “Office Open XML”): paragraphs and page breaks, written page by page."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from documents.ocr.formats.docx_parts import DOCUMENT, NAMESPACE, STYLES, package
from documents.ocr.formats.entry import PageEntry, title_of, with_head
from documents.ocr.formats.flow import LINE_BREAK, Paragraph, parts
from documents.ocr.formats.streamed import Outbox
from documents.ocr.formats.xml import Xml
from documents.ocr.hyphens import SOFT_HYPHEN
from documents.ocr.layout.direction import direction_of_text
from documents.ocr.layout.tables import Place, Table

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
        for name, content in package(title_of(about), codes):
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
            _write_page(xml, entry, begins_page=begins_page)
            begins_page = True
            yield xml.taken()
        with xml.element("w:sectPr"):
            xml.leaf("w:pgSz", _PAPER)
            xml.leaf("w:pgMar", {**_MARGINS, "w:header": 0, "w:footer": 0, "w:gutter": 0})
    yield xml.taken()


def _write_page(xml: Xml, entry: PageEntry, *, begins_page: bool) -> None:
    found = list(parts(entry.page, entry.all_tables)) if entry.page else []
    if not found or (begins_page and isinstance(found[0], Table)):  # only a paragraph can begin a page
        found.insert(0, Paragraph("", "ltr"))
    for part, following in zip_longest(found, found[1:]):
        if isinstance(part, Paragraph):
            _write_paragraph(xml, part, begins_page=begins_page)
        else:
            _write_table(xml, part)
            if not isinstance(following, Paragraph):  # Word would join it to a table that follows
                _write_paragraph(xml, Paragraph("", "ltr"), begins_page=False)
        begins_page = False


def _write_table(xml: Xml, table: Table) -> None:
    with xml.element("w:tbl"):
        with xml.element("w:tblPr"):
            xml.leaf("w:tblStyle", {"w:val": "TableGrid"})
            if table.direction == "rtl":
                xml.leaf("w:bidiVisual")
        with xml.element("w:tblGrid"):
            for _column in range(table.columns):
                xml.leaf("w:gridCol")
        for row in table.places:
            _write_row(xml, row)


def _write_row(xml: Xml, row: Sequence[Place]) -> None:
    with xml.element("w:tr"):
        if row[0].is_head:
            with xml.element("w:trPr"):
                xml.leaf("w:tblHeader")
        for place in row:
            with xml.element("w:tc"):
                if place.span > 1:
                    with xml.element("w:tcPr"):
                        xml.leaf("w:gridSpan", {"w:val": place.span})
                _write_paragraph(xml, Paragraph(place.text, direction_of_text(place.text)), begins_page=False)


def _write_paragraph(xml: Xml, paragraph: Paragraph, *, begins_page: bool) -> None:
    with xml.element("w:p"):
        with xml.element("w:pPr"):
            if paragraph.role in STYLES:
                xml.leaf("w:pStyle", {"w:val": STYLES[paragraph.role].name})
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
