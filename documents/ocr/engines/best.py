"""The best reading of a page: Tesseract's where it is sure, else that of PP-OCR with what Tesseract adds."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from PIL import Image

from documents.errors import EngineNotHere
from documents.ocr.combining import combined
from documents.ocr.elements import Block, Line, confidence_of
from documents.ocr.engines.base import FAILURES, Engine, Glance, Inability
from documents.ocr.engines.rapidocr import RapidOcr
from documents.ocr.engines.tesseract import Tesseract
from documents.ocr.layout import arrange
from documents.ocr.options import Layout

logger = logging.getLogger(__name__)

# Mean confidence from which on Tesseract's reading stays. It is at most 90 on 34 photographed and scanned
# receipts, 90 % of which PP-OCR reads better; at least 91.7 on clean pages in 10 languages of Latin script.
_SURE = 91.0
# Of Chinese and Japanese, Tesseract is surer than it may be: on clean pages of which it is sure by 89 to 93,
# one letter in 50 is wrong; PP-OCR reads them without a mistake.
_SURE_OF_HAN = 95.0
_LEAST_TIME = 1.0  # seconds for the second engine where the first used up nearly all
_HAN = frozenset(("chi_sim", "chi_tra", "jpn"))


class LineEngine(Engine, Protocol):
    def lines(self, image: Image.Image, languages: Sequence[str], *, timeout: float) -> list[Line]:
        """As `read`, but the lines as they were found, in no order."""


@dataclass(frozen=True, slots=True)
class Best:
    first: Engine = field(default_factory=Tesseract)
    second: LineEngine = field(default_factory=RapidOcr)

    @property
    def name(self) -> str:
        return "best"

    @property
    def cannot(self) -> frozenset[Inability]:
        return self.first.cannot

    @property
    def scout(self) -> Engine:
        return self.first.scout

    def version(self) -> str:
        """Those of both, or of Tesseract alone where the other cannot run."""
        versions = [f"{self.first.name} {self.first.version()}"]
        with suppress(EngineNotHere):
            versions.append(f"{self.second.name} {self.second.version()}")
        return ", ".join(versions)

    def languages(self) -> frozenset[str]:
        return self.first.languages()

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        ends = monotonic() + timeout
        blocks = self.first.read(image, languages, timeout=timeout, layout=layout)
        if _is_sure(blocks, languages) or not self._languages_of_second().issuperset(languages):
            return blocks
        lines = self._lines_of_second(image, languages, max(_LEAST_TIME, ends - monotonic()))
        return arrange(combined(lines, list(_lines(blocks))), image.size) if lines else blocks

    def glance(self, image: Image.Image, *, timeout: float) -> Glance | None:
        return self.first.glance(image, timeout=timeout)

    def _lines_of_second(self, image: Image.Image, languages: Sequence[str], timeout: float) -> list[Line]:
        """No lines where it fails: what the first has read is not lost with it."""
        try:
            return self.second.lines(image, languages, timeout=timeout)
        except FAILURES as error:
            logger.warning("Only %s has read this page: %s", self.first.name, error)
            return []

    def _languages_of_second(self) -> frozenset[str]:
        """Empty where it is not installed: the best reading is then Tesseract's."""
        try:
            return self.second.languages()
        except EngineNotHere as error:
            logger.warning("Only Tesseract reads: %s", error)
            return frozenset()


def _is_sure(blocks: Sequence[Block], languages: Sequence[str]) -> bool:
    """Whether nobody need look again; where nothing was found, somebody must."""
    confidence = confidence_of([word for line in _lines(blocks) for word in line.words])
    return (confidence or 0.0) >= (_SURE if _HAN.isdisjoint(languages) else _SURE_OF_HAN)


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    return (line for block in blocks for line in block.lines)
