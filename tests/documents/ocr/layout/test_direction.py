import unicodedata

import pytest

from documents.ocr.elements import RIGHT_TO_LEFT, Line
from documents.ocr.layout.direction import direction_of, direction_of_text, main_direction
from tests.documents.ocr.formats.pages import column, sheet


def line(text: str) -> Line:
    return sheet(text).blocks[0].lines[0]


@pytest.mark.parametrize(
    ("found", "direction"),
    [
        (line("Hello 123"), "ltr"),
        (line("123"), "ltr"),
        (line("שלום Tom 12"), "rtl"),
        (line("ab שלום עולם"), "rtl"),
        (line("今天天气"), "ltr"),
        (column("今天天气", 0), "ttb"),
        (column("今", 0), "ltr"),
        (column("Hi", 0), "ltr"),
    ],
)
def test_letters_and_shape_tell_the_direction(found: Line, direction: str) -> None:
    assert direction_of(found) == direction


def test_most_lines_tell_that_of_a_page() -> None:
    assert main_direction([line("שלום"), line("עולם"), line("Hello")]) == "rtl"
    assert main_direction([]) == "ltr"


def test_every_letter_that_runs_from_right_to_left_is_known() -> None:
    letters = (chr(code) for code in range(0x110000))
    from_right = [letter for letter in letters if unicodedata.bidirectional(letter) in RIGHT_TO_LEFT]
    assert {direction_of_text(letter) for letter in from_right} == {"rtl"}
