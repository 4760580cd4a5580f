from documents.ocr.elements import Box, Line, Word
from documents.ocr.layout.gutters import cut_at_white, find_gutter
from documents.ocr.layout.view import Piece, View
from tests.documents.ocr.layout.drawn import HEIGHT, SIZE, justified, line, text


def pieces(lines: list[Line]) -> list[Piece]:
    return [Piece.of(line, View("ltr", SIZE)) for line in lines]


def test_the_words_of_a_narrow_justified_line_stay_together() -> None:
    column = pieces(justified(0, 50, 100, 12))
    assert any(white > 1.2 * HEIGHT for piece in column for white in piece.gaps)
    assert cut_at_white(column, 1.2 * HEIGHT, HEIGHT) == column


def test_lines_are_cut_where_the_white_between_two_columns_goes_on() -> None:
    left, right = justified(0, 50, 100, 8), text("b", 390, 100, 8)
    across = [Line.of(one.words + other.words) for one, other in zip(left, right, strict=True)]
    parts = cut_at_white(pieces(across), 1.2 * HEIGHT, HEIGHT)
    assert [part.words for part in parts] == [
        side.words for pair in zip(left, right, strict=True) for side in pair
    ]


def test_a_page_narrower_than_a_gutter_has_none() -> None:
    boxes = [Box(0, 100 * row, 3, 100 * row + 40) for row in range(12)]
    pieces = [Piece((Word("I", 90, box),), (box,), box) for box in boxes]
    assert find_gutter(pieces, 40.0) is None


def test_white_beside_which_there_is_little_is_no_taller_gutter() -> None:
    """A caption stands left of two columns, which have a headline over both of them."""
    caption, left, right = text("c", 0, 100, 4), text("l", 420, 160, 20), text("r", 840, 160, 20)
    headline = [line("A headline over two columns", 420, 100, size=2)]
    gutter = find_gutter(pieces([*caption, *headline, *left, *right]), HEIGHT)
    assert gutter is not None
    assert gutter.box.x0 > 420


def test_a_column_beside_a_headline_over_the_others_is_one() -> None:
    """Where a column has ended, what stands next to the gutter are lines of the one before it."""
    first, short = text("a", 50, 200, 12), text("b", 390, 200, 5)
    box = text("c", 730, 100, 15)
    headline = [line("A headline over two columns", 50, 100)]
    gutter = find_gutter(pieces([*headline, *first, *short, *box]), HEIGHT)
    assert gutter is not None
    assert 690 <= gutter.box.x0 <= 730
