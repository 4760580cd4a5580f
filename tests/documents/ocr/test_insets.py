"""Tables that stand in a text row after row."""

from dataclasses import replace
from itertools import chain

import pytest

from documents.ocr.correcting.editing import edited
from documents.ocr.correcting.operations import InsertWord, RetypeLine
from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.insets import Inset, insets, parts, rows_of
from documents.ocr.layout.tables import find_tables
from tests.documents.ocr.formats.pages import INVOICE, sheet, vertical

LETTER = f"Thank you\n\n{INVOICE}\n\nTo be paid"
CELLS = [
    ["Item", "Ordered", "Price", "Total"],
    ["Table lamp, brass", "12", "48.50", "582.00"],
    ["Window blind", "2", "112.00", "224.00"],
    ["Letter box", "1", "65.00"],
    ["Delivery", "35.00"],
]


def with_blocks(page: PageText, *blocks: Block) -> PageText:
    return replace(page, blocks=blocks)


def cells_of(page: PageText, table: Inset) -> list[list[str]]:
    lines = chain.from_iterable(part.block.lines for part in parts(page, [table]) if part.inset)
    return [
        [" ".join(word.text for segment in segments for word in segment.words) for _cell, segments in row]
        for row in rows_of(table, lines)
    ]


def test_a_table_knows_its_words() -> None:
    page = sheet(LETTER)
    [table] = insets(page)
    assert (table.first, table.end, table.head, table.columns) == (2, len(page.words) - 3, 1, 4)
    assert cells_of(page, table) == CELLS
    assert [(cell.column, cell.span) for cell in table.rows[4]] == [(0, 1), (3, 1)]


def test_it_comes_back_from_json() -> None:
    [table] = insets(sheet(LETTER))
    assert Inset.of_plain(table.plain) == table


def test_paragraphs_are_cut_where_it_begins_and_ends() -> None:
    lines = [*sheet(LETTER).lines]
    page = with_blocks(sheet(LETTER), Block.of(lines))
    [table] = insets(page)
    found = [(len(part.block.lines), part.inset is table, part.is_last) for part in parts(page, [table])]
    assert found == [(1, False, False), (5, True, False), (1, False, True)]


def test_it_may_take_several_paragraphs() -> None:
    lines = [*sheet(INVOICE).lines]
    page = with_blocks(sheet(INVOICE), Block.of(lines[:2]), Block.of(lines[2:]))
    [table] = insets(page)
    assert [part.inset for part in parts(page, [table])] == [table, table]
    assert cells_of(page, table) == CELLS


def test_a_row_may_be_two_lines() -> None:
    page = sheet(INVOICE)
    head, lamp, *others = page.lines
    torn = Line.of(lamp.words[:2]), Line.of(lamp.words[2:4]), Line.of(lamp.words[4:])
    page = with_blocks(page, Block.of([head, *torn, *others]))
    [table] = insets(page)
    assert cells_of(page, table) == CELLS
    _head, row, *_rows = rows_of(table, page.lines)
    assert [[(segment.start, segment.end) for segment in segments] for _cell, segments in row] == [
        [(0, 2), (0, 1)],
        [(1, 2)],
        [(0, 1)],
        [(1, 2)],
    ]


def test_a_table_that_is_read_column_by_column_is_left_as_lines() -> None:
    page = sheet(INVOICE)
    columns = [
        Block.of([Line.of([word]) for line in page.lines for word in line.words[-4:][at : at + 1]])
        for at in range(4)
    ]
    assert insets(with_blocks(page, *columns)) == ()


def test_a_table_that_shares_lines_with_the_text_beside_it_is_left_as_lines() -> None:
    beside = "Some running text of a letter that goes on   "
    text = "\n".join(beside + line for line in INVOICE.split("\n"))
    page = sheet(text)
    [first, *others] = page.lines
    page = with_blocks(page, Block.of([Line.of([*first.words, *others[0].words[:2]]), *others[1:]]))
    assert find_tables(page)
    assert insets(page) == ()


LAMP, MENORA = "Lamp            36            12.50", "מנורה            36            12.50"


def lower(word: Word) -> Word:
    """As one without tall letters."""
    x0, y0, x1, y1 = word.box
    return replace(word, box=Box(x0, y0 + 4, x1, y1 - 4))


def expect_put(before: PageText, text: str, cells: list[str]) -> None:
    """In the last row, behind the first word of it, which is the first of ``cells`` without ``text``."""
    last = len([*before.lines]) - 1
    for put in (InsertWord(last, 1, text), RetypeLine(last, " ".join(cells))):
        page = edited(before, [put])
        [table] = insets(page)
        assert table.columns == 3
        assert cells_of(page, table)[-1] == cells


@pytest.mark.parametrize("rows", [6, 20])
@pytest.mark.parametrize("text", ["brass", "brass-plated", "brass-plated and blackened"])
def test_a_word_put_into_a_cell_leaves_the_columns_as_they_are(rows: int, text: str) -> None:
    page = sheet("\n".join([LAMP] * rows))
    expect_put(page, text, [f"Lamp {text}", "36", "12.50"])
    [*others, last] = page.lines
    low = Line.of([*map(lower, last.words[:2]), last.words[2]])
    expect_put(with_blocks(page, Block.of([*others, low])), text, [f"Lamp {text}", "36", "12.50"])


@pytest.mark.parametrize("rows", [6, 20])
@pytest.mark.parametrize("text", ["פליז", "פליז-מבריק-ומושחר"])
def test_a_word_put_into_a_cell_from_right_to_left_leaves_the_columns_as_they_are(
    rows: int, text: str
) -> None:
    page = sheet("\n".join([MENORA] * rows), ("heb",), from_right=True)
    expect_put(page, text, [f"מנורה {text}", "36", "12.50"])


@pytest.mark.parametrize("page", [sheet("Only some text"), sheet(""), vertical("吾輩は")])
def test_a_page_without_tables_is_its_paragraphs(page: PageText) -> None:
    assert insets(page) == ()
    assert [part.block for part in parts(page, [])] == [*page.blocks]
