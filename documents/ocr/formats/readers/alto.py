"""ALTO of any version (https://www.loc.gov/standards/alto/), as blocks, lines and words.

Places are in the file's own unit (pixel, mm10, inch1200): only their share of the page's size counts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from documents.errors import TextWithoutSize
from documents.ocr.elements import Box, PageText
from documents.ocr.formats.readers.markup import Element, elements_of_xml
from documents.ocr.formats.readers.order import in_order, listed
from documents.ocr.formats.readers.parts import (
    Piece,
    Row,
    TextOfPage,
    blocks_of,
    box_of,
    number,
    percent,
)
from documents.ocr.formats.readers.programs import program
from documents.ocr.formats.readers.tongues import codes_of

_HEAD = ("MeasurementUnit", "fileName", "softwareName", "softwareVersion", "ReadingOrder")
_ROTATIONS = {f"turned-{degrees}": degrees for degrees in (90, 180, 270)}  # as `formats.alto` writes them
# As they are read; files have all margins before the middle of the page.
_AREAS = ("TopMargin", "LeftMargin", "PrintSpace", "RightMargin", "BottomMargin")


def read(data: bytes) -> list[TextOfPage]:
    """The pages of a file. Raises TextDamaged, TextUnsafe, TextTooComplex, TextWithoutSize, PageTooFull."""
    head: dict[str, Element] = {}
    pages: list[TextOfPage] = []
    for element in elements_of_xml(data, _is_top, ignored=("Glyph", "ALTERNATIVE", "Shape")):
        if element.name == "Page":
            pages.append(_page(element, head))
        else:  # of several programs the last one read the text
            head[element.name] = element
    # The name in the head is that of one image.
    return pages if len(pages) == 1 else [replace(page, image="") for page in pages]


def _is_top(element: Element) -> bool:
    return element.name == "Page" or element.name in _HEAD


def _page(page: Element, head: Mapping[str, Element]) -> TextOfPage:
    at = page.get("PHYSICAL_IMG_NR")
    number_of_page = int(at) if at.isdecimal() and len(at) < 6 else None
    told = TextOfPage(None, _text(head, "fileName").strip(), number_of_page)
    if not page.get("WIDTH") and not page.named(*_AREAS):
        return told
    size = _size(page, head)
    name, version = program(_text(head, "softwareName"), _text(head, "softwareVersion"))
    blocks = blocks_of(_rows(page, head.get("ReadingOrder")), size)
    if not blocks and any(page.all("TextLine")):  # somebody marked where text is, and did not read it
        return told
    languages = codes_of(_languages(page))
    rotation = _ROTATIONS.get(page.get("PAGECLASS"), 0)
    return replace(told, page=PageText(*size, blocks, languages, rotation, name, version))


def _text(head: Mapping[str, Element], name: str) -> str:
    return head[name].text if name in head else ""


def _size(page: Element, head: Mapping[str, Element]) -> tuple[int, int]:
    """Width and height, or how far the areas of the page reach; in pixels neither is needed (0, 0)."""
    width, height = number(page.get("WIDTH")), number(page.get("HEIGHT"))
    if width and height and min(width, height) >= 1:
        return round(width), round(height)
    unit = _text(head, "MeasurementUnit").strip()
    if unit in ("", "pixel"):
        return 0, 0
    areas = [box for area in page.named(*_AREAS) if (box := _box(area))]
    if not areas:
        raise TextWithoutSize
    around = Box.around(areas)
    return max(around.x1, 1), max(around.y1, 1)


def _rows(page: Element, order: Element | None) -> Iterator[Row]:
    areas = sorted(page.named(*_AREAS), key=lambda area: _AREAS.index(area.name))
    blocks = [block for area in areas for block in area.all("TextBlock")]
    has_spaces = any(True for _space in page.all("SP"))
    sure = percent(number(page.get("PC")))
    for block in in_order(blocks, [block.get("ID") for block in blocks], _order(order, blocks)):
        for line in block.named("TextLine"):
            pieces = list(_pieces(line, has_spaces=has_spaces))
            yield Row(id(block), _box(line) or _box(block), confidence=sure, pieces=pieces)


def _order(order: Element | None, blocks: Sequence[Element]) -> list[str]:
    """The blocks by name: as the file lists them, else as each names the next one."""
    if order:
        return listed(order)
    following = {block.get("ID"): block.get("IDNEXT") for block in blocks if block.get("IDNEXT")}
    at = next(iter(following.keys() - set(following.values())), "")
    names: list[str] = []
    while at and len(names) <= len(blocks):
        names.append(at)
        at = following.pop(at, "")
    return names


def _pieces(line: Element, *, has_spaces: bool) -> Iterator[Piece]:
    """The words of a line. Where a page has spaces at all, there is none where it has none."""
    last: Piece | None = None
    is_behind_space = False
    for part in line.named("String", "SP", "HYP"):
        if part.name == "SP":
            is_behind_space = True
        elif part.name == "HYP":
            last = _hyphenated(last, part) if last else None
        else:
            if last:
                yield last
            space = is_behind_space if has_spaces and last else None
            last, is_behind_space = replace(_piece(part), space=space), False
    if last:
        yield last


def _piece(string: Element) -> Piece:
    return Piece(string.get("CONTENT"), _box(string), percent(number(string.get("WC"))))


def _hyphenated(word: Piece, hyphen: Element) -> Piece:
    """``word`` with the hyphen at its end, which some files have in both places."""
    sign = hyphen.get("CONTENT") or "-"
    if word.text.endswith(sign):
        return word
    boxes = [box for box in (word.box, _box(hyphen)) if box]
    box = Box.around(boxes) if word.box else None
    return replace(word, text=word.text + sign, box=box)


def _languages(page: Element) -> Iterable[str]:
    """Those of the page, else those that its blocks, lines and words name, the commonest first."""
    if page.get("LANG"):
        return [page.get("LANG"), *page.get("OTHERLANGS").split()]
    named = Counter(part.get("LANG") or part.get("language") for part in page.all())
    return [name for name, _count in named.most_common() if name]


def _box(part: Element) -> Box | None:
    x, y, width, height = (number(part.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    if x is None or y is None or width is None or height is None:
        return None
    return box_of(x, y, x + width, y + height)
