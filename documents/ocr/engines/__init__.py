"""The engines that can read a page, by name."""

from collections.abc import Callable

from documents.errors import EngineUnknown
from documents.ocr.engines.base import Engine
from documents.ocr.engines.tesseract import Tesseract

ENGINES: dict[str, Callable[[], Engine]] = {
    "tesseract": Tesseract,
}


def get_engine(name: str) -> Engine:
    """The engine of that name. Raises EngineUnknown."""
    if name not in ENGINES:
        raise EngineUnknown(engine=name, engines=", ".join(sorted(ENGINES)))
    return ENGINES[name]()
