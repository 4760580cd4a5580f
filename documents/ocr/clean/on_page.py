"""What the engine sees of a page, laid back on the page, so that both can be compared. Pure.

Every pixel of the page looks up where it went. That is told for points `_SQUARE` pixels apart, and between
them in proportion. What was cut away is shown as it is, but dark.
"""

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.clean.geometry import Route, Size, way_of_upright
from documents.ocr.clean.pixels import Pixels
from documents.ocr.clean.prepared import Prepared

_Floats = NDArray[np.float32]

_SQUARE = 16  # pixels of the page
_ROWS = 16  # squares that are laid at once, one above the other
_CUT_AWAY = 0.4  # of its light: as dark as programs show what is cropped
_HALF = 0.5  # OpenCV counts from the middle of the first pixel
_FOLD = 800  # pixels of the page's width for one of the line, to each side, along which facing pages part
_LINE = 96  # its shade


def on_page(page: Image.Image, rotation: int, sheets: Sequence[Prepared]) -> Image.Image:
    """``page`` (mode ``L`` or ``RGB``), which ``rotation`` degrees clockwise made upright, as it was
    prepared: ``sheets`` are those of `prepare.sheets`. Between two of them there is a line."""
    below = np.asarray(page)
    # In one step: as a product it would be eight times as large for a while.
    laid: Pixels = cv2.convertScaleAbs(below, alpha=_CUT_AWAY).astype(np.uint8, copy=False)
    lying = way_of_upright(rotation, page.size)
    told = [(_pixels(sheet, below.ndim), _nodes(sheet, lying, page.size)) for sheet in sheets]
    for top in range(0, page.height, _ROWS * _SQUARE):
        _lay(told, top // _SQUARE, laid[top : top + _ROWS * _SQUARE])
    result = Image.fromarray(laid)
    result.info.update(page.info)
    return result


def _pixels(sheet: Prepared, dimensions: int) -> Pixels:
    return np.asarray(sheet.image if dimensions == 2 else sheet.image.convert("RGB"))


def _lay(told: Sequence[tuple[Pixels, _Floats]], first: int, band: Pixels) -> None:
    """Put what the pixels of each sheet show on a band of the page, whose top is at row ``first`` of the
    squares."""
    sides = np.zeros(band.shape[:2], np.uint8)
    for pixels, nodes in told:
        x, y, across, down = cv2.split(_between(nodes, first, band.shape))
        seen = cv2.remap(pixels, x - _HALF, y - _HALF, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        room = np.minimum(across, down)
        is_there = room >= 0
        band[is_there] = seen[is_there]
        sides += np.abs(room) < band.shape[1] / _FOLD
    band[sides > 1] = _LINE


def _nodes(sheet: Prepared, lying: Route, size: Size) -> _Floats:
    """For the middle of each square of a page of ``size``, and of those around it: where it lies on the sheet
    (x, y), and how far from the edges of all that was cut out on the way, across and down, below 0 outside of
    it; shape (rows, columns, 4)."""
    x, y = ((np.arange(-1, math.ceil(side / _SQUARE) + 1) + _HALF) * _SQUARE for side in size)
    points = lying.forth(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2))
    room = np.full(points.shape, float(max(size)))
    for way, frame in zip(sheet.route.ways, sheet.frames, strict=True):
        points = way.forth(points)
        room = np.minimum(room, np.minimum(points, frame - points))
    return np.column_stack([points, room]).reshape(len(y), len(x), 4).astype(np.float32)


def _between(nodes: _Floats, first: int, shape: Sequence[int]) -> _Floats:
    """What ``nodes`` tell of each pixel of a band whose top is at row ``first`` of the squares."""
    height, width = shape[:2]
    part = nodes[first : first + math.ceil(height / _SQUARE) + 2]
    size = part.shape[1] * _SQUARE, part.shape[0] * _SQUARE
    every = cv2.resize(part, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(every[_SQUARE : _SQUARE + height, _SQUARE : _SQUARE + width], np.float32)
