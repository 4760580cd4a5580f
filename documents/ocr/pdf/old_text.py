"""Text that a PDF has already: what can be seen stays, what an earlier reading left unseen is taken out."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
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

# Text rendering modes (ISO 32000-1, 9.3.6): filled; neither filled nor stroked.
_SEEN, _UNSEEN = 0, 3
_SETS_UNSEEN = re.compile(rb"\b3\s+Tr\b")
_SHOWS_BELOW = frozenset(("'", '"'))  # on the next line, whatever stands before
_SHOWS = _SHOWS_BELOW | {"Tj", "TJ"}
_PLACES = frozenset(("BT", "ET", "Td", "TD", "Tm", "T*"))  # what follows does not depend on text before
_DEEPEST = 8  # forms within forms
# Heights of a seen letter by which more is taken around it: some programs (Skia, in Chromium) place each
# letter by itself, and what lies between two of a word is no free room.
_AIR = 0.25

_Instruction = ContentStreamInstruction | ContentStreamInlineImage


class _Step(NamedTuple):
    """An instruction, the ``name`` of its operator, and whether what it draws of text is not seen."""

    instruction: _Instruction
    name: str
    is_unseen: bool


class Found(NamedTuple):
    """Whether there may be text to be ``seen``, and whether ``unseen`` text was taken out."""

    seen: bool = False
    unseen: bool = False

    def also(self, other: "Found") -> "Found":
        return Found(self.seen or other.seen, self.unseen or other.unseen)


class Remover:
    """Takes unseen text out of the pages of one PDF and of the forms that they draw, each form once."""

    def __init__(self) -> None:
        self._forms: dict[tuple[tuple[int, int], int], tuple[Object, Found]] = {}

    def clean(self, page: Page) -> Found:
        found, content = self._cleaned(page, page.resources, _SEEN, _DEEPEST)
        if content is not None:
            page.contents_coalesce()
            page.obj.Contents.write(content)
        return found.also(self._clean_forms(page.resources, _DEEPEST))

    def _clean_forms(self, resources: Object, deepest: int) -> Found:
        found = Found()
        for form in _forms(resources):
            found = found.also(self._form(form, _SEEN, deepest)[1])
        return found

    def _form(self, form: Object, mode: int, deepest: int) -> tuple[Object, Found]:
        """What is to be drawn for ``form`` where the text rendering mode is ``mode``, and what was in it."""
        if not deepest:
            return form, Found()
        key = form.objgen, mode
        if key not in self._forms:
            self._forms[key] = form, Found()  # it may draw itself
            self._forms[key] = self._clean_form(form, mode, deepest - 1)
        return self._forms[key]

    def _clean_form(self, form: Object, mode: int, deepest: int) -> tuple[Object, Found]:
        resources = form.get(Name.Resources, Dictionary())
        found, content = self._cleaned(form, resources, mode, deepest)
        if content is not None:
            if mode == _UNSEEN:  # elsewhere the same form may be drawn to be seen
                form = copy(form)
            form.write(content)
        return form, found.also(self._clean_forms(resources, deepest))

    def _cleaned(
        self, holder: Page | Object, resources: Object, mode: int, deepest: int
    ) -> tuple[Found, bytes | None]:
        """What is in ``holder`` (a page or form), and its content without that where something is to go.

        ``mode`` is the text rendering mode in which it begins.
        """
        has_fonts = bool(resources.get(Name.Font))
        if not has_fonts and not any(_forms(resources)):
            return Found(), None
        if mode != _UNSEEN and not _SETS_UNSEEN.search(_content(holder)):
            return Found(seen=has_fonts), None
        steps = list(_steps(holder, mode))
        drawn = Found()
        for number, step in enumerate(steps):
            if step.name == "Do" and step.is_unseen:
                steps[number], inside = self._drawing_unseen(step, resources, deepest)
                drawn = drawn.also(inside)
        kept, found = _without_unseen(steps)
        found = found.also(drawn)
        return found, unparse_content_stream(kept) if found.unseen else None

    def _drawing_unseen(self, step: _Step, resources: Object, deepest: int) -> tuple[_Step, Found]:
        """What draws a form without the text in it, instead of ``step``."""
        form = resources.get(Name.XObject, Dictionary()).get(str(step.instruction.operands[0]))
        if form is None or not _is_form(form):
            return step, Found()
        cleaned, found = self._form(form, _UNSEEN, deepest)
        if cleaned.objgen == form.objgen:
            return step, found
        name = Name(f"/OcrsiteForm{cleaned.objgen[0]}")
        resources.XObject[name] = cleaned
        return step._replace(instruction=ContentStreamInstruction([name], Operator("Do"))), found


def _forms(resources: Object) -> Iterator[Object]:
    things = resources.get(Name.XObject)
    if isinstance(things, Dictionary):
        yield from filter(_is_form, things.as_dict().values())


def _is_form(thing: Object) -> bool:
    return isinstance(thing, Stream) and thing.get(Name.Subtype) == Name.Form


def _content(holder: Page | Object) -> bytes:
    if not isinstance(holder, Page):
        return holder.read_bytes()
    content = holder.obj.get(Name.Contents)
    streams = list(content.as_list()) if isinstance(content, Array) else [content]
    return b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, Stream))


def _steps(holder: Page | Object, mode: int) -> Iterator[_Step]:
    """What is carried out, from the text rendering mode ``mode`` on."""
    outer: list[int] = []
    for instruction in parse_content_stream(holder):
        name = str(instruction.operator)
        match name:
            case "q":
                outer.append(mode)
            case "Q" if outer:
                mode = outer.pop()
            case "Tr":
                mode = int(instruction.operands[0])
        yield _Step(instruction, name, mode == _UNSEEN)


def _without_unseen(steps: Sequence[_Step]) -> tuple[list[_Instruction], Found]:
    """Unseen text stays where text to be seen follows that would move with it."""
    kept: list[_Instruction] = []
    found = Found()
    is_leant_on = False
    for instruction, name, is_unseen in reversed(steps):
        if name in _PLACES:
            is_leant_on = False
        if name not in _SHOWS:
            kept.append(instruction)
            continue
        stays = is_leant_on or not is_unseen
        found = found.also(Found(seen=not is_unseen, unseen=not stays))
        kept += [instruction] if stays else reversed(_moves_of(instruction))
        is_leant_on = stays and name not in _SHOWS_BELOW
    return kept[::-1], found


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
        """Left, bottom, right and top (points) of its parts on page ``index``, with some air: of its lines,
        or of its letters where it stands ``beside_unseen`` text. None where PDFium cannot open the page."""
        try:
            page = self._document[index]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            return np.empty((0, 4))
        boxes = list(_seen_letters(text) if beside_unseen else _lines(text))
        text.close()
        page.close()
        return _with_air(np.array(boxes).reshape(-1, 4))


def _with_air(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    air = _AIR * (boxes[:, 3] - boxes[:, 1])
    return boxes + np.stack([-air, -air, air, air], axis=1)


def _lines(text: pdfium.PdfTextPage) -> Iterator[tuple[float, ...]]:
    return (text.get_rect(number) for number in range(text.count_rects()))


def _seen_letters(text: pdfium.PdfTextPage) -> Iterator[tuple[float, ...]]:
    for number in range(text.count_chars()):
        shown = pdfium_c.FPDFText_GetTextObject(text, number)
        if shown and pdfium_c.FPDFTextObj_GetTextRenderMode(shown) != _UNSEEN:
            yield text.get_charbox(number)
