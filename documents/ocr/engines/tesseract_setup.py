"""What Tesseract is told about an image, and what its answer means, whether it runs as a program of its own
or as a library."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from documents.errors import EngineNonsense
from documents.ocr.detection.bands import has_storeys
from documents.ocr.detection.vertical import are_vertical
from documents.ocr.elements import Block, Line
from documents.ocr.formats.hocr import HocrError, read_hocr
from documents.ocr.ink import has_columns, letter_height
from documents.ocr.languages import PACKS
from documents.ocr.options import Layout
from documents.ocr.spaces import with_spaces

logger = logging.getLogger(__name__)

NO_LANGUAGES = frozenset(("osd", "equ", "snum"))  # packs of another kind
# Layout analysis wants dots per inch to know how large letters are: so many for each pixel of their height.
# 34 receipts are read with a word F1 of 0.799 instead of 0.787 with the program's own guess, or 0.790 with
# 300 dpi for all, at which small Chinese and a magazine page of 150 dpi lose their lines.
_DPI_PER_PIXEL = 10
_LEAST_DPI, _MOST_DPI = 70, 600
_DPI = 300  # where there is nothing to measure
# The search for columns is misled by the syllables of Korean, one below the other: 24 rendered pages are read
# with a CER of 0.60, and with 0.005 if the program is told that there is one column only.
_KOREAN = frozenset(("kor", "Hangul"))
# Page segmentation modes: `_WHOLE_PAGE` looks for columns; others are for those who say how the text stands.
_WHOLE_PAGE = 3
_ONE_COLUMN = 4
_VERTICAL = 5
_MODES = {
    Layout.LINE: 7,
    Layout.COLUMN: _ONE_COLUMN,
    Layout.TABLE: 6,
    Layout.PLAIN: 6,
    Layout.SPARSE: 11,
    Layout.ROW: 13,
}
# Orientation and script detection calls scripts as their packs are called, but for these.
_SCRIPTS = {
    **{pack.code: pack.script for pack in PACKS.values() if not pack.language},
    "Han": "Hani",
    "Hiragana": "Jpan",
    "Katakana": "Jpan",
    "Korean": "Kore",
}


@dataclass(frozen=True, slots=True)
class Setup:
    """``dpi`` of the image, page segmentation ``mode``, and Tesseract's variables by name: always the same
    names, so that one reading leaves nothing behind for the next."""

    dpi: int
    mode: int
    variables: Mapping[str, str]


# Shapes of 10 letters are enough to guess from; the program's default is 50.
GLANCE = Setup(_DPI, 0, {"min_characters_to_try": "10"})


def setup_for(image: Image.Image, languages: Sequence[str], layout: Layout) -> Setup:
    if layout is Layout.PLAIN:
        # Nothing but lines. Adaptive thresholds read what one threshold for all leaves blank: grey print on a
        # receipt that lies on a black table.
        return Setup(_DPI, _MODES[layout], _variables(thresholding=1))
    mode = _MODES.get(layout) or _mode(image, languages)
    return Setup(_dpi(image), mode, _variables(thresholding=0))


def _variables(*, thresholding: int) -> dict[str, str]:
    # Plain text says where spaces are, in Korean and between scripts, if the engine is told to keep them.
    return {"thresholding_method": str(thresholding), "preserve_interword_spaces": "1"}


def _dpi(image: Image.Image) -> int:
    height = letter_height(image)
    return _DPI if height is None else min(_MOST_DPI, max(_LEAST_DPI, round(height * _DPI_PER_PIXEL)))


def _mode(image: Image.Image, languages: Sequence[str]) -> int:
    if are_vertical(languages):
        return _WHOLE_PAGE if has_storeys(image) else _VERTICAL
    is_korean = not _KOREAN.isdisjoint(languages)
    return _ONE_COLUMN if is_korean and not has_columns(image) else _WHOLE_PAGE


def blocks_of(hocr: bytes, text: str, size: tuple[int, int]) -> tuple[Block, ...]:
    """The paragraphs that Tesseract found on an image of ``size`` (width, height), from its hOCR and its
    plain text of the same reading. Raises EngineNonsense."""
    width, height = size
    try:
        blocks = with_spaces(read_hocr(hocr, width=width, height=height), text)
    except HocrError as error:
        logger.warning("Tesseract wrote hOCR that cannot be read: %s", error)
        raise EngineNonsense from error
    return tuple(replace(block, lines=tuple(map(_first_cut, block.lines))) for block in blocks)


def _first_cut(line: Line) -> Line:
    """In a line that runs down, Tesseract makes the first word as long as all; the next one begins within."""
    first, *others = line.words
    if not others or line.box.height <= line.box.width:
        return line
    start = others[0].box.y0
    if not first.box.y0 < start or first.box.y1 < others[-1].box.y0:
        return line
    return replace(line, words=(replace(first, box=first.box._replace(y1=start)), *others))


def script_of(name: str) -> str:
    """ISO 15924, of what Tesseract calls a script."""
    return _SCRIPTS.get(name, "Latn")
