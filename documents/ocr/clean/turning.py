"""Turning an image, and the colour of its paper. Pure."""

import cv2
import numpy as np
from PIL import Image

from documents.ocr.clean.geometry import turn, turned_size

_QUARTERS: dict[float, Image.Transpose] = {
    90: Image.Transpose.ROTATE_270,  # Pillow counts counter-clockwise
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_BETWEEN = 0.5  # OpenCV counts from the middle of the first pixel


def rotate(image: Image.Image, degrees: float) -> Image.Image:
    """``image`` (mode L or RGB) turned clockwise; corners that come into being get the colour of its paper.

    90, 180 and 270 degrees are exact. `geometry.turn` is the way back.
    """
    if degrees % 360 == 0:
        return image
    if method := _QUARTERS.get(degrees % 360):
        return image.transpose(method)
    return warped(image, turn(degrees, image.size).matrix, turned_size(degrees, image.size))


def warped(image: Image.Image, matrix: np.ndarray, size: tuple[int, int]) -> Image.Image:
    """The image of ``size`` whose points lie on ``image`` where ``matrix`` (3 × 3) takes them."""
    half = np.array([[1, 0, _BETWEEN], [0, 1, _BETWEEN], [0, 0, 1]])
    centred = np.linalg.inv(half) @ matrix @ half
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    pixels = np.asarray(image)
    if np.array_equal(centred[2], (0, 0, 1)):
        moved = cv2.warpAffine(pixels, centred[:2], size, flags=flags, borderValue=paper(image))
    else:
        moved = cv2.warpPerspective(pixels, centred, size, flags=flags, borderValue=paper(image))
    return Image.fromarray(moved)


def paper(image: Image.Image) -> int | tuple[int, ...]:
    """The colour of the paper at the edges of ``image`` (mode L or RGB): the middle one of their pixels."""
    pixels = np.asarray(image)
    edges = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    middle = np.median(edges, axis=0)
    return tuple(int(value) for value in middle) if image.mode == "RGB" else int(middle)


def upright(size: tuple[int, int], rotation: int) -> tuple[int, int]:
    """Width and height of what is ``size`` before a turn by ``rotation`` (0, 90, 180 or 270 degrees)."""
    return size if rotation in (0, 180) else (size[1], size[0])
