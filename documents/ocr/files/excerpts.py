"""Parts of page images at any scale, each decoded by a process of its own that takes the memory of that part.

An image of 300 megapixels in colour has 900 MB, and Pillow takes 1,200 for it. libvips decodes row by row
and keeps none but those that are wanted: 35 to 155 MB and 0.3 to 4 s for a part of such a JPEG, PNG or TIFF
wherever it lies (a baseline JPEG has to be decoded down to it).
"""

import json
import logging
import mmap
import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image

from documents.errors import DrawingKilled, FileMissing, OcrsiteError, PageDamaged, PageTooComplex
from documents.ocr.elements import Box
from documents.ocr.files.apart import DAMAGED, environment, program
from documents.ocr.files.normalise import QUARTERS, turned

logger = logging.getLogger(__name__)

_BY_ROWS = frozenset(("JPEG", "PNG", "TIFF"))  # what libvips reads row by row
_MODES = {1: "L", 3: "RGB"}  # by the number of channels
# libvips with more threads than one takes more memory, and the time of other workers.
_ONE_THREAD = {"VIPS_CONCURRENCY": "1"}
# What a process does to itself is another signal than SIGKILL, also when it gets no more memory.
_ENDS: dict[int, type[OcrsiteError]] = {DAMAGED: PageDamaged, -signal.SIGKILL: DrawingKilled}


@dataclass(frozen=True, slots=True)
class Stored:
    """A page image as it lies in its file: frame ``frame`` of the file at ``path``, which Pillow's ``plugin``
    opens, of ``size`` pixels (width, height), to be turned as EXIF's ``orientation`` (1 to 8) says."""

    path: Path
    plugin: str
    frame: int
    size: tuple[int, int]
    orientation: int

    @property
    def upright_size(self) -> tuple[int, int]:
        return _swapped(self.size) if self.orientation in QUARTERS else self.size


def lying(box: Box, orientation: int, size: tuple[int, int]) -> Box:
    """``box`` of the upright image as it lies on that of ``size`` before EXIF's ``orientation`` turned it."""
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    if orientation in QUARTERS:
        x0, y0, x1, y1 = y0, x0, y1, x1
    width, height = size
    if orientation in (2, 3, 7, 8):
        x0, x1 = width - x1, width - x0
    if orientation in (3, 4, 6, 7):
        y0, y1 = height - y1, height - y0
    return Box(x0, y0, x1, y1)


def excerpt(stored: Stored, box: Box, size: tuple[int, int], *, timeout: float) -> Image.Image:
    """What ``box`` holds of the upright image, with ``size`` pixels (width, height); mode ``L`` or ``RGB``.

    Raises FileMissing, PageDamaged; PageTooComplex where that takes more than ``timeout`` seconds, or more
    memory than there is; DrawingKilled where the system ended it.
    """
    if not stored.path.exists():
        raise FileMissing(name=stored.path.name)
    if stored.plugin not in _BY_ROWS:  # comes upright
        stored = replace(stored, size=stored.upright_size, orientation=1)
    place = lying(box, stored.orientation, stored.size)
    request = {
        "path": str(stored.path.absolute()),
        "plugin": stored.plugin,
        "frame": stored.frame,
        "box": (place.x0, place.y0, place.width, place.height),
        "size": _swapped(size) if stored.orientation in QUARTERS else size,
    }
    return turned(_decoded(request, timeout), stored.orientation)


def _decoded(request: Mapping[str, object], timeout: float) -> Image.Image:
    module = "by_rows" if request["plugin"] in _BY_ROWS else "as_a_whole"
    with os.fdopen(os.memfd_create("excerpt"), "r+b") as answer:
        try:
            subprocess.run(
                program(f"documents.ocr.files.{module}"),
                input=json.dumps(request).encode(),
                stdout=answer,
                stderr=subprocess.PIPE,
                timeout=timeout,
                env=environment() | _ONE_THREAD,
                check=True,
            )
        except subprocess.TimeoutExpired as error:
            logger.warning("A part of %s is not decoded in %g s", request["path"], timeout)
            raise PageTooComplex from error
        except subprocess.CalledProcessError as error:
            logger.warning("A part of %s is not decoded: %s %r", request["path"], error, error.stderr)
            raise _ENDS.get(error.returncode, PageTooComplex) from error
        answer.seek(0)
        return _image(answer)


def _image(answer: BinaryIO) -> Image.Image:
    """Of a line of JSON and the pixels that follow it."""
    head = json.loads(answer.readline())
    mode, size = _MODES[head["channels"]], (head["width"], head["height"])
    # The child is gone: nobody can cut its file short under this.
    shared = mmap.mmap(answer.fileno(), 0, prot=mmap.PROT_READ)
    pixels = np.frombuffer(shared, np.uint8, offset=answer.tell())
    return Image.frombuffer(mode, size, pixels, "raw", mode, 0, 1)


def _swapped(size: tuple[int, int]) -> tuple[int, int]:
    return size[1], size[0]
