"""Strips of a page, one below the other on a sheet. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate


def tops(heights: Iterable[int], margin: int) -> list[int]:
    """The row of the sheet at which each strip begins, and the height of the sheet: there are ``margin`` rows
    above each strip, and below the last."""
    return list(accumulate(heights, lambda top, height: top + height + margin, initial=margin))


def strip_at(row: int, tops: Sequence[int]) -> int:
    """The number of the strip at a row of the sheet, or nearest above it."""
    return min(max(bisect_right(tops, row) - 1, 0), len(tops) - 2)
