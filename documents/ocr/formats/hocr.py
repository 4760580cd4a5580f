"""hOCR (http://kba.github.io/hocr-spec/1.2/): as engines write it, read into blocks; and written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from documents.ocr.elements import Block, Box, Line, PageText, Word, as_read, separator
from documents.ocr.formats.entry import Head, PageEntry, parts_of, title_of, with_head
from documents.ocr.formats.xml import Xml
from documents.ocr.languages import tags
from documents.ocr.layout.direction import direction_of

_BBOX = re.compile(r"\bbbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_CONFIDENCE = re.compile(r"\bx_wconf (\d+(?:\.\d+)?)")
_LINES = frozenset(("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"))
# Not allowed in XML, yet now and then in an engine's text.
_CONTROL = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")  # the last are U+FFFE and U+FFFF


_CAPABILITIES = "ocr_page ocr_carea ocr_table ocr_par ocr_line ocrx_word ocrp_wconf ocrp_lang ocrp_dir"

# The name of the image stands in quotes.
_QUOTES = str.maketrans({'"': "'", "\\": "/"})


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
    return Block.of(lines) if lines else None


def _line(element: ET.Element, page: Box) -> Line | None:
    found = (_word(child, page) for child in _of_class(element, frozenset(("ocrx_word",))))
    words = tuple(word for word in found if word)
    return Line.of(words) if words else None


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


def write(pages: Iterable[PageEntry], about: Mapping[str, object]) -> Iterator[bytes]:
    """XHTML with an ``ocr_page`` for each page; one without text is empty and has no size."""
    head, pages = with_head(pages)
    xml = Xml(is_html=True)
    with xml.element("html", {"xmlns": "http://www.w3.org/1999/xhtml"}):
        _write_head(xml, head, title_of(about))
        with xml.element("body"):
            for entry in pages:
                xml.text("\n")
                _write_page(xml, entry)
                yield xml.taken()
    xml.text("\n")
    yield xml.taken()


def _write_head(xml: Xml, head: Head, title: str) -> None:
    read = head.read or PageText(0, 0, ())
    facts = {
        "ocr-system": f"{read.engine} {read.engine_version}".strip() or "ocrsite",
        "ocr-capabilities": _CAPABILITIES,
        "ocr-langs": " ".join(tags(read.languages)),
    }
    with xml.element("head"):
        xml.leaf("meta", {"charset": "utf-8"})
        xml.leaf("title", text=title)
        for name, content in facts.items():
            xml.leaf("meta", {"name": name, "content": content})


def _write_page(xml: Xml, entry: PageEntry) -> None:
    page = entry.page or PageText(0, 0, ())
    image = entry.source.translate(_QUOTES)
    title = f'image "{image}"; {_place(Box(0, 0, page.width, page.height))}; ppageno {entry.number - 1}'
    if page.rotation:
        title += f"; x_rotation {page.rotation}"
    tag = next(iter(tags(page.languages)), None)
    attributes = {"class": "ocr_page", "id": f"page_{entry.number}", "title": title}
    with xml.element("div", {**attributes, "lang": tag, "xml:lang": tag}):
        for table, blocks in parts_of(entry):
            named = [(f"{entry.number}_{number}", block) for number, block in blocks]
            if table is None:
                for name, block in named:
                    _write_block(xml, block, name)
            else:
                _write_table(xml, named)


def _write_table(xml: Xml, named: Sequence[tuple[str, Block]]) -> None:
    """Its paragraphs. A float stands outside of areas."""
    name, _first = named[0]
    box = Box.around([block.box for _name, block in named])
    with xml.element("div", {"class": "ocr_table", "id": f"table_{name}", "title": _place(box)}):
        for name, block in named:
            _write_paragraph(xml, block, name)


def _write_block(xml: Xml, block: Block, name: str) -> None:
    area = {"class": "ocr_carea", "id": f"block_{name}", "title": _place(block.box)}
    with xml.element("div", area):
        _write_paragraph(xml, block, name)


def _write_paragraph(xml: Xml, block: Block, name: str) -> None:
    with xml.element("p", {"class": "ocr_par", "id": f"par_{name}", "title": _place(block.box)}):
        for number, line in enumerate(block.lines, start=1):
            xml.text("\n")
            _write_line(xml, line, f"{name}_{number}")


def _write_line(xml: Xml, line: Line, name: str) -> None:
    direction = "rtl" if direction_of(line) == "rtl" else None
    attributes = {"class": "ocr_line", "id": f"line_{name}", "title": _place(line.box), "dir": direction}
    before = None
    with xml.element("span", attributes):
        for number, word in enumerate(line.words, start=1):
            xml.text(separator(before, word))
            title = f"{_place(word.box)}; x_wconf {word.confidence:.4g}"
            xml.leaf("span", {"class": "ocrx_word", "id": f"word_{name}_{number}", "title": title}, word.text)
            before = word


def _place(box: Box) -> str:
    return f"bbox {box.x0} {box.y0} {box.x1} {box.y1}"
