"""What happens to pages on their way to a reader, done to clean ones; the same each time.

Written with Pillow and NumPy alone, and with nothing of `documents.ocr.clean`, so that no mistake there is
made here, too. Blur, shadows and edges are told in inches or in shares of the page, so that they are the same
at any resolution; noise is told in pixels.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

Floats = NDArray[np.float32]
Damage = Callable[[Image.Image], Image.Image]
_INCHES = 8.27  # the shorter side of A4, for which every page is taken
_PAPER = 246
_TABLE = (58, 44, 36)


def _dpi(image: Image.Image) -> float:
    return min(image.size) / _INCHES


def _random() -> np.random.Generator:
    return np.random.default_rng(20_261_121)


def _floats(image: Image.Image) -> Floats:
    return np.asarray(image, np.float32)


def _image(values: NDArray[np.floating[Any]]) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def _grain(image: Image.Image, sigma: float) -> Image.Image:
    """As a sensor adds it."""
    return _image(_floats(image) + _random().normal(0, sigma, np.shape(_floats(image))).astype(np.float32))


def turned(degrees: int) -> Damage:
    return lambda image: image.rotate(-degrees, expand=True)


def crooked(degrees: float) -> Damage:
    return lambda image: image.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=_PAPER)


def blurred(image: Image.Image) -> Image.Image:
    """Out of focus, by a standard deviation of 0.3 mm: an eighth of a capital's height at 11 points."""
    return _grain(image.filter(ImageFilter.GaussianBlur(0.0125 * _dpi(image))), 2)


def dark(image: Image.Image) -> Image.Image:
    """A sixth of the light, and what the sensor adds to it."""
    return _grain(image.point(lambda value: 8 + value * 0.16), 1.5)


def shaded(image: Image.Image) -> Image.Image:
    """The shadow of the photographer across a page under a lamp at one side."""
    width, height = image.size
    light = Image.new("L", image.size, 255)
    pen = ImageDraw.Draw(light)
    pen.polygon(
        [
            (width * 0.35, height),
            (width * 0.3, height * 0.45),
            (width * 0.62, height * 0.3),
            (width, height * 0.42),
            (width, height),
        ],
        fill=82,
    )
    light = light.filter(ImageFilter.GaussianBlur(0.12 * _dpi(image)))
    lamp = np.linspace(1.0, 0.62, width, dtype=np.float32)[np.newaxis, :]
    return _grain(_image(_floats(image) * _floats(light) / 255 * lamp), 2)


def faint(image: Image.Image) -> Image.Image:
    """Ink that is a little darker than its paper."""
    return _grain(image.point(lambda value: 164 + value * 0.16), 2)


def noisy(image: Image.Image) -> Image.Image:
    """A high ISO, and one pixel in fifty black or white."""
    noise = _floats(_grain(image, 38))
    chance = _random().random(noise.shape)
    noise[chance < 0.01] = 0
    noise[chance > 0.99] = 255
    return _image(noise)


def coarse(image: Image.Image) -> Image.Image:
    """100 dots per inch."""
    factor = 100 / _dpi(image)
    return image.resize((round(image.width * factor), round(image.height * factor)), Image.Resampling.BICUBIC)


def inverted(image: Image.Image) -> Image.Image:
    return image.point(lambda value: 255 - value)


def coloured(image: Image.Image) -> Image.Image:
    """Dark green on orange."""
    share = _floats(image)[..., np.newaxis] / 255
    ink, paper = np.array([28, 84, 52], np.float32), np.array([232, 138, 50], np.float32)
    return _grain(_image(ink + (paper - ink) * share), 3)


def in_perspective(image: Image.Image) -> Image.Image:
    """A sheet on a table, seen from one corner of its foot."""
    corners = [(0.13, 0.11), (0.84, 0.07), (0.95, 0.93), (0.04, 0.88)]
    return _grain(_on_table(image, corners), 3)


def tilted(image: Image.Image) -> Image.Image:
    """As before, but nothing is seen of the sheet's edges."""
    width, height = image.size
    source = [(0.02, 0.02), (0.98, 0.05), (0.93, 0.97), (0.08, 0.94)]
    coefficients = _perspective([(width * x, height * y) for x, y in _UNIT], _scaled(source, image.size))
    return image.transform(
        image.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC, fillcolor=_PAPER
    )


def bordered(image: Image.Image) -> Image.Image:
    """What a copier adds where the lid was open: black around the sheet, and it lies a little crooked."""
    edge = round(0.5 * _dpi(image))
    ground = Image.new("L", (image.width + 2 * edge, image.height + 2 * edge), 12)
    ground.paste(image.rotate(0.8, Image.Resampling.BICUBIC, fillcolor=12), (edge // 2, edge))
    return _grain(ground, 4)


def photographed(image: Image.Image) -> Image.Image:
    """All that a telephone does at once."""
    sheet = _on_table(shaded(image), [(0.1, 0.06), (0.93, 0.12), (0.88, 0.95), (0.05, 0.9)])
    return _grain(sheet.filter(ImageFilter.GaussianBlur(0.005 * _dpi(image))), 14)


def curled(image: Image.Image) -> Image.Image:
    """A page of a thick book, that rises towards its spine at the left."""
    pixels, (width, height) = np.asarray(image), image.size
    x = np.arange(width) / width
    lift = 0.35 * _dpi(image) * np.exp(-4 * x)
    y = np.arange(height)[:, np.newaxis]
    rows = y - lift * (1 - 2 * y / height)
    bent = pixels[np.clip(np.rint(rows), 0, height - 1).astype(int), np.arange(width)]
    return _image(bent * (1 - 0.55 * np.exp(-9 * x)).astype(np.float32))


def shone_through(strength: float) -> Damage:
    """The print of the other side, the same page, with such a share of its darkness: in other places than
    that of this side, and softened by the paper."""

    def damage(image: Image.Image) -> Image.Image:
        mirrored = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        other = ImageChops.offset(mirrored, round(0.07 * _dpi(image)), round(0.09 * _dpi(image)))
        soft = other.filter(ImageFilter.GaussianBlur(0.006 * _dpi(image)))
        ghost = 255 - (255 - _floats(soft)) * strength
        return _grain(_image(np.minimum(_floats(image), ghost)), 3)

    return damage


def half_inverted(image: Image.Image) -> Image.Image:
    """White on black in the second quarter of the page from the top, but for its margins."""
    pixels = np.array(image)
    left, top = round(0.6 * _dpi(image)), round(image.height * 0.25)
    part = pixels[top : image.height // 2, left:-left]
    part[...] = 255 - part
    return Image.fromarray(pixels)


def facing(image: Image.Image) -> Image.Image:
    """Both pages of a book that lies open, each a little crooked, and a dark fold between: the same twice."""
    width, height = image.size
    both = Image.new("L", (2 * width, height), _PAPER)
    both.paste(image.rotate(1.2, Image.Resampling.BICUBIC, fillcolor=_PAPER), (0, 0))
    both.paste(image.rotate(-1.5, Image.Resampling.BICUBIC, fillcolor=_PAPER), (width, 0))
    fold = 1 - 0.75 * np.exp(-(((np.arange(2 * width) - width) / (0.15 * _dpi(image))) ** 2))
    return _image(_floats(both) * fold.astype(np.float32))


_UNIT = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
_Corners = list[tuple[float, float]]


def _scaled(corners: _Corners, size: tuple[int, int]) -> _Corners:
    return [(x * size[0], y * size[1]) for x, y in corners]


def _on_table(image: Image.Image, corners: _Corners) -> Image.Image:
    """The sheet with its corners at these shares of a picture as large as it, on brown wood."""
    coefficients = _perspective(_scaled(corners, image.size), _scaled(list(_UNIT), image.size))
    way = (image.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    seen, mask = image.convert("RGB").transform(*way), Image.new("L", image.size, 255).transform(*way)
    return Image.composite(seen, _table(image.size), mask)


def _table(size: tuple[int, int]) -> Image.Image:
    rows = np.sin(np.arange(size[1]) / 9) * 6 + np.sin(np.arange(size[1]) / 31) * 8
    waves = rows[:, np.newaxis, np.newaxis] + np.zeros((1, size[0], 3))
    return _image((waves + np.array(_TABLE)).astype(np.float32))


def _perspective(seen: _Corners, sheet: _Corners) -> tuple[float, ...]:
    """The eight coefficients that Pillow takes, from four points of the result and of the source."""
    rows, values = [], []
    for (x, y), (u, v) in zip(seen, sheet, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return tuple(np.linalg.solve(np.array(rows), np.array(values)))


FOURTEEN: dict[str, Damage] = {
    **{f"turned {degrees}": turned(degrees) for degrees in (90, 180, 270)},
    **{f"skew {degrees}": crooked(degrees) for degrees in (3, 7, 12)},
    "blur": blurred,
    "dark": dark,
    "shadow": shaded,
    "low contrast": faint,
    "noise": noisy,
    "100 dpi": coarse,
    "inverted": inverted,
    "coloured": coloured,
    "perspective": in_perspective,
    "border": bordered,
}
"""Three of them are turns, which count as one."""

MORE: dict[str, Damage] = {
    "photo": photographed,
    "tilted": tilted,
    "curl": curled,
    **{f"bleed-through {strength}": shone_through(strength) for strength in (0.3, 0.45, 0.6)},
    "inverted in part": half_inverted,
    "facing pages": facing,
}
