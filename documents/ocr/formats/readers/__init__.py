"""Texts that other programs made, as pages of words. A format is one file here and one line below."""

from collections.abc import Callable, Mapping
from pathlib import Path

from documents.errors import FileTooLarge, TextUnknown
from documents.ocr.files.texttypes import ALTO, HOCR, PAGE, TextType, text_type
from documents.ocr.formats.readers import alto, hocr, page
from documents.ocr.formats.readers.parts import TextOfPage

__all__ = ["LARGEST_MB", "TextOfPage", "read_text"]

LARGEST_MB = 10  # they take a processor about seven seconds
_READERS: Mapping[TextType, Callable[[bytes], list[TextOfPage]]] = {
    HOCR: hocr.read,
    ALTO: alto.read,
    PAGE: page.read,
}


def read_text(path: Path) -> list[TextOfPage]:
    """The pages of a file in hOCR, ALTO or PAGE, in their order; at least one.

    Raises TextUnknown, TextDamaged, TextUnsafe, TextTooComplex, TextWithoutSize, PageTooFull, FileTooLarge.
    """
    kind = text_type(path)
    if kind is None:
        raise TextUnknown
    if path.stat().st_size > LARGEST_MB * 1_000_000:
        raise FileTooLarge(limit_mb=LARGEST_MB)
    pages = _READERS[kind](path.read_bytes())
    if not pages:
        raise TextUnknown
    return pages
