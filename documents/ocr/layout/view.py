"""A page seen so that its rows run from left to right and follow each other downwards, in any script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple, Self

from documents.ocr.elements import Box, Line, Word
from documents.ocr.layout.direction import Direction, direction_of, most_common

_LONG = 8  # heights of a line: so long a line tells how much it leans
_STEEPEST = 0.2  # pixels down for each across, about 11 degrees: what leans more was measured wrongly
_STRAIGHT = 0.002  # a fifth of a letter on a line of a hundred letters: not worth the rounding


@dataclass(frozen=True, slots=True)
class View:
    """How boxes of a page of ``size`` (width, height; pixels) are turned, so that one order serves all.

    Pages that run from right to left are mirrored, vertical writing is laid on its side. ``tilt`` is how many
    pixels a row sinks for each pixel to the right; it is taken out.
    """

    direction: Direction
    size: tuple[int, int]
    tilt: float = 0.0

    @classmethod
    def of(cls, lines: Sequence[Line], size: tuple[int, int]) -> Self:
        directions = [direction_of(line) for line in lines]
        direction = most_common(directions)
        plain = cls(direction, size)
        level = (line for line, which in zip(lines, directions, strict=True) if which == direction)
        slopes = [slope for line in level if (slope := plain._slope(line)) is not None]
        tilt = median(slopes) if slopes else 0.0
        return cls(direction, size, tilt if _STRAIGHT < abs(tilt) < _STEEPEST else 0.0)

    def box(self, box: Box) -> Box:
        turned = self._turned(box)
        if not self.tilt:
            return turned
        down = round(self.tilt * (turned.x0 + turned.x1) / 2)
        return Box(turned.x0, turned.y0 - down, turned.x1, turned.y1 - down)

    def boxes(self, words: Iterable[Word]) -> tuple[Box, ...]:
        boxes = [word.box for word in words]
        is_as_it_is = self.direction == "ltr" and not self.tilt
        return tuple(boxes if is_as_it_is else map(self.box, boxes))

    def _turned(self, box: Box) -> Box:
        width, _height = self.size
        match self.direction:
            case "rtl":
                return Box(width - box.x1, box.y0, width - box.x0, box.y1)
            case "ttb":
                return Box(box.y0, width - box.x1, box.y1, width - box.x0)
        return box

    def _slope(self, line: Line) -> float | None:
        """How much a long line leans, by the middles of its first and last word; None for a short one."""
        if len(line.words) < 2:
            return None
        first, last = self._turned(line.words[0].box), self._turned(line.words[-1].box)
        across = last.middle_x - first.middle_x
        if across < _LONG * max(first.height, last.height, 1):
            return None
        return (last.middle_y - first.middle_y) / across


class Piece(NamedTuple):
    """Words that stand together on one baseline, with their boxes as the view shows them."""

    words: tuple[Word, ...]
    boxes: tuple[Box, ...]
    box: Box

    @classmethod
    def of(cls, line: Line, view: View) -> Self:
        boxes = view.boxes(line.words)
        return cls(line.words, boxes, Box.around(boxes))

    def parted(self, at: int) -> tuple[Self, Self]:
        """The words before number ``at`` (from 0) and the others, neither none; both as high as all."""
        first, last = self.cut([at])
        return first, last

    def cut(self, places: Sequence[int]) -> list[Self]:
        """The words up to each of ``places`` (numbers of words, ascending, not the first) and the others."""
        if not places:
            return [self]
        return [self._part(*ends) for ends in pairwise((0, *places, len(self.words)))]

    def _part(self, start: int, end: int) -> Self:
        boxes = self.boxes[start:end]
        x0, _tops, x1, _bottoms = zip(*boxes, strict=True)
        box = Box(min(x0), self.box.y0, max(x1), self.box.y1)
        return type(self)(self.words[start:end], boxes, box)

    @property
    def gaps(self) -> list[int]:
        """Pixels between each word and the next."""
        return [after.x0 - before.x1 for before, after in pairwise(self.boxes)]

    @property
    def letters(self) -> str:
        return "".join([word.text for word in self.words])


def usual_height(pieces: Iterable[Piece]) -> float:
    """Pixels: that of most text, at least 1; a letter counts as a letter, wherever it stands."""
    heights = sorted((piece.box.height, len(piece.letters)) for piece in pieces)
    half, seen = sum(letters for _height, letters in heights) / 2, 0
    for height, letters in heights:
        seen += letters
        if seen >= half:
            return max(1.0, height)
    return 1.0
