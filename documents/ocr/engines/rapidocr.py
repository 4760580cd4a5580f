"""PP-OCR, as the package rapidocr brings it along: a network that finds lines and one that reads them.

Far better than Tesseract on photos and receipts. It runs in child processes, which keep the models loaded.
"""

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from statistics import fmean
from typing import Any

import numpy as np
from PIL import Image

from documents.errors import EngineNotHere
from documents.ocr.children.parent import Children, understood
from documents.ocr.elements import Block, Line
from documents.ocr.engines.base import Engine, Glance, Inability, require_readable
from documents.ocr.engines.tesseract import Tesseract
from documents.ocr.layout import arrange
from documents.ocr.lines.decoding import Letter
from documents.ocr.lines.quads import Quad
from documents.ocr.lines.words import line_of, spotted
from documents.ocr.options import Layout

_PACKAGES = ("rapidocr", "onnxruntime")
_INSTALL = "pip install rapidocr onnxruntime"
# Below this mean the letters of a line are dust, or a picture (rapidocr itself stops at 0.5). Without them,
# the word F1 of 34 receipts is 0.0005 better.
_LEAST_CONFIDENCE = 0.4

_WORK = "documents.ocr.children.rapidocr_work"
_MEMORY = 6 << 30  # bytes of address space: the models and their runtime reserve four times what they use
_AT_REST = 400 << 20  # bytes; as a rule it has 150 MB between two pages
# Large blocks go back to the system at once, or a child would keep 300 MB and take 450. Memory that comes and
# goes is dear but for huge pages: with them a page takes a twentieth longer, without them a third.
_MALLOC = "glibc.malloc.mmap_threshold=4194304:glibc.malloc.trim_threshold=8388608:glibc.malloc.hugetlb=1"
# Those with whose letters the model can write: a child would take seconds to tell, so a test asks it.
_CODES = """
afr aze bos bre cat ceb ces chi_sim chi_tra cos dan deu eng epo est eus fao fil fin fra fry gla gle glg
hat hrv hun ind isl ita jav jpn kmr lat lav lit ltz mlt mri msa nld nor oci pol por que ron slk slv spa
sqi srp_latn sun swa swe tur uzb
"""
_LANGUAGES = frozenset(_CODES.split())

_children = Children(_WORK, memory=_MEMORY, at_rest=_AT_REST, environment={"GLIBC_TUNABLES": _MALLOC})


class RapidOcr:
    name = "rapidocr"
    cannot = frozenset(Inability)

    @property
    def scout(self) -> Engine:
        return Tesseract()

    def version(self) -> str:
        _require_packages()
        return version("rapidocr")

    def languages(self) -> frozenset[str]:
        _require_packages()
        return _LANGUAGES

    def read(
        self,
        image: Image.Image,
        languages: Sequence[str],
        *,
        timeout: float,
        layout: Layout = Layout.AUTO,  # noqa: ARG002
    ) -> tuple[Block, ...]:
        return arrange(self.lines(image, languages, timeout=timeout), image.size)

    def lines(self, image: Image.Image, languages: Sequence[str], *, timeout: float) -> list[Line]:
        """As `read`, but the lines as they were found, in no order."""
        require_readable(languages, self)
        request = {"do": "read", "languages": list(languages)}
        answer = _children.ask(request, image, timeout=timeout)
        with understood():
            return [line for found in answer["lines"] if (line := _line(found))]

    def glance(self, image: Image.Image, *, timeout: float) -> Glance | None:  # noqa: ARG002
        return None


def _line(found: Mapping[str, Any]) -> Line | None:
    """A line of what the child found; None where it is no text."""
    letters = [Letter(*letter) for letter in found["letters"]]
    if not letters or fmean(letter.confidence for letter in letters) < _LEAST_CONFIDENCE:
        return None
    quad = Quad(np.array(found["quad"], np.float32))
    return line_of(spotted(letters, found["columns"]), quad, found["rows"])


def _require_packages() -> None:
    for package in _PACKAGES:
        try:
            version(package)
        except PackageNotFoundError as error:
            raise EngineNotHere(engine="rapidocr", command=_INSTALL) from error
