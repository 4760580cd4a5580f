"""Text that a PDF has already: what can be seen stays, what an earlier reading left unseen is taken out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Page,
    Stream,
    parse_content_stream,
    unparse_content_stream,
)

_UNSEEN = 3  # text rendering mode: neither filled nor stroked (ISO 32000-1, 9.3.6)
_SETS_UNSEEN = re.compile(rb"\b3\s+Tr\b")
_SHOWS = frozenset(("Tj", "TJ", "'", '"'))
_DEEPEST = 8  # forms within forms

_Instruction = ContentStreamInstruction | ContentStreamInlineImage


class Found(NamedTuple):
    """Whether there may be text to be ``seen``, and whether ``unseen`` text was taken out."""

    seen: bool = False
    unseen: bool = False

    def also(self, other: "Found") -> "Found":
        return Found(self.seen or other.seen, self.unseen or other.unseen)


class Remover:
    """Takes unseen text out of the pages of one PDF and of the forms that they draw, each form once."""

    def __init__(self) -> None:
        self._forms: dict[tuple[int, int], Found] = {}

    def clean(self, page: Page) -> Found:
        found = Found()
        if _has_fonts(page.resources):
            found, content = _cleaned(page, _content(page))
            if content is not None:
                page.contents_coalesce()
                page.obj.Contents.write(content)
        return found.also(self._clean_forms(page.resources, _DEEPEST))

    def _clean_forms(self, resources: Object, deepest: int) -> Found:
        found = Found()
        for form in _forms(resources) if deepest else ():
            if form.objgen not in self._forms:
                self._forms[form.objgen] = Found()  # it may draw itself
                self._forms[form.objgen] = self._clean_form(form, deepest)
            found = found.also(self._forms[form.objgen])
        return found

    def _clean_form(self, form: Object, deepest: int) -> Found:
        resources = form.get(Name.Resources, Dictionary())
        found = Found()
        if _has_fonts(resources):
            found, content = _cleaned(form, form.read_bytes())
            if content is not None:
                form.write(content)
        return found.also(self._clean_forms(resources, deepest - 1))


def _has_fonts(resources: Object) -> bool:
    return bool(resources.get(Name.Font))


def _forms(resources: Object) -> Iterator[Object]:
    things = resources.get(Name.XObject)
    if isinstance(things, Dictionary):
        for thing in things.as_dict().values():
            if isinstance(thing, Stream) and thing.get(Name.Subtype) == Name.Form:
                yield thing


def _content(page: Page) -> bytes:
    content = page.obj.get(Name.Contents)
    streams = list(content.as_list()) if isinstance(content, Array) else [content]
    return b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, Stream))


def _cleaned(holder: Page | Object, content: bytes) -> tuple[Found, bytes | None]:
    """What is in ``content`` of ``holder`` (a page or form), and the rest of it where something is to go."""
    if not _SETS_UNSEEN.search(content):
        return Found(seen=True), None
    kept: list[_Instruction] = []
    found = Found()
    for instruction, mode in _with_modes(holder):
        is_unseen = str(instruction.operator) in _SHOWS and mode == _UNSEEN
        is_seen = str(instruction.operator) in _SHOWS and not is_unseen
        found = found.also(Found(seen=is_seen, unseen=is_unseen))
        kept += _moves_of(instruction) if is_unseen else [instruction]
    return found, unparse_content_stream(kept) if found.unseen else None


def _with_modes(holder: Page | Object) -> Iterator[tuple[_Instruction, int]]:
    """Each instruction with the text rendering mode in which it is carried out."""
    mode = 0
    outer: list[int] = []
    for instruction in parse_content_stream(holder):
        match str(instruction.operator):
            case "q":
                outer.append(mode)
            case "Q" if outer:
                mode = outer.pop()
            case "Tr":
                mode = int(instruction.operands[0])
        yield instruction, mode


def _moves_of(instruction: _Instruction) -> list[_Instruction]:
    """What one that shows text does besides (ISO 32000-1, table 109)."""
    next_line = ContentStreamInstruction([], Operator("T*"))
    match str(instruction.operator):
        case "'":
            return [next_line]
        case '"':
            words, letters, _text = instruction.operands
            spaces = ((words, "Tw"), (letters, "Tc"))
            return [*(ContentStreamInstruction([size], Operator(name)) for size, name in spaces), next_line]
    return []


class SeenText:
    """Where text can be seen on the pages of a PDF."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document

    def boxes(self, index: int, *, beside_unseen: bool) -> NDArray[np.float64]:
        """Left, bottom, right and top (points) of its parts on page ``index``: of its lines, or of its
        letters where it stands ``beside_unseen`` text. None where PDFium cannot open the page."""
        try:
            page = self._document[index]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            return np.empty((0, 4))
        boxes = list(_seen_letters(text) if beside_unseen else _lines(text))
        text.close()
        page.close()
        return np.array(boxes).reshape(-1, 4)


def _lines(text: pdfium.PdfTextPage) -> Iterator[tuple[float, ...]]:
    return (text.get_rect(number) for number in range(text.count_rects()))


def _seen_letters(text: pdfium.PdfTextPage) -> Iterator[tuple[float, ...]]:
    for number in range(text.count_chars()):
        shown = pdfium_c.FPDFText_GetTextObject(text, number)
        if shown and pdfium_c.FPDFTextObj_GetTextRenderMode(shown) != _UNSEEN:
            yield text.get_charbox(number)
