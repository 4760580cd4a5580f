"""The contract between a reading and the program that does it. An engine is one file and one
line in the registry of ``engines/__init__.py``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from documents.ocr.elements import Block
from documents.ocr.options import Layout


@dataclass(frozen=True, slots=True)
class Glance:
    """What a look at the shapes of the letters tells, without reading them.

    ``rotation``: degrees clockwise (0, 90, 180, 270) by which the image must be turned to be upright;
    ``confidence`` in it, from 0 without an upper end: below 3 it is a guess. ``script`` is an ISO 15924
    code (``Latn``), ``Hani`` for Chinese of either form.
    """

    rotation: int
    confidence: float
    script: str


class Engine(Protocol):
    @property
    def name(self) -> str: ...

    def version(self) -> str:
        """The version of the program. Raises EngineMissing when it is not there."""

    def languages(self) -> frozenset[str]:
        """The codes (ISO 639-2 as Tesseract writes them: ``eng``, ``chi_sim``) it can read now.
        Raises EngineMissing."""

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        """Read one upright page image (mode ``L`` or ``RGB``), in ONE run of the program.

        Boxes are pixels of ``image``; blocks are paragraphs in reading order; a blank page gives
        ``()``. ``layout`` is how the text stands on the image, as far as that is known. Raises
        LanguageMissing, EngineMissing, EngineCrashed, EngineTimeout, EngineNonsense.
        """

    def glance(self, image: Image.Image, *, timeout: float) -> Glance | None:
        """Orientation and script of a few lines; None when the engine cannot tell. Raises as ``read``."""
