from documents.ocr.elements import Box, Word
from documents.ocr.layout.gutters import find_gutter
from documents.ocr.layout.view import Piece


def test_a_page_narrower_than_a_gutter_has_none() -> None:
    boxes = [Box(0, 100 * row, 3, 100 * row + 40) for row in range(12)]
    pieces = [Piece((Word("I", 90, box),), (box,), box) for box in boxes]
    assert find_gutter(pieces, 40.0) is None
