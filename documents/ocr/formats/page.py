"""PAGE of 2019-07-15 (https://github.com/PRImA-Research-Lab/PAGE-XML): an XML file a page, in a zip."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from documents.ocr.elements import Block, Box, Line, PageText, Word, confidence_of, lines_of, words_of
from documents.ocr.formats.entry import PageEntry, parts_of
from documents.ocr.formats.page_names import languages_of, script_of
from documents.ocr.formats.streamed import Outbox
from documents.ocr.formats.xml import Attributes, Xml, share
from documents.ocr.insets import Inset, InsetCell, Segment, rows_of
from documents.ocr.languages import tags
from documents.ocr.layout.direction import Direction, direction_of, main_direction

_NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
_ROOT = {
    "xmlns": _NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_NAMESPACE} {_NAMESPACE}/pagecontent.xsd",
}
_DIRECTIONS: Mapping[Direction, dict[str, object]] = {
    "ltr": {"readingDirection": "left-to-right", "textLineOrder": "top-to-bottom"},
    "rtl": {"readingDirection": "right-to-left", "textLineOrder": "top-to-bottom"},
    "ttb": {"readingDirection": "top-to-bottom", "textLineOrder": "right-to-left"},
}


def write(pages: Iterable[PageEntry], about: Mapping[str, object]) -> Iterator[bytes]:
    """``page-0001.xml`` and so on. A page without text has its file, too, with the reason as a comment."""
    outbox = Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in pages:
            archive.writestr(f"page-{entry.number:04d}.xml", b"".join(write_alone([entry], about)))
            yield outbox.taken()
    yield outbox.taken()


def write_alone(pages: Iterable[PageEntry], _about: Mapping[str, object]) -> Iterator[bytes]:
    """The file of the one page in ``pages``. A page without text is 0 pixels wide."""
    for entry in pages:
        xml = Xml()
        with xml.element("PcGts", _ROOT):
            _write_metadata(xml, entry)
            _write_page(xml, entry)
        yield xml.taken() + b"\n"


def _write_metadata(xml: Xml, entry: PageEntry) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with xml.element("Metadata"):
        xml.leaf("Creator", text="ocrsite")
        xml.leaf("Created", text=now)
        xml.leaf("LastChange", text=now)
        if entry.page is None:
            xml.leaf("Comments", text=entry.error.message if entry.error else entry.state)
        else:
            engine = f"{entry.page.engine} {entry.page.engine_version}".strip()
            _write_item(xml, "processingStep", "recognition", engine)
            _write_item(xml, "imageProperties", "rotation", entry.page.rotation)
            if languages := tags(entry.page.languages):  # the page itself has room for two
                _write_item(xml, "other", "languages", " ".join(languages))


def _write_item(xml: Xml, kind: str, name: str, value: object) -> None:
    xml.leaf("MetadataItem", {"type": kind, "name": name, "value": value})


def _write_page(xml: Xml, entry: PageEntry) -> None:
    page = entry.page or PageText(0, 0, ())
    size = {"imageFilename": entry.source, "imageWidth": page.width, "imageHeight": page.height}
    with xml.element("Page", {**size, **_about_text(page)}):
        regions = [*_regions(entry)]
        if regions:
            _write_order(xml, regions)
        for region in regions:
            if region.table:
                _write_table(xml, region)
            else:
                _write_region(xml, region.blocks[0], region.name)


class _Region(NamedTuple):
    """A paragraph, or a table and what is in it; ``cells`` are those of the table row by row."""

    name: str
    blocks: Sequence[Block]
    table: Inset | None = None
    cells: Sequence[tuple[int, bool, InsetCell, Sequence[Segment]]] = ()

    @property
    def names(self) -> list[str]:
        """Of the cells."""
        return [f"{self.name}_c{number}" for number in range(1, len(self.cells) + 1)]


def _regions(entry: PageEntry) -> Iterator[_Region]:
    for table, numbered in parts_of(entry):
        if table is None:
            yield from (_Region(f"r{number}", [block]) for number, block in numbered)
            continue
        blocks = [block for _number, block in numbered]
        rows = rows_of(table, lines_of(blocks))
        cells = [
            (row, row < table.head, cell, segments)
            for row, cells in enumerate(rows)
            for cell, segments in cells
            if segments
        ]
        yield _Region(f"r{numbered[0][0]}", blocks, table, cells)


def _about_text(page: PageText) -> Attributes:
    if not page.blocks:
        return {}
    first, second, *_more = (*languages_of(page.languages), None, None)
    return {
        "primaryLanguage": first,
        "secondaryLanguage": second,
        "primaryScript": script_of(page.languages),
        **_DIRECTIONS[main_direction(page.lines)],
        "conf": share(page.confidence),
    }


def _write_order(xml: Xml, regions: Sequence[_Region]) -> None:
    with xml.element("ReadingOrder"), xml.element("OrderedGroup", {"id": "order"}):
        for index, region in enumerate(regions):
            place = {"index": index, "regionRef": region.name}
            if not region.table:
                xml.leaf("RegionRefIndexed", place)
                continue
            with xml.element("OrderedGroupIndexed", {"id": f"{region.name}_order", **place}):
                for at, name in enumerate(region.names):
                    xml.leaf("RegionRefIndexed", {"index": at, "regionRef": name})


def _write_table(xml: Xml, region: _Region) -> None:
    table = region.table
    size = {"rows": len(table.rows), "columns": table.columns} if table else {}
    with xml.element("TableRegion", {"id": region.name, **size}):
        _write_coords(xml, Box.around([block.box for block in region.blocks]))
        for name, (row, is_head, cell, segments) in zip(region.names, region.cells, strict=True):
            span = {"colSpan": cell.span} if cell.span > 1 else {}
            place = {"rowIndex": row, "columnIndex": cell.column, **span}
            lines = [Line.of(segment.words) for segment in segments]
            role = {**place, "header": "true"} if is_head else place
            _write_region(xml, Block.of(lines), name, role)


def _write_region(xml: Xml, block: Block, name: str, role: Attributes | None = None) -> None:
    """``role`` is that of a cell."""
    about = {"id": name, "type": "paragraph", **_DIRECTIONS[main_direction(block.lines)]}
    with xml.element("TextRegion", about):
        _write_coords(xml, block.box)
        if role:
            with xml.element("Roles"):
                xml.leaf("TableCellRole", role)
        for number, line in enumerate(block.lines, start=1):
            _write_line(xml, line, f"{name}_l{number}")
        _write_text(xml, block.text, words_of([block]))


def _write_line(xml: Xml, line: Line, name: str) -> None:
    direction = _DIRECTIONS[direction_of(line)]["readingDirection"]
    with xml.element("TextLine", {"id": name, "readingDirection": direction}):
        _write_coords(xml, line.box)
        for number, word in enumerate(line.words, start=1):
            with xml.element("Word", {"id": f"{name}_w{number}"}):
                _write_coords(xml, word.box)
                _write_text(xml, word.text, [word])
        _write_text(xml, line.text, line.words)


def _write_coords(xml: Xml, box: Box) -> None:
    x0, y0, x1, y1 = box
    xml.leaf("Coords", {"points": f"{x0},{y0} {x1},{y0} {x1},{y1} {x0},{y1}"})


def _write_text(xml: Xml, text: str, words: Sequence[Word]) -> None:
    with xml.element("TextEquiv", {"conf": share(confidence_of(words))}):
        xml.leaf("Unicode", text=text)
