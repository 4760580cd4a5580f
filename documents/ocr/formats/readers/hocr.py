"""hOCR of any program (http://kba.github.io/hocr-spec/1.2/), as blocks, lines and words.

What engines print for us is read by `formats.hocr`, which asks for more.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from documents.errors import TextDamaged
from documents.ocr.elements import Box, PageText
from documents.ocr.formats.readers.markup import Element, elements_of_html, elements_of_xml
from documents.ocr.formats.readers.parts import Piece, Row, TextOfPage, blocks_of, box_of, number, percent
from documents.ocr.formats.readers.programs import program
from documents.ocr.formats.readers.tongues import codes_of

_PARAGRAPHS = {"ocr_par", "ocr_carea", "ocrx_block"}
_LINES = {"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"}
_WORDS = {"ocrx_word", "ocr_word"}

_DECIMAL = r"\s+(-?[\d.]+)"
_BBOX = re.compile(rf"\bbbox{_DECIMAL * 4}")
_IMAGE = re.compile(r"""\bimage\s+(?:"([^"]*)"|'([^']*)'|([^;"']+))""")
_NUMBER = re.compile(r"\bppageno\s+(\d{1,5})\b")
_ROTATION = re.compile(r"\bx_rotation\s+(90|180|270)\b")
_CONFIDENCE = re.compile(r"\bx_wconf\s+([\d.]+)")
_CONFIDENCES = re.compile(r"\bx_confs((?:\s+[\d.]+)+)")

Elements = Callable[[bytes, Callable[[Element], bool]], Iterator[Element]]


def read(data: bytes) -> list[TextOfPage]:
    """The pages of a file. Raises TextDamaged, TextUnsafe, TextTooComplex, PageTooFull."""
    try:
        return _pages(data, elements_of_xml)
    except TextDamaged:
        # HTML need not be XML; but one that is cut off would be taken for a whole one.
        if data.lstrip().startswith(b"<?xml") or b"</html" not in data[-1000:].lower():
            raise
    return _pages(data, elements_of_html)


def _pages(data: bytes, elements: Elements) -> list[TextOfPage]:
    meta: dict[str, str] = {}
    pages: list[TextOfPage] = []
    for element in elements(data, _is_top):
        if element.name != "meta":
            pages.append(_page(element, meta))
        else:
            meta[element.get("name")] = element.get("content")
    return pages


def _is_top(element: Element) -> bool:
    return element.name == "meta" or "ocr_page" in _classes(element)


def _page(page: Element, meta: Mapping[str, str]) -> TextOfPage:
    title = page.get("title")
    image = _image(title)
    at = _NUMBER.search(title)
    number_of_page = int(at[1]) + 1 if at else None
    box = _box(page) or Box(0, 0, 0, 0)
    rows = list(_rows(page, box))
    if not rows and not (box.width and box.height):
        return TextOfPage(None, image, number_of_page)
    size = (box.width, box.height) if box.width and box.height else (0, 0)
    rotation = _ROTATION.search(title)
    name, version = program(meta.get("ocr-system", ""))
    text = PageText(
        *size,
        blocks_of(rows, size),
        _languages(page, codes_of(meta.get("ocr-langs", "").split())),
        int(rotation[1]) if rotation else 0,
        name,
        version,
    )
    return TextOfPage(text, image, number_of_page)


def _image(title: str) -> str:
    found = _IMAGE.search(title)
    return next(filter(None, found.groups()), "").strip() if found else ""


def _languages(page: Element, all_of_file: tuple[str, ...]) -> tuple[str, ...]:
    """Those that the page names, the commonest first; where it names but one, the file may know others."""
    named = Counter(part.get("lang") for part in page.all())
    codes = codes_of(name for name, _count in named.most_common())
    return all_of_file if codes == all_of_file[:1] else codes


def _classes(element: Element) -> set[str]:
    return set(element.get("class").split())


@dataclass(frozen=True, slots=True)
class _Found:
    """A line or a word, and the innermost paragraph around it."""

    element: Element
    block: Element


def _rows(page: Element, place: Box) -> Iterator[Row]:
    """The lines; of a page that has none the words of each paragraph, as a line."""
    lines = list(_find(page, _LINES))
    has_spaces = any(part == " " for line in lines for part in line.element.content)
    for line in lines:
        row = Row(id(line.block), _moved(_box(line.element), place))
        row.pieces += _pieces(line.element, place, has_spaces=has_spaces)
        if not row.pieces:
            row.text = line.element.text
        yield row
    if not lines:
        yield from _rows_of_words(_find(page, _WORDS), place)


def _rows_of_words(words: Iterable[_Found], place: Box) -> Iterator[Row]:
    rows: dict[int, Row] = {}
    for word in words:
        row = rows.setdefault(id(word.block), Row(id(word.block), _moved(_box(word.block), place)))
        row.pieces.append(_piece(word.element, place))
    yield from rows.values()


def _find(page: Element, classes: set[str]) -> Iterator[_Found]:
    waiting = [_Found(page, page)]
    while waiting:
        found = waiting.pop()
        own = _classes(found.element)
        if own & classes:
            yield found
        else:
            block = found.element if own & _PARAGRAPHS else found.block
            waiting.extend(_Found(child, block) for child in reversed(found.element.children))


def _pieces(line: Element, place: Box, *, has_spaces: bool) -> Iterator[Piece]:
    """The words of a line, with what stands between them: a line break is the layout of the file."""
    waiting: list[Element | str] = [*reversed(line.content)]
    between: list[str] = []
    is_first = True
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            between.append(part)
        elif _classes(part) & _WORDS:
            is_told = has_spaces and not is_first and not any("\n" in text for text in between)
            yield replace(_piece(part, place), space=bool(between) if is_told else None)
            between, is_first = [], False
        else:
            waiting.extend(reversed(part.content))


def _piece(word: Element, place: Box) -> Piece:
    return Piece(_text(word), _moved(_box(word), place), _sure(word.get("title")))


def _text(word: Element) -> str:
    """Letter by letter where it is written so; other letters that it may be stand in parts without title."""
    letters = [child for child in word.children if "ocrx_cinfo" in _classes(child)]
    if not letters:
        return word.text
    return "".join(letter.text.strip() for letter in letters if letter.get("title"))


def _sure(title: str) -> float | None:
    """Of the word, or the mean of its letters; from 0 to 100 as a rule, from 0 to 1 in some files."""
    if word := _CONFIDENCE.search(title):
        sure = number(word[1])
        return None if sure is None else min(max(sure, 0.0), 100.0)
    letters = [sure for text in _letters(title) if (sure := number(text)) is not None]
    return percent(sum(letters) / len(letters)) if letters else None


def _letters(title: str) -> list[str]:
    found = _CONFIDENCES.search(title)
    return found[1].split() if found else []


def _box(element: Element) -> Box | None:
    found = _BBOX.search(element.get("title"))
    corners = [corner for text in (found.groups() if found else ()) if (corner := number(text)) is not None]
    return box_of(*corners) if len(corners) == 4 else None


def _moved(box: Box | None, page: Box) -> Box | None:
    """``box`` from the corner of the page on, which is not the image's where that shows two pages."""
    if box is None:
        return None
    return Box(box.x0 - page.x0, box.y0 - page.y0, box.x1 - page.x0, box.y1 - page.y0)
