"""The engines that can read a page, by name.

What an engine needs is loaded when it is first asked for: the settings know the names, and OpenCV and the
models' runtime would cost every process a second.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from documents.errors import EngineUnknown

if TYPE_CHECKING:
    from documents.ocr.engines.base import Engine


def _make(module: str, name: str) -> "Engine":
    engine: Engine = getattr(import_module(f"{__name__}.{module}"), name)()
    return engine


ENGINES: dict[str, "Callable[[], Engine]"] = {
    "tesseract": partial(_make, "tesseract", "Tesseract"),
    "tesserocr": partial(_make, "tesserocr", "Tesserocr"),
    "rapidocr": partial(_make, "rapidocr", "RapidOcr"),
    "best": partial(_make, "best", "Best"),
}


def get_engine(name: str) -> "Engine":
    """The engine of that name. Raises EngineUnknown."""
    if name not in ENGINES:
        raise EngineUnknown(engine=name, engines=", ".join(sorted(ENGINES)))
    return ENGINES[name]()
