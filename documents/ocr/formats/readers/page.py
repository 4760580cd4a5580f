"""PAGE of any version (https://github.com/PRImA-Research-Lab/PAGE-XML), as blocks, lines and words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from documents.ocr.elements import Box, PageText
from documents.ocr.formats.readers.markup import Element, elements_of_xml
from documents.ocr.formats.readers.order import in_order, listed
from documents.ocr.formats.readers.parts import (
    Piece,
    Row,
    TextOfPage,
    blocks_of,
    box_of,
    first_known,
    number,
    percent,
    stacked,
)
from documents.ocr.formats.readers.programs import program
from documents.ocr.formats.readers.tongues import codes_of

# What Transkribus adds to lines and regions; others have the order of the file.
_PLACE = re.compile(r"\breadingOrder\s*\{\s*index\s*:\s*(\d{1,6})\s*;")
_BLANK = re.compile(r"\s*")
_QUARTERS = ("90", "180", "270")


def read(data: bytes) -> list[TextOfPage]:
    """The page of a file. Raises TextDamaged, TextUnsafe, TextTooComplex, PageTooFull."""
    metadata = Element("Metadata")
    pages: list[TextOfPage] = []
    for element in elements_of_xml(data, _is_top, ignored=("Glyph", "Baseline")):
        if element.name == "Page":
            pages.append(_page(element, metadata))
        else:
            metadata = element
    return pages


def _is_top(element: Element) -> bool:
    return element.name in ("Metadata", "Page")


def _page(page: Element, metadata: Element) -> TextOfPage:
    width, height = (number(page.get(name)) or 0 for name in ("imageWidth", "imageHeight"))
    size = (round(width), round(height)) if min(width, height) >= 1 else (0, 0)
    image = page.get("imageFilename").strip()
    regions = _regions(page)
    if not regions and not all(size):
        return TextOfPage(None, image)
    blocks = blocks_of(_all_rows(regions, page), size)
    if regions and not blocks:  # somebody marked where text is, and did not read it
        return TextOfPage(None, image)
    items = {item.get("name"): item.get("value") for item in metadata.all("MetadataItem")}
    creator = next((element.text for element in metadata.named("Creator")), "")
    name, version = program(items.get("recognition") or creator)
    rotation = items.get("rotation", "")
    text = PageText(
        *size,
        blocks,
        codes_of(items.get("languages", "").split()) or _two_languages(page),
        int(rotation) if rotation in _QUARTERS else 0,
        name,
        version,
    )
    return TextOfPage(text, image)


def _two_languages(page: Element) -> tuple[str, ...]:
    return codes_of(page.get(name) for name in ("primaryLanguage", "secondaryLanguage"))


def _regions(page: Element) -> list[Element]:
    """All regions of text, those inside others too, in reading order."""
    regions = list(page.all("TextRegion"))
    if not page.named("ReadingOrder"):
        return _by_place(regions)
    order = [name for group in page.named("ReadingOrder") for name in listed(group)]
    known = set(order)
    tables = {id(cell): table.get("id") for table in page.all("TableRegion") for cell in table.children}
    # An order may name a table without its cells.
    names = [region.get("id") for region in regions]
    places = [
        name if name in known else tables.get(id(region), name)
        for name, region in zip(names, regions, strict=True)
    ]
    return in_order(regions, places, order)


def _by_place(parts: Sequence[Element]) -> list[Element]:
    """``parts`` as Transkribus numbers them, if it numbers them all."""
    places = [_PLACE.search(part.get("custom")) for part in parts]
    pairs = [(int(place[1]), part) for place, part in zip(places, parts, strict=True) if place]
    return [part for _place, part in sorted(pairs, key=lambda pair: pair[0])] if all(places) else list(parts)


def _all_rows(regions: Sequence[Element], page: Element) -> Iterator[Row]:
    """The lines of all regions; the cells of a row of a table are one line."""
    tables = {id(cell): table for table in page.all("TableRegion") for cell in table.named("TextRegion")}
    for table, found in groupby(regions, key=lambda region: id(tables.get(id(region)))):
        group = [*found]
        cells = [(place, [*_rows(cell, page)]) for cell in group if (place := _cell_row(cell)) is not None]
        if len(cells) == len(group) and all(len(rows) <= 1 for _place, rows in cells):
            for _row, together in groupby(cells, key=lambda cell: cell[0]):
                yield from _joined([row for _place, rows in together for row in rows], table)
        else:
            yield from (row for region in group for row in _rows(region, page))


def _cell_row(region: Element) -> int | None:
    """In which row of a table it stands; None for what is no cell."""
    place = next((role.get("rowIndex") for roles in region.named("Roles") for role in roles.children), "")
    return int(place) if place.isdecimal() and len(place) < 6 else None


def _joined(cells: Sequence[Row], table: object) -> Iterator[Row]:
    """The lines of cells beside each other as one, with spaces between them."""
    pieces: list[Piece] = []
    for cell in cells:
        first, *others = cell.pieces or [Piece(cell.text, cell.box)]
        told = first_known(first.confidence, cell.confidence)
        pieces.append(replace(first, confidence=told, space=True if pieces else None))
        pieces += [replace(one, confidence=first_known(one.confidence, cell.confidence)) for one in others]
    boxes = [cell.box for cell in cells if cell.box]
    if pieces:
        yield Row(table, Box.around(boxes) if boxes else None, pieces=pieces)


def _rows(region: Element, page: Element) -> Iterator[Row]:
    """Its lines; those of its text where it has none."""
    box = _box(region)
    sure = first_known(_sure(region), percent(number(page.get("conf"))))
    lines = _by_place(region.named("TextLine"))
    for line in lines:
        own = first_known(_sure(line), sure)
        yield Row(id(region), _box(line) or box, _text(line), own, list(_pieces(line)))
    if not lines:
        texts = _text(region).splitlines()
        boxes = stacked(box, len(texts)) if box and texts else [None] * len(texts)
        for text, part in zip(texts, boxes, strict=True):
            yield Row(id(region), part, text, sure)


def _pieces(line: Element) -> Iterator[Piece]:
    """The words of a line that have a text, with spaces where the line's own text has them."""
    words = [(word, text) for word in line.named("Word") if (text := _text(word).strip())]
    spaces = _spaces(_text(line), [text for _word, text in words])
    for (word, text), space in zip(words, spaces, strict=True):
        yield Piece(text, _box(word), _sure(word), space)


def _spaces(line: str, words: Sequence[str]) -> list[bool | None]:
    """Whether ``line`` has a space before each of ``words``; from where on it says something else: None."""
    found: list[bool | None] = []
    end = 0
    for word in words:
        blank = _BLANK.match(line, end)
        start = blank.end() if blank else end
        if not line.startswith(word, start):
            break
        found.append(start > end if end else None)
        end = start + len(word)
    return found + [None] * (len(words) - len(found))


def _equivalents(part: Element) -> list[Element]:
    """The readings of a part, the best first."""
    return sorted(part.named("TextEquiv"), key=lambda reading: number(reading.get("index")) or 0)


def _text(part: Element) -> str:
    """The best reading of a part; empty where it has none."""
    for reading in _equivalents(part):
        for form in (*reading.named("Unicode"), *reading.named("PlainText")):
            return form.text
    return ""


def _sure(part: Element) -> float | None:
    readings = _equivalents(part)
    return percent(number(readings[0].get("conf"))) if readings else None


def _box(part: Element) -> Box | None:
    """Around the outline of a part: one attribute since 2013, an element for each point before."""
    points = [point for coords in part.named("Coords") for point in _points(coords)]
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return box_of(min(xs), min(ys), max(xs), max(ys))


def _points(coords: Element) -> Iterator[tuple[float, float]]:
    pairs = [pair.partition(",")[::2] for pair in coords.get("points").split()]
    pairs += [(point.get("x"), point.get("y")) for point in coords.named("Point")]
    for x, y in ((number(x), number(y)) for x, y in pairs):
        if x is not None and y is not None:
            yield x, y
