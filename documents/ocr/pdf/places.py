"""Where things lie on the pages of a PDF: matrices from one kind of coordinates to another.

A matrix is as in a content stream (ISO 32000-1, 8.3.3): six numbers, x′ = a·x + c·y + e, y′ = b·x + d·y + f.
A PDF counts points from the bottom left.
"""

from typing import NamedTuple

_POINTS_PER_INCH = 72
# Cameras and programs write 72 or 96 where they do not know, and no text is read at that.
_LEAST_DPI, _MOST_DPI = 100, 4800
_A4_LONG = 841.89  # points
_LEAST_SIDE, _MOST_SIDE = 3.0, 14_400.0  # points (ISO 32000-1, annex C)


class Box(NamedTuple):
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float


class Matrix(NamedTuple):
    a: float
    b: float
    c: float
    d: float
    e: float = 0.0
    f: float = 0.0

    def then(self, other: "Matrix") -> "Matrix":
        """This one first, ``other`` on its result."""
        return Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            self.e * other.a + self.f * other.c + other.e,
            self.e * other.b + self.f * other.d + other.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def operands(self) -> bytes:
        """The numbers as they stand before ``cm``."""
        return b" ".join(_number(value) for value in self)


def _number(value: float) -> bytes:
    """With decimals enough for the size of a pixel; no exponent, which a PDF does not know."""
    return (b"%.9f" % value).rstrip(b"0").rstrip(b".")


_CENTRED, _BACK = Matrix(1, 0, 0, 1, -0.5, -0.5), Matrix(1, 0, 0, 1, 0.5, 0.5)
_QUARTER = Matrix(0, -1, 1, 0)  # clockwise
# What makes an image upright, by its EXIF orientation (Exif 2.32, 4.6.4 A).
_ORIENTED = {
    2: Matrix(-1, 0, 0, 1),
    3: Matrix(-1, 0, 0, -1),
    4: Matrix(1, 0, 0, -1),
    5: Matrix(0, -1, -1, 0),
    6: _QUARTER,
    7: Matrix(0, 1, 1, 0),
    8: Matrix(0, 1, -1, 0),
}


def turned_square(rotation: int, orientation: int = 1) -> Matrix:
    """The unit square turned upright: by an EXIF ``orientation``, then ``rotation`` degrees clockwise."""
    turn = _ORIENTED.get(orientation, Matrix(1, 0, 0, 1))
    for _quarter in range(rotation // 90 % 4):
        turn = turn.then(_QUARTER)
    return _CENTRED.then(turn).then(_BACK)


def upright_to_page(box: Box, rotation: int) -> Matrix:
    """From the unit square over the upright page to its own points: ``box`` is what of the page is shown,
    ``rotation`` by how many degrees clockwise it must be turned to be upright."""
    scale = Matrix(box.right - box.left, 0, 0, box.top - box.bottom, box.left, box.bottom)
    return turned_square(-rotation).then(scale)


def page_size(pixels: tuple[int, int], dpi: tuple[float, float] | None) -> tuple[float, float]:
    """Width and height in points of an image's page: by its ``dpi`` if that is likely, else as high as A4."""
    if dpi is None or not all(_LEAST_DPI <= value <= _MOST_DPI for value in dpi):
        dpi = (max(pixels) * _POINTS_PER_INCH / _A4_LONG,) * 2
    width, height = (side * _POINTS_PER_INCH / value for side, value in zip(pixels, dpi, strict=True))
    return _within_limits(width), _within_limits(height)


def _within_limits(side: float) -> float:
    return min(max(side, _LEAST_SIDE), _MOST_SIDE)
