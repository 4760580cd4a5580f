"""Lines of text that are bent, or run apart: a page that curls, or was seen at an angle. Pure.

Each line of letters says at its points how far it lies off the level. A smooth surface is fitted to all lines
at once by least squares, so that each keeps one height: v(x, y) = y + Σ a·xᵖ·yᑫ with p ≥ 1. Columns of
pixels stay where they are and slide along themselves.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.clean.geometry import Points, Size
from documents.ocr.clean.look import Look
from documents.ocr.clean.prepared import Step
from documents.ocr.clean.resolution import is_too_large
from documents.ocr.clean.turning import paper
from documents.ocr.elements import Cure, Treatment

_Floats = NDArray[np.float64]

_POWERS = [(1, 0), (2, 0), (3, 0), (4, 0), (1, 1), (2, 1), (3, 1), (1, 2), (2, 2)]  # of x and y
_LINES = 5
_ROUNDS = 5  # of fitting again with less weight for tails and accents
_OFF = 0.5  # heights of a letter by which a good line rises or falls before it is worth another resampling
_FLATTER = 0.5  # share of the bend that may be left: otherwise these are no lines
_STEEPEST = 0.5  # change of the shift from row to row, or from column to column
_GRID = 16  # pixels of the image from one point to the next at which the surface is told
_ROWS = 1024  # moved together
_STEPS, _STEP = 24, 0.6  # of the way forth: 0.6 ** 24 is 5e-6
_HALF = 0.5  # OpenCV counts from the middle of the first pixel


@dataclass(frozen=True, slots=True, eq=False)
class Slide:
    """``source`` is the row of the source for points of the result, ``_GRID`` pixels apart."""

    source: _Floats

    def back(self, points: Points) -> Points:
        x, y = (points / _GRID).T
        rows, columns = self.source.shape
        left, top = np.clip(x.astype(int), 0, columns - 2), np.clip(y.astype(int), 0, rows - 2)
        across, down = x - left, y - top
        upper = self.source[top, left] * (1 - across) + self.source[top, left + 1] * across
        lower = self.source[top + 1, left] * (1 - across) + self.source[top + 1, left + 1] * across
        return np.column_stack([points[:, 0], upper * (1 - down) + lower * down])

    def forth(self, points: Points) -> Points:
        """By steps that are a part of what is missing: rows are never more than twice as far apart, nor less
        than two thirds (`_STEEPEST`), so that each step leaves at most 0.6 of it."""
        columns = np.clip(points[:, 0], 0, (self.source.shape[1] - 1) * _GRID)
        rows = points[:, 1].copy()
        for _ in range(_STEPS):
            rows += _STEP * (points[:, 1] - self.back(np.column_stack([columns, rows]))[:, 1])
        return np.column_stack([points[:, 0], rows])


def levelled(image: Image.Image, look: Look) -> Step | None:
    """With its lines level, where they are bent; not where it would be larger than an engine takes."""
    lines = [_feet(line) for line in look.lines]
    if len(lines) < _LINES:
        return None
    size = look.small.shape[1], look.small.shape[0]
    surface = _fit(lines, size)
    if surface is None or not _is_called_for(lines, surface, size, look):
        return None
    way, height = _slide(surface * image.height / size[1], image.size)
    if is_too_large((image.width, height), image.size):
        return None
    return Step(_moved(image, way, height), Treatment(Cure.LEVELLED), way)


def _feet(letters: _Floats) -> _Floats:
    """The points (x, y) in the middle below each letter."""
    return np.column_stack([letters[:, 0] + letters[:, 2] / 2, letters[:, 1] + letters[:, 3]])


def _fit(lines: list[_Floats], size: Size) -> _Floats | None:
    """The factors of the surface."""
    wide = np.concatenate([_features(line, size) - _features(line, size).mean(axis=0) for line in lines])
    high = np.concatenate([line[:, 1] - np.median(line[:, 1]) for line in lines])
    ridge = 1e-3 * len(high) * np.eye(len(_POWERS))
    weights, factors = np.ones(len(high)), np.zeros(len(_POWERS))
    for _ in range(_ROUNDS):
        weighted = wide * weights[:, np.newaxis]
        factors = np.linalg.solve(weighted.T @ wide + ridge, -weighted.T @ high)
        off = np.abs(high + wide @ factors)
        weights = 1 / np.maximum(off / max(1.0, float(np.median(off))), 1.0) ** 2
    return factors if np.isfinite(factors).all() else None


def _features(points: _Floats, size: Size) -> _Floats:
    x, y = (2 * points / size - 1).T
    return np.column_stack([x**p * y**q for p, q in _POWERS])


def _is_called_for(lines: list[_Floats], surface: _Floats, size: Size, look: Look) -> bool:
    """Whether lines are bent by more than an engine bears, and the surface makes most of that go away."""
    shifts = [_features(line, size) @ surface for line in lines]
    bends = [float(np.ptp(shift)) for shift in shifts]
    if np.percentile(bends, 75) < _OFF * float(np.median(look.letters[:, 3])):
        return False
    before = [_unevenness(line[:, 1]) for line in lines]
    after = [_unevenness(line[:, 1] + shift) for line, shift in zip(lines, shifts, strict=True)]
    return float(np.mean(after)) < _FLATTER * float(np.mean(before)) and _is_smooth(surface, size)


def _unevenness(rows: _Floats) -> float:
    """By how much the feet of a line rise or fall, tails left out."""
    return float(np.median(np.abs(rows - np.median(rows))))


def _is_smooth(surface: _Floats, size: Size) -> bool:
    shift = _shifts(surface, size)
    return max(float(np.abs(np.diff(shift, axis=axis)).max()) for axis in (0, 1)) < _STEEPEST * _GRID


def _shifts(surface: _Floats, size: Size) -> _Floats:
    """By how many rows points of an image of ``size``, ``_GRID`` pixels apart, slide down."""
    x, y = (np.arange(side // _GRID + 2) * _GRID for side in size)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2).astype(np.float64)
    return (_features(grid, size) @ surface).reshape(len(y), len(x))


def _slide(surface: _Floats, size: Size) -> tuple[Slide, int]:
    """The way back, and how high the result is; ``surface`` is in pixels of an image of ``size``."""
    shift = _shifts(surface, size)
    y = np.asarray(np.arange(len(shift)) * _GRID, np.float64)
    levels = np.asarray(y[:, np.newaxis] + shift, np.float64)
    top, bottom = math.floor(levels[0].min()), math.ceil((levels[-1] + size[1] - y[-1]).max())
    wanted = np.asarray(top + np.arange((bottom - top) // _GRID + 2) * _GRID, np.float64)
    source = [_undone(wanted, column, y) for column in levels.T]
    return Slide(np.column_stack(source)), bottom - top


def _undone(wanted: _Floats, levels: _Floats, y: _Floats) -> _Floats:
    """The rows that slid to the ``wanted`` ones; beyond the image as far as they are."""
    ends = np.clip(wanted, levels[0], levels[-1])
    return np.asarray(np.interp(ends, levels, y) + wanted - ends, np.float64)


def _moved(image: Image.Image, way: Slide, height: int) -> Image.Image:
    pixels, ground = np.asarray(image), paper(image)
    across = np.arange(image.width, dtype=np.float32)
    parts = []
    for top in range(0, height, _ROWS):
        down = np.arange(top, min(top + _ROWS, height))
        rows = _rows(way.source, np.asarray(down + _HALF, np.float64), image.width)
        columns = np.broadcast_to(across, rows.shape)
        parts.append(cv2.remap(pixels, columns.copy(), rows, cv2.INTER_CUBIC, borderValue=ground))
    return Image.fromarray(np.concatenate(parts))


def _rows(source: _Floats, y: _Floats, width: int) -> NDArray[np.float32]:
    """For each pixel of some rows of the result, its row of the source as OpenCV counts it."""
    upper, down = np.divmod(y / _GRID, 1)
    above = upper.astype(int)
    mixed = source[above] * (1 - down[:, np.newaxis]) + source[above + 1] * down[:, np.newaxis]
    left, across = np.divmod((np.arange(width) + _HALF) / _GRID, 1)
    place = left.astype(int)
    rows = mixed[:, place] * (1 - across) + mixed[:, place + 1] * across
    return np.asarray(rows - _HALF, np.float32)
