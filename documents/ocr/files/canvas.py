"""What `painter` and its child process `drawing` agree on."""

from dataclasses import dataclass
from typing import NamedTuple

MAX_PIXELS = 50_000_000  # of the canvas
CHANNELS = 3  # blue, green, red


class Part(NamedTuple):
    """A rectangle from (x0, y0) to (x1, y1), drawn ``width`` pixels wide."""

    x0: int
    y0: int
    x1: int
    y1: int
    width: int


@dataclass(frozen=True, slots=True)
class Request:
    path: str  # absolute
    index: int  # of the page, from 0
    most: int  # pixels of the drawing, MAX_PIXELS at most
    most_of_page: int  # pixels of the page at its full resolution, and of each image on it
    part: Part | None = None  # of the page at its full resolution; None: all of it
