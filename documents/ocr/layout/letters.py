"""How high the letters of a line are, whichever of them stand in it: “sea” is half as high as “High”."""

import unicodedata
from collections.abc import Sequence
from statistics import median

from documents.ocr.layout.view import Piece

# Shares of the height from the top of an l to the foot of a p, as in most typefaces.
_LARGE = 1.2  # times as high as the letters of most lines: those of a headline
_REACH_UP, _REACH_DOWN = 0.27, 0.23
_UP = frozenset("bdfhijkltßþđłøæœбфβδζθλξφψ")  # and capitals, digits, letters with a mark
_DOWN = frozenset("gjpqyQçşţģķļņŗДдруфцщβγζημξρφχψς,;„")
_BOTH = frozenset("()[]{}|/")


def letter_height(piece: Piece) -> float:
    """Pixels that the line has, or would have if letters in it reached up and down.

    It is that of its middle word: engines make the boxes of some higher than they are.
    """
    heights = [
        box.height / share
        for word, box in zip(piece.words, piece.boxes, strict=True)
        if (share := _share(word.text))
    ]
    return median(heights) if heights else piece.box.height


def _share(text: str) -> float:
    """Of the height of a line that a word has; 0 without letters.

    Scripts without small and large letters are as high as their lines.
    """
    letters = [letter for letter in text if letter.isalnum()]
    if any(letter.isalpha() and letter.lower() == letter.upper() for letter in letters):
        return 1.0
    if not letters:
        return 0.0
    share = 1.0
    if not _BOTH.isdisjoint(text):
        return share
    if not any(map(_reaches_up, letters)):
        share -= _REACH_UP
    if _DOWN.isdisjoint(text):
        share -= _REACH_DOWN
    return share


def large_ones(pieces: Sequence[Piece]) -> list[Piece]:
    """Those of the lines (at least one) that are set in larger letters than most; figures alone are none."""
    heights = [letter_height(piece) for piece in pieces]
    least = _LARGE * median(heights)
    return [
        piece
        for piece, height in zip(pieces, heights, strict=True)
        if height >= least and any(map(str.isalpha, piece.letters))
    ]


def _reaches_up(letter: str) -> bool:
    return letter in _UP or not letter.islower() or len(unicodedata.normalize("NFD", letter)) > 1
