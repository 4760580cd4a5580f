"""ALTO 4.4 (https://www.loc.gov/standards/alto/): all pages in one file, in pixels of the upright page."""

from collections.abc import Iterable, Iterator, Mapping

from documents.ocr.elements import Block, Box, Line, PageText, separator
from documents.ocr.formats.entry import Head, PageEntry, parts_of, with_head
from documents.ocr.formats.xml import Xml, share
from documents.ocr.languages import tags
from documents.ocr.layout.direction import direction_of

_ROOT = {
    "xmlns": "http://www.loc.gov/standards/alto/ns-v4#",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://www.loc.gov/standards/alto/ns-v4# "
    "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd",
    "SCHEMAVERSION": "4.4",
}
_PROCESSING = "processing_1"


def write(pages: Iterable[PageEntry], _about: Mapping[str, object]) -> Iterator[bytes]:
    """A page without text is an empty ``Page`` without a size. The engine is that of the first page read."""
    head, pages = with_head(pages)
    xml = Xml()
    with xml.element("alto", _ROOT):
        _write_description(xml, head)
        with xml.element("Layout"):
            for entry in pages:
                _write_page(xml, entry)
                yield xml.taken()
            if head.first is None:  # the schema wants a page
                xml.leaf("Page", {"ID": "page_1", "PHYSICAL_IMG_NR": 1})
    yield xml.taken()


def _write_description(xml: Xml, head: Head) -> None:
    with xml.element("Description"):
        xml.leaf("MeasurementUnit", text="pixel")
        if head.first and head.first.source:
            with xml.element("sourceImageInformation"):
                xml.leaf("fileName", text=head.first.source)
        if head.read:
            _write_processing(xml, head.read)


def _write_processing(xml: Xml, page: PageText) -> None:
    with xml.element("Processing", {"ID": _PROCESSING}):
        xml.leaf("processingCategory", text="contentGeneration")
        with xml.element("processingSoftware"):
            xml.leaf("softwareName", text=page.engine)
            xml.leaf("softwareVersion", text=page.engine_version)


def _write_page(xml: Xml, entry: PageEntry) -> None:
    attributes = {"ID": f"page_{entry.number}", "PHYSICAL_IMG_NR": entry.number}
    if entry.page is None:
        xml.leaf("Page", attributes)
        return
    page = entry.page
    languages = tags(page.languages)
    about = {
        "WIDTH": page.width,
        "HEIGHT": page.height,
        # Places lie on the turned page; ROTATION would say that the text on it is turned.
        "PAGECLASS": f"turned-{page.rotation}" if page.rotation else None,
        "PC": share(page.confidence),
        "PROCESSING": _PROCESSING,
        "LANG": next(iter(languages), None),
        "OTHERLANGS": " ".join(languages[1:]) or None,
    }
    with (
        xml.element("Page", {**attributes, **about}),
        xml.element("PrintSpace", _place(Box(0, 0, page.width, page.height))),
    ):
        for table, blocks in parts_of(entry):
            named = [(f"{entry.number}_{number}", block) for number, block in blocks]
            if table is None:
                _write_blocks(xml, named)
            else:
                about = {"ID": f"table_{named[0][0]}", "TYPE": "table"}
                box = Box.around([block.box for _name, block in named])
                with xml.element("ComposedBlock", {**about, **_place(box)}):
                    _write_blocks(xml, named)


def _write_blocks(xml: Xml, named: Iterable[tuple[str, Block]]) -> None:
    for name, block in named:
        _write_block(xml, block, name)


def _write_block(xml: Xml, block: Block, name: str) -> None:
    with xml.element("TextBlock", {"ID": f"block_{name}", **_place(block.box)}):
        # A line without words is none to the schema.
        for number, line in enumerate((line for line in block.lines if line.words), start=1):
            _write_line(xml, line, f"{name}_{number}")


def _write_line(xml: Xml, line: Line, name: str) -> None:
    about = {"ID": f"line_{name}", **_place(line.box), "BASEDIRECTION": direction_of(line)}
    before = None
    with xml.element("TextLine", about):
        for number, word in enumerate(line.words, start=1):
            if separator(before, word):
                xml.leaf("SP")
            reading = {"CONTENT": word.text, "WC": share(word.confidence)}
            xml.leaf("String", {"ID": f"word_{name}_{number}", **_place(word.box), **reading})
            before = word


def _place(box: Box) -> dict[str, object]:
    return {"HPOS": box.x0, "VPOS": box.y0, "WIDTH": box.width, "HEIGHT": box.height}
