"""Pages of PDFs as images, drawn by child processes that are kept for the next page.

To start one takes 0.1 s of processor time, so it lives as long as its parent; one that crashes or takes
too long is ended, and the next page gets a new one. The pixels lie in memory that both processes share,
and that stays: what new memory costs (10 to 20 ms for an A4 page) is more than what the child costs else.
"""

import atexit
import json
import logging
import mmap
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.errors import DrawingKilled, PageTooComplex
from documents.ocr.files.apart import raise_told
from documents.ocr.files.canvas import CHANNELS, MAX_PIXELS, Part, Request
from documents.ocr.files.kept import KeptChild, end_all, rested
from documents.ocr.options import Limits

logger = logging.getLogger(__name__)

# Bytes of address space. The most that honest pages were found to take is 0.8 GB (a JPEG 2000 image of 49
# megapixels) and 0.6 GB (300 megapixels with a mask as large). PDFium that gets no more ends its process,
# so that no picture is left out in silence.
_MEMORY = 2 << 30
_LEAST_TIME = 1.0  # seconds
_KEPT_PIXELS = 12_000_000  # of the canvas, after a page; A4 at 300 dpi has 8.7 million


class Drawn(NamedTuple):
    """A drawing, and the width and height of the page at its full resolution, in pixels."""

    image: Image.Image
    size: tuple[int, int]


def draw(path: Path, index: int, *, limits: Limits, max_pixels: int | None = None) -> Drawn:
    """Page ``index`` (from 0) of a PDF as it would be printed, with its notes and filled-in fields.

    The image has mode L where the page has no colour, else RGB. Its full resolution is 300 dpi, or its own
    where it is a coarser scan, or what keeps within ``limits``: a page is never refused for its size, though
    it is for that of an image on it. The drawing has at most ``max_pixels``. Raises TooManyPixels,
    FileMissing, FileDamaged, PasswordNeeded, PageMissing, PageDamaged; PageTooComplex where that takes more
    time or memory than there is, or crashes the child; DrawingKilled.
    """
    return _drawn(_request(path, index, limits, max_pixels), limits)


def draw_part(path: Path, index: int, part: Part, *, limits: Limits) -> Image.Image:
    """A part of at most 50 megapixels. Raises as `draw`."""
    return _drawn(replace(_request(path, index, limits, None), part=part), limits).image


def _request(path: Path, index: int, limits: Limits, max_pixels: int | None) -> Request:
    most = min(limits.max_pixels, max_pixels or limits.max_pixels, MAX_PIXELS)
    return Request(str(path.absolute()), index, most, limits.max_pixels)


def _drawn(request: Request, limits: Limits) -> Drawn:
    with _painter() as painter:
        answer = _answer(painter, request, max(limits.timeout, _LEAST_TIME))
        raise_told(answer)
        image = _image(painter.pixels(answer["width"], answer["height"]))
        return Drawn(image, (answer["size"][0], answer["size"][1]))


def _answer(painter: "_Painter", request: Request, timeout: float) -> dict[str, Any]:
    """Raises PageTooComplex, DrawingKilled."""
    try:
        return painter.ask(request, timeout)
    except TimeoutError as error:
        logger.warning("Page %s of %s is not drawn in %g s", request.index + 1, request.path, timeout)
        raise PageTooComplex from error
    except ConnectionError as error:
        code = painter.end()
        logger.warning("Page %s of %s ended PDFium's process: %s", request.index + 1, request.path, code)
        # What PDFium does to itself is another signal, also when it gets no more memory.
        raise (DrawingKilled if code == -signal.SIGKILL else PageTooComplex) from error


def _image(pixels: NDArray[np.uint8]) -> Image.Image:
    """Of ``pixels`` (height, width, 3: blue, green, red). Grey where all are: finding out takes less time
    than copying three channels would."""
    if _is_grey(pixels[::16, ::16]) and _is_grey(pixels):
        return Image.fromarray(cv2.extractChannel(pixels, 0))
    height, width, _channels = pixels.shape
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGR", 0, 1)


def _is_grey(pixels: NDArray[np.uint8]) -> bool:
    blue, green, red = cv2.split(pixels)
    return np.array_equal(blue, green) and np.array_equal(green, red)


class _Painter(KeptChild):
    """A child process that runs `drawing`; the file is the canvas that it draws on."""

    def __init__(self) -> None:
        super().__init__("documents.ocr.files.drawing", memory=_MEMORY, size=MAX_PIXELS * CHANNELS)
        self._canvas = mmap.mmap(self._file.fileno(), 0, prot=mmap.PROT_READ)

    def ask(self, request: Request, timeout: float) -> dict[str, Any]:
        """What the child answers within ``timeout`` seconds. Raises TimeoutError, ConnectionError."""
        self.owes_an_answer = True
        answer: dict[str, Any] = json.loads(self.exchange(json.dumps(asdict(request)).encode(), timeout))
        self.owes_an_answer = False
        return answer

    def pixels(self, width: int, height: int) -> NDArray[np.uint8]:
        """What was drawn last (height, width, 3); a view of the canvas."""
        flat = np.frombuffer(self._canvas, np.uint8, width * height * CHANNELS)
        return flat.reshape(height, width, CHANNELS)

    def give_memory_back(self) -> None:
        """That of a large page, which would stay with the canvas."""
        self._file.truncate(_KEPT_PIXELS * CHANNELS)
        self._file.truncate(MAX_PIXELS * CHANNELS)


_resting: list[_Painter] = []  # as many as threads have drawn at once


@contextmanager
def _painter() -> Iterator[_Painter]:
    """A painter that rests, or a new one; it is kept if it did its work."""
    painter = rested(_resting) or _Painter()
    try:
        yield painter
    finally:
        if painter.owes_an_answer:
            painter.end()
        else:
            painter.give_memory_back()
            _resting.append(painter)


atexit.register(end_all, _resting)
os.register_at_fork(after_in_child=_resting.clear)  # a painter has one parent
