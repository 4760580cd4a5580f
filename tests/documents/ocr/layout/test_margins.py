from documents.ocr.elements import Box, Line, Word
from documents.ocr.layout.margins import fragments
from documents.ocr.layout.view import Piece, View


def dotted(count: int) -> Piece:
    """``count`` dots that stand far apart."""
    words = [Word(".", 90.0, Box(50 * at, 10, 50 * at + 4, 14)) for at in range(count)]
    line = Line.of(words)
    return Piece.of(line, View("ltr", (50 * count, 30)))


def test_a_line_of_thousands_of_dots_is_cut_between_all() -> None:
    piece = dotted(3_000)
    assert [part.words for part in fragments(piece, 20)] == [(word,) for word in piece.words]


def test_a_line_without_a_gap_is_whole() -> None:
    piece = dotted(5)
    assert fragments(piece, 46) == [piece]
