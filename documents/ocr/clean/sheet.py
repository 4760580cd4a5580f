"""A sheet on something darker: a table, the lid of a scanner. It is cut out and seen from above. Pure."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.clean.chains import Boxes, find_lines
from documents.ocr.clean.edges import Corners, find_edges
from documents.ocr.clean.geometry import Projective
from documents.ocr.clean.look import Look
from documents.ocr.clean.pixels import Pixels
from documents.ocr.clean.prepared import Step
from documents.ocr.clean.turning import warped
from documents.ocr.elements import Cure, Treatment

_Point = NDArray[np.float64]

_STROKES = 9  # pixels of the coarse picture: lines of text close up, and a sheet is one white area
_SMALLEST, _LARGEST = 0.2, 0.96  # share of the image that the sheet takes: less beside it may be a fold
_CORNER = 0.03  # of the outline's length: bends that are less are no corners
_FITS = 0.94  # share that the outline and its four sides have in common: torn or bent sheets have less
_DARKER = 0.6  # of the sheet's light is what surrounds it, most of it
_MOST = 90  # percent; closing spreads white letters on a dark band, which is no table
_LINES_BESIDE = 0.1  # share of all: the grain of wood may look like a line
_WORD = 3  # letters of a line: fewer may be what its edge hides in part
_HEADING = 4  # letters
_TRANSPOSED = [1, 0, 3, 2]  # of a box: x and y, width and height exchanged
_EDGE = 3  # pixels of the coarse picture: what is so near is the edge of the sheet, frayed by noise
_PAPER = 0.7
_INSET = 0.004  # of a side: the shadow of the edge is not the sheet
_MIDDLE = 0.15  # of a side at each end is left out when it is fitted: corners are round
_LARGER = 1.1  # times the part in the light
_RIM, _LIT = 0.8, 75  # of the light that a quarter of the picture has and more, what a table has at most
_SATURATED = 24  # difference of colours by which brown wood is told from grey paper in the shade


def flat_sheet(image: Image.Image, look: Look) -> Step | None:
    """The sheet alone, where its four edges are clearly seen."""
    corners = next(filter(lambda found: _is_alone(found, look), _sheets(look)), None)
    if corners is None:
        return None
    scale = np.array(image.size) / (look.coarse.shape[1], look.coarse.shape[0])
    seen = corners * scale
    size = _size(seen)
    edges = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    matrix = cv2.getPerspectiveTransform(edges, seen.astype(np.float32))
    return Step(
        warped(image, matrix, size), Treatment(Cure.SHEET), Projective(np.asarray(matrix, np.float64))
    )


def _is_alone(corners: Corners, look: Look) -> bool:
    return not _has_text_beside(corners, look) and not _has_light_text_beside(corners, look)


def find_corners(look: Look) -> Corners | None:
    """Of the sheet, in pixels of ``look.coarse``; None where there is no sheet on something darker."""
    return next(_sheets(look), None)


def _sheets(look: Look) -> Iterator[Corners]:
    """The corners of what may be a sheet: lighter than all the rest, or of less colour; and lighter than what
    is right beside it. That comes first where it is larger: of a sheet under a shadow, the part in the light
    may look like a sheet, too."""
    kernel = np.ones((_STROKES, _STROKES), np.uint8)
    closed = np.asarray(cv2.morphologyEx(look.coarse, cv2.MORPH_CLOSE, kernel), np.uint8)
    light, seen = _lightest(closed), _lightest(look.coarse)
    found = _sheet_in(_bright(light), light)
    if found is None and (grey := _grey(closed)) is not None:
        found = _sheet_in(grey, light)
    darkest = _darkest(closed)  # light wood is as red as paper, and not as blue
    edges = find_edges(darkest) if _has_dark_rim(darkest) else None
    sheets = [found, None if edges is None else _inset(edges)]
    if found is not None and edges is not None and _area(edges) > _LARGER * _area(found):
        sheets.reverse()
    yield from (sheet for sheet in sheets if sheet is not None and _is_paper(sheet, seen, light))


def _area(corners: Corners) -> float:
    return cv2.contourArea(corners.astype(np.float32))


def _has_dark_rim(light: Pixels) -> bool:
    """Whether the sides of the picture may be a table: those of a scan are paper."""
    rim = np.concatenate([light[0], light[-1], light[:, 0], light[:, -1]])
    return bool(np.median(rim) < _RIM * np.percentile(light, _LIT))


def _lightest(pixels: Pixels) -> Pixels:
    """Of the three channels of each pixel."""
    red, green, blue = cv2.split(pixels)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def _darkest(pixels: Pixels) -> Pixels:
    """Of the three channels of each pixel."""
    return np.asarray(cv2.bitwise_not(_lightest(np.asarray(cv2.bitwise_not(pixels), np.uint8))), np.uint8)


def _is_paper(corners: Corners, seen: Pixels, closed: Pixels) -> bool:
    """Most of it is as light as it is once letters are closed up: light letters on dark ground are not."""
    inside = _drawn(corners, seen) > 0
    return bool(np.median(seen[inside] / np.maximum(closed[inside], 1.0)) > _PAPER)


def _drawn(corners: Corners, on: Pixels) -> Pixels:
    return np.asarray(cv2.fillConvexPoly(np.zeros_like(on), np.rint(corners).astype(np.int32), 255), np.uint8)


def _has_text_beside(corners: Corners, look: Look) -> bool:
    """Whether lines of letters stand beside it, or run on there: then it is the part of a page that lies in
    the light."""
    beside = [np.count_nonzero(_beside(line, corners, look)) >= _WORD for line in _lines(look)]
    return bool(beside) and float(np.mean(beside)) > _LINES_BESIDE


def _lines(look: Look) -> list[Boxes]:
    """Those of the way in which there is more text: the page may lie on its side."""
    upright = [line[:, _TRANSPOSED] for line in find_lines(look.letters[:, _TRANSPOSED])]
    return max(look.lines, upright, key=lambda lines: sum(map(len, lines)))


def _has_light_text_beside(corners: Corners, look: Look) -> bool:
    """Whether a line of letters that are as light as the sheet stands beside it: then the dark around it is
    print, too, a heading or a frame. A line of four tells, as nothing on a table is so light."""
    light = look.negative.letters
    if not len(light):
        return False
    beside = light[_beside(light.astype(np.float64), corners, look)]
    bound = _DARKER * np.median(look.small[_drawn(_on_small(corners, look), look.small) > 0])
    is_light = [look.small[y : y + height, x : x + width].max() >= bound for x, y, width, height in beside]
    return bool(find_lines(beside[np.array(is_light, np.bool_)], shortest=_HEADING))


def _beside(boxes: Boxes, corners: Corners, look: Look) -> NDArray[np.bool_]:
    """Whether the middle of each box lies beside the sheet, and not at its edge."""
    sheet, least = _on_small(corners, look).astype(np.float32), _EDGE * _scale(look)
    middles = (boxes[:, :2] + boxes[:, 2:] / 2).tolist()
    return np.array([cv2.pointPolygonTest(sheet, middle, measureDist=True) < -least for middle in middles])


def _on_small(corners: Corners, look: Look) -> Corners:
    return np.asarray(corners * _scale(look), np.float64)


def _scale(look: Look) -> float:
    return float(look.small.shape[1] / look.coarse.shape[1])


def _bright(light: Pixels) -> Pixels:
    _, mask = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(mask, np.uint8)


def _grey(closed: Pixels) -> Pixels | None:
    """What has no colour, if anything has one: paper in the shade is as dark as a table."""
    lightest = _lightest(closed).astype(np.float32)
    share = 255 * (lightest - _darkest(closed)) / np.maximum(lightest, 16)
    if np.percentile(share, _MOST + 5) < _SATURATED:
        return None
    smooth = cv2.medianBlur(np.clip(share, 0, 255).astype(np.uint8), 5)
    _, mask = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return np.asarray(mask, np.uint8)


def _sheet_in(mask: Pixels, light: Pixels) -> Corners | None:
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    outline = cv2.convexHull(max(contours, key=cv2.contourArea))
    if not _SMALLEST <= cv2.contourArea(outline) / mask.size <= _LARGEST:
        return None
    rough = cv2.approxPolyDP(outline, _CORNER * cv2.arcLength(outline, closed=True), closed=True)
    if len(rough) != 4:
        return None
    whole = max(contours, key=cv2.contourArea)[:, 0].astype(np.float64)
    corners = _fitted(whole, _ordered(rough[:, 0].astype(np.float64)))
    return _inset(corners) if corners is not None and _is_sheet(corners, mask, light) else None


def _ordered(corners: Corners) -> Corners:
    """From the top left one clockwise."""
    middle = corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
    return np.roll(around, -int(np.argmin(around.sum(axis=1))), axis=0)


def _fitted(outline: Corners, corners: Corners) -> Corners | None:
    """The corners at which straight lines through the points of the four sides meet."""
    lines = [_side(outline, corners[place], corners[(place + 1) % 4]) for place in range(4)]
    meet = [np.cross(lines[place - 1], lines[place]) for place in range(4)]
    if any(abs(point[2]) < 1e-9 for point in meet):
        return None
    return np.array([point[:2] / point[2] for point in meet])


def _side(outline: Corners, start: _Point, end: _Point) -> _Point:
    """The line, in homogeneous coordinates, that the outline follows between two corners."""
    along = end - start
    length = float(np.hypot(*along))
    place = (outline - start) @ along / length**2
    off = np.abs((outline - start) @ np.array([-along[1], along[0]])) / length
    near = outline[(place > _MIDDLE) & (place < 1 - _MIDDLE) & (off < max(3.0, 0.02 * length))]
    if len(near) < 2:
        near = np.array([start, end])
    x_step, y_step, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
    return np.asarray(np.cross([x, y, 1.0], [x + x_step, y + y_step, 1.0]), np.float64)


def _is_sheet(corners: Corners, mask: Pixels, light: Pixels) -> bool:
    """Whether the four sides hold all of the white area and little else, and what is beside it is dark."""
    drawn = _drawn(corners, mask)
    inside, white = drawn > 0, mask > 0
    both, either = np.count_nonzero(inside & white), np.count_nonzero(inside | white)
    if both < _FITS * either or inside.all():
        return False
    beside = cv2.dilate(drawn, np.ones((7, 7), np.uint8)) == 0
    if not beside.any():
        return False
    return bool(np.percentile(light[beside], _MOST) < _DARKER * np.median(light[inside & white]))


def _inset(corners: Corners) -> Corners:
    return np.asarray(corners + (corners.mean(axis=0) - corners) * 2 * _INSET, np.float64)


def _size(corners: Corners) -> tuple[int, int]:
    """Of the sheet seen from above, as large as its longer sides."""
    sides = [float(np.hypot(*(corners[(place + 1) % 4] - corners[place]))) for place in range(4)]
    return max(1, round(max(sides[0], sides[2]))), max(1, round(max(sides[1], sides[3])))
