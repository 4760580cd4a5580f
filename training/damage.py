"""What printing, a scanner, a camera and a file format do to a line, as far as the engine still sees it.

All take and give grey images as arrays (float32, 0 black to 255 white, shape (height, width)).
"""

import io
import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Grey = NDArray[np.float32]

_CLEAN = 0.30  # of the lines stay as they are drawn
_BROAD = 32  # pixels of a letter whose strokes are there still when they lose a pixel on each side


def damaged(image: Image.Image, letter: int, chance: random.Random) -> Image.Image:
    """A line (mode ``L``) whose letters are ``letter`` pixels high, damaged as ``chance`` will have it."""
    if chance.random() < _CLEAN:
        return image
    if chance.random() < 0.25:
        image = _leaning(image, chance)
    if chance.random() < 0.25:
        image = _coarse(image, letter, chance)
    if chance.random() < 0.30:
        image = image.filter(ImageFilter.GaussianBlur(chance.uniform(0.01, 0.05) * letter))
    if letter >= _BROAD and chance.random() < 0.20:
        image = image.filter(ImageFilter.MinFilter(3) if chance.random() < 0.5 else ImageFilter.MaxFilter(3))
    grey = np.asarray(image, np.float32)
    if chance.random() < 0.25:
        grey = _shaded(grey, chance)
    if chance.random() < 0.40:
        grey = _noisy(grey, chance)
    if chance.random() < 0.20:
        grey = _black_and_white(grey, chance)
    image = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    return _compressed(image, chance) if chance.random() < 0.30 else image


def _leaning(image: Image.Image, chance: random.Random) -> Image.Image:
    """By up to a degree, as a page is that was straightened."""
    paper = image.getpixel((0, 0))
    return image.rotate(chance.uniform(-1.0, 1.0), Image.Resampling.BICUBIC, fillcolor=paper)


def _coarse(image: Image.Image, letter: int, chance: random.Random) -> Image.Image:
    """As of a scan in which letters are 14 to 24 pixels high."""
    factor = min(1.0, chance.uniform(14, 24) / letter)
    small = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(small, Image.Resampling.BOX).resize(image.size, Image.Resampling.BICUBIC)


def _shaded(grey: Grey, chance: random.Random) -> Grey:
    """Darker toward one side."""
    ends = np.linspace(chance.uniform(0.75, 1.0), 1.0, grey.shape[1], dtype=np.float32)
    return np.asarray(grey * (ends if chance.random() < 0.5 else ends[::-1]), np.float32)


def _noisy(grey: Grey, chance: random.Random) -> Grey:
    noise = np.random.default_rng(chance.randrange(1 << 32)).normal(0, chance.uniform(2, 25), grey.shape)
    return np.asarray(grey + noise, np.float32)


def _black_and_white(grey: Grey, chance: random.Random) -> Grey:
    """As a fax has it, at a threshold that breaks letters or fills them."""
    middle = (float(grey.max()) + float(grey.min())) / 2
    return np.where(grey > middle + chance.uniform(-35, 35), np.float32(255), np.float32(0))


def _compressed(image: Image.Image, chance: random.Random) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=chance.randint(25, 75))
    return Image.open(file).convert("L")
