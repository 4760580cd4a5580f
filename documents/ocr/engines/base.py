"""The contract between a reading and the program that does it. An engine is one file and one
line in the registry of ``engines/__init__.py``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PIL import Image

from documents.errors import EngineCrashed, EngineNonsense, EngineTimeout, LanguageBeyond
from documents.ocr import languages as packs
from documents.ocr.elements import Block
from documents.ocr.options import Layout

FAILURES = (EngineCrashed, EngineNonsense, EngineTimeout)
"""How the reading of one image may fail while the engine itself is well: what was read before stays good."""


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


class Inability(StrEnum):
    """What an engine cannot do, so that others do it or the reader is told."""

    COLUMNS = "columns"  # it has no idea of columns: its lines come in no order
    GLANCE = "glance"  # it cannot tell orientation and script
    LAYOUT = "layout"  # it takes no hint how the text stands
    MORE_LANGUAGES = "more-languages"  # it reads those that it came with; none can be installed


class Engine(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def cannot(self) -> frozenset[Inability]: ...

    @property
    def scout(self) -> "Engine":
        """Who looks at samples of a page, to find its languages and which way is up: quick, and able to
        `glance`. Often the engine itself."""

    def version(self) -> str:
        """The version of the program, or its name and version where the engine has another name. A word that
        yet another program read says so (`Word.reader`). Raises EngineMissing when it is not there."""

    def languages(self) -> frozenset[str]:
        """The codes (ISO 639-2 as Tesseract writes them: ``eng``, ``chi_sim``) it can read now.
        Raises EngineMissing."""

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        """Read one upright page image (mode ``L`` or ``RGB``), in ONE run of the program.

        Boxes are pixels of ``image``; blocks are paragraphs in reading order; a blank page gives
        ``()``. ``layout`` is how the text stands on the image, as far as that is known. An image of which
        one word is final gets no second look. Raises LanguageMissing, EngineMissing, EngineCrashed,
        EngineTimeout, EngineNonsense.
        """

    def glance(self, image: Image.Image, *, timeout: float) -> Glance | None:
        """Orientation and script of a few lines; None when the engine cannot tell. Raises as ``read``."""


def checked(wanted: str | Iterable[str] | None, engine: Engine) -> tuple[str, ...]:
    """The codes in ``wanted`` (see `languages.parse`), all of which ``engine`` can read now. Raises
    LanguageUnknown, LanguageMissing, LanguageBeyond, EngineMissing."""
    codes = packs.parse(wanted, also=engine.languages())
    require_readable(codes, engine)
    return codes


def require_readable(codes: Iterable[str], engine: Engine) -> None:
    """Raises LanguageMissing for the first of ``codes`` that ``engine`` cannot read now; LanguageBeyond where
    it never will; EngineMissing."""
    readable = engine.languages()
    if Inability.MORE_LANGUAGES not in engine.cannot:
        packs.require_installed(codes, readable)
        return
    for code in codes:
        if code not in readable:
            raise LanguageBeyond(engine=engine.name, name=packs.name(code), language=code)
