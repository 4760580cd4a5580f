"""A page whose whole text was typed anew."""

import pytest

from documents.ocr.correcting.editing import edited
from documents.ocr.correcting.retyping import retyping, text_to_type
from documents.ocr.elements import Block, Box, Line, PageText, Word


def line(text: str, top: int) -> Line:
    words = [
        Word(word, 90, Box(100 * at, top, 100 * at + 90, top + 20)) for at, word in enumerate(text.split())
    ]
    return Line.of(words)


PAGE = PageText(
    width=1000,
    height=500,
    blocks=(
        Block.of([line("Hello world", 0), line("here you are", 30)]),
        Block.of([line("and there", 90)]),
    ),
)
EMPTY = PageText(width=1000, height=500, blocks=())


def after(text: str, page: PageText = PAGE) -> PageText:
    return edited(page, retyping(page, text))


def test_text_that_stays_changes_nothing() -> None:
    assert text_to_type(PAGE) == "Hello world\nhere you are\n\nand there"
    assert retyping(PAGE, text_to_type(PAGE)) == []
    assert retyping(PAGE, "  Hello world\r\n\r\nhere you are\nand there  ") == []


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("Hallo world\nhere you are\nand there", ["Hallo world", "here you are", "and there"]),
        ("Hello world\nand there", ["Hello world", "and there"]),
        ("one\nHello world\nhere you are\nand there", ["one", "Hello world", "here you are", "and there"]),
        (
            "Hello world\nhere you are\ntwo\nthree\nand there\nfour",
            ["Hello world", "here you are", "two", "three", "and there", "four"],
        ),
        ("x\ny\nz", ["x", "y", "z"]),
        ("", []),
    ],
)
def test_lines_are_changed_taken_away_and_put_in(typed: str, lines: list[str]) -> None:
    assert [line.text for line in after(typed).lines] == lines


def test_words_that_stay_keep_their_boxes() -> None:
    words = after("Hello dear world\nhere you are\nand there").words
    assert [word.box for word in words if word.confidence == 90] == [word.box for word in PAGE.words]


def test_a_new_line_stands_below_the_one_before_it() -> None:
    page = after("Hello world\nhere you are\nnew\nand there")
    assert list(page.lines)[2].box == Box(0, 50, 290, 70)
    assert len(page.blocks[0].lines) == 3


def test_an_empty_page_is_filled() -> None:
    assert after("Hello\nworld", EMPTY).text.split() == ["Hello", "world"]
