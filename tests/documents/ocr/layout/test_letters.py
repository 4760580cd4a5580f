import pytest

from documents.ocr.elements import Box, Line, Word
from documents.ocr.layout.letters import large_ones, letter_height
from documents.ocr.layout.view import Piece, View


def piece(text: str, height: int) -> Piece:
    line = Line.of([Word(text, 90.0, Box(0, 0, 20 * len(text), height))])
    return Piece.of(line, View("ltr", (1000, 1000)))


@pytest.mark.parametrize(
    ("text", "height"),
    [
        ("Highly", 100),
        ("Harbour", 77),
        ("1984", 77),
        ("map", 73),
        ("sea", 50),
        ("был", 77),
        ("море", 73),
        ("œuvre", 77),
    ],
)
def test_a_line_is_as_high_as_if_its_letters_reached_up_and_down(text: str, height: int) -> None:
    assert letter_height(piece(text, height)) == pytest.approx(100, rel=0.01)


@pytest.mark.parametrize("text", ["海港", "שלום", "한국", "—"])
def test_scripts_without_small_letters_are_as_high_as_their_lines(text: str) -> None:
    assert letter_height(piece(text, 40)) == 40


def test_a_word_whose_box_is_too_high_does_not_make_its_line_higher() -> None:
    boxes = [Box(0, 0, 60, 20), Box(70, 0, 130, 20), Box(140, 0, 200, 38)]
    words = [Word(text, 90.0, box) for text, box in zip(("by", "day", "may"), boxes, strict=True)]
    line = Piece.of(Line.of(words), View("ltr", (1000, 1000)))
    assert letter_height(line) == letter_height(piece("day", 20))


@pytest.mark.parametrize("text", ["(s)", "sea)", "[see]"])
def test_brackets_reach_up_and_down(text: str) -> None:
    assert letter_height(piece(text, 40)) == 40


def test_a_headline_without_letters_that_reach_down_is_larger_than_text_with_them() -> None:
    body = [piece("the quays", 25) for _line in range(4)]
    headline, short = piece("A cow on the", 31), piece("era", 13)
    assert large_ones([*body, headline, short]) == [headline]
