import pytest

from documents.ocr.layout.entries import are_entries
from documents.ocr.layout.view import Piece, View
from tests.documents.ocr.layout.drawn import HEIGHT, PITCH, SIZE, line

WORDS = ["birch", "acorn", "clover", "ash", "cedar", "barley"]
OTHERS = ["kettle", "fork", "oven", "hammer", "needle", "ladder"]
LEVEL = [PITCH * at for at in range(6)]
PARTED = [PITCH * at + (PITCH // 2 if at > 2 else 0) for at in range(6)]


def column(x: int, entries: list[str], tops: list[int]) -> list[Piece]:
    view = View("ltr", SIZE)
    return [Piece.of(line(entry, x, 100 + top), view) for entry, top in zip(entries, tops, strict=True)]


def are_apart(left: list[Piece], right: list[Piece]) -> bool:
    return are_entries(left, right, (left, right), HEIGHT)


def paged(words: list[str]) -> list[str]:
    return [f"{word}, {at + 2}, {at + 30}" for at, word in enumerate(words)]


def test_entries_with_numbers_of_pages_are_an_index_wherever_they_stand() -> None:
    assert are_apart(column(50, paged(WORDS), LEVEL), column(500, paged(OTHERS), LEVEL))


def test_words_on_one_height_are_rows() -> None:
    assert not are_apart(column(50, WORDS, LEVEL), column(500, OTHERS, LEVEL))


def test_words_from_a_to_z_are_a_list_wherever_they_stand() -> None:
    first, second = sorted(WORDS), sorted(OTHERS)
    assert are_apart(column(50, first, LEVEL), column(500, second, LEVEL))
    misread = [*first[:3], "Bírch", *first[4:]]
    assert are_apart(column(50, misread, LEVEL), column(500, second, LEVEL))


def test_columns_that_are_sorted_each_for_itself_are_rows() -> None:
    names, places = ["Ann", "Ben", "Cid", "Dora", "Eve", "Fred"], sorted(WORDS)
    assert not are_apart(column(50, names, LEVEL), column(500, places, LEVEL))


def test_words_that_stand_between_each_other_are_two_lists() -> None:
    assert are_apart(column(50, WORDS, LEVEL), column(500, OTHERS, PARTED))


def test_all_rows_of_a_table_that_leans_are_off_by_as_much() -> None:
    assert not are_apart(column(50, WORDS, LEVEL), column(500, OTHERS, [top + 12 for top in LEVEL]))


def test_figures_between_the_rows_are_those_of_rows() -> None:
    prices = [f"{at}.50" for at in range(6)]
    assert not are_apart(column(50, WORDS, LEVEL), column(500, prices, PARTED))


def test_cells_of_two_lines_are_beside_a_cell_of_one() -> None:
    tops = [PITCH // 2 + 2 * PITCH * at for at in range(6)]
    lines = column(500, [f"{word} and more" for word in OTHERS + WORDS], [PITCH * at for at in range(12)])
    assert not are_apart(column(50, WORDS, tops), lines)


def test_a_unit_before_each_figure_is_no_entry() -> None:
    sums = [f"EUR {at}.50" for at in range(6)]
    assert not are_apart(column(50, paged(WORDS), LEVEL), column(500, sums, LEVEL))


def test_an_index_with_a_column_of_figures_is_a_table() -> None:
    left, right = column(50, paged(WORDS), LEVEL), column(400, paged(OTHERS), LEVEL)
    figures = column(800, [f"{at}.50" for at in range(6)], LEVEL)
    assert not are_entries(left, [*right, *figures], (left, right), HEIGHT)


@pytest.mark.parametrize("count", [0, 4])
def test_a_few_entries_are_none(count: int) -> None:
    left, right = (
        column(x, paged(words)[:count], LEVEL[:count]) for x, words in ((50, WORDS), (500, OTHERS))
    )
    assert not are_apart(left, right)
