"""The contract between a reading and the program that does it. An engine is one file and one
line in the registry of ``engines/__init__.py``."""

from collections.abc import Sequence
from typing import Protocol

from PIL import Image

from documents.ocr.elements import Block


class Engine(Protocol):
    name: str

    def version(self) -> str:
        """The version of the program. Raises EngineMissing when it is not there."""

    def languages(self) -> frozenset[str]:
        """The codes (ISO 639-2 as Tesseract writes them: ``eng``, ``chi_sim``) it can read now.
        Raises EngineMissing."""

    def read(self, image: Image.Image, languages: Sequence[str], *, timeout: float) -> tuple[Block, ...]:
        """Read one upright page image (mode ``L`` or ``RGB``), in ONE run of the program.

        Boxes are pixels of ``image``; blocks are paragraphs in reading order; a blank page gives
        ``()``. Raises EngineMissing, EngineCrashed, EngineTimeout, EngineNonsense.
        """
