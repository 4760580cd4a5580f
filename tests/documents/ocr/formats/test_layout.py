import pytest

from documents.ocr.elements import Box, Line, PageText, Word
from documents.ocr.formats import FORMATS
from documents.ocr.formats.layout import cells, laid_out, pieces_of
from tests.documents.ocr.formats.pages import column, sheet, vertical, written

RECEIPT = """\
    CORNER BAKERY

2 x Rye bread           7.80
1 x Apple cake         14.50

Total                  22.30"""


def test_a_receipt_lines_up() -> None:
    assert laid_out(sheet(RECEIPT)) == RECEIPT


def test_columns_stand_side_by_side() -> None:
    left, right = (
        sheet("It left at\nnine in the"),
        sheet("                  In the\n                  morning the"),
    )
    page = PageText(1000, 1000, (*left.blocks, *right.blocks))
    assert laid_out(page) == "It left at        In the\nnine in the       morning the"


def test_the_margin_is_left_out_and_empty_space_is_kept_within_reason() -> None:
    assert laid_out(sheet("   a first\n   a second\n   a third" + "\n" * 9 + "   the end")) == (
        "a first\na second\na third\n\n\nthe end"
    )


def test_wide_letters_take_two_columns() -> None:
    table = "品名      价格\n苹果      12.00"
    assert laid_out(sheet(table)) == table
    assert (cells("品a"), cells("e\u0301")) == (3, 1)


def test_what_runs_from_right_to_left_begins_at_the_right() -> None:
    table = "خبز          7.80\nكعكة التفاح    14.50"
    assert laid_out(sheet(table, from_right=True)) == table


def test_vertical_writing_has_no_rows() -> None:
    page = vertical("吾輩は", "猫である")
    assert laid_out(page) == page.text


def test_words_never_touch_their_neighbours() -> None:
    crowded = tuple(Word("WIDE" * 5, 90.0, Box(x, 0, x + 20, 20)) for x in (0, 60, 120))
    text = laid_out(PageText(1000, 100, (sheet("a").blocks[0], *_block(crowded))))
    assert text.count("WIDE" * 5 + " ") == 2


def _block(words: tuple[Word, ...]) -> tuple[object, ...]:
    line = Line.of(words)
    return (type(sheet("a").blocks[0])((line,), line.box),)


def test_a_gap_wider_than_the_line_is_high_parts_columns() -> None:
    [line] = sheet("one two    three").blocks[0].lines
    assert [piece.text for piece in pieces_of(line)] == ["one two", "three"]


def test_absurd_boxes_do_not_fill_the_memory() -> None:
    words = (Word("a", 9.0, Box(0, 0, 1, 1)), Word("b", 9.0, Box(10**6, 0, 10**6 + 1, 1)))
    line = Line(words, Box(0, 0, 10**6 + 1, 1))
    page = PageText(10**6 + 1, 10, (type(sheet("a").blocks[0])((line,), line.box),))
    assert len(laid_out(page)) < 1000


@pytest.mark.parametrize("page", [sheet(""), None], ids=["empty", "waiting"])
def test_pages_without_text_keep_their_place(page: PageText | None) -> None:
    assert written(FORMATS["txt"].laid_out, sheet("one"), page, sheet("three")) == b"one\n\f\fthree\n"


def test_a_line_of_one_letter_runs_from_left_to_right() -> None:
    assert (
        laid_out(PageText(1000, 100, (type(sheet("a").blocks[0])((column("猫", 0),), Box(0, 0, 20, 20)),)))
        == "猫"
    )
