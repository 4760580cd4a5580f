"""Text recognition without Django: ``from documents.ocr import recognise``.

What reads pages is loaded when it is first asked for: the settings and the processes that draw PDFs use
light modules of this package, and OpenCV and the others would cost them 0.4 s at every start.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from documents.ocr.elements import Block, Box, Line, PageText, Word

if TYPE_CHECKING:
    from documents.ocr.recognition import recognise, recognise_pages

__all__ = ["Block", "Box", "Line", "PageText", "Word", "recognise", "recognise_pages"]


def __getattr__(name: str) -> object:
    if name in ("recognise", "recognise_pages"):
        return getattr(import_module("documents.ocr.recognition"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
