from documents.ocr.elements import Box, Line, Word
from documents.ocr.layout.margins import all_fragments
from documents.ocr.layout.view import Piece, View


def dotted(count: int) -> Piece:
    """``count`` dots that stand far apart."""
    words = [Word(".", 90.0, Box(50 * at, 10, 50 * at + 4, 14)) for at in range(count)]
    line = Line.of(words)
    return Piece.of(line, View("ltr", (50 * count, 30)))


def test_a_line_of_thousands_of_dots_is_cut_between_all() -> None:
    piece = dotted(3_000)
    assert [part.words for part in all_fragments([piece], 20)] == [(word,) for word in piece.words]


def test_a_line_without_a_gap_is_whole() -> None:
    piece = dotted(5)
    assert all_fragments([piece], 46) == [piece]


def test_the_fragments_of_all_pieces_are_those_of_each() -> None:
    pieces = [dotted(5), dotted(1), *dotted(4).parted(2)]
    for gap in (20, 46):
        each = [part for piece in pieces for part in all_fragments([piece], gap)]
        assert all_fragments(pieces, gap) == each
    assert all_fragments([], 20) == []
