"""Tesseract as a library: the newer one that the package tesserocr brings, with the packs of the system.

It runs in child processes, which keep the models loaded from page to page.
"""

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PIL import Image

from documents.errors import EngineMissing, EngineNotHere
from documents.ocr.children.parent import Children, understood
from documents.ocr.elements import Block
from documents.ocr.engines import tesseract
from documents.ocr.engines.base import Engine, Glance, Inability, require_readable
from documents.ocr.engines.tesseract_setup import GLANCE, NO_LANGUAGES, Setup, blocks_of, script_of, setup_for
from documents.ocr.options import Layout

_INSTALL = "pip install tesserocr"
# Where packs are if nobody says so, not even the program: Debian, others, built by hand.
_FOLDERS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")
_ENDING = ".traineddata"
_VERSION_TIMEOUT = 20.0  # seconds; it takes 0.3

# Bytes. A page of 60 megapixels in colour takes 1 GB of address space; with six sets of languages of the
# largest kind loaded, a child has 600 MB at rest.
_MEMORY, _AT_REST = 4 << 30, 600 << 20

_children = Children("documents.ocr.children.tesserocr_work", memory=_MEMORY, at_rest=_AT_REST)


class Tesserocr:
    name = "tesserocr"
    cannot = frozenset[Inability]()

    @property
    def scout(self) -> Engine:
        return self

    def version(self) -> str:
        _require_package()
        return _version()

    def languages(self) -> frozenset[str]:
        _require_package()
        return frozenset(_packs(_folder())) - NO_LANGUAGES

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        require_readable(languages, self)
        setup = setup_for(image, languages, layout)
        answer = _ask("read", image, languages, setup, timeout)
        with understood():
            hocr, text = str.encode(answer["hocr"]), str(answer["text"])
        return blocks_of(hocr, text, image.size)

    def glance(self, image: Image.Image, *, timeout: float) -> Glance | None:
        _require_package()
        if "osd" not in _packs(_folder()):
            return None
        found = _ask("glance", image, ["osd"], GLANCE, timeout).get("found")
        if not found:
            return None
        with understood():
            # It tells how the page lies; the program, what is to be done.
            rotation = -int(found["orient_deg"]) % 360
            return Glance(rotation, float(found["orient_conf"]), script_of(found["script_name"]))


def _ask(
    what: str, image: Image.Image, languages: Sequence[str], setup: Setup, timeout: float
) -> dict[str, Any]:
    folder = _folder()
    packs = _packs(folder)
    request = {
        "do": what,
        "folder": f"{folder}/",
        "languages": "+".join(packs[code] for code in languages),
        "dpi": setup.dpi,
        "mode": setup.mode,
        "variables": dict(setup.variables),
    }
    return _children.ask(request, image, timeout=timeout)


@cache
def _version() -> str:
    answer = _children.ask({"do": "version"}, timeout=_VERSION_TIMEOUT)
    with understood():
        return str(answer["version"]).split(maxsplit=1)[0]


def _require_package() -> None:
    if find_spec("tesserocr") is None:
        raise EngineNotHere(engine="tesserocr", command=_INSTALL)


def _folder() -> Path:
    """Where the packs are. Raises EngineMissing."""
    told = os.environ.get("TESSDATA_PREFIX") or _folder_of_program()
    folders = [Path(folder) for folder in ((told, *_FOLDERS) if told else _FOLDERS)]
    found = next((folder for folder in folders if folder.is_dir()), None)
    if found is None:
        raise EngineMissing(command=tesseract.INSTALL)
    return found


def _folder_of_program() -> str:
    """Empty where there is no program, or it does not tell."""
    try:
        return tesseract.program().folder
    except EngineMissing:
        return ""


def _packs(folder: Path) -> dict[str, str]:
    """By code: what Tesseract calls them, as ``script/Latin``."""
    names = (
        str(file.relative_to(folder)).removesuffix(_ENDING)
        for where in (folder, folder / "script")
        for file in where.glob(f"*{_ENDING}")
    )
    return {name.rpartition("/")[2]: name for name in names}
