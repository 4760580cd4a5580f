"""The best reading of a page: Tesseract's where it doubts few words, else that of PP-OCR with what Tesseract
adds."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations
from statistics import median
from time import monotonic
from typing import Protocol

from PIL import Image

from documents.errors import EngineNotHere
from documents.ocr.combining import combined
from documents.ocr.detection.sample import take_sample
from documents.ocr.elements import Block, Box, Line, confidence_of, lines_of, words_of
from documents.ocr.engines.base import FAILURES, Engine, Glance, Inability
from documents.ocr.engines.deadline import seconds_until
from documents.ocr.engines.rapidocr import RapidOcr
from documents.ocr.engines.tesseract import Tesseract
from documents.ocr.layout import arrange
from documents.ocr.options import Layout
from documents.ocr.specks import are_specks

logger = logging.getLogger(__name__)

# A word of which Tesseract is less sure is doubtful. Of 92 clean pages in 11 languages of Latin script, 8 to
# 16 points high, at 100 to 300 dpi, up to 9 % of the words are (in French; else up to 4 %); of 34 receipts,
# photographed and scanned, 23 % and more, and PP-OCR reads 33 of them better.
_DOUBTFUL = 90.0
_MUCH_DOUBT = 0.15  # share of doubtful words from which on a page is read again
# Of Chinese and Japanese 6 to 23 %, and Tesseract has more letters wrong than PP-OCR, where the two differ.
_MUCH_DOUBT_OF_HAN = 0.05
# Where text is set in columns, their order is worth more than letters, and PP-OCR knows none: of a noisy
# magazine page (24 %) Tesseract reads 93 % of the words with a CER of 0.08, PP-OCR 98 % with one of 0.34. At
# a third of its resolution (79 %) it is 66 % and 0.70 against 96 % and 0.45.
_MUCH_DOUBT_OF_COLUMNS = 0.5
_COLUMN_LINES, _COLUMN_LETTERS = 3, 20  # the least of a column of text; those of prices have fewer
_BESIDE = 0.5  # share of the lower one's height that stands beside the other
_MOSTLY = 0.5
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
        """Of the first, with its name; words that the second read tell of that."""
        return _reader(self.first)

    def languages(self) -> frozenset[str]:
        return self.first.languages()

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        ends = monotonic() + timeout
        blocks = self.first.read(image, languages, timeout=timeout, layout=layout)
        if not _calls_for_another(image, blocks, languages) or not self._reads_all(languages):
            return blocks
        lines = _believed(self._lines_of_second(image, languages, seconds_until(ends)), blocks)
        if not lines:
            return blocks
        marked = [_by_second(line, _reader(self.second)) for line in lines]
        return arrange(combined(marked, list(lines_of(blocks))), image.size)

    def glance(self, image: Image.Image, *, timeout: float) -> Glance | None:
        return self.first.glance(image, timeout=timeout)

    def _lines_of_second(self, image: Image.Image, languages: Sequence[str], timeout: float) -> list[Line]:
        """No lines where it fails: what the first has read is not lost with it."""
        try:
            return self.second.lines(image, languages, timeout=timeout)
        except FAILURES as error:
            logger.warning("Only %s has read this page: %s", self.first.name, error)
            return []

    def _reads_all(self, languages: Sequence[str]) -> bool:
        """Whether the second knows ``languages``. Not where it is not installed: the best reading is then
        Tesseract's."""
        try:
            return self.second.languages().issuperset(languages)
        except EngineNotHere as error:
            _warn_once(f"Only {self.first.name} reads: {error}")
            return False


def _calls_for_another(image: Image.Image, blocks: Sequence[Block], languages: Sequence[str]) -> bool:
    """Whether somebody else should read the page, too: where nothing was found, if there is a line to see."""
    if not any(lines_of(blocks)):
        return take_sample(image) is not None
    return _doubt(blocks) >= _bound(blocks, languages)


def _doubt(blocks: Sequence[Block]) -> float:
    """Share of words that are doubtful; 1 without any."""
    words = words_of(blocks)
    return sum(word.confidence < _DOUBTFUL for word in words) / len(words) if words else 1.0


def _bound(blocks: Sequence[Block], languages: Sequence[str]) -> float:
    if _are_columns(blocks):
        return _MUCH_DOUBT_OF_COLUMNS
    return _MUCH_DOUBT if _HAN.isdisjoint(languages) else _MUCH_DOUBT_OF_HAN


def _are_columns(blocks: Sequence[Block]) -> bool:
    """Whether text runs in two columns beside each other."""
    columns = [block.box for block in blocks if _is_running(block)]
    return any(_stand_beside(*pair) for pair in combinations(columns, 2))


def _is_running(block: Block) -> bool:
    lengths = [len(line.text) for line in block.lines]
    return len(lengths) >= _COLUMN_LINES and median(lengths) >= _COLUMN_LETTERS


def _stand_beside(one: Box, other: Box) -> bool:
    level = min(one.y1, other.y1) - max(one.y0, other.y0)
    are_apart = min(one.x1, other.x1) <= max(one.x0, other.x0)
    return are_apart and level > _BESIDE * min(one.height, other.height)


def _believed(lines: Sequence[Line], blocks: Sequence[Block]) -> Sequence[Line]:
    """Those of the second's ``lines`` that are text and no dirt: beside the first's ``blocks`` all or none.
    Where the first found nothing, short lines that are sure are text, too: a sign, or a price."""
    if not are_specks(lines) or _doubt(blocks) <= _MOSTLY:
        return lines
    return () if any(lines_of(blocks)) else [line for line in lines if _is_sure(line)]


def _reader(engine: Engine) -> str:
    return f"{engine.name} {engine.version()}"


def _by_second(line: Line, reader: str) -> Line:
    """A line of the second, by whose words a second look goes wrong more often than right."""
    return replace(line, words=tuple(replace(word, is_final=True, reader=reader) for word in line.words))


def _is_sure(line: Line) -> bool:
    return (confidence_of(line.words) or 0.0) >= _DOUBTFUL and any(map(str.isalnum, line.text))


@cache
def _warn_once(message: str) -> None:
    """Once in a process: each page that is in doubt has the same to tell."""
    logger.warning(message)
