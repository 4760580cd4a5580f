"""hOCR as engines write it (http://kba.github.io/hocr-spec/1.2/): read into blocks."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from documents.ocr.elements import Block, Box, Line, Word, as_read

_BBOX = re.compile(r"\bbbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_CONFIDENCE = re.compile(r"\bx_wconf (\d+(?:\.\d+)?)")
_LINES = frozenset(("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"))
# Not allowed in XML, yet now and then in an engine's text.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class HocrError(ValueError):
    """The bytes are not hOCR, or say things that cannot be."""


def read_hocr(hocr: bytes, *, width: int, height: int) -> tuple[Block, ...]:
    """The paragraphs of a page of ``width`` by ``height`` pixels.

    Boxes are clipped to the page; words without text are left out; a word whose confidence is not
    given has 0. Raises HocrError.
    """
    try:
        root = ET.fromstring(_CONTROL.sub(b"", hocr))  # noqa: S314  # expat refuses entity bombs
    except ET.ParseError as error:
        raise HocrError(str(error)) from error
    if next(_of_class(root, frozenset(("ocr_page",))), None) is None:
        raise HocrError("no page")
    page = Box(0, 0, width, height)
    blocks = (_block(paragraph, page) for paragraph in _of_class(root, frozenset(("ocr_par",))))
    return tuple(block for block in blocks if block)


def _of_class(element: ET.Element, classes: frozenset[str]) -> Iterator[ET.Element]:
    return (child for child in element.iter() if child.get("class") in classes)


def _block(paragraph: ET.Element, page: Box) -> Block | None:
    found = (_line(element, page) for element in _of_class(paragraph, _LINES))
    lines = tuple(line for line in found if line)
    return Block(lines, Box.around([line.box for line in lines])) if lines else None


def _line(element: ET.Element, page: Box) -> Line | None:
    found = (_word(child, page) for child in _of_class(element, frozenset(("ocrx_word",))))
    words = tuple(word for word in found if word)
    return Line(words, Box.around([word.box for word in words])) if words else None


def _word(element: ET.Element, page: Box) -> Word | None:
    text = as_read("".join(element.itertext())).strip()
    if not text:
        return None
    title = element.get("title", "")
    confidence = _CONFIDENCE.search(title)
    return Word(
        text,
        min(100.0, float(confidence[1])) if confidence else 0.0,
        _box(title, page),
    )


def _box(title: str, page: Box) -> Box:
    found = _BBOX.search(title)
    if not found:
        raise HocrError(f"no box in {title!r}")
    x0, y0, x1, y1 = map(int, found.groups())
    box = Box(max(x0, page.x0), max(y0, page.y0), min(x1, page.x1), min(y1, page.y1))
    if box.width < 0 or box.height < 0:
        raise HocrError(f"a box that is not on the page: {title!r}")
    return box
