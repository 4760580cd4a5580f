"""Engines that do as they are told, so that most tests need no Tesseract."""

from collections.abc import Callable, Sequence

from PIL import Image

from documents.ocr.elements import Block
from documents.ocr.engines.base import Engine, Glance, Inability
from documents.ocr.options import Layout
from tests.factories import blocks


class EchoEngine:
    """Reads the same words on every page, or does what ``reads`` says: return blocks or raise. Shapes tell it
    what ``glances`` says."""

    def __init__(
        self,
        name: str = "tesseract",
        languages: Sequence[str] = ("eng", "fra", "rus"),
        cannot: Sequence[Inability] = (),
    ) -> None:
        self.name = name
        self.cannot = frozenset(cannot)
        self._languages = frozenset(languages)
        self.reads: Callable[[Image.Image], tuple[Block, ...]] = lambda _image: blocks("Hello world")
        self.glances: Callable[[Image.Image], Glance | None] = lambda _image: None
        self.calls: list[tuple[str, ...]] = []

    @property
    def scout(self) -> Engine:
        return self

    def version(self) -> str:
        return "1.0"

    def languages(self) -> frozenset[str]:
        return self._languages

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        if layout is Layout.ROW:
            return ()  # its words need not lie on what is seen of the page, whose lines then seem lost
        self.calls.append(tuple(languages))
        return self.reads(image)

    def glance(self, image: Image.Image, *, timeout: float) -> Glance | None:
        return self.glances(image)
