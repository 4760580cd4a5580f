"""Text recognition without Django: ``from documents.ocr import recognise``. `docs/library.md` shows its use.

What reads pages is loaded when it is first asked for: the settings and the processes that draw PDFs use
light modules of this package, and OpenCV and the others would cost them 0.4 s at every start.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from documents.errors import InputError, OcrsiteError
from documents.ocr.elements import Block, Box, Line, PageText, Word

if TYPE_CHECKING:
    from documents.ocr.recognition import page_count, page_image, recognise, recognise_pages
    from documents.ocr.saving import save, save_pdf

__all__ = [
    "Block",
    "Box",
    "InputError",
    "Line",
    "OcrsiteError",
    "PageText",
    "Word",
    "page_count",
    "page_image",
    "recognise",
    "recognise_pages",
    "save",
    "save_pdf",
]

_MODULES = {
    "page_count": "recognition",
    "page_image": "recognition",
    "recognise": "recognition",
    "recognise_pages": "recognition",
    "save": "saving",
    "save_pdf": "saving",
}


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
