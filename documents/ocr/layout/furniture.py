"""What stands on a page besides its text: running heads and page numbers."""

import re
from collections.abc import Sequence

from documents.ocr.layout.view import Piece, usual_height

# In heights of a line:
_APART = 0.8  # are free between it and the text ...
_ALONE = 2.0  # ... where it has no number
_LARGEST = 1.3  # what is larger is a heading
_ROMAN = "(?=[ivxlc])c{0,3}(?:x[lc]|l?x{0,3})(?:i[vx]|v?i{0,3})"  # i to cccxcix: “civil” is none
# 12, – 12 –, xii, 3/7, Page 3 of 7, S. 12
_NUMBER = re.compile(
    rf"[\W_]*(?:\w{{1,6}}\W{{1,2}})?(?:\d{{1,4}}|{_ROMAN}|{_ROMAN.upper()})"
    r"(?:\W*(?:\w{1,4}\W)?\d{1,4})?[\W_]*"
)


def without_furniture(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """The running head of a page, all that is no furniture, and the running foot: a row, perhaps empty."""
    downwards = sorted(pieces, key=lambda piece: piece.box.middle_y)
    height = usual_height(pieces)
    head = _first_row(downwards)
    head = head if _is_furniture(head, downwards[len(head) :], height) else []
    body = downwards[len(head) :]
    foot = _first_row(body[::-1])
    foot = foot if _is_furniture(foot, body[: len(body) - len(foot)], height) else []
    return head, body[: len(body) - len(foot)], foot


def is_page_number(text: str) -> bool:
    """Whether a line says nothing but on which page it stands."""
    return bool(_NUMBER.fullmatch(text))


def _first_row(pieces: Sequence[Piece]) -> list[Piece]:
    """The first piece and those that follow it on the same height."""
    row = list(pieces[:1])
    for piece in pieces[1:]:
        if not row[0].box.y0 <= piece.box.middle_y <= row[0].box.y1:
            break
        row.append(piece)
    return row


def _is_furniture(row: Sequence[Piece], others: Sequence[Piece], height: float) -> bool:
    if not row or not others:
        return False
    if max(piece.box.height for piece in row) > _LARGEST * height:
        return False
    white = min(_white(piece, other) for piece in row for other in others)
    has_number = any(is_page_number(" ".join(word.text for word in piece.words)) for piece in row)
    return white > (_APART if has_number else _ALONE) * height


def _white(one: Piece, other: Piece) -> int:
    """Pixels that are free between one piece and another below or above it."""
    return max(one.box.y0, other.box.y0) - min(one.box.y1, other.box.y1)
