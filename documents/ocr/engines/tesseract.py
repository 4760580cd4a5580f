"""Tesseract, run through pytesseract: the default engine."""

import logging
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytesseract
from PIL import Image

from documents.errors import EngineCrashed, EngineMissing, EngineNonsense, EngineTimeout
from documents.ocr.elements import Block
from documents.ocr.engines.base import Glance
from documents.ocr.formats.hocr import HocrError, read_hocr
from documents.ocr.ink import has_columns, letter_height
from documents.ocr.languages import PACKS, require_installed
from documents.ocr.options import Layout
from documents.ocr.spaces import with_spaces

logger = logging.getLogger(__name__)

# Tesseract's own threads wait for each other more than they work: on two cores they made a batch of
# receipts 6.5 times slower. pytesseract hands our environment to the program.
os.environ["OMP_THREAD_LIMIT"] = "1"

_INSTALL = "sudo apt-get install tesseract-ocr"
_MEMORY = 5.0  # seconds; packs may be installed while we run
_NO_LANGUAGES = frozenset(("osd", "equ", "snum"))  # packs of another kind
# Plain text says where spaces are, in Korean and between scripts, if the engine is told to keep them.
_OUTPUTS = "-c tessedit_create_hocr=1 -c tessedit_create_txt=1 -c preserve_interword_spaces=1"
# Layout analysis wants dots per inch to know how large letters are: so many for each pixel of their height.
# 34 receipts are read with a word F1 of 0.799 instead of 0.787 with the program's own guess, or 0.790 with
# 300 dpi for all, at which small Chinese and a magazine page of 150 dpi lose their lines.
_DPI_PER_PIXEL = 10
_LEAST_DPI, _MOST_DPI = 70, 600
_DPI = "--dpi 300"  # where there is nothing to measure
# The search for columns is misled by the syllables of Korean, one below the other: 24 rendered pages are read
# with a CER of 0.60, and with 0.005 if the program is told that there is one column only.
_KOREAN = frozenset(("kor", "Hangul"))
# Nothing but lines. Adaptive thresholds read what one threshold for all leaves blank: grey print on a
# receipt that lies on a black table.
_PLAIN = f"{_DPI} --psm 6 -c thresholding_method=1"
# Page segmentation modes of those who say how the text stands.
_MODES = {
    Layout.LINE: "--psm 7",
    Layout.COLUMN: "--psm 4",
    Layout.TABLE: "--psm 6",
    Layout.SPARSE: "--psm 11",
}
# Shapes of 10 letters are enough to guess from; the program's default is 50.
_GLANCE = f"{_DPI} -c min_characters_to_try=10"

# Orientation and script detection calls scripts as their packs are called, but for these.
_SCRIPTS = {
    **{pack.code: pack.script for pack in PACKS.values() if not pack.language},
    "Han": "Hani",
    "Hiragana": "Jpan",
    "Katakana": "Jpan",
    "Korean": "Kore",
}


class Tesseract:
    name = "tesseract"

    def version(self) -> str:
        return _program().version

    def languages(self) -> frozenset[str]:
        return frozenset(_program().packs) - _NO_LANGUAGES

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        require_installed(languages, self.languages())
        packs = _program().packs
        config = _config(image, languages, layout)
        with _image_file(image) as path, _named_errors(timeout):
            pytesseract.pytesseract.run_tesseract(
                input_filename=path,
                output_filename_base=path,
                extension="",
                lang="+".join(packs[code] for code in languages),
                config=f"{_OUTPUTS} {config}",
                timeout=timeout,
            )
            hocr, text = Path(f"{path}.hocr").read_bytes(), _text_beside(path)
        try:
            return with_spaces(read_hocr(hocr, width=image.width, height=image.height), text)
        except HocrError as error:
            logger.warning("Tesseract wrote hOCR that cannot be read: %s", error)
            raise EngineNonsense from error

    def glance(self, image: Image.Image, *, timeout: float) -> Glance | None:
        if "osd" not in _program().packs:
            return None
        with _image_file(image) as path, _named_errors(timeout):
            try:
                found = pytesseract.image_to_osd(
                    path, config=_GLANCE, timeout=timeout, output_type=pytesseract.Output.DICT
                )
            except pytesseract.TesseractError:  # “Too few characters”
                return None
        if not {"rotate", "orientation_conf", "script"} <= found.keys():
            return None
        return Glance(found["rotate"], found["orientation_conf"], _SCRIPTS.get(found["script"], "Latn"))


def _config(image: Image.Image, languages: Sequence[str], layout: Layout) -> str:
    if layout is Layout.PLAIN:
        return _PLAIN
    return f"{_resolution(image)} {_MODES.get(layout) or _segmentation(image, languages)}"


def _resolution(image: Image.Image) -> str:
    height = letter_height(image)
    if height is None:
        return _DPI
    return f"--dpi {min(_MOST_DPI, max(_LEAST_DPI, round(height * _DPI_PER_PIXEL)))}"


def _segmentation(image: Image.Image, languages: Sequence[str]) -> str:
    is_korean = not _KOREAN.isdisjoint(languages)
    return "--psm 4" if is_korean and not has_columns(image) else ""


def _text_beside(path: str) -> str:
    """What the program wrote as plain text; empty where it wrote none."""
    try:
        return Path(f"{path}.txt").read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return ""


@contextmanager
def _image_file(image: Image.Image) -> Iterator[str]:
    """The image as an uncompressed TIFF, in a folder of its own that is removed afterwards.

    As PNM, an A4 page at 300 dpi takes the engine 0.1 s longer. Colour stays: the engine looks for the ink in
    each channel, and reads 34 receipts with a word F1 of 0.775 in colour, 0.761 in grey."""
    with tempfile.TemporaryDirectory(prefix="page-") as folder:
        path = f"{folder}/page.tif"
        image.save(path, "TIFF", compression="raw")
        yield path


@contextmanager
def _named_errors(timeout: float) -> Iterator[None]:
    """What pytesseract raises, as our own errors."""
    try:
        yield
    except pytesseract.TesseractNotFoundError as error:
        raise EngineMissing(command=_INSTALL) from error
    except (pytesseract.TesseractError, UnicodeDecodeError) as error:  # the latter: its messages are no text
        logger.warning("Tesseract stopped: %s", error)
        raise EngineCrashed from error
    except RuntimeError as error:  # so pytesseract calls a timeout
        raise EngineTimeout(seconds=round(timeout)) from error
    except FileNotFoundError as error:
        logger.warning("Tesseract wrote no result: %s", error)
        raise EngineNonsense from error


class _Program(NamedTuple):
    version: str
    packs: dict[str, str]  # by code: the name the program knows it by, such as ``script/Latin``


def _program() -> _Program:
    """What is installed; asked again every few seconds. Raises EngineMissing."""
    path = shutil.which(pytesseract.pytesseract.tesseract_cmd)
    if path is None:
        raise EngineMissing(command=_INSTALL)
    return _look_at(path, os.environ.get("TESSDATA_PREFIX", ""), int(time.monotonic() / _MEMORY))


@lru_cache(maxsize=4)
def _look_at(path: str, _folder: str, _moment: int) -> _Program:
    version = _ask(path, "--version").split()
    packs = re.findall(r"^(?:\w+/)*\w+$", _ask(path, "--list-langs"), re.MULTILINE)
    return _Program(version[1] if len(version) > 1 else "", {pack.rpartition("/")[2]: pack for pack in packs})


def _ask(path: str, question: str) -> str:
    try:
        answer = subprocess.run(
            [path, question],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        logger.warning("Tesseract does not answer %s: %s", question, error)
        raise EngineCrashed from error
    return answer.stdout.decode(errors="replace")
