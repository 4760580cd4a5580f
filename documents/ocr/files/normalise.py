"""Any image that Pillow can open, as upright 8-bit grey or colour on white paper."""

import struct

import cv2
import numpy as np
from PIL import ExifTags, Image

from documents.ocr.files.depth import black_and_white

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FAINT = 32  # steps of grey between the darkest and the lightest: nothing can be read
QUARTERS = (5, 6, 7, 8)
"""Orientations by which width and height change places."""


def normalise(image: Image.Image) -> Image.Image:
    """``image`` in mode L or RGB, turned as its EXIF says, transparent parts white, or black below white.

    Grey that is stored as RGB stays RGB. Deep images (16 bits and more, floats) are brought to
    8 bits over the range that their depth implies. The result may be ``image`` itself.
    """
    image.load()
    turn = orientation(image)
    return turned(_flattened(image), turn)


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """``image`` as it lies in its file, turned and mirrored as EXIF's ``orientation`` (1 to 8) says."""
    return image.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else image


def lies_on_its_side(image: Image.Image) -> bool:
    """Whether `normalise` turns a loaded image by a quarter, so that its width becomes the height."""
    return orientation(image) in QUARTERS


def orientation(image: Image.Image) -> int:
    """How an image is to be turned, as EXIF counts it from 1 (upright) to 8."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation)
    except (SyntaxError, ValueError, TypeError, LookupError, OSError, struct.error):
        return 1  # broken EXIF is no reason to refuse a picture
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _flattened(image: Image.Image) -> Image.Image:
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _to_8_bits(image)
    if image.has_transparency_data:
        return _on_paper(image)
    if image.mode in ("L", "RGB"):
        return image
    if image.mode == "LAB":
        return image.getchannel("L")  # lightness is all that reading needs
    return image.convert("L" if image.mode == "1" else "RGB")


def _on_paper(image: Image.Image) -> Image.Image:
    """On white paper, or on black where nothing could be seen on white, as of white letters."""
    mode = "L" if image.mode in ("1", "L", "LA", "La") else "RGB"
    layered = image.convert("LA" if mode == "L" else "RGBA")
    colours, mask = layered.convert(mode), layered.getchannel("A")
    white = Image.composite(colours, Image.new(mode, image.size, "white"), mask)
    if not _is_blank(white):
        return white
    black = Image.composite(colours, Image.new(mode, image.size, "black"), mask)
    return white if _is_blank(black) else black


def _is_blank(image: Image.Image) -> bool:
    return int(np.ptp(np.asarray(image.convert("L")))) < _FAINT


def _to_8_bits(image: Image.Image) -> Image.Image:
    samples = np.asarray(image)
    if samples.dtype.kind == "f":
        samples = np.nan_to_num(samples, posinf=0, neginf=0)
    samples = samples.astype(samples.dtype.newbyteorder("="), copy=False)
    black, white = black_and_white(
        float(samples.min()), float(samples.max()), is_float=samples.dtype.kind == "f"
    )
    scale = 255 / (white - black)
    return Image.fromarray(cv2.convertScaleAbs(samples, alpha=scale, beta=-black * scale))
